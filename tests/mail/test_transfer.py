"""Transfer encodings as they arrive: misspelled, cut, mixed with plain text."""

from __future__ import annotations

import pytest

from inbox.mail.transfer import decode_transfer


@pytest.mark.parametrize(
    "name", ["quoted-printable", "Quoted Printable", "QP", '"quoted-printable";']
)
def test_quoted_printable_by_any_name(name: str) -> None:
    assert decode_transfer(b"=41=\r\nb", name.lower()) == (b"Ab", None)


@pytest.mark.parametrize("name", ["", "7bit", "8-bit", "binary", "none"])
def test_what_is_not_encoded_stays(name: str) -> None:
    assert decode_transfer(b"=41", name) == (b"=41", None)


@pytest.mark.parametrize(
    ("data", "decoded", "defect"),
    [
        (b"aGVsbG8gd29ybGQ=", b"hello world", ""),
        (b"aGVsbG8gd29ybGQ", b"hello world", "encoding.base64_truncated"),
        (b"aGVs!bG8gd2*9ybGQ=", b"hello world", "encoding.base64_junk"),
        (b"aGVsbG8=\r\nd29ybGQ=", b"helloworld", "encoding.base64_joined"),
        (b"Hello, this is plain\nand no base64", b"Hello, this is plain\nand no base64",
         "encoding.not_base64"),
        (b"only small words stand here\nin all of its lines\n",
         b"only small words stand here\nin all of its lines", "encoding.not_base64"),
        (b"aGVsbG8gd29ybGQ=\n\n-- \nA list of people\nlist@lists.example",
         b"hello world\n-- \nA list of people\nlist@lists.example", "encoding.base64_then_text"),
        (b"aGVsbG8gd29ybGQh\n\n______________\nlist@lists.example",
         b"hello world!\n______________\nlist@lists.example", "encoding.base64_then_text"),
    ],
)  # fmt: skip
def test_base64_is_read_as_far_as_it_goes(data: bytes, decoded: bytes, defect: str) -> None:
    seen, odd = decode_transfer(data, "base64")
    assert seen.strip() == decoded
    assert (odd.code if odd else "") == defect


def test_an_unknown_encoding_is_named_and_left_alone() -> None:
    seen, odd = decode_transfer(b"text", "foobar")
    assert seen == b"text"
    assert odd is not None
    assert odd.code == "encoding.unknown"
