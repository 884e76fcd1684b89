"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inbox.desk.mailbox_settings import KEYS
from inbox.i18n import LANGUAGES
from inbox.orders.reading import read
from inbox.orders.verbs import Verb
from inbox.settings import Settings
from tests.house.tree import ROOT, files, sources

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)[^)]*\)")
PAGES = [path for path in files() if path.suffix == ".md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_only_what_is_understood(language: str) -> None:
    page = (ROOT / "docs/guide" / f"{language}.md").read_text(encoding="utf-8")
    lines = re.findall(r"`(@[^`]+)`", page)
    found = [order.verb for line in lines for order in read(line).orders]
    told = {Verb.CLOSE, Verb.TAKE, Verb.ASSIGN, Verb.NOTE, Verb.LEAVE, Verb.HELP}
    told |= {Verb.PROMISE, Verb.SEND, Verb.UNDO}
    assert {*found} == told
    assert len(found) == len(lines)


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert not [page.name for page in folder.glob("[0-9]*.md") if page.name not in listed]


def test_every_setting_is_explained() -> None:
    explained = (ROOT / "docs/administration.md").read_text(encoding="utf-8")
    names = {f"INBOX_{name.upper()}" for name in Settings.model_fields}
    # The sink is how the demonstration is wired inside, not a setting for people.
    assert not {name for name in names if f"`{name}`" not in explained} - {"INBOX_DEMO_SINK_LISTEN"}


def test_every_setting_of_a_mailbox_is_explained() -> None:
    explained = (ROOT / "docs/administration.md").read_text(encoding="utf-8")
    assert not [key for key in KEYS if f"\n| `{key}` |" not in explained]


def test_every_threat_is_shown_by_a_test_that_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text("utf-8")))
    code = "\n".join(source.text for source in sources("tests"))
    assert named
    assert not named - set(re.findall(r"def (test_\w+)\(", code))


def test_every_picture_of_a_page_is_shown() -> None:
    page = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    pictures = (ROOT / "docs/images/pages").glob("*")
    assert not [one.name for one in pictures if f"images/pages/{one.name})" not in page]
