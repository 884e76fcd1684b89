"""The language of a text is named when it is beyond doubt, and otherwise not."""

from __future__ import annotations

import pytest

from inbox.mail.inspection import inspect
from inbox.mail.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello, I did not receive my order yet. Could you please check where it is?"),
        ("de", "Guten Tag, ich habe meine Bestellung noch nicht bekommen. Können Sie bitte sehen?"),
        ("fr", "Bonjour, je n'ai pas encore reçu ma commande. Pouvez-vous vérifier pour moi ?"),
        ("it", "Ciao, non ho ancora ricevuto il mio ordine, potete controllare per favore?"),
        ("es", "Hola, todavía no he recibido mi pedido. ¿Pueden comprobarlo por favor?"),
        ("pt", "Olá, ainda não recebi a minha encomenda. Podem verificar por favor? Obrigado"),
        ("nl", "Hallo, ik heb mijn bestelling nog niet ontvangen. Kunt u dit nakijken?"),
        ("sv", "Hej, jag har inte fått min beställning. Kan ni kontrollera?"),
        ("pl", "Dzień dobry, nie mam jeszcze mojego zamówienia. Proszę o odpowiedź, dziękuję."),
        ("cs", "Dobrý den, objednávka mi ještě nepřišla, můžete to prosím zkontrolovat?"),
        ("hu", "Jó napot, még nem kaptam meg a rendelésemet. Kérem, nézzék meg."),
        ("ro", "Bună ziua, nu am primit încă comanda mea. Puteți verifica vă rog?"),
        ("tr", "Merhaba, siparişim hâlâ gelmedi. Bana nasıl yardım edebilirsiniz? Teşekkürler."),
        ("ru", "Добрый день! Я не могу войти в личный кабинет, что мне делать?"),
        ("uk", "Доброго дня! Підкажіть, будь ласка, коли буде наше замовлення?"),
        ("bg", "Добър ден, все още не съм получил поръчката си. Може ли да проверите?"),
        ("el", "Καλημέρα, δεν έχω λάβει ακόμα την παραγγελία μου."),
        ("he", "שלום, עדיין לא קיבלתי את ההזמנה שלי."),
        ("ar", "مرحبا، لم أستلم طلبي بعد."),
        ("th", "สวัสดีครับ ผมยังไม่ได้รับสินค้า"),
        ("ja", "お世話になっております。ログインできなくなりました。"),
        ("ko", "안녕하세요. 주문한 장화를 아직 받지 못했습니다."),
        ("zh-Hans", "您好，我的靴子还没有收到，请问什么时候可以发货？"),
        ("zh-Hant", "您好，我的靴子還沒有收到，請問什麼時候可以出貨？"),
    ],
)
def test_a_sentence_or_two_are_enough(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "Danke",
        "Invoice 4711",
        "Si no",
        "Re: RMA 12345 for item A B C",
        "https://shop.example/the/of/and/to/a/in/is",
        "Hej, jeg har det. Og du?",  # Danish or Norwegian
        "a o e a o e 9bbf38a544f990e7",
        "李明",
        "Hello, I did not get it. Здравствуйте, я не получил его, что мне делать?",
        '{"type":"bounce","a":[1,2],"o":{"e":"de"}}',
    ],
)
def test_what_is_short_or_mixed_is_not_named(text: str) -> None:
    assert language_of(text) is None


def test_quotes_and_addresses_say_nothing() -> None:
    quoted = "> I did not receive it and you have to do this for me, please\n" * 3
    assert (
        language_of(f"{quoted}Bitte haben Sie noch einen Tag Geduld, es ist auf dem Weg.") == "de"
    )


def test_the_language_is_of_what_the_person_wrote() -> None:
    seen = inspect(
        b"From: a@b.example\r\nSubject: Re: Order\r\n\r\n"
        b"Guten Tag, das ist leider nicht das, was ich von Ihnen haben wollte.\r\n\r\n"
        b"On 2026-11-10 10:00 desk@shop.example wrote:\r\n"
        b"> Thank you for your order. We will send it to you as soon as it is here.\r\n"
    )
    assert seen["language"] == "de"
