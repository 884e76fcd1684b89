"""Where the lines that say who wrote what is quoted begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.attribution import attribution_length, attributions
from inbox.mail.disclaimer import is_disclaimer
from inbox.mail.trim import trim

LINES = (
    "",
    " ",
    "Hello Pat,",
    "this is what I mean:",
    "> which size?",
    ">> forty two",
    "On Mon, 5 Jan 2026 at 10:14, Ann Lee <ann@desk.example> wrote:",
    "On Mon, 5 Jan 2026 at 10:14, Ann Lee",
    "<ann@desk.example> wrote:",
    "Am 05.01.2026 um 10:14 schrieb Ann Lee:",
    "05.01.2026 10:14 пользователь Ann написал：",
    "x" * 500 + ":",
)


@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_all_are_found_in_one_pass_as_line_by_line(lines: list[str]) -> None:
    one_by_one = {at: attribution_length(lines, at) for at in range(len(lines))}

    assert attributions(lines) == {at: length for at, length in one_by_one.items() if length}


def test_what_a_disclaimer_says_is_looked_for_in_every_language() -> None:
    for said in (
        "This e-mail is confidential. If you received it by mistake, delete it.",
        "Diese Nachricht ist vertraulich und nur für den Adressaten bestimmt.",
        "Ce courriel est confidentiel. Merci de supprimer s'il vous est parvenu par erreur.",
        "Questo messaggio è riservato al destinatario.",
        "Este correo es confidencial y va dirigido a su destinatario.",
        "Esta mensagem é confidencial; se a recebeu por engano, elimine-a.",
        "Dit bericht is vertrouwelijk en bestemd voor de geadresseerde.",
        "Ta wiadomość jest poufna i przeznaczona dla adresata.",
        "Это сообщение конфиденциально и предназначено только адресату.",
        "Цей лист конфіденційний і призначений лише одержувачу.",
        "本メールは機密情報を含みます。誤って受信された場合は削除してください。",
        "本邮件包含机密信息，如果您不是收件人，请立即删除本邮件及其附件。",
        "Sitz der Gesellschaft: Berlin, Amtsgericht Charlottenburg HRB 1234",
        "Company registration 1234, VAT number GB 99 9999, registered office London",
        "Virus-free. www.scanner.example",
        "Bitte denken Sie an die Umwelt, bevor Sie drucken",
        "Проверено на вирусы программой",
    ):
        assert is_disclaimer(said), said
    assert not is_disclaimer("This message in our shop is wrong: it says the price is in dollars.")


@pytest.mark.parametrize(
    "sentence",
    [
        "On Monday I wrote to you:",
        "On 12.03.2024 I wrote to you:",
        "On 12 March 2024 at 10:15 I already wrote to support@desk.example:",
        "Am 12.03.2024 um 10:15 schrieb ich an support@desk.example:",
        "Am 12.03.2024 schrieb mir Frau Ek:",
        "Le 12/03/2024 à 10:15 j'ai écrit à support@desk.example :",
        "Il 12/03/2024 alle 10:15 ho scritto a support@desk.example:",
        "El 12/03/2024 a las 10:15 he escrito a support@desk.example:",
        "12.03.2024 в 10:15 я написал на support@desk.example:",
        "Here is what happened on 12.03.2024, 10:15:",
    ],
)
@pytest.mark.parametrize("below", ["\n\nplease cancel the order.", "\n> please cancel.\n\nSo?"])
def test_a_sentence_of_the_writers_own_is_no_attribution(sentence: str, below: str) -> None:
    assert trim(f"Hello,\n\n{sentence}{below}").new_text == f"Hello,\n\n{sentence}{below}"


def test_yandex_names_who_is_answered_below_a_rule() -> None:
    head = "----------------\nКому: Support (support@desk.example);\nТема: Re: Сапоги;\n"
    line = '10.11.2026, 10:00, "Анна" <support@desk.example>:'
    for between in ("", "\n", "----\n"):
        trimmed = trim(f"Размер 42.\n\n{head}{between}{line}\n\nКакой размер?")
        assert trimmed.new_text == "Размер 42."
    own = "Hello,\n\n----\nTo: Rome\nSubject: a journey\n\nWhen does it go?"
    assert trim(own).new_text == own


def test_two_lines_of_ones_own_below_dashes_are_no_header() -> None:
    own = "Size 42.\n\n-- or --\n\nColour: brown\nDate: tomorrow"
    assert trim(own).new_text == own
    own = "He wrote: no\nat 10:15\nSubject to change:\n\nthe colour."
    assert trim(own).new_text == own


@pytest.mark.parametrize(
    "said",
    [
        "See https://shop.example/help",
        "PS: the laces are free.",
        "Call us:\nTel. +1 555 010 2030\nsales@shop.example",
    ],
)
@pytest.mark.parametrize(
    "quote",
    [
        "From: Pat Lee <pat@customer.example>\nSent: Sunday, November 22, 2026 10:12 AM\n"
        "To: Support <support@shop.example>\nSubject: boots\n\nThey are broken.",
        "On 22 Nov 2026, at 10:12, Pat Lee <pat@customer.example> wrote:\n\n> They are broken.",
        "> On 22 Nov 2026, at 10:12, Pat Lee <pat@customer.example> wrote:\n>\n> They are broken.",
    ],
)
def test_the_last_line_above_a_quote_is_no_part_of_its_head(said: str, quote: str) -> None:
    assert trim(f"Yes, of course.\n\n{said}\n\n{quote}").new_text.endswith(said)
