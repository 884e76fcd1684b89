"""Mails around which somebody put cryptography: read where that needs no key, and named."""

from __future__ import annotations

from base64 import encodebytes

import pytest

from inbox.mail.inspection import inspect
from inbox.mail.opaque import Cms, kind_of, signed_mail
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.model.mail import Protection

HEAD = (
    b"From: Jane <jane@customer.example>\r\nSubject: Boots\r\nMessage-ID: <1@customer.example>\r\n"
)
SIGNED, ENVELOPED = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703")
DATA = bytes.fromhex("2a864886f70d010701")
INNER = (
    b"Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: text/html\r\n\r\n"
    b'<p>Two <b>pairs</b></p><img src="cid:p@q">\r\n--q\r\nContent-Type: image/png\r\n'
    b"Content-ID: <p@q>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--q\r\n"
    b"Content-Disposition: attachment; filename=list.txt\r\n\r\n42\r\n--q--\r\n"
)


def der(tag: int, *content: bytes) -> bytes:
    """An element with its length, in as few octets as there may be."""
    body = b"".join(content)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + body


def ber(tag: int, *content: bytes) -> bytes:
    """An element that ends where its end is marked, as programs write that do not look ahead."""
    return bytes((tag, 0x80)) + b"".join(content) + b"\0\0"


def cms(content: bytes, kind: bytes = SIGNED) -> bytes:
    signed = der(0x30, der(2, b"\1"), der(0x31), der(0x30, der(6, DATA), der(0xA0, content)))
    return der(0x30, der(6, kind), der(0xA0, signed))


def streamed(*pieces: bytes) -> bytes:
    content = ber(0xA0, ber(0x24, *(der(4, piece) for piece in pieces)))
    signed = ber(
        0x30, der(2, b"\1"), ber(0x31, ber(0x30, der(6, DATA))), ber(0x30, der(6, DATA), content)
    )
    return ber(0x30, der(6, SIGNED), ber(0xA0, signed))


def p7m(data: bytes, kind: bytes = b"application/pkcs7-mime; name=smime.p7m") -> bytes:
    return (
        b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ) + encodebytes(data).replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "data", [cms(der(4, INNER)), streamed(INNER[:100], INNER[100:]), cms(der(0x24, der(4, INNER)))]
)
@pytest.mark.parametrize(
    "kind",
    [
        b"application/pkcs7-mime; smime-type=signed-data",
        b"application/x-pkcs7-mime",
        b'application/octet-stream; name="smime.p7m"',
    ],
)
def test_a_signed_mail_in_one_piece_is_read(data: bytes, kind: bytes) -> None:
    raw = HEAD + p7m(data, kind)
    mail = parse(raw)
    assert mail.protection is Protection.SMIME_SIGNED
    assert mail.text == "Two pairs"
    assert [one.filename for one in mail.attachments] == ["attachment-2.png", "list.txt"]
    assert [one.inline for one in mail.attachments] == [True, False]
    assert [leaf_bytes(raw, one.part)[:4] for one in mail.attachments] == [b"\x89PNG", b"42"]


def test_signed_twice_is_read_as_well() -> None:
    mail = parse(HEAD + p7m(cms(der(4, p7m(cms(der(4, INNER)))))))
    assert mail.text == "Two pairs"


def test_a_list_puts_its_footer_below_what_is_signed() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n" + p7m(cms(der(4, INNER)))
    mail = parse(HEAD + raw + b"--z\r\n\r\nThe list\r\n--z--\r\n")
    assert mail.text == "Two pairs\nThe list"
    assert mail.protection is Protection.SMIME_SIGNED


def test_what_is_encrypted_says_so_and_stays_a_file() -> None:
    mail = parse(HEAD + p7m(cms(der(4, INNER), ENVELOPED)))
    assert mail.protection is Protection.SMIME_ENCRYPTED
    assert mail.text == ""
    assert [one.filename for one in mail.attachments] == ["smime.p7m"]


def test_encrypted_within_signed_is_encrypted() -> None:
    mail = parse(HEAD + p7m(cms(der(4, p7m(cms(der(4, b"x"), ENVELOPED))))))
    assert mail.protection is Protection.SMIME_ENCRYPTED


@pytest.mark.parametrize("data", [b"", b"0", b"\x30\x80", b"\x30\x88" + b"\xff" * 8, b"hello" * 9])
def test_what_is_no_cms_is_a_file(data: bytes) -> None:
    assert kind_of(data) is Cms.UNKNOWN
    mail = parse(HEAD + p7m(data))
    assert mail.protection is None
    assert [one.filename for one in mail.attachments] == ["smime.p7m"]


def test_cut_and_hostile_structures_end() -> None:
    whole = streamed(INNER)
    for cut in range(0, len(whole), 7):
        signed_mail(whole[:cut])
    head = bytes.fromhex("3080") + der(6, SIGNED) + bytes.fromhex("a0803080020101")
    assert signed_mail(head + b"\x31\x80" * 200_000) is None
    assert (
        signed_mail(head + b"\x31\x00\x30\x80" + der(6, DATA) + b"\xa0\x80" + b"\x24\x80" * 200_000)
        is None
    )


def signature(kind: bytes) -> bytes:
    return (
        b"Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nHello\r\n--s\r\n"
        b"Content-Type: " + kind + b"\r\n\r\nx\r\n--s--\r\n"
    )


@pytest.mark.parametrize(
    ("kind", "protection"),
    [
        (b"application/pgp-signature", Protection.PGP_SIGNED),
        (b"application/pkcs7-signature", Protection.SMIME_SIGNED),
        (b"application/x-pkcs7-signature; name=smime.p7s", Protection.SMIME_SIGNED),
    ],
)
def test_a_signature_beside_the_words(kind: bytes, protection: Protection) -> None:
    mail = parse(HEAD + signature(kind))
    assert mail.protection is protection
    assert mail.text == "Hello"


def test_encrypted_with_pgp() -> None:
    raw = (
        b"Content-Type: multipart/encrypted; boundary=s\r\n\r\n--s\r\n"
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--s\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--s--\r\n"
    )
    mail = parse(HEAD + raw)
    assert mail.protection is Protection.PGP_ENCRYPTED
    assert len(mail.attachments) == 2


def test_pgp_in_the_text_leaves_the_words() -> None:
    text = (
        "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nHello\r\n- -- \r\nJane\r\n"
        "-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz\r\n-----END PGP SIGNATURE-----\r\nfooter\r\n"
    )
    mail = parse(HEAD + b"\r\n" + text.encode())
    assert mail.protection is Protection.PGP_SIGNED
    assert mail.text.split("\n") == ["Hello", "-- ", "Jane", "footer", ""]


def test_pgp_that_somebody_quotes_is_a_quote() -> None:
    text = "> -----BEGIN PGP SIGNED MESSAGE-----\r\n> Hash: SHA1\r\nWhat is that?\r\n"
    mail = parse(HEAD + b"\r\n" + text.encode())
    assert mail.protection is None
    assert "Hash: SHA1" in mail.text


def test_inspect_names_it() -> None:
    raw = b"\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n-----END PGP MESSAGE-----\r\n"
    assert inspect(HEAD + raw)["protection"] == "pgp_encrypted"
    assert inspect(HEAD + b"\r\nhello")["protection"] is None
