"""Who plays in the pictures of the mails: plain people, and names that are hard to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Names, the subject, the customer's words, and ours."""

    language: str
    customer: str
    karen: str
    anna: str
    subject: str
    asks: str
    says: str


PLAIN: Final = Cast(
    language="en",
    customer="Pat Lee",
    karen="Karen Miller",
    anna="Anna Rossi",
    subject="The handle of my teapot",
    asks="Hello,\n\nthe handle of my teapot came off this morning. Can you send me a new one?\n\n"
    "Best wishes\nPat",
    says="Of course, and sorry about the tea! A new one leaves today.",
)
HARD: Final = (
    Cast(
        language="en",
        customer='Pat "<b>The Pot</b>" Lee of the Extraordinarily Long Name Society',
        karen="Karen Annemarie Featherstonehaugh-Cholmondeley",
        anna="Anna <anna@evil.example> Rossi",
        subject="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenersatzlieferung &"
        " <b>more</b> {{ 7 * 7 }} about the handle that came off",
        asks=f"Hello,\n\nhttps://shop.example/orders/{'0123456789' * 9}\n\n"
        "<script>alert(1)</script>\n\nPat",
        says="Of course, and sorry about the tea! A new one leaves today.",
    ),
    Cast(
        language="ru",
        customer="Анна Константиновна Преображенская-Голенищева-Кутузова",
        karen="Екатерина Владиславовна Островская-Залесская",
        anna="Александра Вячеславовна Длинная",
        subject="Сапоги на осень: когда придут? И ещё про второй заказ, который обещали давно",
        asks="Добрый день!\n\nСегодня утром у чайника отвалилась ручка. Пришлёте новую?\n\nАнна",
        says="Конечно, и просим прощения за чай! Новая уходит сегодня.",
    ),
    Cast(
        language="it",
        customer="Maria Antonietta Della Valle Buonarroti di Castelfranco",
        karen="Caterina Elisabetta Montefeltro",
        anna="Annalisa Rossi",
        subject="Il manico della mia teiera si è staccato e vorrei sapere quando arriva l'altro",
        asks="Buongiorno,\n\nsi è staccato il manico della teiera. Me ne mandate uno nuovo?"
        "\n\nMaria",
        says="Certo, e ci dispiace per il tè! Uno nuovo parte oggi.",
    ),
    Cast(
        language="de",
        customer="Karl-Friedrich Maximilian Müller-Schönthal von Hohenburg",
        karen="Karen Annemarie Müller",
        anna="Anna Rossi",
        subject="Stiefelettenreparaturkostenvoranschlagsanfrage: der Henkel meiner Teekanne",
        asks="Guten Tag,\n\nheute früh ist der Henkel meiner Teekanne abgegangen."
        " Schicken Sie mir einen neuen?\n\nKarl",
        says="Natürlich, und das mit dem Tee tut uns leid! Ein neuer geht heute ab.",
    ),
    Cast(
        language="ja",
        customer="勅使河原 美智子",
        karen="ミラー・カレン",
        anna="佐藤 由紀",
        subject="急須の取っ手が取れてしまいましたので、新しいものを送っていただけますでしょうか",
        asks="お世話になっております。\n\n今朝、急須の取っ手が取れてしまいました。"
        "新しいものを送っていただけますか。\n\n勅使河原",
        says="承知しました。ご不便をおかけしました。新しいものを本日発送いたします。",
    ),
)
