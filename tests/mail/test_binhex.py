"""Files of old Macintosh programs."""

from __future__ import annotations

import base64
import binascii
import hashlib

from hypothesis import given
from hypothesis import strategies as st

from inbox.mail import binhex
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes


def written(name: bytes, data: bytes, *, packed: bool = True) -> bytes:
    """A file as such programs wrote it, with a resource fork that is of no use elsewhere."""
    sizes = len(data).to_bytes(4) + (5).to_bytes(4)
    head = bytes([len(name)]) + name + b"\0TEXTttxt\0\0" + sizes
    forks = data + binascii.crc_hqx(data, 0).to_bytes(2) + b"icons" + b"\0\0"
    said = (head + binascii.crc_hqx(head, 0).to_bytes(2) + forks).replace(b"\x90", b"\x90\0")
    if packed:
        said = said.replace(b"aaaa", b"a\x90\x04")
    said += b"\0" * (-len(said) % 3)
    letters = base64.b64encode(said).translate(bytes.maketrans(binhex._BASE64, binhex._DIGITS))
    lines = b"\r\n".join(letters[at : at + 64] for at in range(0, len(letters), 64))
    return b"(This file must be converted with BinHex 4.0)\r\n\r\n:" + lines + b":\r\n"


def mail(letters: bytes, content_type: str = 'application/mac-binhex40; name="plan.txt"') -> bytes:
    return (
        b"From: Pat <pat@customer.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\n\r\nThe plan.\r\n--b\r\nContent-Type: "
        + content_type.encode()
        + b"\r\nContent-Disposition: attachment\r\n\r\n"
        + letters
        + b"\r\n--b--\r\n"
    )


@given(st.binary(max_size=400), st.booleans())
def test_a_file_comes_out_as_it_went_in(data: bytes, packed: bool) -> None:
    data += b"aaaaaaaa\x90" * 3
    found = binhex.read_binhex(written(b"plan.txt", data, packed=packed))
    assert found == binhex.BinhexFile(b"plan.txt", data, is_whole=True)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_left(data: bytes) -> None:
    binhex.read_binhex(data)
    binhex.read_binhex(b":" + data + b":")


def test_the_file_within_is_the_attachment() -> None:
    raw = mail(written(b"plan.txt", b"Walk, aaaa!"))
    (file,) = parse(raw).attachments
    assert (file.filename, file.size) == ("plan.txt", 11)
    assert file.sha256 == hashlib.sha256(b"Walk, aaaa!").hexdigest()
    assert leaf_bytes(raw, file.part) == b"Walk, aaaa!"
    assert "binhex.unpacked" in {defect.code for defect in parse(raw).defects}


def test_a_file_without_a_name_in_the_mail_has_its_own() -> None:
    raw = mail(written("Entwürfe".encode("mac_roman"), b"x"), "application/mac-binhex40")
    assert parse(raw).attachments[0].filename == "Entwürfe"


def test_what_cannot_be_opened_stays_a_file_as_it_came() -> None:
    broken = written(b"plan.txt", b"Walk, boots!")[:-30] + b":"
    for letters, code in ((broken, "binhex.broken"), (b"no such thing", "binhex.unreadable")):
        raw = mail(letters)
        (file,) = parse(raw).attachments
        assert file.filename == "plan.txt"
        assert leaf_bytes(raw, file.part).strip() == letters.strip()
        assert code in {defect.code for defect in parse(raw).defects}


def test_a_small_file_does_not_become_a_large_one() -> None:
    size = (2**31).to_bytes(4)
    head = b"\x01x\0TEXTttxt\0\0" + size + bytes(4) + b"\0\0"
    bomb = head + b"a\x90\xff" * 300_000
    letters = base64.b64encode(bomb).translate(bytes.maketrans(binhex._BASE64, binhex._DIGITS))
    assert binhex.read_binhex(b":" + letters + b":") is None
    honest = head.replace(size, (1000).to_bytes(4)) + b"a\x90\xff" * 300_000
    letters = base64.b64encode(honest).translate(bytes.maketrans(binhex._BASE64, binhex._DIGITS))
    found = binhex.read_binhex(b":" + letters + b":")
    assert found is not None
    assert found.data == b"a" * 1000
