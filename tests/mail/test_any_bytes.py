"""What holds for any bytes whatever: a mail is read, storable, and loses no word."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from tests.mail import laws

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
    laws.a_mail_can_be_kept(raw)


@quick
@given(MAILS)
def test_any_bytes_can_be_shown_as_json(raw: bytes) -> None:
    laws.a_mail_can_be_shown(raw)


@quick
@given(MAILS, st.sampled_from(["", "a@b.example"]))
def test_every_mail_has_a_kind(raw: bytes, sender: str) -> None:
    laws.a_mail_has_a_kind(parse(raw), sender)


@quick
@given(TEXTS)
def test_trimming_loses_no_word(text: str) -> None:
    laws.trimming_loses_no_word(text)


@quick
@given(MAILS)
def test_trimming_a_mail_with_html_loses_no_word(raw: bytes) -> None:
    mail = parse(raw)
    laws.trimming_loses_no_word(mail.text, mail.html)


@quick
@given(TEXTS)
def test_what_was_forwarded_can_be_stored(text: str) -> None:
    laws.what_was_forwarded_can_be_kept(parse(b"Subject: Fwd: x\r\n\r\n" + text.encode()))


@quick
@given(MAILS)
def test_every_mail_can_be_answered(raw: bytes) -> None:
    laws.an_answer_reads_the_same(parse(raw))


@quick
@given(st.one_of(st.text(max_size=200), MAILS.map(lambda raw: raw.decode("latin-1"))))
def test_clean_html_stays_as_it_is(html: str) -> None:
    laws.html_is_made_safe(html)


@pytest.mark.parametrize("part", [-1, 0, 1, 5, 10_000, 20_003, 10**9])
def test_a_part_that_is_not_there_is_empty(part: int) -> None:
    assert leaf_bytes(b"Subject: x\r\n\r\n", part) == b""
