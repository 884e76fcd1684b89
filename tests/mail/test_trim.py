"""What a person wrote now, in the forms of many programs and languages."""

from __future__ import annotations

import pytest

from inbox.mail.trim import trim

QUOTE = "\n> Which size?\n> Ann"
ANN = "Ann <support@desk.example>"


@pytest.mark.parametrize(
    "attribution",
    [
        f"On Tue, Nov 10, 2026 at 10:00 AM {ANN} wrote:",
        f"On 10 Nov 2026, at 10:00, {ANN} wrote:",
        "On 11/10/26 10:00 AM, Ann wrote:",
        f"Am 10.11.2026 um 10:00 schrieb {ANN}:",
        f"Le mar. 10 nov. 2026 à 10:00, {ANN} a écrit :",
        f"Il giorno mar 10 nov 2026 alle ore 10:00 {ANN} ha scritto:",
        f"El mar, 10 nov 2026 a las 10:00, {ANN} escribió:",
        f"Em ter., 10 de nov. de 2026 às 10:00, {ANN} escreveu:",
        f"Op di 10 nov 2026 om 10:00 schreef {ANN}:",
        f"wt., 10 lis 2026 o 10:00 {ANN} napisał(a):",
        f"вт, 10 нояб. 2026 г. в 10:00, {ANN}:",
        f"вт, 10 лист. 2026 р. о 10:00 {ANN} пише:",
        f"2026年11月10日(火) 10:00 {ANN}:",
        f"{ANN} 于2026年11月10日周二 10:00写道：",
        f"2026년 11월 10일 (화) 오전 10:00, {ANN}님이 작성:",
        "On Tue, Nov 10, 2026 at 10:00 AM Ann of Support\n<support@desk.example> wrote:",
        "On Tue, Nov 10, 2026 at 10:00 AM\nAnn\n<support@desk.example>\nwrote:",
        f"{ANN} schrieb am Di., 10. Nov.\n2026 um 10:00 Uhr:",
    ],
)
def test_an_attribution_in_any_language(attribution: str) -> None:
    trimmed = trim(f"Size 42, please.\n\n{attribution}{QUOTE}\n")
    assert trimmed.new_text == "Size 42, please."
    assert trimmed.quoted_text == attribution + QUOTE


@pytest.mark.parametrize(
    ("labels", "date"),
    [
        ("From Sent To Subject", "Tuesday, November 10, 2026 10:00 AM"),
        ("Von Gesendet An Betreff", "Dienstag, 10. November 2026 10:00"),
        ("De Envoyé À Objet", "mardi 10 novembre 2026 10:00"),
        ("Da Inviato A Oggetto", "martedì 10 novembre 2026 10:00"),
        ("De Enviado Para Asunto", "martes, 10 de noviembre de 2026 10:00"),
        ("Van Verzonden Aan Onderwerp", "dinsdag 10 november 2026 10:00"),
        ("Od Wysłano Do Temat", "wtorek, 10 listopada 2026 10:00"),
        ("От Отправлено Кому Тема", "10 ноября 2026 г. 10:00"),
        ("Від Надіслано Кому Тема", "10 листопада 2026 р. 10:00"),
        ("差出人 送信日時 宛先 件名", "2026年11月10日 10:00"),
        ("发件人 发送时间 收件人 主题", "2026年11月10日 10:00"),
    ],
)
@pytest.mark.parametrize("rule", ["", "________________________________\n"])
def test_an_outlook_header_in_any_language(labels: str, date: str, rule: str) -> None:
    author, sent, to, subject = labels.split()
    header = f"{rule}{author}: {ANN}\n{sent}: {date}\n{to}: Jane\n{subject}: Boots\n\nWhich size?"
    trimmed = trim(f"Size 42.\n\n{header}")
    assert trimmed.new_text == "Size 42."
    assert trimmed.quoted_text == header


@pytest.mark.parametrize(
    "text",
    [
        "Just this.",
        "Here is what I need:\n\n- boots\n- socks",
        "Name: Jane\nPhone: 1234\nSize: 42",
        "My order of 10.11.2026: it was sent at 10:00.\nThe parcel is broken.",
        "At 10:00 on 10.11.2026 I wrote this:\nnothing is quoted",
        "I wrote to jane@customer.example today.",
        "a > b\nb < c",
        "-----\nchapter\n-----\ntext",
    ],
)
def test_own_words_stay(text: str) -> None:
    assert trim(text).new_text == text
    assert trim(text).quoted_text == ""


def test_answers_between_quotes_stay_in_place() -> None:
    text = f"Hi,\n\n{'> Which size?'}\n42\n\n> Which colour?\nBrown\n\n> Best\n> Ann"
    trimmed = trim(text)
    assert trimmed.new_text == "Hi,\n\n> Which size?\n42\n\n> Which colour?\nBrown"
    assert trimmed.quoted_text == "> Best\n> Ann"


def test_a_signature_below_the_quote_is_no_answer() -> None:
    trimmed = trim(f"42\n\nOn 10 Nov 2026, at 10:00, {ANN} wrote:{QUOTE}\n\n-- \nJane")
    assert trimmed.new_text == "42"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from Outlook for Android",
        "Get Outlook for iOS",
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Envoyé de mon iPad",
        "Inviato da iPhone",
        "Enviado desde mi iPhone",
        "Отправлено с iPhone",
        "Отправлено из мобильной Почты Mail.ru",
        "iPhoneから送信",
    ],
)
def test_the_line_of_a_device(line: str) -> None:
    assert trim(f"42\n\n{line}").signature in (line, "")


@pytest.mark.parametrize("line", ["Sent from my desk, which is broken.", "I use an iPhone"])
def test_a_sentence_is_no_device(line: str) -> None:
    assert trim(f"42\n\n{line}").new_text == f"42\n\n{line}"


def test_html_marks_decide_where_the_words_do_not() -> None:
    html = "<p>42</p><div class='gmail_quote'>gestern:<blockquote>Which size?</blockquote></div>"
    assert trim("42\n\ngestern:\nWhich size?", html).new_text == "42"


def test_html_that_says_something_else_decides_nothing() -> None:
    html = "<p>43</p><div class='gmail_quote'>gestern:<blockquote>Which?</blockquote></div>"
    assert trim("42\n\nWhich size?", html).new_text == "42\n\nWhich size?"
