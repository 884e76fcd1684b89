"""What a person reads of a mail with several parts."""

from __future__ import annotations

import pytest

from inbox.mail.flowed import unflow
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.rtf import rtf_html, rtf_text

HEAD = b"From: a@b.example\r\nContent-Type: multipart/%s; boundary=x\r\n\r\n"


def mail(kind: bytes, *parts: bytes) -> bytes:
    return HEAD % kind + b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"


def test_a_stub_gives_way_to_the_html() -> None:
    html = b"Content-Type: text/html\r\n\r\n" + b"<p>Dear Jane, here are many words.</p>" * 200
    read = parse(mail(b"alternative", b"\r\nView in browser", html))
    assert read.text.startswith("Dear Jane")
    assert "text.stub" in {defect.code for defect in read.defects}


@pytest.mark.parametrize(
    "stub",
    [
        "Your mail program does not show HTML.",
        "Diese Nachricht im Browser ansehen: https://x.example",
        "このメールはHTML形式です。",
        "Откройте письмо в браузере",
    ],
)
def test_a_stub_that_says_so_gives_way_to_short_html(stub: str) -> None:
    html = b"Content-Type: text/html\r\n\r\n<p>Two pairs, please.</p>"
    plain = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + stub.encode()
    assert parse(mail(b"alternative", plain, html)).text == "Two pairs, please."


def test_words_about_a_browser_are_words() -> None:
    html = b"Content-Type: text/html\r\n\r\n<p>It fails in my <b>browser</b>.</p><p>Jane</p>"
    plain = b"\r\nIt fails in my browser.\r\n"
    assert parse(mail(b"alternative", plain, html)).text.strip() == "It fails in my browser."


def test_apples_text_around_a_file_is_one_text() -> None:
    rich = (
        mail(
            b"mixed",
            b"Content-Type: text/html\r\n\r\n<p>Above</p>",
            b"Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: inline\r\n\r\n%PDF",
            b"Content-Type: text/html\r\n\r\n<p>Below</p>",
        )
        .replace(b"boundary=x", b"boundary=y")
        .replace(b"--x", b"--y")
    )
    read = parse(mail(b"alternative", b"\r\nAbove\r\n\r\nBelow", rich.partition(b"\r\n")[2]))
    assert read.text == "Above\n\nBelow"
    assert read.html == "<p>Above</p>\n<p>Below</p>"
    assert [one.filename for one in read.attachments] == ["a.pdf"]


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


def test_plain_texts_that_say_different_things_are_both_read() -> None:
    both = parse(mail(b"alternative", b"\r\nTwo pairs, please.", b"\r\nAnd one of size 39."))
    assert both.text.split("\n\n") == ["Two pairs, please.", "And one of size 39."]


def test_plain_texts_that_say_the_same_are_read_once() -> None:
    once = parse(mail(b"alternative", b"\r\nTwo pairs,\r\nplease.", b"\r\nTwo pairs, please."))
    assert once.text == "Two pairs,\nplease."


def test_a_text_that_does_not_say_is_written_as_the_others_are() -> None:
    plain = b"Content-Type: text/plain; charset=macintosh\r\n\r\n" + "Größe".encode("mac_roman")
    html = b"Content-Type: text/html\r\n\r\n" + "<p>Größe".encode("mac_roman")
    assert "Größe" in (parse(mail(b"mixed", plain, html)).html or "")


WRAPPED = (
    r"{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}"
    r"{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\b\htmlrtf0 \'cf\'f0\'e8 &lt;1"
    r"{\*\htmltag84 <a href=x:\'7b\'7d>}here{\*\htmltag92 </a>}"
    r"\htmlrtf }\htmlrtf0 \htmlrtf\par\htmlrtf0 {\*\htmltag72 </p>}{\*\mhtmltag84 <x>}}"
)


def test_html_that_outlook_wrapped_in_rich_text() -> None:
    html = rtf_html(WRAPPED)
    assert html == "<html><p>При &lt;1<a href=x:{}>here</a></p>"
    assert rtf_html(r"{\rtf1\ansi Hello}") == ""


def test_a_multipart_with_the_boundary_of_the_one_around_it_is_read_apart() -> None:
    inner = b"Content-Type: multipart/alternative; boundary=x\r\n\r\n"
    plain = b"--x\r\n\r\nTwo pairs.\r\n"
    html = b"--x\r\nContent-Type: text/html\r\n\r\n<p>Two pairs.\r\n--x--\r\n"
    file = b"Content-Type: image/gif; name=size.gif\r\n\r\nGIF"
    read = parse(mail(b"mixed", inner + plain + html, file))
    assert read.text.strip() == "Two pairs."
    assert read.html == "<p>Two pairs."
    assert [one.filename for one in read.attachments] == ["size.gif"]
    assert "mime.boundary_reused" in {defect.code for defect in read.defects}


def test_parts_behind_the_end_are_parts() -> None:
    raw = mail(b"mixed", b"\r\nTwo pairs.") + (
        b"--x\r\nContent-Type: image/gif; name=size.gif\r\n\r\nGIF\r\n--x--\r\n"
    )
    read = parse(raw)
    assert [one.filename for one in read.attachments] == ["size.gif"]
    assert "mime.after_end" in {defect.code for defect in read.defects}


def test_words_behind_the_end_are_no_part() -> None:
    read = parse(mail(b"mixed", b"\r\nTwo pairs.") + b"--x\r\nthis was no part\r\n")
    assert read.text == "Two pairs."
    assert not read.attachments


def test_a_file_named_in_single_quotes_has_none_in_its_name() -> None:
    raw = b"Content-Disposition: attachment; filename='a b.pdf'\r\n\r\nx"
    assert parse(raw).attachments[0].filename == "a b.pdf"
