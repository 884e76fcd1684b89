"""What one of us can ask for by mail, and the words for it in the languages that we speak."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from inbox.orders.verb_words import SPOKEN


class Verb(StrEnum):
    """Everything that can be asked for; the value is the English word for it."""

    CLOSE = "close"  # also with what is said with it: orders.closing
    REOPEN = "reopen"
    ASSIGN = "assign"  # with a name
    TAKE = "take"
    WAIT = "wait"  # for the customer; with a time, or for as long as it takes
    SNOOZE = "snooze"  # with a time
    MOVE = "move"  # with a mailbox
    TAG = "tag"  # with tags
    UNTAG = "untag"
    PRIORITY = "priority"  # with a word for it
    NOTE = "note"  # the words are for us alone
    SHOW = "show"  # what the customer gets, before it leaves
    STOP = "stop"  # takes an answer back that has not left
    PROMISE = "promise"  # with a time, or that none is promised
    CATEGORY = "category"  # what it was about
    SOLUTION = "solution"  # how it ended
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    REMOVE = "remove"  # with a name: somebody who was drawn in
    CUSTOMER = "customer"  # with what is noted about them: words, an address, a number
    FORGET = "forget"  # the same, taken off
    SEND = "send"  # the words leave at a time; or now, where they wait for one
    UNDO = "undo"  # what its writer did last
    BELONGS = "belongs"  # one mail, to another conversation
    SAME = "same"  # with the number or the address of a conversation, or as suggested
    SPLIT = "split"  # also with all that came after it
    SPAM = "spam"
    NOT_SPAM = "notspam"
    TEMPLATE = "template"  # with its name; stands around the words
    ARTICLE = "article"  # likewise, of what we know
    FORWARD = "forward"  # with an address: the words go there, with the customer's mail
    FIND = "find"  # with what is looked for
    AWAY = "away"  # the writer is, until a day
    BACK = "back"
    NOTICES = "notices"  # with what is to be heard of the mailbox
    LEAVE = "leave"  # to hear no more of what the writer was drawn into
    HELP = "help"


class Takes(StrEnum):
    """Whether something stands behind a verb."""

    NOTHING = "nothing"
    MAY = "may"
    MUST = "must"


# What is not named takes nothing.
TAKES: Final[dict[Verb, Takes]] = {
    Verb.ASSIGN: Takes.MUST,
    Verb.SAME: Takes.MAY,
    Verb.WAIT: Takes.MAY,
    Verb.SNOOZE: Takes.MUST,
    Verb.MOVE: Takes.MUST,
    Verb.TAG: Takes.MUST,
    Verb.UNTAG: Takes.MUST,
    Verb.PRIORITY: Takes.MUST,
    Verb.PROMISE: Takes.MUST,
    Verb.CATEGORY: Takes.MUST,
    Verb.SOLUTION: Takes.MUST,
    Verb.CUSTOMER: Takes.MUST,
    Verb.FORGET: Takes.MUST,
    Verb.REMOVE: Takes.MUST,
    Verb.SEND: Takes.MUST,
    Verb.BELONGS: Takes.MAY,
    Verb.CLOSE: Takes.MAY,
    Verb.SPLIT: Takes.MAY,
} | dict.fromkeys(
    # Without anything the mail back says what there is.
    (Verb.AWAY, Verb.TEMPLATE, Verb.ARTICLE, Verb.FORWARD, Verb.FIND, Verb.NOTICES),
    Takes.MAY,
)


WORDS: Final[dict[Verb, dict[str, str]]] = {verb: SPOKEN[verb.value] for verb in Verb}

_BETWEEN = re.compile(r"[\s_'’-]+")


def fold(word: str) -> str:
    """A word without what people leave out: case, accents, width, hyphens, spaces."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    plain = "".join(one for one in apart if not "\u0300" <= one <= "\u036f")
    return _BETWEEN.sub("", unicodedata.normalize("NFC", plain))


_BY_WORD: Final = {
    fold(word): verb
    for verb, languages in WORDS.items()
    for words in languages.values()
    for word in words.split()
}
# Without spaces between words, the longest that fits is the one that is meant.
JAPANESE: Final = sorted(
    (word for languages in WORDS.values() for word in languages["ja"].split()),
    key=len,
    reverse=True,
)


def verb_of(word: str) -> Verb | None:
    """What a word, or a few that are one, asks for."""
    return _BY_WORD.get(fold(word))


def beginning(run: str) -> str:
    """The Japanese word for a verb with which a run of letters begins, or nothing."""
    return next((word for word in JAPANESE if run.startswith(word)), "")


def nearest(word: str) -> str:
    """The word that somebody may have meant who wrote this one, or nothing."""
    found = get_close_matches(fold(word)[:40], _BY_WORD, n=1, cutoff=0.75)
    return found[0] if found else ""


def told(verb: Verb, language: str) -> str:
    """The word that people are told for a verb."""
    languages = WORDS[verb]
    return languages.get(language, languages["en"]).split()[0]
