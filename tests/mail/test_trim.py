"""What a person wrote now, in the forms of many programs and languages."""

from __future__ import annotations

import pytest

from inbox.mail.html_text import html_to_text
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
        f"Den tis 10 nov. 2026 kl 10:00 skrev {ANN}:",
        f"út 10. 11. 2026 v 10:00 odesílatel {ANN} napsal:",
        f"{ANN}, 10 Kas 2026 Sal, 10:00 tarihinde şunu yazdı:",
        "\u202bבתאריך יום ג׳, 10 בנוב׳ 2026 ב-10:00 מאת \u202aAnn\u202c\u200f "
        "<\u202aann@desk.example\u202c\u200f>:\u202c",
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
        "I need a train:\n\nFrom: Rome\nTo: Paris\nDate: 12 March\n\nPlease book it.",
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
        "Sent from my cell, please excuse any typos.",
        "(sent from a phone)",
        "From my iPhone 6",
        "Sent with Airmail",
        "Скачайте Outlook для iOS <https://aka.ms/o0ukef>",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Envoyé depuis mon appareil Galaxy",
    ],
)
def test_the_line_of_a_device(line: str) -> None:
    trimmed = trim(f"42\n\n{line}")
    assert trimmed.new_text == "42"
    assert trimmed.signature == line


@pytest.mark.parametrize("line", ["Sent from my desk, which is broken.", "I use an iPhone"])
def test_a_sentence_is_no_device(line: str) -> None:
    assert trim(f"42\n\n{line}").new_text == f"42\n\n{line}"


def test_html_marks_decide_where_the_words_do_not() -> None:
    html = "<p>42</p><div class='gmail_quote'>gestern:<blockquote>Which size?</blockquote></div>"
    assert trim("42\n\ngestern:\nWhich size?", html).new_text == "42"


def test_html_that_says_something_else_decides_nothing() -> None:
    html = "<p>43</p><div class='gmail_quote'>gestern:<blockquote>Which?</blockquote></div>"
    assert trim("42\n\nWhich size?", html).new_text == "42\n\nWhich size?"


@pytest.mark.parametrize(
    "led",
    [
        "---- On Tue, 10 Nov 2026 10:00:00 +0100 Ann <ann@desk.example> wrote ----",
        "2026/11/10 Ann of Support <support@desk.example>",
        "2026-11-10 10:00 GMT+01:00 Ann of Support",
        "On Tue, 10 Nov 2026 at 10:00 Ann\n\n<\nmailto:Ann <ann@desk.example>\n> wrote:\n",
    ],
)
def test_attributions_of_other_kinds(led: str) -> None:
    assert trim(f"42\n\n{led}\n\nWhich size?").new_text == "42"


@pytest.mark.parametrize("mark", ["| ", "AB> "])
def test_marks_of_other_kinds(mark: str) -> None:
    quote = f"{mark}Which size?\n{mark}And which colour?"
    trimmed = trim(f"42\n\n{quote}")
    assert trimmed.new_text == "42"
    assert trimmed.quoted_text == quote


def test_a_table_is_no_quote() -> None:
    table = "| size | colour |\n| 42 | brown |"
    assert trim(f"Both:\n\n{table}").new_text == f"Both:\n\n{table}"


def test_a_quoted_line_that_a_relay_has_wrapped() -> None:
    long = "> Which size do you need, and would you rather have the brown ones or"
    text = f"42\n\nOn 10 Nov 2026, at 10:00, {ANN} wrote:\n{long}\nthe black pair?\n> Ann\n"
    assert trim(text).new_text == "42"


def test_an_answer_below_a_long_quoted_line_stays() -> None:
    long = "> Which size do you need, and would you like the brown or the black?"
    text = f"{long}\n42, the brown ones\n> And where shall we send them to?\nTo my office"
    assert trim(text).new_text == text


def test_who_wrote_what_is_answered_between_is_folded() -> None:
    led = f"On 10 Nov 2026, at 10:00, {ANN} wrote:"
    trimmed = trim(f"Hi,\n{led}\n> Which size?\n\n42\n\n> Which colour?\n\nBrown")
    assert trimmed.new_text == "Hi,\n\n> Which size?\n\n42\n\n> Which colour?\n\nBrown"
    assert trimmed.quoted_text == led


