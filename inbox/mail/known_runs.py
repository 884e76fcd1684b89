"""Words of a text held against words that were sent: which word stands where in what was sent.

Runs are found by fingerprints of three words, nearest first, so that time grows with the length of
both and no faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from inbox.mail.known_words import Words, is_same, letters_of, plain, unmarked

_RUN = 3  # words by which a run begins
_MOST_PLACES = 8  # of one run, in what was sent
_AHEAD = 6  # words that may be missing where it goes on after something else
_GAP = 40  # words between two known ones that are a change of what stood there
_MOST_LINKS = 8_000  # characters
_MOST_CHARACTERS = 400_000  # of all that was sent


@dataclass(slots=True)
class Sent:
    """What was sent, to be looked up. `inside` tells the words that nobody outside is to read."""

    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)  # the text in which each word stands
    links: str = ""
    index: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, sent: Sequence[str], inside: Sequence[str]) -> Sent:
        """All texts in a row."""
        made = cls()
        room = _MOST_CHARACTERS
        letters: list[str] = []
        line = 0
        for piece, (text, is_inside) in enumerate(
            [*((one, True) for one in inside), *((one, False) for one in sent)]
        ):
            words = Words()
            for one in plain(text[:room]).split("\n"):
                words.add_at(line, unmarked(one))
                line += 1
            room = max(0, room - len(text))
            made.words += words.words
            made.lines += words.lines
            made.inside += [is_inside] * len(words.words)
            made.pieces += [piece] * len(words.words)
            letters += words.links
        made.links = "".join(letters)[:_MOST_LINKS]
        for at in range(len(made.words) - _RUN + 1):
            places = made.index.setdefault(tuple(made.words[at : at + _RUN]), [])
            if len(places) < _MOST_PLACES:
                places.append(at)
        return made

    def begins_line(self, at: int) -> bool:
        """Whether the word is the first of its line."""
        return at == 0 or self.lines[at - 1] != self.lines[at]

    def ends_line(self, at: int) -> bool:
        """Whether the word is the last of its line."""
        return at + 1 >= len(self.lines) or self.lines[at + 1] != self.lines[at]

    def ends_text(self, at: int) -> bool:
        """Whether the word is the last of its text."""
        return at + 1 >= len(self.pieces) or self.pieces[at + 1] != self.pieces[at]


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each word its place in what was sent, -1 for a word that was not; and the words that
    stand where others, or none, were sent.
    """

    place: list[int]
    changed: set[int]


def align(text: Words, sent: Sent, marked: Sequence[bool]) -> Alignment:
    """Where each word of the text stands in what was sent; `marked` are the lines with marks."""
    place = _places(text, sent)
    changed: set[int] = set()
    at = next((n for n, where in enumerate(place) if where >= 0), len(place))
    while at < len(place):
        after = at + 1
        while after < len(place) and place[after] < 0:
            after += 1
        if after < len(place):
            _judge(text, sent, place, changed, range(at, after), marked)
        at = after
    return Alignment(place, changed)


def _places(text: Words, sent: Sent) -> list[int]:
    words, count = text.words, len(text.words)
    place = [-1] * count
    expected = -1
    at = 0
    while at < count:
        found = _seed(words, at, sent, expected)
        if found < 0 and 0 <= expected < len(sent.words):
            found = _near(text, at, sent, expected, place)
            if found < 0 and is_same(words[at], sent.words[expected]):
                place[at] = expected
                at, expected = at + 1, expected + 1
                continue
        if found < 0:
            at += 1
            continue
        while at < count and found < len(sent.words) and words[at] == sent.words[found]:
            place[at] = found
            at += 1
            found += 1
        expected = found
    return place


def _seed(words: list[str], at: int, sent: Sent, expected: int) -> int:
    """The next place, or else any, where these three words were sent."""
    places = sent.index.get(tuple(words[at : at + _RUN]), ())
    if not places:
        return -1
    return next((one for one in places if one >= expected), places[0])


def _near(text: Words, at: int, sent: Sent, expected: int, place: list[int]) -> int:
    """Where a shorter run goes on: two words, or all that is left of a line."""
    word = text.words[at]
    for found in range(expected, min(expected + _AHEAD, len(sent.words))):
        if sent.words[found] != word:
            continue
        is_last = _ends_line(text, at)
        if is_last and sent.ends_line(found):
            begins = at == 0 or text.lines[at - 1] != text.lines[at]
            if not begins or sent.begins_line(found):
                return found
        goes_on = not is_last and found + 1 < len(sent.words)
        if goes_on and text.words[at + 1] == sent.words[found + 1]:
            return found
        if found == expected and at and place[at - 1] == found - 1:
            return found
    return -1


def _ends_line(text: Words, at: int) -> bool:
    return at + 1 >= len(text.lines) or text.lines[at + 1] != text.lines[at]


def _judge(
    text: Words,
    sent: Sent,
    place: list[int],
    changed: set[int],
    around: range,
    marked: Sequence[bool],
) -> None:
    """What stands between two known words: what programs made of ours, or something else."""
    at, after, between = around.start, around.stop, around[1:]
    missing = sent.words[place[at] + 1 : place[after]]
    is_one_line = text.lines[at] == text.lines[after]
    if not between:
        if is_one_line and 0 < len(missing) <= _RUN and any(map(str.isalnum, missing)):
            changed.update((at, after))
        return
    if place[after] <= place[at] or len(missing) > _GAP:
        return
    words = [text.words[n] for n in between]
    # A line of its own, without a mark, is somebody's answer, whatever it says.
    is_within = is_one_line or all(marked[text.lines[n]] for n in between)
    begins = text.lines[at + 1] == text.lines[after] != text.lines[at]
    if (is_within and _is_noise(words, missing, sent)) or (begins and _is_number(words, missing)):
        for n in between:
            place[n] = place[at]
    else:
        changed.update(between)


def _is_number(words: list[str], missing: list[str]) -> bool:
    """The number that a program put before the line of a list."""
    return not missing and len(words) == 1 and len(words[0]) <= 2 and words[0].isdigit()


def _is_noise(words: list[str], missing: list[str], sent: Sent) -> bool:
    """A piece of a link that was broken, or words that were wrapped inside."""
    said = letters_of("".join(words))
    if said and said == letters_of("".join(missing)):
        return True
    return len(said) > 3 and not missing and said in sent.links
