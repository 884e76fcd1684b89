"""Lines of a quote or a signature that nobody has said before, and that no program has written.

A quote is what was said, and a signature says who somebody is: whatever else stands there, somebody
may have written it now. In doubt it is new: better a line read twice than one that nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from inbox.mail.attribution import attributions, head_end
from inbox.mail.device_line import is_device_line
from inbox.mail.disclaimer import is_disclaimer
from inbox.mail.known_runs import Sent, align
from inbox.mail.known_words import Words, letters_of, plain, unmarked
from inbox.mail.quote_marks import depth_of, unquoted, with_marks

_MOST_CHARACTERS: Final = 200_000  # of which more is never looked at: it is new
_DEEPEST: Final = 8  # quotes in quotes


def unexplained(text: str, said: Sequence[str]) -> list[str]:
    """The lines of `text`, without quote marks, that say what none of the texts `said` does, and
    are no header, device line or disclaimer either. Linear.
    """
    if len(text) > _MOST_CHARACTERS:
        return [text]
    lines = with_marks(text.split("\n"))
    new = _unknown(lines, said)
    if new:
        new -= {*_heads(lines)}
    if new:
        new -= {*_of_programs(lines)}
    return [" ".join(unmarked(lines[at]).split()) for at in sorted(new)]


def _unknown(lines: list[str], said: Sequence[str]) -> set[int]:
    """The lines with a word that does not stand where it was said."""
    known = Sent.of(said, ())
    words = Words()
    for at, line in enumerate(plain("\n".join(map(unmarked, lines))).split("\n")):
        words.add_at(at, line, known_links=known.links)
    place = align(words, known, [True] * len(lines)).place
    new = {words.lines[at] for at, where in enumerate(place) if where < 0}
    if not new:
        return new
    whole = {letters_of(plain(unmarked(one))) for text in said for one in text.split("\n")}
    return {at for at in new if letters_of(plain(lines[at])) not in whole}


def _heads(lines: list[str]) -> Iterator[int]:
    """What programs put above a quote, at each of its levels."""
    for _ in range(min(_DEEPEST, max(map(depth_of, lines), default=0)) + 1):
        attributed = attributions(lines)
        at = 0
        while at < len(lines):
            end = head_end(lines, at, attributed)
            yield from range(at, end)
            at = max(end, at + 1)
        lines = [unquoted(line) for line in lines]


def _of_programs(lines: list[str]) -> Iterator[int]:
    """What telephones, companies and scanners add."""
    bare = [unmarked(line) for line in lines]
    for blank, group in groupby(range(len(bare)), key=lambda at: not bare[at].strip()):
        paragraph = [*group]
        if not blank and is_disclaimer(" ".join(bare[at].strip() for at in paragraph)):
            yield from paragraph
        elif not blank:
            yield from (at for at in paragraph if is_device_line(bare[at]))
