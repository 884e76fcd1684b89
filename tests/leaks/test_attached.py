"""Whatever file somebody attaches: its words are read, within bounds, and nothing comes to harm."""

from __future__ import annotations

import json
import time
import zlib
from base64 import b64encode, encodebytes, urlsafe_b64encode
from gzip import compress as gzip
from io import BytesIO
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.leaks.attached import Attached, kind_of
from inbox.leaks.cage import main, words_of
from inbox.leaks.keyed import keyed_octets
from inbox.leaks.packed import in_order, packed
from tests.leaks import files

SAID = "Our margin on these boots is about forty percent"
QP = "VERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE:Our margin on these =\r\nboots=20is about"


def words(content: bytes, name: str = "", kind: str = "application/octet-stream") -> str:
    return " ".join(" ".join(one.said for one in words_of(Attached(name, kind, content))).split())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.docx(SAID), "a.docx"),
        (files.docx(SAID, "comments"), "no name tells"),
        (files.xlsx(SAID), "a.xlsx"),
        (files.pptx(SAID), "a.pptx"),
        (files.odt(SAID), "a.odt"),
        (files.pdf(SAID), "a.pdf"),
        (files.msg(SAID), "a.msg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + SAID.encode() + b"\0\x03", "a.doc"),
        (files.archive({"deep/notice.eml": files.mail(SAID), "b.png": b"\x89PNG"}), "a.zip"),
        (b"{\\rtf1\\ansi Our margin on {\\b these} boots is about forty percent\\par}", "a.rtf"),
        (SAID.encode("utf-16"), "export.csv"),
        (b"<p>Our margin on <b>these</b> boots<br>is about&nbsp;forty percent", "a.html"),
        (b"BEGIN:VCALENDAR\r\nDESCRIPTION:Our margin on these boo\r\n ts is about\\nforty percent",
         "a.ics"),
        (f"BEGIN:VCARD\r\n{QP} forty percent\r\n".encode(), "a.vcf"),
        (files.mail("See below.", inner=files.mail(SAID)), "a.eml"),
        (files.mail("x", inner=files.mail("y", inner=files.mail("z", inner=files.mail(SAID)))),
         "nested.eml"),
        (files.mail("x", inner=files.docx(SAID), name="a.docx"), "a.eml"),
        (files.mail("x", inner=files.pdf(SAID), name="a.pdf"), "a.eml"),
        (files.archive({"a.zip": files.archive({"a.docx": files.docx(SAID)})}), "a.zip"),
    ],
)  # fmt: skip
def test_the_words_of_a_file_are_read(content: bytes, name: str) -> None:
    assert SAID in words(content, name)


def test_where_its_links_lead_is_read_as_well() -> None:
    link = "mailto:support%2Br.abc@us.example"
    for content in (
        files.pdf(SAID, link=link),
        files.archive({"[Content_Types].xml": "", "word/_rels/document.xml.rels":
                       f'<Relationship Target="{link}"/>'}),
        files.archive({"mimetype": "", "content.xml": f'<text:a xlink:href="{link}">x</text:a>'}),
    ):  # fmt: skip
        assert "support+r.abc@us.example" in words(content)


def test_whom_a_saved_mail_answers_is_read_though_it_stands_alone() -> None:
    address = f"r+{'abcd2345' * 3}xy@us.example"
    assert words(files.msg(address)) == address
    assert address in words(files.msg(f"mailto:{address}\0{'0123456789' * 9}"))
    assert words(files.msg("x" * 40 + "+" + "0123456789" * 9)) == ""


