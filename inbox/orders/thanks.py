"""Whether a mail says thanks and no more: then there is nothing to be done about it. Pure, linear.

Every word has to be known, in one of the languages that we speak, as part of a phrase that wants
nothing: who adds anything else, a question, a number, a "but", is heard. Of names those count that
are known, and what stands where people put names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from inbox.orders.calendar_pieces import plain
from inbox.orders.says_who import says_who
from inbox.orders.thanks_words import (
    ALONG,
    CORE,
    GREETING,
    JA_AFTER_NAME,
    JA_ALONG,
    JA_CORE,
    JA_KIND,
    KIND,
    NO_NAMES,
    SIGN_OFF,
    TITLES,
)

LONGEST: Final = 500  # characters
_MOST_NAMES: Final = 4  # words of a name behind a greeting, or of a line below a sign-off
_MOST_BELOW: Final = 8  # lines
_GOOD_SIGNS: Final = frozenset(
    "👍👌👏🙏🙌🤝💪✌🤞🫶❤🧡💛💚💙💜🖤🤍🤎💖💗💓💕💞💘💝♥☺😊🙂😀😃😄😁😆😍🥰😘😉🤗🤩🥳😎😇😋😌🎉🎊🎈✨⭐🌟💫"
    "💐🌹🌸🌺🌷🌻🌼🍀☀🌞🌈💯✅✔🔝🏆🥇🎁🍾🥂🍻🎄🎅👋🤙🫡🙇🤓😻"
)
_JOINERS: Final = re.compile("[\ufe0e\ufe0f\u200d\u200b\u2060\ufeff\U0001f3fb-\U0001f3ff♀♂]")
_SMILEYS: Final = re.compile(
    r"(?<!\S)(?:[:;=8xX]['’]?-?[)D\]pP*]+|<3+|\^_*\^|\([\^*]+_?[\^*]*\)|\+1)(?=[\s.,!]|$)"
)
_PARTS: Final = re.compile(r"[.,!;:()\"“”„«»…~*_/&、。・]+|(?:^|\s)[-–—]+(?=\s|$)")
_SHORTENED: Final = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")  # Sig.ra, Dott.ssa
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|1000")
_SIGNED: Final = re.compile(r"(?m)^-- ?$")
_KINDS: Final = ("core", "off", "kind", "along", "greeting")
_SIGNATURE: Final = frozenset({"off", "name"})
_JAPANESE: Final = re.compile("[\u3041-\u30fa]")


def says_only_thanks(words: str, names: Collection[str] | None = ()) -> bool:
    """Whether somebody's new words say thanks, or that all is well, and nothing else.

    An emoji alone does, a signature alone as well, and nothing at all; a greeting alone does not:
    more may follow it. `names` are those of the people of the conversation, in whatever form they
    are known; None where any word may be one, to ask who they are only of what can be thanks.
    """
    text, *below = _SIGNED.split(unicodedata.normalize("NFKC", words), maxsplit=1)
    if below and names is not None and not says_who(below[0].split("\n"), names):
        return False
    text = text.strip()
    if len(text) > LONGEST or "?" in text or "？" in words:
        return False
    smiled = _SMILEYS.sub(" ", _SHORTENED.sub("", _JOINERS.sub("", text)))
    bare = "".join(" " if one in _GOOD_SIGNS else one for one in smiled)
    known = (
        None
        if names is None
        else frozenset(
            one for name in names for one in _WORDS.findall(plain(name)) if one not in NO_NAMES
        )
    )
    read = _japanese if _JAPANESE.search(bare) else _spaced
    found = read(bare, known)
    if found is None:
        return False
    thanks, along = found
    return thanks or not along or _GOOD_SIGNS & {*smiled} != set() or bool(_SMILEYS.search(text))


def _spaced(text: str, names: frozenset[str] | None) -> tuple[bool, bool] | None:
    """Whether thanks are said, and whether anything but a name; None for more than goes along."""
    kinds: set[str] = set()
    below = 0
    for line in filter(None, map(str.strip, text.split("\n"))):
        if "off" in kinds:
            below += 1
            if below > _MOST_BELOW or not _is_below(line, names):
                return None
            continue
        for part in filter(None, map(str.strip, _PARTS.split(line))):
            said = _said(part, names) if "off" not in kinds else _named(part, names)
            if said is None:
                return None
            kinds |= said
    return "core" in kinds, not kinds <= _SIGNATURE


def _is_below(line: str, names: frozenset[str] | None) -> bool:
    """Whether it is what people put below a sign-off: who they are, and how they are reached."""
    return _is_name(line, names) or names is None or says_who([line], names)


def _said(part: str, names: frozenset[str] | None) -> set[str] | None:
    """Of what kinds the phrases are of which a part of a sentence is made; None for any other."""
    words = plain(part)
    _, greeted = _longest("greeting", words, 0)
    behind = part.split()[len(words[:greeted].split()) :] if greeted else []
    if greeted and (not behind or _is_name(" ".join(behind), names)):
        return {"greeting"}
    found: set[str] = set()
    at = 0
    while at < len(words):
        kind, end = max((_longest(one, words, at) for one in _KINDS), key=lambda one: one[1])
        if end == at:
            match = _WORDS.match(words, at)
            if match is None or not _is_known(match[0], names):
                return None
            kind, end = "name", match.end()
        found.add(kind)
        at = end + 1
    return found


def _longest(kind: str, words: str, at: int) -> tuple[str, int]:
    """Up to where a phrase of this kind goes that begins there; no farther than `at` for none."""
    matches = (pattern.match(words, at) for pattern in _patterns(kind))
    return kind, max((match.end() for match in matches if match), default=at)


def _named(part: str, names: frozenset[str] | None) -> set[str] | None:
    return {"name"} if _is_name(part, names) else None


def _is_name(part: str, names: frozenset[str] | None) -> bool:
    """Whether it is written as names are, where names stand."""
    said = _WORDS.findall(part)
    plainly = _WORDS.findall(plain(part))
    if not 0 < len(said) <= _MOST_NAMES or re.search(r"\d|@", part) or NO_NAMES & {*plainly}:
        return False
    return all(
        word[0].isupper() or _is_known(low, names) for word, low in zip(said, plainly, strict=False)
    )


def _is_known(word: str, names: frozenset[str] | None) -> bool:
    return names is None or bool({word, *word.split("-")} & (names | TITLES))


def _japanese(text: str, names: frozenset[str] | None) -> tuple[bool, bool] | None:
    thanks = along = False
    named = _japanese_name(names)
    for part in _japanese_parts(text):
        words, at = plain(part).replace(" ", ""), 0
        while at < len(words):
            match = named.match(words, at) if named and names else None
            for kind in () if match else ("core", "kind", "along"):
                if match := _of_japanese(kind).match(words, at):
                    thanks |= kind == "core"
                    along |= kind != "core"
                    break
            if match is None and names is None and named:
                match = named.match(words, at)
            if match is None:
                return None
            at = match.end()
    return thanks, along


def _japanese_name(names: frozenset[str] | None) -> re.Pattern[str] | None:
    known = "|".join(map(re.escape, sorted(names or (), key=len, reverse=True)))
    if names is None:
        known = "[\u30a1-\u30ff\u3400-\u9fff々A-Za-z]{1,12}"
    return re.compile(rf"(?:{known}){JA_AFTER_NAME}*") if known else None


def _japanese_parts(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from filter(None, map(str.strip, _PARTS.split(line)))


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    said = {
        "core": [one for group in CORE.values() for one in group],
        "off": [SIGN_OFF],
        "kind": KIND.values(),
        "along": ALONG.values(),
        "greeting": [GREETING],
    }
    return tuple(re.compile(f"(?:{plain(one)})(?= |$)") for one in said[kind])


@cache
def _of_japanese(kind: str) -> re.Pattern[str]:
    return re.compile(plain({"core": JA_CORE, "kind": JA_KIND, "along": JA_ALONG}[kind]))