@pytest.mark.parametrize(
    "text",
    [
        "This e-mail is confidential and intended only for the named recipient. If you have "
        "received it in error, please delete it.",
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat "
        "sind, vernichten Sie diese Mail.",
        "Ce message est confidentiel. Si vous n'en êtes pas le destinataire, merci de le détruire.",
        "Настоящее сообщение конфиденциально. Если вы получили его по ошибке, удалите его.",
        "Boots GmbH, Sitz der Gesellschaft: Ulm, Amtsgericht Ulm HRB 12, Geschäftsführer: A. Roe",
        "Please consider the environment before printing this.",
        "Virus-free. www.avg.example",
    ],
)
@pytest.mark.parametrize("quote", ["", f"\n\nOn 10 Nov 2026, at 10:00, {ANN} wrote:{QUOTE}"])
def test_a_disclaimer_is_folded_wherever_it_stands(text: str, quote: str) -> None:
    for whole in (f"42\n\n{text}{quote}", f"42{quote}\n\n{text}"):
        trimmed = trim(whole)
        assert trimmed.new_text == "42"
        assert text in trimmed.signature + trimmed.quoted_text


def test_a_letter_about_confidence_is_no_disclaimer() -> None:
    text = "Please delete my account.\n\nI received your parcel by mistake, it is for a neighbour."
    assert trim(text).new_text == text


@pytest.mark.parametrize(
    "box",
    [
        '<div id="divRplyFwdMsg">led</div><div>Which size?</div>',
        '<div id="appendonsend"></div><div>led</div><div>Which size?</div>',
        '<span id="OLK_SRC_BODY_SECTION">led<div>Which size?</div></span>',
        '<div id="yahoo_quoted_1" class="yahoo_quoted">led<div>Which size?</div></div>',
        '<div class="moz-cite-prefix">led</div><blockquote type="cite">Which size?</blockquote>',
        '<div class="protonmail_quote">led<blockquote>Which size?</blockquote></div>',
        '<div class="zmail_extra_hr"></div><div>led</div><blockquote>Which size?</blockquote>',
        '<div name="messageReplySection">led<blockquote type="cite">Which size?</blockquote></div>',
        '<blockquote class="front-blockquote">led<br>Which size?</blockquote>',
        '<div class="missive_quote">led<blockquote>Which size?</blockquote></div>',
        '<div class="tutanota_quote">led<blockquote>Which size?</blockquote></div>',
        '<hr id="zwchr"><div data-marker="__QUOTED_TEXT__">led Which size?</div>',
    ],
)
def test_marks_of_many_programs(box: str) -> None:
    html = f"<div>42</div>{box}"
    assert trim(html_to_text(html), html).new_text == "42"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="gmail_signature">Jane Roe<br>Boots</div>',
        '<div class="moz-signature">Jane Roe<br>Boots</div>',
        '<div id="Signature">Jane Roe<br>Boots</div>',
        '<div class="protonmail_signature_block">Jane Roe<br>Boots</div>',
    ],
)
def test_a_signature_that_a_program_marks(box: str) -> None:
    html = f"<div>42</div>{box}<div class=gmail_quote>led<blockquote>Which size?</blockquote></div>"
    trimmed = trim(html_to_text(html), html)
    assert trimmed.new_text == "42"
    assert trimmed.signature == "Jane Roe\nBoots"
    alone = trim("Jane Roe\nBoots", box)
    assert alone.new_text == "Jane Roe\nBoots"


def test_an_answer_below_a_signed_quote_stays() -> None:
    quote = '<blockquote class="gmail_quote">Which size?</blockquote>'
    html = f'<p>Hi,</p>{quote}<div class="gmail_signature">-- <br>Jane</div><p>Size 42 for me.</p>'
    assert "Size 42 for me." in trim(html_to_text(html), html).new_text


def test_text_that_differs_from_the_html_in_links_alone() -> None:
    quote = '<div class="gmail_quote">gestern:<br>Which size do you need?</div>'
    html = f'<div>See <a href="https://x.example">this</a></div>{quote}'
    text = "See this <https://x.example>\n\ngestern:\nWhich size do you need?"
    assert trim(text, html).new_text == "See this <https://x.example>"


