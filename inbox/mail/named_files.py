"""Whether words speak of a file that goes along with them: "see attached", "im Anhang". Pure.

Only what a writer says of their own mail counts. What is quoted, and what speaks of the other's
files ("your attachment", "Ihr Anhang"), is no promise; nor is what is denied.
"""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 200_000
_QUOTED = re.compile(r"^[ \t]*[>|].*$", re.MULTILINE)
_NAMES: Final = (
    # English
    r"(?:i(?:['’]ve| have| am|['’]m)?|we(?:['’]ve| have| are|['’]re)?|have|please find|find|see"
    r"|is|are|it['’]s|here(?:['’]s| is| are))(?: also| now| just| here)? (?:the )?"
    r"(?:attached|attaching|enclosed|enclosing)\b(?! to (?!this))",
    r"\b(?:find|see) [\w ,'’-]{1,60} (?:attached|enclosed)\b(?! to\b)",
    r"^(?:attaching|pfa|see (?:attached|attachments?))\b",
    r"\battached (?:is|are|you(?:['’]ll| will)|please|to this|herewith|below)\b",
    r"^attached\b",
    r"\b(?:in|see|with|open|to|as) (?:the|an|this|my|our) (?:attachment|enclosure)s?\b",
    r"\b(?:attached|enclosed) (?:file|document|invoice|form|picture|photo|pdf|list|letter)s?\b",
    # German
    r"\b(?:im|als|in der|in den|siehe|s\.|mit) (?:datei)?anh[aä]ng(?:e|en)?\b",
    r"\banbei\b",
    r"\b(?:als|in der|in den|siehe|s\.) anlagen?\b",
    r"\blieg(?:t|en) (?:dieser mail |diesem schreiben )?bei(?=\W*$)",
    r"\b(?:angeh[aä]ngt|beigef[uü]gt|beiliegend|angef[uü]gt|anh[aä]ngend)(?:e[nrms]?)?\b",
    r"\bh[aä]nge? (?:ich )?(?:ihnen |dir |euch )?[\w äöüß,-]{0,60}\ban\b",
    # Italian
    r"\b(?:in|come) allegat[oi]\b",
    r"\b(?:allego|alleghiamo|ho allegato|abbiamo allegato|trova(?:te|i)? allegat[oaie])\b",
    r"\b(?:vedi|si veda|veda|vedere) (?:l['’])?allegat[oi]\b",
    r"\b(?:è|sono) allegat[oaie]\b",
    r"\ballegat[aie] (?:alla|a) (?:presente|questa)\b",
    # Russian
    r"\bво? вложени(?:и|ях)\b",
    r"\b(?:прилага(?:ю|ем|ется|ются)|прикладыва(?:ю|ем)|прикрепля(?:ю|ем)|вкладыва(?:ю|ем))\b",
    r"\b(?:прикреп|прилож)(?:ил|или|ила|л[её]н|лена|лено|лены|ен|ена|ено|ены)\b",
    r"\b(?:смотрите|см\.|во?) (?:приложени[еи]|вложени[еия])\b",
    # Japanese
    r"添付(?:し|いた|致|の(?:ファイル|書類|資料|通り|とおり)|ファイル(?:を|に|の)|書類|資料|ご覧)",
    r"別添(?:の|を|に|ファイル|資料)",
    r"(?:ファイル|資料|書類|写真|画像)を(?:お送り|同封)",
)
_SAYS: Final = tuple(re.compile(one, re.IGNORECASE | re.MULTILINE) for one in _NAMES)
_DENIED = re.compile(
    r"(?:\b(?:no|not|without|never|cannot|can['’]t|couldn['’]t|didn['’]t|isn['’]t|nicht|kein\w*|ohne"
    r"|non|senza|nessun\w*|не|нет|без|your|(?<!send )(?<!sending )you"
    r"|ihre?[nmrs]?|deine?[nmrs]?|vostr\w|tu\w|su\w|ваш\w*|тво\w*)\W+(?:\w+\W+){0,2}|(?:貴社|お客様|ご)\w{0,4})$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:nicht|not|ありません|なし|できません|されていません|がない"
    r"|て(?:ください|下さい|いただ|頂|もら|くださ))",
    re.IGNORECASE,
)
_NEAR: Final = 30
_NEW_SENTENCE: Final = re.compile(r"\n|[.!?:;…]\s|[。！？]")


def names_a_file(text: str) -> str:
    """The words by which a text says that a file goes along with it; empty where it does not."""
    own = _QUOTED.sub("", text[:_LONGEST])
    for says in _SAYS:
        for found in says.finditer(own):
            before = own[max(0, found.start() - _NEAR) : found.start()]
            line = _NEW_SENTENCE.split(before)[-1]
            after = own[found.end() : found.end() + _NEAR]
            if not _DENIED.search(line) and not _DENIED_AFTER.search(after):
                return " ".join(found[0].split())
    return ""
