"""What holds for any bytes: the property tests and the fuzzer ask the same of all mails."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from inbox.mail.classify import classify
from inbox.mail.compose import Draft, compose
from inbox.mail.forwarded import find_forwarded
from inbox.mail.header_values import is_sendable
from inbox.mail.html import sanitize
from inbox.mail.inspection import inspect
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.trim import trim
from inbox.mail.wire import is_id
from inbox.model.address import Address
from inbox.model.mail import Envelope, Kind, ParsedMail, Trimmed

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_EXECUTABLE = re.compile(
    r"(?i)<(?:script|iframe|object|embed|form|meta|link|base)\b|<[^>]*\son\w+\s*="
)


def a_mail_can_be_kept(raw: bytes) -> ParsedMail:
    """It parses, every text of it can be stored, and every file can be cut out again."""
    mail = parse(raw)
    is_storable(asdict(mail))
    assert mail.size == len(raw)
    for file in mail.attachments:
        assert len(leaf_bytes(raw, file.part)) == file.size
    return mail


def a_mail_can_be_shown(raw: bytes) -> dict[str, Any]:
    """Its understanding is JSON, without half characters."""
    seen = inspect(raw, "any.eml")
    is_storable(seen)
    json.dumps(seen, ensure_ascii=False, allow_nan=False).encode()
    return seen


def a_mail_has_a_kind(mail: ParsedMail, sender: str) -> None:
    """Whatever it is, it is called something, for a reason."""
    verdict = classify(mail, Envelope(sender=sender, recipients=("s@desk.example",)))
    assert verdict.kind in Kind
    assert verdict.reasons


def trimming_loses_no_word(text: str, html: str | None = None) -> None:
    """What is new, quoted and signed is all that there was."""
    assert words(trim(text, html)) == words_of(text)


def html_is_made_safe(html: str) -> None:
    """Nothing in it can run, and making it safe again changes nothing."""
    once = sanitize(html).html
    for tag in re.findall(r"<[^>]*>", once):
        assert not _EXECUTABLE.match(re.sub(r'"[^"]*"', '""', tag))
    assert sanitize(once).html == once


def what_was_forwarded_can_be_kept(mail: ParsedMail) -> None:
    """A mail within the text is as storable as the text."""
    found = find_forwarded(mail.text, mail.subject)
    if found is not None:
        is_storable(asdict(found))


def an_answer_reads_the_same(mail: ParsedMail) -> None:
    """A mail of ours that says what this one says is read as what it says."""
    author = mail.author
    to = author if author and is_sendable(author.address) else Address(address="a@b.example")
    draft = Draft(
        from_=Address(name="Support", address="support@desk.example"),
        to=(to,),
        subject=mail.subject,
        message_id="1.x@desk.example",
        date=mail.date or NOW,
        in_reply_to=mail.message_id if is_id(mail.message_id) else None,
        text=mail.text,
    )
    seen = parse(compose(draft))
    assert seen.to[0].address == to.address
    assert seen.message_id == draft.message_id
    assert not [one for one in seen.defects if one.lost and one.code != "text.cut"]


def is_storable(value: Any) -> None:
    """No NUL and no lone surrogate in any text of the value."""
    if isinstance(value, str):
        assert "\x00" not in value
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, one in value.items():
            is_storable(key)
            is_storable(one)
    elif isinstance(value, list | tuple):
        for one in value:
            is_storable(one)


def words(trimmed: Trimmed) -> list[str]:
    """The words of a trimmed text, sorted."""
    return words_of("\n".join((trimmed.new_text, trimmed.quoted_text, trimmed.signature)))


def words_of(text: str) -> list[str]:
    """The words of a text, sorted."""
    return sorted(re.findall(r"\w+", text))
