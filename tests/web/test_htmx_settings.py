"""What pages rely on in htmx: it passes over a setting whose name it does not know, in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from inbox.web.assets import STATIC

VENDOR = STATIC / "vendor"
TEMPLATES = STATIC.parent / "templates"


def _defaults() -> dict[str, str]:
    """The settings of the htmx that is here, as its source says them."""
    [said] = re.findall(r"this\.config=\{([^}]*)\}", (VENDOR / "htmx.js").read_text())
    return dict(re.findall(r'(\w+):("[^"]*"|\[[^\]]*\]|[^,]+)', said))


def test_what_is_set_is_known_to_htmx() -> None:
    layout = (TEMPLATES / "layout.html").read_text()
    [said] = re.findall(r"name=\"htmx-config\" content='([^']*)'", layout)
    ours = json.loads(said)
    assert set(ours) <= set(_defaults())
    # Folds that somebody has opened stay so, and the focus in them, when news of the page arrive.
    assert set(json.loads(_defaults()["morphIgnore"])) | {"open"} == set(ours["morphIgnore"])
    # Settled at once: the focus is put back, after a swap, on what is there to stay.
    assert ours["defaultSettleDelay"] == 0
    # It would write a style into the page, which our policy refuses.
    assert ours["includeIndicatorCSS"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("history", "!0"),  # the way back asks for the page as it is then
        ("defaultFocusScroll", "!1"),  # nothing jumps when the focus is kept
        ("transitions", "!1"),
        (
            "noSwap",
            "[204,304]",
        ),  # a refused form (409, 422) takes the place of the one that was sent
        ("mode", '"same-origin"'),
        ("implicitInheritance", "!1"),
    ],
)
def test_what_is_relied_on_unsaid(name: str, value: str) -> None:
    assert _defaults()[name] == value


def _pages() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_what_is_set_for_streams_is_known() -> None:
    stream = (VENDOR / "hx-sse.js").read_text()
    said = [
        one for page in _pages() for one in re.findall(r'hx-config="([^"]*)"', page.read_text())
    ]
    assert said
    for name in re.findall(r"sse\.(\w+):", " ".join(said)):
        assert name in stream, name
