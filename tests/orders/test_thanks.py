"""Who says thanks and no more, in five languages; and who says more than that."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.orders.thanks import LONGEST, says_only_thanks

NAMES = ("Jane Doe", "Karen Weber", "田中 一郎", "Анна Петрова", "Support")
THANKS = [
    "Thanks!",
    "thank you",
    "Thanks a lot, Karen!",
    "Hi Karen,\n\nthank you very much for your quick reply. That did the trick!\n\nBest "
    "regards,\nJane Doe",
    "Many thanks for the fast help and have a nice weekend!",
    "Great, thanks so much :-)",
    "ok thx",
    "👍",
    "🙏🏽❤️",
    "👍🏼 thanks",
    "Perfect, it works now. Thank you!",
    "Received, thank you.",
    "Much appreciated.\n\nCheers\nJane",
    "The problem is solved. Thanks again for your great support!",
    "Dear Ms Weber,\nthanks, everything is working again.\nKind regards\nJane Doe\nDoe Shipping "
    "Ltd",
    "Thanks. You too!",
    "Best regards\nJane Doe",
    "Jane",
    "Thanks\n-- \nJane Doe\nDoe Shipping Ltd\nTel. 555 1234",
    "",
    "Vielen Dank!",
    "Danke, Frau Weber!",
    "Liebe Frau Weber,\n\nherzlichen Dank für die schnelle Hilfe, jetzt funktioniert alles.\n\n"
    "Viele Grüße\nJane Doe",
    "Super, danke schön und ein schönes Wochenende!",
    "Alles klar, danke Ihnen.\nMfG\nJ. Doe",
    "Danke dir vielmals! Ebenso :)",
    "Besten Dank für Ihre Bemühungen.\nMit freundlichen Grüßen\nDoe",
    "Das hat mir sehr geholfen, vielen lieben Dank",
    "Спасибо!",
    "Спасибо большое за быстрый ответ! Всё работает.",
    "Анна, добрый день!\nБольшое спасибо за помощь.\nС уважением,\nИван Сидоров",
    "Благодарю, вопрос решён. Хорошего дня!",
    "Ок, спасибо",
    "Grazie mille!",
    "Gentile Sig.ra Weber,\nla ringrazio molto per la cortese risposta.\nCordiali saluti,\nJane "
    "Doe",
    "Perfetto, grazie. Buona giornata!",
    "Ora funziona tutto, grazie ancora per l'aiuto :)",
    "ありがとうございます。",
    "ご対応いただきありがとうございました。今後ともよろしくお願いいたします。\n田中",
    "お世話になっております。田中です。\n早速のご返信、誠にありがとうございます。助かりました!",
    "承知しました。ありがとうございます😊",
    "無事に届きました。ありがとうございました。",
    "取り急ぎお礼まで。",
    "It works now!",
    "Danke & best regards\nJane",
    "That's great news, thank you so much!\n\nJane",
    "Thank you for sorting this out so quickly.\n\nBest,\nJane",
    "ta very much x",
    "Thank you, it arrived today and works perfectly.\n\n--\nJane Doe\nwww.doe.example",
    "Dear Karen,\n\nThank you for your kind help and your patience with me.",
    "Thanks.\n\nKind regards\nJane Doe\nHead of Tea\nTel. +44 20 7946 0123",
    "Das ging ja schnell, danke!",
    "Hallo Karen,\nist angekommen, passt alles. Danke!\nLG Jane",
    "Ottimo servizio, grazie!\n\n-- \nJane Doe\nTel. +39 06 555 1234",
    "Arrivato tutto, grazie mille per la gentilezza!",
    "Анна, спасибо вам огромное, очень выручили!",
    "Спасибо, всё пришло 😊\n\n--\nС уважением, Анна Петрова\nООО «Чай»\nтел. +7 495 555-12-34",
    "おかげさまで解決しました。ありがとうございました。\n田中",
    "いつもありがとうございます。確認いたしました。",
]
MORE = [
    # What is wanted, written like a name below a sign-off.
    *(
        f"{said}\nJane Doe\n{more}"
        for said, more in [
            ("Danke\n\nGruß", "Paket Fehlt"),
            ("Thanks!\n\nRegards", "Money Back"),
            ("Grazie\n\nSaluti", "Pacco Rotto"),
            ("Спасибо\n\nС уважением", "Деньги Верните"),
            ("Danke\n\nMfG", "Noch Offen"),
            ("Danke!\n-- ", "NEIN"),
            ("Grazie!\n-- ", "RICHIAMATEMI"),
            ("Спасибо!\n-- ", "Ответьте"),
        ]
    ),
    "Thanks in advance for your reply",
    "Thanks, but it still does not work.",
    "Thank you. When will it arrive?",
    "Thanks! My number is 555 1234.",
    "No thanks",
    "Thanks for nothing",
    "Thanks, the problem is again there",
    "ok",
    "Yes, thanks.",
    "Yes please",
    "Thanks, please cancel the order.",
    "Thank you for the offer, we accept.",
    "👎",
    "😡",
    "🤔",
    "❓",
    "Thank you, waiting for the parcel",
    "I appreciate your help but no",
    "Thanks\nPS: The other boot is broken too",
    "Best regards\nJane\nPlease call me back",
    "Danke, aber es geht nicht.",
    "Vielen Dank im Voraus",
    "Vielen Dank, bitte stornieren",
    "Danke Rückruf",
    "Ja, danke",
    "Danke. Kündigung anbei",
    "Danke\nGruß\nBitte Rückruf",
    "Спасибо, но не работает",
    "Заранее спасибо",
    "Спасибо, жду",
    "Хорошо",
    "Grazie in anticipo",
    "Grazie, ma non funziona",
    "Va bene",
    "Grazie, attendo vostre notizie",
    "ありがとうございます。まだ届いていません。",
    "よろしくお願いします。",
    "ありがとうございます。引き続きよろしくお願いいたします。",
    "問題ができました。ありがとうございます",
    "了解しました",
    "Thanks https://shop.example/x",
    "Merci beaucoup, mais non",
    "Thanks " * 200,
    "Hello",
    "Hi Karen,\n\nBest regards\nJane Doe",
    "Guten Tag, Frau Weber",
    "Добрый день!",
    "Buongiorno",
    "お世話になっております。田中です。",
    "Have a nice day",
    "Thanks!\n\n-- \nJane Doe\nPlease send the other boot, too",
    "Thanks\n-- \nJane Doe\nOrder 4711223",
    "Thanks.\n\nBest regards\nJane\nCancel Order",
    "Thank you! Nobody was at home though",
    "Thanks, did it arrive",
    "Thanks, not working",
    "Thanks, I moved to 12 Hill Road, York",
    "Danke\nGruß\nJane\nKündigung",
    "Danke, Freitag bin ich nicht da",
    "Vielen Dank, die Lieferung ist nicht angekommen",
    "Grazie.\n\nSaluti\nJane\nDisdetta",
    "Grazie, non è arrivato",
    "Спасибо.\n\nС уважением,\nАнна\nПожалуйста, перезвоните",
    "Спасибо, ничего не пришло",
    "ありがとうございます\n\n-- \n田中\n明日お電話ください",
    "ありがとうございます。キャンセルで。",
]


@pytest.mark.parametrize("words", THANKS)
def test_thanks_alone_ask_for_nothing(words: str) -> None:
    assert says_only_thanks(words, NAMES)


@pytest.mark.parametrize("words", MORE)
def test_whoever_says_more_is_heard(words: str) -> None:
    assert not says_only_thanks(words, NAMES)


@pytest.mark.parametrize("words", THANKS)
def test_what_is_thanks_with_the_names_known_may_be_before_they_are(words: str) -> None:
    assert says_only_thanks(words, None)


@settings(max_examples=25)
@given(st.sampled_from(THANKS), st.text(st.characters(categories=["Ll", "Nd"]), min_size=4))
def test_any_word_that_is_unknown_is_heard(words: str, more: str) -> None:
    if not says_only_thanks(f"thanks {more}", NAMES):
        assert not says_only_thanks(f"thanks {more}. {words}", NAMES)


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_a_question_is_never_thanks(words: str) -> None:
    assert not says_only_thanks(f"thanks {words}?", NAMES)


def test_it_takes_no_time_whatever_is_said() -> None:
    began = time.process_time()
    for unit in ("thanks and ", "danke für die ", "большое ", "ご", "very ", "hi ", "a-", ":) "):
        says_only_thanks(unit * (LONGEST // len(unit)), NAMES)
    assert time.process_time() - began < 0.5
