"""What a person reads of a mail with several parts."""

from __future__ import annotations

import pytest

from inbox.mail.flowed import unflow
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.rtf import rtf_text

HEAD = b"From: a@b.example\r\nContent-Type: multipart/%s; boundary=x\r\n\r\n"


def mail(kind: bytes, *parts: bytes) -> bytes:
    return HEAD % kind + b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"


def test_a_stub_gives_way_to_the_html() -> None:
    html = b"Content-Type: text/html\r\n\r\n" + b"<p>Dear Jane, here are many words.</p>" * 200
    read = parse(mail(b"alternative", b"\r\nView in browser", html))
    assert read.text.startswith("Dear Jane")
    assert "text.stub" in {defect.code for defect in read.defects}


def test_a_short_answer_stays_the_answer() -> None:
    html = b"Content-Type: text/html\r\n\r\n" + b"<div style='color:black'>" * 150 + b"yes"
    assert parse(mail(b"alternative", b"\r\nyes", html)).text == "yes"


def test_plain_text_after_html_is_shown_in_both() -> None:
    read = parse(mail(b"mixed", b"Content-Type: text/html\r\n\r\n<p>a</p>", b"\r\nfooter <x>"))
    assert read.html == "<p>a</p>\n<pre>footer &lt;x&gt;</pre>"


def test_attached_text_is_a_file() -> None:
    part = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nlog"
    raw = mail(b"mixed", b"\r\nhello", part)
    read = parse(raw)
    assert read.text == "hello"
    assert [one.filename for one in read.attachments] == ["a.txt"]
    assert leaf_bytes(raw, read.attachments[0].part) == b"log"


@pytest.mark.parametrize(
    ("text", "delsp", "lines"),
    [
        ("a \nb", False, "a b"),
        ("a \nb", True, "ab"),
        ("> a \n> b\nc", False, "> a b\nc"),
        ("> a \n>> b", False, "> a \n>> b"),
        ("-- \nJane", False, "-- \nJane"),
        (" >a", False, ">a"),
    ],
)
def test_flowed_paragraphs(text: str, delsp: bool, lines: str) -> None:
    assert unflow(text, delsp=delsp) == lines


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"{\rtf1\ansi Hello\par world}", "Hello\nworld"),
        (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}", "При"),
        (r"{\rtf1 {\fonttbl{\f0 Arial;}}a\u1044?b}", "aДb"),
        (r"{\rtf1 {\*\generator x}a\{b\}}", "a{b}"),
        ("}}}{{{", ""),
    ],
)
def test_rich_text(rtf: str, text: str) -> None:
    assert rtf_text(rtf) == text
