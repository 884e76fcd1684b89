"""Attached notices leave without the tokens in them, however these are written there."""

from __future__ import annotations

import base64
import quopri

import pytest

from inbox.mail.compose import OutgoingFile
from inbox.mail.tokens import reply_address
from inbox.outbound.clean import without_tokens
from inbox.outbound.scrub import scrubbed

US, TOKEN = "support@us.example", "abcdefghijklmnopqrstuvwx23"
DOOR = reply_address(US, "r", TOKEN)
HEAD = f"From: Pat via Support <{US}>\r\nSubject: Boots\r\nMIME-Version: 1.0\r\n"


def cleaned(content: bytes, content_type: str, filename: str = "notice.eml") -> OutgoingFile:
    file = OutgoingFile(filename=filename, content_type=content_type, content=content)
    [clean] = without_tokens([file], lambda text: scrubbed(text, US))
    return clean


def mail(body: bytes, encoding: str, head: str = HEAD) -> bytes:
    kind = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return f"{head}{kind}\r\n".encode() + body


_SAID = f"They are too small. Grüße. Answer: {DOOR}\n".encode()


@pytest.mark.parametrize(
    "content",
    [
        mail(_SAID, "8bit"),
        mail(base64.encodebytes(_SAID), "base64"),
        mail(quopri.encodestring(_SAID), "quoted-printable"),
        mail(b"They are too small. Gr\xc3\xbc\xc3\x9fe.", "8bit", f"Reply-To: {DOOR}\r\n{HEAD}"),
    ],
)
@pytest.mark.parametrize("content_type", ["message/rfc822", "application/octet-stream"])
def test_of_an_attached_notice_only_the_words_leave(content: bytes, content_type: str) -> None:
    clean = cleaned(content, content_type)
    assert (clean.filename, clean.content_type) == ("notice.txt", "text/plain")
    text = clean.content.decode()
    assert TOKEN not in text
    assert text.startswith("From: Pat via Support")
    assert "They are too small. Grüße." in text


def test_another_mail_leaves_as_it_is() -> None:
    content = mail(b"They are too small.", "8bit")
    assert cleaned(content, "message/rfc822").content == content


def test_of_a_text_only_the_token_is_taken_out_whatever_its_charset() -> None:
    content = f"Größe 42 {DOOR} ende".encode("cp1252")
    clean = cleaned(content, "text/plain", "sizes.txt")
    assert clean.content == f"Größe 42 {US} ende".encode("cp1252")


def test_pictures_are_not_looked_into() -> None:
    content = b"\x89PNG" + DOOR.encode()
    assert cleaned(content, "image/png", "boots.png").content == content
