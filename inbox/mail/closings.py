"""The formulas with which letters end, in the languages that people write to us and we answer."""

from __future__ import annotations

import re
from typing import Final

from inbox.mail.known_words import letters_of

CLOSINGS: Final = (
    *("regards", "best regards", "kind regards", "warm regards", "many regards", "best"),
    *("sincerely", "yours sincerely", "cheers", "best wishes", "all the best", "br", "kr"),
    *("kindest regards", "with kind regards", "yours faithfully", "with best regards"),
    *("thanks and regards", "yours truly", "yours"),
    *("с уважением", "с наилучшими пожеланиями", "всего доброго", "с приветом"),
    *("всего хорошего", "с благодарностью", "з повагою", "з найкращими побажаннями"),
    *("cordiali saluti", "distinti saluti", "saluti", "un saluto", "cari saluti"),
    *("un cordiale saluto", "cordialmente"),
    *("mit freundlichen grüßen", "freundliche grüße", "viele grüße", "beste grüße", "mfg"),
    *("schöne grüße", "grüße", "gruß", "lg", "vg", "liebe grüße", "mit freundlichem gruß"),
    *("mit besten grüßen", "herzliche grüße", "freundlicher gruß"),
    *("cordialement", "bien cordialement", "bien à vous", "sincères salutations"),
    *("salutations", "meilleures salutations"),
    *("saludos", "un saludo", "saludos cordiales", "atentamente", "un cordial saludo"),
    *("pozdrawiam", "z poważaniem", "z pozdrowieniami", "serdecznie pozdrawiam"),
    *("cumprimentos", "atenciosamente", "com os melhores cumprimentos"),
    *("met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "groeten"),
    *("groet", "mvg"),
    *("敬具", "よろしくお願いします", "よろしくお願いいたします", "以上"),
    *("宜しくお願いします", "宜しくお願い致します", "よろしくお願い致します"),
    *("よろしくお願い申し上げます", "此致敬礼", "此致", "敬礼", "祝好", "顺祝商祺"),
)
# These may also be all that somebody says.
_THANKS: Final = (
    *("thanks", "many thanks", "thank you", "спасибо", "хорошего дня", "дякую", "гарного дня"),
    *("grazie", "buona giornata", "danke", "vielen dank", "schönen tag noch", "merci"),
    *("bonne journée", "gracias", "dziękuję", "obrigado", "obrigada", "bedankt", "谢谢"),
)
_LETTERS = frozenset(map(letters_of, (*CLOSINGS, *_THANKS)))
_LONGEST = 60


def is_closing(line: str) -> bool:
    """Whether the line is such a formula, and says nothing else."""
    return len(line) <= _LONGEST and letters_of(line) in _LETTERS


def is_name(line: str, name: str) -> bool:
    """Whether the line is the name of this person or a part of it."""
    said = re.findall(r"\w+", line.casefold())
    return bool(said) and len(said) <= 5 and set(said) <= set(re.findall(r"\w+", name.casefold()))
