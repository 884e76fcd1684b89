"""Every charset in every place where a mail has text: declared, declared wrongly, not declared."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import pytest

from inbox.mail.compose import Draft, OutgoingFile, compose
from inbox.mail.inspection import inspect
from inbox.model.address import Address

RUSSIAN = (
    "Заказ не пришёл",
    "Анна Смирнова",
    "Добрый день! Не могу войти в личный кабинет, ошибка повторяется каждый час. Что делать?",
)
UKRAINIAN = (
    "Рахунок не надійшов",
    "Олена Коваль",
    "Доброго дня! Підкажіть, будь ласка, коли буде відправлено наше замовлення?",
)
JAPANESE = (
    "注文の件について",
    "山田はなこ",
    "お世話になっております。ログインできなくなりました。請求書の宛名を変更してください。",
)
CHINESE = (
    "关于订单的问题",
    "王小明",
    "您好，我上个月订购的靴子还没有收到，请问什么时候可以发货？谢谢。",
)
TRADITIONAL = (
    "關於訂單的問題",
    "陳大文",
    "您好，我上個月訂購的靴子還沒有收到，請問什麼時候可以出貨？",
)
KOREAN = ("주문에 대한 문의", "김철수", "안녕하세요. 지난달에 주문한 장화를 아직 받지 못했습니다.")
GERMAN = ("Größe der Stiefel", "Jörg Müller", "Guten Tag, für uns fällt die Größe kleiner aus.")
POLISH = (
    "Pytanie o zamówienie",
    "Łukasz Żółty",
    "Dzień dobry, życzę miłego dnia. Dziękuję bardzo.",
)
TURKISH = ("Sipariş hakkında", "Ayşe Yılmaz", "Geçen ay sipariş ettiğim çizmeleri hâlâ almadım.")
GREEK = (
    "Ερώτηση για την παραγγελία",
    "Γιώργος",
    "Καλημέρα, δεν έχω λάβει ακόμα την παραγγελία μου.",
)
HEBREW = ("שאלה על ההזמנה", "דוד כהן", "שלום, עדיין לא קיבלתי את ההזמנה שלי. מתי היא תישלח? תודה.")
ARABIC = ("سؤال عن الطلب", "أحمد", "مرحبا، لم أستلم طلبي بعد. متى سيتم إرساله؟ شكرا.")
BALTIC = ("Klausimas dėl užsakymo", "Žygimantas", "Laba diena, dar negavau užsakymo. Ačiū.")
Words = tuple[str, str, str]

# The label as mails write it, and Python's codec for what it means.
DECLARED: list[tuple[str, str, Words]] = [
    ("koi8-r", "koi8-r", RUSSIAN),
    ("KOI8-U", "koi8-u", UKRAINIAN),
    ("windows-1251", "cp1251", RUSSIAN),
    ("cp-1251", "cp1251", UKRAINIAN),
    ("IBM866", "cp866", RUSSIAN),
    ("ISO-8859-5", "iso8859-5", RUSSIAN),
    ("x-mac-cyrillic", "mac_cyrillic", RUSSIAN),
    ("utf-8", "utf-8", RUSSIAN),
    ("utf-8-something", "utf-8", RUSSIAN),
    ("utf-7", "utf-7", RUSSIAN),
    ("utf-16", "utf-16", RUSSIAN),
    ("utf-16le", "utf-16-le", RUSSIAN),
    ("iso-2022-jp", "iso2022_jp", JAPANESE),
    ("iso-2022-jp-ms", "iso2022_jp", JAPANESE),
    ("Shift_JIS", "cp932", JAPANESE),
    ("windows-31j", "cp932", JAPANESE),
    ("EUC-JP", "euc_jp", JAPANESE),
    ("gb2312", "gb2312", CHINESE),
    ("gb2312", "gbk", TRADITIONAL),
    ("gbk", "gb18030", CHINESE),
    ("hz-gb-2312", "hz", CHINESE),
    ("Big5", "big5", TRADITIONAL),
    ("ks_c_5601-1987", "cp949", KOREAN),
    ("euc-kr", "euc_kr", KOREAN),
    ("iso-2022-kr", "iso2022_kr", KOREAN),
    ("iso-8859-1", "cp1252", GERMAN),
    ("iso-8859-15", "iso8859-15", GERMAN),
    ("macintosh", "mac_roman", GERMAN),
    ("iso-8859-2", "iso8859-2", POLISH),
    ("windows-1250", "cp1250", POLISH),
    ("iso-8859-9", "cp1254", TURKISH),
    ("windows-1253", "cp1253", GREEK),
    ("iso-8859-7", "iso8859-7", GREEK),
    ("windows-1255", "cp1255", HEBREW),
    ("iso-8859-8-i", "iso8859-8", HEBREW),
    ("windows-1256", "cp1256", ARABIC),
    ("windows-1257", "cp1257", BALTIC),
]
EIGHT_BIT = [
    (codec, words)
    for _, codec, words in DECLARED
    if codec not in ("utf-7", "utf-16", "utf-16-le", "hz", "mac_roman")
]
WRONG = [
    ("utf-8", "cp1251", RUSSIAN),
    ("utf-8", "koi8-r", RUSSIAN),
    ("utf-8", "cp1252", GERMAN),
    ("utf-8", "gb18030", CHINESE),
    ("utf-8", "cp932", JAPANESE),
    ("utf-8", "big5", TRADITIONAL),
    ("us-ascii", "koi8-u", UKRAINIAN),
    ("us-ascii", "utf-8", RUSSIAN),
    ("iso-8859-1", "utf-8", RUSSIAN),
    ("iso-8859-1", "utf-8", GERMAN),
    ("iso-8859-1", "cp1251", RUSSIAN),
    ("iso-8859-1", "koi8-r", RUSSIAN),
    ("windows-1252", "cp932", JAPANESE),
    ("windows-1252", "gb18030", CHINESE),
    ("koi8-r", "cp1251", RUSSIAN),
    ("koi8-r", "utf-8", RUSSIAN),
    ("windows-1251", "koi8-r", RUSSIAN),
    ("windows-1251", "cp866", RUSSIAN),
    ("windows-1251", "mac_cyrillic", RUSSIAN),
    ("iso-8859-5", "cp1251", RUSSIAN),
    ("iso-2022-jp", "cp932", JAPANESE),
    ("iso-2022-jp", "euc_jp", JAPANESE),
    ("iso-2022-jp", "utf-8", JAPANESE),
    ("gb2312", "utf-8", CHINESE),
    ("big5", "utf-8", TRADITIONAL),
    ("euc-kr", "utf-8", KOREAN),
    ("utf-16", "utf-8", RUSSIAN),
    ("nonsense", "koi8-r", RUSSIAN),
]


@pytest.mark.parametrize(("label", "codec", "words"), DECLARED, ids=lambda one: str(one)[:14])
def test_declared_charsets_are_read_everywhere(label: str, codec: str, words: Words) -> None:
    assert said(inspect(encoded(label, codec, words))) == expected(words)


@pytest.mark.parametrize(("label", "codec", "words"), WRONG, ids=lambda one: str(one)[:14])
def test_wrong_labels_are_seen_through_in_bodies(label: str, codec: str, words: Words) -> None:
    seen = inspect(encoded(label, codec, words))
    assert (seen["text"].strip(), words[2] in seen["html"]) == (words[2], True)
    assert {one["code"].partition(".")[0] for one in seen["defects"]} == {"charset"}


@pytest.mark.parametrize(("codec", "words"), EIGHT_BIT, ids=lambda one: str(one)[:14])
def test_undeclared_8bit_is_read_everywhere(codec: str, words: Words) -> None:
    assert said(inspect(undeclared(codec, words))) == expected(words)


@pytest.mark.parametrize(("label", "codec", "words"), DECLARED, ids=lambda one: str(one)[:14])
def test_8bit_headers_are_read_as_the_body_is_declared(
    label: str, codec: str, words: Words
) -> None:
    if codec.startswith(("utf-16", "utf-7", "hz")):
        return  # no header is written so
    raw = undeclared(codec, words).replace(b"text/plain", f"text/plain; charset={label}".encode())
    assert said(inspect(raw)) == expected(words)


@pytest.mark.parametrize("codec", ["cp1252", "cp1251", "koi8-r"])
def test_utf8_encoded_twice_is_put_right(codec: str) -> None:
    words = [word.encode().decode("latin-1" if codec == "cp1252" else codec) for word in RUSSIAN]
    seen = inspect(encoded("utf-8", "utf-8", (words[0], words[1], words[2])))
    assert said(seen) == expected(RUSSIAN)


@pytest.mark.parametrize("words", [RUSSIAN, JAPANESE, CHINESE, KOREAN, GERMAN, HEBREW])
def test_what_we_send_reads_the_same(words: Words) -> None:
    subject, name, text = words
    sent = Draft(
        from_=Address(name=name, address="support@desk.example"),
        to=(Address(name=name, address="a@customer.example"),),
        subject=subject,
        message_id="1@desk.example",
        date=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        text=text,
        attachments=(OutgoingFile(filename=f"{subject}.txt", content_type="a/b", content=b"x"),),
    )
    seen = inspect(compose(sent))
    assert seen["subject"] == subject
    assert seen["from"]["name"] == name
    assert seen["text"].strip() == text
    assert [one["filename"] for one in seen["attachments"]] == [f"{subject}.txt"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'\x1b$B-!-"\x1b(B', "①②"),  # NEC's row 13
        (b"\x1b$B|b\x1b(B", "髙"),  # IBM's characters
        (b"\x1b(I1253\x1b(B", "ｱｲｵｳ"),
        (b"\x1b$B4A;z\r\nplain", "漢字\nplain"),
        (b"\x1b$B4A;z", "漢字"),
    ],
)
def test_iso_2022_jp_has_what_japanese_programs_write(data: bytes, text: str) -> None:
    head = b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n"
    assert inspect(head + data)["text"] == text


def test_windows_quotes_that_became_control_characters_are_quotes_again() -> None:
    seen = inspect(b"Content-Type: text/plain; charset=utf-8\r\n\r\nIt\xc2\x92s \xc2\x80 5")
    assert seen["text"] == "It’s € 5"


def encoded(label: str, codec: str, words: Words) -> bytes:
    """A mail with encoded words, an RFC 2231 name, a text and an HTML page, all in `codec` under
    `label`.
    """
    subject, name, text = (word.encode(codec) for word in words)
    filename = f"{words[0]}.pdf".encode(codec)
    page = f"<html><body><p>{words[2]}</p></body></html>".encode(codec)
    return b"\r\n".join(
        (
            b"Message-ID: <1@customer.example>",
            b"Date: Tue, 10 Nov 2026 10:00:00 +0000",
            b"From: " + word(label, name) + b" <a@customer.example>",
            b"Subject: " + word(label, subject),
            b"Content-Type: multipart/mixed; boundary=a",
            b"",
            b"--a",
            b"Content-Type: multipart/alternative; boundary=b",
            b"",
            *part(b"--b", f"text/plain; charset={label}", text),
            *part(b"--b", f"text/html; charset={label}", page),
            b"--b--",
            b"--a",
            b"Content-Type: application/pdf",
            b"Content-Disposition: attachment; filename*=" + percent(label, filename),
            b"",
            b"x",
            b"--a--",
            b"",
        )
    )


def undeclared(codec: str, words: Words) -> bytes:
    """A mail of raw bytes that says nothing of its charset."""
    subject, name, text = (word.encode(codec) for word in words)
    return b"\r\n".join(
        (
            b"Message-ID: <1@customer.example>",
            b"From: " + name + b" <a@customer.example>",
            b"Subject: " + subject,
            b"Content-Type: multipart/mixed; boundary=a",
            b"",
            b"--a",
            b"Content-Type: text/plain",
            b"",
            text,
            b"--a",
            b"Content-Type: text/html",
            b"Content-Disposition: inline",
            b"",
            b"<p>" + text + b"</p>",
            b"--a",
            b'Content-Type: application/pdf; name="' + subject + b'.pdf"',
            b"Content-Disposition: attachment",
            b"",
            b"x",
            b"--a--",
            b"",
        )
    )


def part(mark: bytes, kind: str, data: bytes) -> tuple[bytes, ...]:
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n".encode()
    return (mark, head, base64.encodebytes(data))


def word(label: str, data: bytes) -> bytes:
    return f"=?{label}?B?{base64.b64encode(data).decode()}?=".encode()


def percent(label: str, data: bytes) -> bytes:
    return f"{label}''".encode() + b"".join(b"%%%02X" % byte for byte in data)


def said(seen: dict[str, Any]) -> tuple[str, str, str, bool, list[str]]:
    words = seen["html"] or ""
    text = seen["text"].split("\n")[0].strip()
    names = [one["filename"] for one in seen["attachments"]]
    return (seen["subject"], seen["from"]["name"], text, f"{text}</p>" in words, names)


def expected(words: Words) -> tuple[str, str, str, bool, list[str]]:
    subject, name, text = words
    return (subject, name, text, True, [f"{subject}.pdf"])
