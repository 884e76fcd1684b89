"""Words that say that a file goes along, in five languages, and words that only seem to."""

from __future__ import annotations

import pytest

from inbox.mail.named_files import names_a_file


@pytest.mark.parametrize(
    "text",
    [
        "Please find attached the invoice.",
        "I've attached the form.",
        "Attached is the list.",
        "Hello,\n\nsee the attachment.",
        "The attached file says more.",
        "Anbei die Rechnung.",
        "Im Anhang finden Sie die Liste.",
        "Ich hänge Ihnen die Liste an.",
        "Die Rechnung ist beigefügt.",
        "In allegato trova la fattura.",
        "Le allego il modulo.",
        "Si veda l'allegato.",
        "Счёт во вложении.",
        "Прилагаю счёт.",
        "Файл приложен.",
        "添付ファイルをご確認ください。",
        "請求書を添付いたします。",
        "Please find the signed contract attached.",
        "See attachment.",
        "It works without scripts. See attached.",
        "Это не так. Файл прикреплён.",
        "在庫はご希望の数だけございません。添付ファイルをご確認ください。",
        "I'm sending you the file in the attachment.",
        "Attaching the logs here.",
        "PFA the invoice.",
        "Die Rechnung liegt bei.",
        "Siehe Anlage.",
        "La fattura è allegata.",
        "Le fatture sono allegate.",
        "Файл прикреплён.",
        "別添の資料をご確認ください。",
    ],
)
def test_a_file_is_named(text: str) -> None:
    assert names_a_file(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your attachment.",
        "I could not open your attachment.",
        "There is no attachment in your mail.",
        "I am very attached to these boots.",
        "> Please find attached\n\nThanks, got it.",
        "Ihr Anhang ist leer.",
        "Ohne Anhang geht es nicht.",
        "Die Hängematte kommt morgen an.",
        "Ваше вложение не открывается.",
        "添付されていません。",
        "写真を添付してください。",
        "写真を添付していただけますか。",
        "Your printer has a cable attached.",
        "Can you see the label attached to the box?",
        "Is the hose attached?",
        "The attachment you sent is empty.",
        "Das liegt bei Ihnen.",
        "La Sua foto non è allegata.",
        "",
    ],
)
def test_none_is(text: str) -> None:
    assert names_a_file(text) == ""
