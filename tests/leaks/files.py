"""Files as programs write them, with words of ours in them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from email.message import EmailMessage
from io import BytesIO
from tarfile import TarFile, TarInfo
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter


def archive(members: Mapping[str, str | bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return made.getvalue()


def docx(words: str, part: str = "document") -> bytes:
    """Word breaks a text wherever it likes: each word is in two runs here."""
    runs = "".join(
        f"<w:r><w:t>{one[:2]}</w:t></w:r><w:proofErr/><w:r><w:t xml:space='preserve'>{one[2:]} "
        "</w:t></w:r>"
        for one in words.split()
    )
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/styles.xml": "<w:styles>Our style</w:styles>",
            f"word/{part}.xml": f"<?xml version='1.0'?><w:document><w:p>{runs}</w:p></w:document>",
        }
    )


def xlsx(words: str) -> bytes:
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/sharedStrings.xml": f"<sst><si><t>Price</t></si><si><t>{words}</t></si></sst>",
            "xl/worksheets/sheet1.xml": "<c t='s'><v>0</v></c><c t='s'><v>1</v></c>",
        }
    )


def pptx(words: str) -> bytes:
    slide = f"<p:sld><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:sld>"
    return archive({"[Content_Types].xml": "<Types/>", "ppt/notesSlides/notesSlide1.xml": slide})


def odt(words: str) -> bytes:
    body = f"<office:text><text:p>{words.replace(' ', '<text:s/>')}</text:p></office:text>"
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


def pdf(
    words: str, link: str = "", *, title: str = "", inside: bytes = b"", is_locked: bool = False,
    password: str = "secret",
) -> bytes:  # fmt: skip
    """One page, its words packed and shown one after the other, and a link; what it says of itself,
    a file in it, and a password.
    """
    made = BytesIO(_plain_pdf(words, link))
    if title or inside or is_locked:
        writer = PdfWriter(clone_from=made)
        if title:
            writer.add_metadata({"/Title": title})
        if inside:
            writer.add_attachment("inside.txt", inside)
        if is_locked:
            writer.encrypt(password, "owner", algorithm="AES-128")
        made = BytesIO()
        writer.write(made)
    return made.getvalue()


def png(remark: str, *, is_packed: bool = False) -> bytes:
    """A picture with a remark, as programs write it."""
    said = remark.encode("latin-1")
    kind, data = (b"zTXt", b"Comment\0\0" + zlib.compress(said)) if is_packed else (
        b"tEXt", b"Comment\0" + said)  # fmt: skip
    chunks = ((b"IHDR", bytes(13)), (kind, data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        for kind, data in chunks
    )


def gif(remark: str) -> bytes:
    """A picture with a remark that is longer than one piece of it."""
    said = b"." * 240 + remark.encode()
    pieces = (said[at : at + 255] for at in range(0, len(said), 255))
    told = b"".join(bytes([len(one)]) + one for one in pieces)
    return b"GIF89a" + bytes(7) + b"!\xfe" + told + b"\0;"


def tar(members: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with TarFile.open(fileobj=made, mode="w") as out:
        for name, content in members.items():
            entry = TarInfo(name)
            entry.size = len(content)
            out.addfile(entry, BytesIO(content))
    return made.getvalue()


def _plain_pdf(words: str, link: str) -> bytes:
    shown = " ".join(f"({one} ) Tj" for one in words.split())
    stream = zlib.compress(f"BT /F1 12 Tf 50 700 Td {shown} ET".encode("latin-1"))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>"
        % (b"/Annots[<</Subtype/Link/A<</S/URI/URI(%s)>>>>]" % link.encode() if link else b""),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + head + table + tail


def msg(words: str) -> bytes:
    """The sectors of a saved mail of Outlook, as far as they matter here."""
    sectors = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"), bytes(range(256)) * 2)
    return b"".join((*sectors, words.encode("utf-16-le").ljust(1024, b"\0"), b"\xff" * 512))


def mail(words: str, *, inner: bytes = b"", name: str = "") -> bytes:
    """A mail, with another file or mail in it."""
    kind = "message/rfc822" if not name else "application/octet-stream"
    named = f'\r\nContent-Disposition: attachment; filename="{name}"' if name else ""
    within = b"--b\r\nContent-Type: %s%s\r\n\r\n%s\r\n" % (kind.encode(), named.encode(), inner)
    return (
        b"Subject: Boots\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n%s--b--\r\n"
        % (words.encode(), within if inner else b"")
    )


def mails_in_mails(depth: int, inner: bytes) -> bytes:
    """A file in a mail that was attached to a mail, and so on."""
    made = inner
    for _ in range(depth):
        outer = EmailMessage()
        outer.set_content("x")
        outer.add_attachment(made, "application", "octet-stream", filename="a.eml")
        made = outer.as_bytes()
    return made
