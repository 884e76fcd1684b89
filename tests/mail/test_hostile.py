"""A mail of any shape is read in time that grows with its size and no faster."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from inbox.mail.inspection import inspect
from inbox.mail.parse import parse
from inbox.mail.tree import MAX_DEPTH, MAX_PARTS, read_tree
from tests.growth import assert_linear

SIZE = 200_000
HEAD = b"From: a@b.example\r\nSubject: x\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"


def repeat(piece: bytes, head: bytes = HEAD + b"\r\n") -> Callable[[int], bytes]:
    return lambda size: head + piece * (size // len(piece))


def field(name: bytes, piece: bytes) -> Callable[[int], bytes]:
    return lambda size: name + b": " + piece * (min(size, 60_000) // len(piece)) + b"\r\n\r\nx"


def nested(size: int) -> bytes:
    count = size // 60
    return HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(count)
    )


SHAPES = {
    "encoded words": field(b"Subject", b"=?utf-8?q?a?= "),
    "open encoded words": field(b"Subject", b"=?a?q?"),
    "addresses": field(b"Cc", b"a@b.example, "),
    "semicolons": field(b"Cc", b";"),
    "parentheses": field(b"From", b"("),
    "quotes": field(b"From", b'"'),
    "angles": field(b"From", b"<"),
    "spaces": field(b"From", b"a, " + b" " * 500),
    "parameters": field(b"Content-Type", b"text/plain; a=b;"),
    "comments": field(b"Content-Type", b"("),
    "fields": repeat(b"X: y\r\n", b""),
    "from fields": repeat(b"From: u@x.example\r\n", b""),
    "no colons": repeat(b"abc\r\n", b""),
    "stray lines": repeat(b"abc\r\nA: b\r\n", b"A: b\r\n"),
    "folds": repeat(b" c\r\n", b"A: b\r\n"),
    "line ends": repeat(b"\r\n", b""),
    "bare returns": repeat(b"\r", b""),
    "zeros": repeat(b"\0", b""),
    "parts": repeat(b"--x\r\n\r\na\r\n", MIXED),
    "plain alternatives": repeat(
        b"--x\r\nContent-Type: text/plain\r\n\r\na b c\r\n",
        HEAD + b"Content-Type: multipart/alternative; boundary=x\r\n\r\n",
    ),
    "parts of no charset": repeat(
        b"--x\r\nContent-Type: text/plain; name=\xf0.txt\r\n\r\n\xd0\xd2\r\n", MIXED
    ),
    "words of many charsets": lambda size: (
        b"Subject: "
        + b" ".join(b"=?x%d?q?=E2=98=83?=" % n for n in range(min(size, 60_000) // 24))
        + b"\r\n\r\n"
    ),
    "base64 and footers": repeat(
        b"QQ==\r\n\r\n", HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n"
    ),
    "escapes": repeat(
        b"\x1b$B%a\x1b(B", HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n"
    ),
    "utf-7 and 8 bit": repeat(
        b"+2D0-\xe9", HEAD + b"Content-Type: text/plain; charset=utf-7\r\n\r\n"
    ),
    "encoded twice": repeat("Ð\x9fÑ\x80 ".encode()),
    "near boundaries": repeat(b"--xx\r\n", MIXED),
    "levels": nested,
    "forwards": repeat(HEAD + b"Content-Type: message/rfc822\r\n\r\n", b""),
    "base64": repeat(b"= ", HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n"),
    "uuencode": repeat(
        b"M\n", HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\n"
    ),
    "quoted lines": repeat(b"> a\n"),
    "answers": repeat(b"On 2020-01-01 10:00 a@b wrote:\n> a\nb\n"),
    "attributions": repeat(b"On 2020-01-01 10:00 a@b wrote:\n\n"),
    "headers in text": repeat(b"From: a@b\nx\n"),
    "blank lines": lambda size: HEAD + b"\r\na" + b"\n" * min(20_000, size),
    "labels in text": repeat(b"An: a\n"),
    "labels of no language": repeat(b"Abc: a\n"),
    "rules": repeat(b"_____\n"),
    "ats": repeat(b"@" * 390 + b"\n"),
    "begins": repeat(b"begin 644 a\n"),
    "flowed": repeat(b"a \n", HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n"),
    "bounce": repeat(
        b"<a@b.example>: unknown\n", b"From: MAILER-DAEMON@x\r\nReturn-Path: <>\r\n\r\n"
    ),
    "divs": repeat(b"<div>", HTML),
    "lists": repeat(b"<ul><li>", HTML),
    "quotes in html": repeat(b"<blockquote type=cite>a", HTML),
    "hidden ends": repeat(b'<div title="</div>">', HTML),
    "scopes": repeat(b"<div><object></div></object>", HTML),
    "unclosed tags": repeat(b"<a", HTML),
    "unclosed values": repeat(b'<a b="', HTML),
    "comments in html": repeat(b"<!--", HTML),
    "instructions": repeat(b"<?", HTML),
    "sections": repeat(b"<![CDATA[", HTML),
    "ampersands": repeat(b"&", HTML),
    "entities": repeat(b"&nbsp;", HTML),
    "attributes": lambda size: HTML + b"<a " + b" ".join(b"a%d=b" % n for n in range(size // 8)),
    "bold": repeat(b"<b>", HTML),
    "fonts": lambda size: HTML + b"<font color=red>" * 500 + b"<p>x" * (size // 4),
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_hostile_shapes_are_read_in_linear_time(shape: str) -> None:
    assert_linear(lambda size: inspect(SHAPES[shape](size)), SIZE // 2)


@pytest.mark.parametrize(
    "shape", ["encoded words", "parts", "levels", "divs", "addresses", "zeros"]
)
def test_hostile_shapes_are_read_in_little_memory(shape: str) -> None:
    raw = SHAPES[shape](SIZE)
    tracemalloc.start()
    try:
        parse(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000


def test_what_is_too_deep_is_one_closed_part() -> None:
    tree = read_tree(nested(SIZE))
    assert len(tree.leaves) == 1
    assert {"mime.too_deep"} <= {defect.code for defect in tree.defects}
    assert MAX_DEPTH == 50


def test_what_is_too_many_is_one_last_part() -> None:
    tree = read_tree(SHAPES["parts"](SIZE))
    assert len(tree.leaves) <= MAX_PARTS
    assert {"mime.too_many_parts"} <= {defect.code for defect in tree.defects}