KEY = f"support+r.{'abcd2345' * 3}xy@us.example"
NOTICE = f"Subject: Boots\nReply-To: {KEY}\nX-More: {'Lorem ipsum dolor ' * 9}\n"
BASE64 = encodebytes(NOTICE.encode()).decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"From: a@us.example\nContent-Transfer-Encoding: base64\n\n{BASE64}", "saved mail.txt"),
        (f"Name,Notice\nKaren,{b64encode(NOTICE.encode()).decode()}\n", "a.csv"),
        ("".join(f"> {line}\r\n" for line in BASE64.splitlines()), "quoted.txt"),
        (f"https://us.example/open?{urlsafe_b64encode(NOTICE.encode()).decode()}", "a.txt"),
        (b64encode(b64encode(NOTICE.encode() * 2)), "twice.txt"),
        (b64encode(files.archive({"a.txt": NOTICE})), "an archive.txt"),
        (f"Answer: {KEY[:20]}=\r\n{KEY[20:]}".replace("@", "=40"), "a.log"),
        (f"<p>Notice</p><img src='data:text/html;base64,{BASE64}'>", "a.html"),
        (f"<a href='mailto:{KEY}'>Answer</a>", "a.html"),
        (f"<a href='mailto:{KEY.replace('+', '&#43;').replace('@', '&#64;')}'>x</a>", "a.html"),
        (f"<!-- {KEY} -->", "a.html"),
        (f"<svg><desc>{KEY}</desc></svg>", "a.svg"),
        (files.mail("x", inner=f"<a href='mailto:{KEY}'>x</a>".encode(), name="a.html"), "a.eml"),
        (files.mail("x", inner=files.png(KEY), name="a.png"), "a.eml"),
        (files.png(KEY), "plain.png"),
        (files.png(KEY, is_packed=True), "packed.png"),
        (files.gif(KEY), "a.gif"),
        (b"\xff\xd8\xff\xe1\x01\x00Exif\0\0II*\0" + KEY.encode("utf-16-le"), "a.jpg"),
        (b"\xff\xd8\xff\xe1http://ns.adobe.com/xap/1.0/\0<rdf:li>%s</rdf:li>" % KEY.encode(), "a"),
        (f"BEGIN:VCARD\r\nNOTE;ENCODING=b:{BASE64}".replace("\n", "\r\n "), "a.vcf"),
        (f"BEGIN:VCALENDAR\r\nATTACH;ENCODING=BASE64:{BASE64}".replace("\n", "\r\n "), "a.ics"),
        (f"BEGIN:VCALENDAR\r\nORGANIZER:mailto:{KEY[:30]}\r\n {KEY[30:]}", "a.ics"),
        (gzip(KEY.encode()), "a.gz"),
        (gzip(files.tar({"notice.txt": KEY.encode()})), "a.tgz"),
        (files.pdf("Hello", title=KEY), "a.pdf"),
        (files.pdf("Hello", inside=KEY.encode()), "a.pdf"),
        (files.archive({"[Content_Types].xml": "", "word/media/a.png": files.png(KEY)}), "a.docx"),
        (files.archive({"mimetype": "", "Object 1/content.xml": f"<text:p>{KEY}"}), "a.odt"),
    ],
)  # fmt: skip
def test_addresses_with_a_key_are_found_wherever_they_hide(content: str | bytes, name: str) -> None:
    said = words(content.encode() if isinstance(content, str) else content, name)
    assert KEY[10:36] in "".join(said.split())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.pdf(SAID, is_locked=True), "a.pdf"),
        (files.pdf(SAID)[:200], "cut.pdf"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "broken.pdf"),
        (files.archive({"a.txt": SAID}).replace(b"PK\x03\x04\x14\0\0", b"PK\x03\x04\x14\0\1")
         .replace(b"PK\x01\x02\x14\3\x14\0\0", b"PK\x01\x02\x14\3\x14\0\1"), "locked.zip"),
        (files.archive({"a.txt": SAID * 99})[:90], "cut.zip"),
        (files.archive({"mimetype": "", "META-INF/manifest.xml": "<m:encryption-data/>"}), "a.odt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx"),
        (b"7z\xbc\xaf'\x1c\0\4", "a.7z"),
        (b"Rar!\x1a\x07\1\0", "a.rar"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQEMA", "a.asc"),
        (gzip(SAID.encode())[:-12], "cut.gz"),
        (files.mail("x", inner=files.pdf(SAID, is_locked=True), name="a.pdf"), "a.eml"),
        (files.archive({"deep.pdf": files.pdf(SAID, is_locked=True)}), "a.zip"),
        (files.mails_in_mails(8, files.gif("x")), "a.eml"),
    ],
)  # fmt: skip
def test_what_nobody_can_look_into_is_said_to_be_so(content: bytes, name: str) -> None:
    assert not all(one.is_whole for one in words_of(Attached(name, "", content)))


