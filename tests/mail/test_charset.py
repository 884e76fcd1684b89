"""Bytes of every charset become readable text."""

from __future__ import annotations

import pytest

from inbox.mail.charset import codec_of, decode, decode_text, scrub, undoubled
from inbox.mail.encoded_words import decode_words


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("gb2312", "gbk", "镕基"),
        ("GB2312", "gb18030", "㐀𠀀"),
        ("shift_jis", "cp932", "①髙"),
        ("iso-8859-1", "cp1252", "“€”"),
        ("windows-1251", "cp1251", "Привет"),
        ("win-1251", "cp1251", "Привет"),
        ('"koi8-r"', "koi8-r", "Привет"),
        ("unicode-1-1-utf-7", "utf-7", "Grüße"),
        ("iso-2022-jp", "iso2022_jp_ext", "長靴"),
        ("ks_c_5601-1987", "cp949", "장화"),
        ("big5", "big5", "靴子"),
        ("utf8", "utf-8", "ü"),
        ("unicodebig", "utf-16-be", "長靴"),
    ],
)
def test_labels_and_what_they_mean(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label).text == text


@pytest.mark.parametrize("label", ["base64", "zlib", "rot13", "idna", "undefined", "nowhere", ""])
def test_what_is_no_charset_is_no_codec(label: str) -> None:
    assert codec_of(label) == ""


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-2", "cp1250", "Dzień dobry, „cytat” i źródło"),
        ("iso-8859-7", "cp1253", "Καλημέρα, “Άννα”"),
        ("iso-8859-13", "cp1257", "Laba diena, „šiandien“"),
    ],
)
def test_a_standard_that_is_windows_after_all(label: str, codec: str, text: str) -> None:
    read = decode(text.encode(codec), label)
    assert read.text == text
    assert read.defect is not None
    assert read.defect.code == "charset.c1"


def test_zeros_in_a_text_are_named() -> None:
    read = decode_text(b"a\x00b")
    assert read.text == "ab"
    assert read.defect is not None
    assert read.defect.code == "text.nul"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?B?0J/RgNC40LI=", "Прив"),
        ("=?utf-8?B?0J/RgNC40LI=?", "Прив"),
        ("=?utf-8?Q?Gr=C3=BC?= =?utf-8?B?biB4", "Grün x"),
        ("what =?is this", "what =?is this"),
        ("=?utf-8?Q?", "=?utf-8?Q?"),
        ("a ?=", "a ?="),
    ],
)
def test_a_last_word_that_was_cut(value: str, text: str) -> None:
    assert decode_words(value) == text


def test_wrong_labels_are_named() -> None:
    russian = "Мои сапоги протекают, помогите мне пожалуйста с заменой пары".encode("cp1251")
    read = decode(russian, "utf-8")
    assert read.text.startswith("Мои сапоги")
    assert read.defect is not None
    assert read.defect.code == "charset.mislabelled"


def test_a_single_broken_byte_does_not_change_the_charset() -> None:
    read = decode("Grüße aus Köln und viele schöne Stiefel".encode() + b"\xff", "utf-8")
    assert read.text.startswith("Grüße aus Köln")
    assert read.defect is not None
    assert read.defect.lost


def test_few_accents_are_western() -> None:
    text = "Bonjour, mes bottes prennent l'eau, merci de me répondre."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("text", ["Grüße äö", "Größe", "Å ø æ blåbær", "Ça va, été"])
def test_a_few_words_with_accents_are_in_latin_letters(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [("Вопрос по заказу", "cp1251"), ("Re: Вопрос", "koi8-r"), ("Γειά σου", "cp1253")],
)
def test_a_few_words_in_other_letters(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


def test_twice_encoded_text_is_put_right_and_honest_text_left_alone() -> None:
    assert undoubled("GrÃ¼ÃŸe") == "Grüße"
    assert undoubled("Ã la carte, Ângela") == "Ã la carte, Ângela"
    assert undoubled("3 ×\xa04 cm, 5 Î €") == "3 ×\xa04 cm, 5 Î €"


def test_text_for_the_database_has_no_nul_and_no_half_characters() -> None:
    assert scrub("a\0b\ud800c") == "ab\ufffdc"
    assert decode_text(b"\xff\xfea\x00\r\x00\n\x00b\x00").text == "a\nb"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= b", "a b"),
        ("=?utf-8?b?0J8=?= =?utf-8?b?0YA=?=", "Пр"),
        ("=?utf-8?b?0J/R?= =?utf-8?b?gA==?=", "Пр"),
        ("=?utf-8*en?q?x?=", "x"),
        ("=?utf-8?q?How_are_you??=", "How are you?"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?utf-8?B?0JfQsNC6?= =?utf-8?B?0LDQtw==?=", "Заказ"),
        ("=?utf-8?B?0JfQsNC?= =?utf-8?B?60LDQtw==?=", "Заказ"),  # cut within base64
        ("=??Q?a=20b?=", "a b"),
        ("=?koi8-r?q?=FA?= =?koi8-r?q?=C1?=", "За"),
        ("=?utf-8?q?=FA=C1=CB=C1=DA?=", "Заказ"),
        ("=?utf-8?b?nnDusQEjXQ==?=", "=?utf-8?b?nnDusQEjXQ==?="),  # noise says nothing
        ("=?utf-8?q?unfinished", "=?utf-8?q?unfinished"),
        ("=?utf-8?q?a=00=0D=0Ab?=", "a b"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert decode_words(value) == text


@pytest.mark.parametrize("word", ["Сапоги", "Γειά", "長靴"])
def test_a_word_of_two_bytes_a_letter_has_no_zeros(word: str) -> None:
    assert decode(word.encode("utf-16-le"), "utf-16le").text == word
    assert decode(b"plain words, \xc2\xa9", "utf-16le").text == "plain words, ©"
