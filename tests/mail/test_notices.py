"""What servers say in their own words: whom they could not reach, and whether for good.

Each mail of `tests/corpus/notices` says in its header X-Says what it means; `dead` is for good.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from inbox.mail.classify import classify
from inbox.mail.parse import parse
from inbox.model.mail import Envelope, Kind, Verdict

NOTICES = sorted((Path(__file__).parents[1] / "corpus" / "notices").glob("*.eml"))
TO = ("support@desk.example",)


def test_there_is_a_notice_of_each_server() -> None:
    assert len(NOTICES) >= 70


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_who_failed_and_whether_for_good(path: Path) -> None:
    mail = parse(path.read_bytes())
    wanted = dict(one.split() for one in mail.header("X-Says").split(";"))
    verdict = classify(mail, Envelope(sender="", recipients=TO))
    assert fates(verdict) == wanted
    assert verdict.kind is (Kind.DELAY if "late" in wanted.values() else Kind.BOUNCE)
    if "<ours@desk.example>" in mail.text:
        assert verdict.bounce is not None
        assert verdict.bounce.original_message_id == "ours@desk.example"


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_whoever_passes_a_notice_on_is_a_person(path: Path) -> None:
    """The same words, whole, from somebody with an address."""
    lines = path.read_bytes().split(b"\n")
    lines[0] = b"Return-Path: <jane@shop.example>"
    lines[1] = b"From: Jane <jane@shop.example>"
    verdict = classify(
        parse(b"\n".join(lines)), Envelope(sender="jane@shop.example", recipients=TO)
    )
    assert verdict.kind is Kind.HUMAN
    assert verdict.bounce is None


def fates(verdict: Verdict) -> dict[str, str]:
    assert verdict.bounce is not None
    return {
        one.address: "late" if one.action == "delayed" else "dead" if one.permanent else "soft"
        for one in verdict.bounce.recipients
    }