def test_what_is_behind_the_bounds_is_not_passed_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inbox.leaks.archives._MOST_UNPACKED", 900)
    for sizes, is_whole in (([900], True), ([901], False), ([400] * 3, False)):
        within = {f"{number}.bin": bytes(size) for number, size in enumerate(sizes)}
        for content in (files.archive(within), files.tar(within)):
            found = list(words_of(Attached("a", "", content)))
            assert all(one.is_whole for one in found) is is_whole, sizes


def test_what_is_read_is_whole() -> None:
    for name, content in (
        ("a.pdf", files.pdf(SAID)),
        ("open to read.pdf", files.pdf(SAID, is_locked=True, password="")),
        ("a.docx", files.docx(SAID)),
        ("a.zip", files.archive({"a.txt": SAID, "b.png": files.png("x")})),
        ("a.png", files.png("Nothing")),
        ("a.bin", bytes(range(256))),
        ("a.doc", files.msg(SAID)),
        ("a.gz", gzip(SAID.encode())),
    ):
        found = list(words_of(Attached(name, "", content)))
        assert all(one.is_whole for one in found), name
        assert not any("+" in one.said for one in found), name


def test_in_other_scripts() -> None:
    for said in ("Клиентка жалуется уже третий раз", "このお客様は三回目の苦情です。"):
        assert said in words(files.docx(said))
        assert said in words(files.msg(said))
        assert said in words(said.encode("cp1251" if said[0] == "К" else "shift_jis"), "a.txt")


def test_what_says_nothing_is_not_opened() -> None:
    assert kind_of("a.png", "image/png", b"\x89PNG") is None
    assert words(b"\x00\x01" * 100, "a.bin") == ""


def test_how_an_office_file_looks_says_nothing() -> None:
    assert "Our style" not in words(files.docx("Hello"))


ENTITIES = "<!DOCTYPE x [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
BOMBS = {
    "zeros": files.archive({"[Content_Types].xml": "", "word/document.xml": b"\0" * (30 << 20)}),
    "many": files.archive({f"{n}.txt": b"x" * 60_000 for n in range(600)}),
    "entities": files.archive({"content.xml": f"{ENTITIES}]><text:p>&h; {SAID}</text:p>"}),
    "tags": files.archive({"content.xml": "<" * (1 << 20)}),
    "truncated": files.docx(SAID)[:-30],
    "pages": files.pdf(SAID).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "wide": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "あ".encode("utf-16-le") * (1 << 18),
    "mails": b"Content-Type: message/rfc822\r\n\r\n" * 400 + SAID.encode(),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_read_as_far_as_it_is_reasonable(bomb: str) -> None:
    before = time.process_time()
    said = words(BOMBS[bomb], "a.eml" if bomb == "mails" else "a")
    assert time.process_time() - before < 5  # half of what the cage gives to all files
    assert len(said) < 60 << 20
    assert "lollol" not in said


def test_the_cage_tells_of_each_file_in_turn() -> None:
    there = [Attached("a.pdf", "", files.pdf(SAID)), Attached("a.docx", "", files.docx("Hello"))]
    out = BytesIO()
    main(BytesIO(packed(in_order(there))), out)
    assert [json.loads(line)[0].split()[0] for line in out.getvalue().splitlines()] == [
        "Hello",
        "Our",
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf", b""]),
    st.sampled_from(["a.eml", "a.txt", "a.ics", "a.html"]),
)
def test_no_octets_raise(content: bytes, head: bytes, name: str) -> None:
    words(head + content, name)
    words(files.mail("x", inner=b64encode(content), name=name), "a.eml")


def test_a_key_is_found_wherever_a_large_file_is_cut() -> None:
    key = b"support+r.abcdefghijklmnopqrstuvwx23@us.example"
    for begin in range((1 << 19) - 60, (1 << 19) + 10, 7):
        assert keyed_octets(bytes(begin) + key + b" \0") == [key.decode()]


def test_remarks_that_are_made_to_keep_us_busy_are_given_up() -> None:
    # Each "x" begins something that unpacks to much and is broken at its very end.
    begin = b"x\x01\x00\x02\x00\xfd\xff" * 50 + zlib.compress(bytes(900_000))[:-4] + b"!!!!"
    remark = len(begin).to_bytes(4, "big") + b"zTXt" + begin + bytes(4)
    started = process_time()
    assert keyed_octets(b"\x89PNG\r\n\x1a\n" + remark * 200) == []
    assert process_time() - started < 2