@pytest.mark.parametrize(
    "line",
    [
        "##- Please type your reply above this line -##",
        "##- Bitte antworten Sie oberhalb dieser Zeile -##",
        "##- Veuillez répondre au-dessus de cette ligne -##",
    ],
)
def test_below_the_line_that_asks_to_write_above_it_all_is_quoted(line: str) -> None:
    assert trim(f"42\n\n{line}\n\nHello Jane,\nwhich size?").new_text == "42"


def test_the_line_by_which_a_program_passes_on_goes_with_what_it_passes_on() -> None:
    header = f"From: {ANN}\nSubject: Boots\nDate: 10 November 2026\nTo: x@y.example"
    assert trim(f"See:\n\nBegin forwarded message:\n\n{header}\n\n42").new_text == "See:"
    assert trim(f"Her mail:\n\n{header}\n\n42").new_text == "Her mail:"


def test_a_box_with_a_line_above_it_is_a_quote_only_with_a_header_in_it() -> None:
    box = '<div style="border:none;border-top:solid windowtext 1.0pt"><p>{0}</p></div><p>yes</p>'
    own = f"<p>My list:</p>{box.format('second chapter')}"
    assert trim(html_to_text(own), own).new_text == "My list:\n\nsecond chapter\n\nyes"
    quote = f"<p>42</p>{box.format('<b>Fra: </b>Ann<br><b>Emne: </b>Sko')}"
    assert trim(html_to_text(quote), quote).new_text == "42"


@pytest.mark.parametrize(
    "said",
    [
        "Flight\nFrom: Rome\nTo: Paris\nDate: 12 March 2026, 10:15\nPassengers: 2\n\nPlease book.",
        "Subject: refund\nTo: accounting\nFrom: me\n\nplease pass this on.",
        "Von: Berlin\nNach: Köln\nAm: 12.03.2026 um 10:15\nBetreff: Reise\n\nBitte buchen.",
        "От: Москва\nКому: Ивану\nДата: 12.03.2026\nТема: посылка\n\nГде она?",
        "2026-03-12 10:15:22 ERROR me@bar.example: cut\n2026-03-12 10:15:23 ERROR again:\n\nWhy?",
        "2026-03-12 10:15:23 delivery to me@bar.example failed:\n\nWhat does it mean?",
        "12.03.2026, 10:15, Main Street:\n\nthat is when and where.",
        "Tuesday, 12 March 2026, 10:15, Max Ek:\n\nnobody answered.",
        "In the log of 12.03.2026 the system wrote:\n\nout of paper.",
    ],
)
def test_lists_and_sentences_that_only_look_like_the_head_of_a_quote(said: str) -> None:
    assert trim(f"Hello,\n\n{said}").new_text == f"Hello,\n\n{said}"


def test_a_line_right_above_an_attribution_is_no_part_of_it() -> None:
    for attribution in (f"* {ANN} [2026-11-10 10:00]:", f"On 10.11.2026 at 10:00 {ANN} wrote:"):
        for quote in (QUOTE, "\n\nWhich size?"):
            assert trim(f"Size 42,\nplease.\n{attribution}{quote}").new_text == "Size 42,\nplease."


@pytest.mark.parametrize("end", [">>>", ":"])
def test_groupwise_frames_its_attribution(end: str) -> None:
    line = f">>> {ANN} 11/10/2026 10:00 AM {end}"
    trimmed = trim(f"Size 42.\n\n{line}\nWhich size?\nAnn")
    assert trimmed.new_text == "Size 42."
    assert trimmed.quoted_text == f"{line}\nWhich size?\nAnn"


def test_the_header_above_a_quote_with_answers_in_it_is_folded() -> None:
    header = f"From: {ANN}\nSent: Tuesday, November 10, 2026 10:00 AM\nTo: Pat\nSubject: Re: Boots"
    trimmed = trim(f"{header}\n\n> Which size?\n\n42.\n\n> Which colour?\n\nBrown.")
    assert trimmed.new_text == "> Which size?\n\n42.\n\n> Which colour?\n\nBrown."
    assert trimmed.quoted_text == header
