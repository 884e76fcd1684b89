"""What holds for any bytes whatever: a mail is read, storable, and loses no word."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.mail.classify import classify
from inbox.mail.html import sanitize
from inbox.mail.inspection import inspect
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.trim import trim
from inbox.model.mail import Envelope, Kind, ParsedMail, Trimmed

PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b"\r\n\r\n",
        b"From: a@b.example\r\n",
        b"From: <a@b> <c@d>\r\n",
        b'To: x:;,"<(\r\n',
        b"Subject: =?utf-8?b?0KE=?= =?koi8-r?q?=F3?=\r\n",
        b"Subject: =?utf-7?q?+2D0-?=\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b'Content-Type: multipart/alternative; boundary="b"\r\n',
        b"Content-Type: text/html; charset=utf-16\r\n",
        b"Content-Type: text/plain; charset=utf-7; format=flowed\r\n",
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Type: application/ms-tnef\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: quoted-printable\r\n",
        b"Content-Disposition: attachment; filename*=utf-8''%D0%A1\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"<blockquote type=cite><p>x",
        b"<div class=gmail_quote>",
        b"> quoted\r\n",
        b"On 2026-11-10 10:00 a@b.example wrote:\r\n",
        b"begin 644 a\r\n",
        b"-- \r\n",
        "Привет ".encode("cp1251"),
        "長靴".encode("shift_jis"),
        b"\xed\xa0\x80",
    ]
)
MAILS = st.one_of(
    st.binary(max_size=400),
    st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=30).map(b"".join),
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "> quoted words",
                ">> twice",
                "words of mine",
                "-- ",
                "Sent from my iPhone",
                "On Tue, Nov 10, 2026 at 10:00 AM Ann <ann@desk.example> wrote:",
                "From: Ann <ann@desk.example>",
                "Sent: Tuesday, November 10, 2026 10:00 AM",
                "Subject: Boots",
                "-----Original Message-----",
                "________________________________",
                "answer:",
            ]
        ),
        st.text(max_size=20),
    ),
    max_size=30,
).map("\n".join)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(MAILS)
def test_any_bytes_are_a_mail_that_can_be_stored(raw: bytes) -> None:
    mail = parse(raw)
    assert_storable(mail)
    assert mail.size == len(raw)
    for file in mail.attachments:
        assert len(leaf_bytes(raw, file.part)) == file.size


@quick
@given(MAILS)
def test_any_bytes_can_be_shown_as_json(raw: bytes) -> None:
    seen = inspect(raw, "any.eml")
    json.dumps(seen, ensure_ascii=False).encode()


@quick
@given(MAILS, st.sampled_from(["", "a@b.example"]))
def test_every_mail_has_a_kind(raw: bytes, sender: str) -> None:
    verdict = classify(parse(raw), Envelope(sender=sender, recipients=("s@desk.example",)))
    assert verdict.kind in Kind
    assert verdict.reasons


@quick
@given(TEXTS)
def test_trimming_loses_no_word(text: str) -> None:
    assert words(trim(text)) == words_of(text)


@quick
@given(MAILS)
def test_trimming_a_mail_with_html_loses_no_word(raw: bytes) -> None:
    mail = parse(raw)
    assert words(trim(mail.text, mail.html)) == words_of(mail.text)


@quick
@given(st.one_of(st.text(max_size=200), MAILS.map(lambda raw: raw.decode("latin-1"))))
def test_clean_html_stays_as_it_is(html: str) -> None:
    once = sanitize(html).html
    assert sanitize(once).html == once


@pytest.mark.parametrize("part", [-1, 0, 1, 5, 10_000, 20_003, 10**9])
def test_a_part_that_is_not_there_is_empty(part: int) -> None:
    assert leaf_bytes(b"Subject: x\r\n\r\n", part) == b""


def words(trimmed: Trimmed) -> list[str]:
    return words_of("\n".join((trimmed.new_text, trimmed.quoted_text, trimmed.signature)))


def words_of(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text))


def assert_storable(mail: ParsedMail) -> None:
    texts = [mail.message_id, mail.subject, mail.text, mail.html or "", mail.thread_topic]
    texts += [*mail.references, *mail.in_reply_to, *mail.delivered_to]
    texts += [part for header in mail.headers for part in header]
    people = [*mail.from_, *mail.reply_to, *mail.to, *mail.cc]
    texts += [part for one in people for part in (one.name, one.address)]
    texts += [part for a in mail.attachments for part in (a.filename, a.content_type, a.content_id)]
    texts += [part for d in mail.defects for part in (d.code, d.detail)]
    for text in texts:
        assert "\x00" not in text
        text.encode("utf-8")
