"""The colours can be read in both schemes, and every icon that is named is drawn."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from inbox.web.assets import STATIC
from tests.house.tree import ROOT

GROUNDS = ("desk", "surface", "raised", "hover", "selected", "note")
WORDS = ("text", "muted", "accent", "accent-strong", "late", "held", "done", "note-text")
PAIRS = (
    *product(WORDS, GROUNDS),
    *product(("on-accent",), ("accent", "accent-strong")),
    ("on-note-edge", "note-edge"),
    ("surface", "text"),  # the line that says that one is offline
)
# What is not read but must be seen: edges of fields and of notes, on what they lie on.
EDGES = (
    *product(("line-strong",), ("desk", "surface", "raised")),
    *product(("note-edge",), ("desk", "note", "surface")),
)

_TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_CSS = (STATIC / "tokens.css").read_text(encoding="utf-8")
SCHEMES = {
    "light": {name: light for name, light, _ in _TOKEN.findall(_CSS)},
    "dark": {name: dark for name, _, dark in _TOKEN.findall(_CSS)},
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    dim, bright = sorted(map(_luminance, (one, other)))
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_words_can_be_read_and_edges_seen(scheme: str) -> None:
    colours = SCHEMES[scheme]
    weak = {
        f"{front} on {ground}": round(ratio, 2)
        for least, pairs in ((4.5, PAIRS), (3.0, EDGES))
        for front, ground in pairs
        if (ratio := contrast(colours[front], colours[ground])) < least
    }
    assert not weak


def test_the_document_names_every_colour() -> None:
    page = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    assert not [name for name in SCHEMES["light"] if f"`{name}`" not in page]


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'symbol id="([\w-]+)"', sprite))
    named = {
        name
        for template in (STATIC.parent / "templates").rglob("*.html")
        for call in re.findall(r"icon\(([^)]*)\)", template.read_text(encoding="utf-8"))
        for name in re.findall(r'(?:^|if |else |^.*?)"([\w-]+)"(?! ~)', call)
    }
    assert "warning" in named
    assert not named - drawn


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Hues, letters and corners have names in `tokens.css`; paper has its own measure, the point.
_LITERAL = re.compile(
    r"#[0-9a-f]{3,8}(?=[\s;,)])"
    r"|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\("
    r"|\b(?:background|color|border[\w-]*|outline|fill|stroke|box-shadow)(?=:):[^;{}]*"
    r"\b(?:white|black|gr[ae]y|red|green|blue|yellow|orange|silver)\b"
    r"|\bfont(?:-size)?:[^;]*?[\d.](?:px|rem)"
    r"|\bborder-radius:[^;]*?[1-9]\d*px",
    re.IGNORECASE,
)
# Between and within parts: steps of four, or two within a line; what is unseen lies a pixel off.
_UNEVEN = re.compile(r"\b(?:padding|margin|gap)[\w-]*:[^;]*?(?<![\d.])\d*[13579]px[^;]*")
SHEETS = sorted(path for path in STATIC.glob("*.css") if path.name != "tokens.css")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_only_the_tokens_name_colours_letters_and_corners(sheet: Path) -> None:
    rules = _COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    assert not [found[0] for found in _LITERAL.finditer(rules)]
    assert not {found[0] for found in _UNEVEN.finditer(rules)} - {"margin: -1px"}


def test_every_token_that_is_used_is_there() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in SHEETS) + _CSS
    named = set(re.findall(r"(--[\w-]+):", _CSS))
    assert not set(re.findall(r"var\((--[\w-]+)", sheets)) - named
    assert not {one for one in named if f"var({one})" not in sheets}
