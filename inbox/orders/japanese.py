"""Japanese says last what is to be done: 月曜まで待つ, イワンさんに割り当てる. Pure."""

from __future__ import annotations

import re
from typing import Final

from inbox.orders.verbs import JAPANESE, TAKES, Takes, verb_of

_TO = re.compile(r"\s*(\S{1,30}?)(?:さん|様)?(?:へ|に)(?=[\s、。,.]|$)")
_ENDS = re.compile(r"(?:する|します|して|しておく|でお|です|る|ます|にする|にします)?[\s。、.!！]*")
_PARTICLES = re.compile(r"(?:さん|様)?(?:まで|へ|に|を|で|と|は|が|の)?\s*$")
_CARRIES: Final = frozenset(("", "私", "自分", "これ", "それ", "僕", "わたし"))


def told_to(piece: str) -> str:
    """Who is named as whose it is to be: `イワン` of イワンさんへ; else nothing."""
    found = _TO.match(piece)
    return found[1] if found else ""


def verb_last(piece: str) -> str:
    """`月曜まで待つ` as `待つ 月曜`; nothing for what ends in no verb."""
    for word in JAPANESE:
        at = piece.rfind(word)
        if at <= 0 or not _ENDS.fullmatch(piece, at + len(word)):
            continue
        said = _PARTICLES.sub("", piece[:at].strip(" 　、"))
        verb = verb_of(word)
        takes = TAKES.get(verb, Takes.NOTHING) if verb else Takes.NOTHING
        if said in _CARRIES:
            return word if takes is not Takes.MUST else ""
        return "" if takes is Takes.NOTHING else f"{word} {said}"
    return ""
