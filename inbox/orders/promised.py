"""A date that an answer gives: "we will write by Friday", 金曜日までにご連絡します. Pure.

Offered to whoever wrote it, never taken by itself; so it is read narrowly. A sentence counts in
which somebody of ours says what they will do, and by when; not a question, nor what the customer is
asked for. Of several dates it is the first that is understood and lies ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from inbox.orders.calendar_pieces import plain
from inbox.orders.calendar_sense import END_OF_DAY
from inbox.orders.when import when

_LOOKED_AT: Final = 4000  # characters of an answer
_LONGEST: Final = 300  # of a sentence
_MOST_WORDS: Final = 7  # of a date
_LONGEST_JA: Final = 16  # signs of a date where nothing stands between words
_SENTENCE: Final = re.compile(
    r"[^.!?。！？\n]+(?:\.(?=\d|\s?\d{1,2}\b)[^.!?。！？\n]*)*[.!?。！？]?"
)
_WORD: Final = re.compile(r"\S+")

# Somebody of ours says what they will do.
_OURS: Final = {
    "en": r"\b(?:(?:we|i)(?:'ll| will| shall| (?:am|are) going to| promise| expect to| aim to"
    r"| plan to| hope to)|(?:you|it|your \w+)(?:'ll| will| should)(?: (?:have|receive|get|hear|be))"
    r"|let me|i'm going to|we're going to)\b",
    "de": r"\b(?:(?:wir|ich) (?:werde|werden|melden?|antworten?|schicken?|senden?|sende|schreibe"
    r"|geben?|rufen?|prüfen?|klären?|liefern?|erledigen?|kümmern?|versprechen?|verspreche)"
    r"|(?:melden?|schicken?|senden?|schreiben?|antworten?|rufen?|geben?|liefern?) (?:wir|ich)"
    r"|(?:werden|werde) (?:wir|ich)|sie (?:erhalten|bekommen|haben|hören)"
    r"|(?:erhalten|bekommen|haben|hören) sie)\b",
    "ru": r"\b(?:мы|я)? ?(?:ответ(?:им|ю)|сообщ(?:им|у)|напиш(?:ем|у)|вернемся|вернусь"
    r"|пришл(?:ем|ю)"
    r"|отправ(?:им|лю)|позвон(?:им|ю)|свяжемся|свяжусь|сделаем|сделаю|решим|решу|проверим|проверю"
    r"|подготов(?:им|лю)|исправ(?:им|лю)|обещ(?:аем|аю)|уточн(?:им|ю)|дадим|дам|постара(?:емся|юсь)"
    r"|вы получите|будем|буду)\b",
    "it": r"\b(?:(?:vi|le|ti|la|ci)? ?(?:risponder(?:emo|o)|invier(?:emo|o)|mander(?:emo|o)"
    r"|far(?:emo|o)"
    r"|scriver(?:emo|o)|contatter(?:emo|o)|ricontatter(?:emo|o)|aggiorner(?:emo|o)|spedir(?:emo|o)"
    r"|richiamer(?:emo|o)|dar(?:emo|o)|verificher(?:emo|o)|risolver(?:emo|o)|chiamer(?:emo|o)"
    r"|comunicher(?:emo|o))|(?:ricever(?:ete|a|ai)|avr(?:ete|a|ai)))\b",
    "ja": r"(?:いたします|致します|します|差し上げます|申し上げます|見込みです|予定です)",
}
# What the customer is asked for, or what nobody is sure of.
_THEIRS: Final = {
    "en": r"\b(?:please|could you|can you|would you|if you|let us know|let me know|you need to"
    r"|you have to|you must|unless|cannot|can't|won't|not be able|unable|may|might)\b",
    "de": r"\b(?:bitte|könnten sie|können sie|falls sie|wenn sie|sie müssen|leider nicht|nicht"
    r"|kein\w*|sofern)\b",
    "ru": r"\b(?:пожалуйста|прошу|просим|можете|если вы|вам нужно|вам необходимо|не(?! поз[дж])"
    r"|пришлите|сообщите"
    r"|напишите)\b",
    "it": r"\b(?:per favore|per cortesia|prego|può|potete|potrebbe|se lei|deve|dovete|non"
    r"|la preghiamo"
    r"|vi preghiamo)\b",
    "ja": r"(?:ください|下さい|お願い|いただけます|頂けます|ません|でしょうか|場合)",
}
# Before the date; behind it in Japanese.
_BY: Final = {
    "en": r"\b(?:by|until|till|before|no later than|not later than|at the latest|within|in|on"
    r"|tomorrow|today|tonight|this|next)\b",
    "de": r"\b(?:bis|spätestens|vor|innerhalb von|innerhalb|binnen|in|am|morgen|übermorgen|heute"
    r"|diese|nächste)\b",
    "ru": r"\b(?:до|к|ко|не позднее|не позже|в течение|через|завтра|послезавтра|сегодня|во?|на)\b",
    "it": r"\b(?:entro|prima di|non oltre|per|fra|tra|domani|dopodomani|oggi|stasera|luned|marted"
    r"|mercoled|gioved|venerd|sabato|domenica)",
    "ja": r"(?:までに|まで|中に|以内に|には|に)",
}
_LATEST: Final = re.compile(
    plain(
        r"^(?:spätestens|innerhalb|binnen|at the latest|no later than|not later than|within|before"
        r"|не позднее|не позже|в течение|non oltre|prima di|von|of)\b\s*"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A date that somebody gave: in their own words, and what it means."""

    words: str
    at: datetime


def promised(text: str, *, now: datetime, zone: ZoneInfo) -> Promised | None:
    """The first date by which an answer says that we do something; None for most answers.

    A day without a time ends with the working day.
    """
    for found in _SENTENCE.finditer(text[:_LOOKED_AT]):
        sentence = " ".join(found[0].split())
        if len(sentence) > _LONGEST or sentence.endswith(("?", "？")):
            continue
        said = plain(sentence)
        for language in _OURS:
            is_ours = _pattern(_OURS[language]).search(said)
            if not is_ours or _pattern(_THEIRS[language]).search(said):
                continue
            if date := _dated(said, language, now, zone):
                return replace(date, words=_as_written(date.words, said, sentence))
    return None


def _as_written(words: str, said: str, sentence: str) -> str:
    """The words of a plain sentence as they stood in it: Freitag, not freitag."""
    at = said.find(words)
    is_same = len(said) == len(sentence) and at >= 0
    return sentence[at : at + len(words)] if is_same else words


def _dated(said: str, language: str, now: datetime, zone: ZoneInfo) -> Promised | None:
    for phrase in _phrases(said, language):
        bare = _LATEST.sub("", _LATEST.sub("", phrase)).strip(" ,;:.!")
        if not bare or bare.isdecimal():
            continue
        at = when(bare, now=now, zone=zone, language=language, hour=END_OF_DAY)
        if at is not None:
            return Promised(words=phrase.strip(" ,;:.!。、"), at=at)
    return None


def _phrases(said: str, language: str) -> Iterator[str]:
    """What may be a date, the longest first, at each place where one may begin."""
    if language == "ja":
        above = 0  # what stands above another such word belongs to that
        for by in _pattern(_BY["ja"]).finditer(said):
            for begin in range(max(above, by.start() - _LONGEST_JA), by.start()):
                yield said[begin : by.start()]
            above = by.end()
        return
    for by in _pattern(_BY[language]).finditer(said):
        ends = [one.end() for one in _WORD.finditer(said, by.start())][:_MOST_WORDS]
        for end in reversed(ends):
            yield said[by.start() : end]


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(plain(words))
