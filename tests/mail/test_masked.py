"""The original of a mail holds no right to answer, wherever it was written."""

from __future__ import annotations

import re
from base64 import b64encode
from email.message import EmailMessage
from quopri import encodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.masked import masked
from inbox.mail.tokens import find_token, reply_address
from inbox.mail.tree import content, read_tree

TOKEN = "kq3vz7mabcdefghijklmnop2x4"
ADDRESS = reply_address("support@us.example", "r", TOKEN)
STARS = ADDRESS.replace(TOKEN, "*" * 26)
KEY = "Ab3_-" * 8 + "xyz"
HEAD = b"From: Pat <pat@home.example>\r\nMIME-Version: 1.0\r\nContent-Type: %s\r\n"


def mail(body: bytes, encoding: str, content_type: bytes = b"text/plain; charset=utf-8") -> bytes:
    head = HEAD % content_type + f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    return head + body


def in_lines(data: bytes, length: int = 76) -> bytes:
    return b"\r\n".join(data[at : at + length] for at in range(0, len(data), length)) + b"\r\n"


def read(raw: bytes) -> list[bytes]:
    """What is in the parts of a mail, and of the mails within it."""
    found = []
    for part in read_tree(raw).leaves:
        data = content(raw, part)
        found += read(data) if part.content_type == "message/rfc822" else [data]
    return found


def with_soft_breaks(text: str, every: int) -> bytes:
    """Quoted-printable whose lines end after so many letters."""
    return b"=\r\n".join(text[at : at + every].encode() for at in range(0, len(text), every))


@pytest.mark.parametrize("every", range(1, 30))
def test_a_line_end_of_quoted_printable_hides_none(every: int) -> None:
    raw = mail(with_soft_breaks(f"To {ADDRESS}, please", every), "quoted-printable")
    shown = masked(raw)
    assert read(shown) == [f"To {STARS}, please".encode()]
    assert len(shown) == len(raw)


@pytest.mark.parametrize("before", range(4))
def test_base64_hides_none(before: int) -> None:
    text = f"{'é' * before}x {ADDRESS}> and then Ünder {ADDRESS}"
    raw = mail(in_lines(b64encode(text.encode())), "base64")
    shown = masked(raw)
    assert read(shown) == [text.replace(TOKEN, "*" * 26).encode()]
    assert len(shown) == len(raw)


def test_a_mail_within_a_mail_hides_none() -> None:
    inner = mail(in_lines(b64encode(f"Answer to {ADDRESS}".encode())), "base64")
    for encoding, body in [("7bit", inner), ("base64", in_lines(b64encode(inner)))]:
        shown = masked(mail(body, encoding, b"message/rfc822"))
        assert read(shown) == [f"Answer to {STARS}".encode()]


@pytest.mark.parametrize(
    "written",
    [
        ADDRESS,
        reply_address("support@us.example", "n", TOKEN),
        reply_address(f"{'s' * 40}@us.example", "r", TOKEN),
        ADDRESS.upper(),
        f"mailto:{ADDRESS}?subject=Re".replace("+", "%2B"),
        f"mailto:{ADDRESS}".replace("@", "%40"),
        f'<a href="mailto:{ADDRESS}">'.replace("+", "&#43;"),
        ADDRESS.replace("+", "+-"),
    ],
)
def test_no_way_of_writing_hides_one(written: str) -> None:
    for encoding, body in [
        ("7bit", written.encode()),
        ("quoted-printable", encodestring(written.encode())),
        ("base64", b64encode(written.encode("utf-16"))),
    ]:
        for part in read(masked(mail(body, encoding))):
            assert TOKEN not in part.replace(b"\0", b"").decode("latin-1").lower()


def test_headers_hide_none() -> None:
    name = b64encode(f"{ADDRESS} of Support".encode())
    raw = b"To: =?utf-8?B?%s?= <%s>\r\nCc: =?utf-8?Q?%s?= <x@y.example>\r\n\r\nhello" % (
        name,
        ADDRESS.encode(),
        ADDRESS.replace("@", "=40").encode(),
    )
    shown = masked(raw)
    [word] = re.findall(rb"\?B\?([^?]+)", shown)
    assert word == b64encode(f"{STARS} of Support".encode())
    assert TOKEN.encode() not in shown
    assert len(shown) == len(raw)


@pytest.mark.parametrize("encoding", ["7bit", "base64", "quoted-printable"])
def test_what_holds_no_token_is_as_it_came(encoding: str) -> None:
    body = b"kq3vz7mabcdefghijklmnop2x4@list.example, a+b.c@d.example, caf\xc3\xa9 =3D +abc"
    assert masked(mail(body, encoding)) == mail(body, encoding)
    encoded = in_lines(b64encode(bytes(range(256)) * 20))
    raw = mail(encoded, "base64", b"image/png")
    assert masked(raw) == raw


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80)


@given(st.lists(st.tuples(words, st.sampled_from(["r", "n", "x", "b"])), min_size=1, max_size=4))
def test_no_token_is_found_in_any_part(pieces: list[tuple[str, str]]) -> None:
    text = "".join(
        f"{before} <{reply_address('support@us.example', verb, TOKEN)}> "  # type: ignore[arg-type] # one of the verbs
        for before, verb in pieces
    )
    outer = EmailMessage()
    outer["Subject"] = "Boots"
    outer.set_content(text, cte="quoted-printable")
    outer.add_alternative(f"<p>{text}</p>", subtype="html", cte="base64")
    within = EmailMessage()
    within.set_content(text, cte="base64")
    outer.add_attachment(within)
    raw = outer.as_bytes()
    shown = masked(raw)
    assert len(shown) == len(raw)
    for was, part in zip(read(raw), read(shown), strict=True):
        assert part == was.replace(TOKEN.encode(), b"*" * 26)
        assert not any(map(find_token, re.findall(r"[^\s<>]+@[\w.]+", part.decode())))


@given(st.binary(max_size=400))
def test_whatever_the_bytes_nothing_moves(junk: bytes) -> None:
    for encoding in ("base64", "quoted-printable", "7bit"):
        raw = mail(junk + ADDRESS.encode() + junk, encoding)
        assert len(masked(raw)) == len(raw)


@pytest.mark.parametrize(
    "page", ["/invitations/", "/sign-in/links/", "%2Finvitations%2F", "&#x2F;sign-in&#47;links/"]
)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable", "within"])
def test_a_link_that_lets_in_is_masked(page: str, encoding: str) -> None:
    text = f"See https://desk.us.example{page}inbox_{KEY}. Or of others: {page}{KEY[::-1]}"
    body = text.encode()
    if encoding == "base64":
        body = in_lines(b64encode(body))
    elif encoding == "quoted-printable":
        body = with_soft_breaks(text, 20)
    raw = mail(body, "8bit" if encoding == "within" else encoding)
    if encoding == "within":
        raw = mail(raw, "8bit", b"message/rfc822")
    shown = masked(raw)
    assert b"".join(read(shown)) == text.replace(KEY, "*" * 43).encode()
    assert len(shown) == len(raw)
