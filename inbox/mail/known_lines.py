"""Each line of a mail held against what was sent: ours, ours but for some words, or another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from inbox.mail.attribution import attributions, head_end, is_footer, quote_begins
from inbox.mail.disclaimer import is_disclaimer
from inbox.mail.known_runs import Sent, align
from inbox.mail.known_words import Words, plain, unmarked
from inbox.mail.quote_marks import depth_of, is_quoted

_ENOUGH = 30  # letters of a quote without marks, so that it is no accident
_SHARE = 0.3  # of one of the texts that we sent
_LONGEST_LEAD = 16  # lines from the beginning of a header to the words below it
_LETTERS_A_SIGN = 3  # what a sign of a script without spaces is worth


class Kind(IntEnum):
    """What a line is, held against what was sent."""

    OTHER = 0
    BLANK = 1
    OURS = 2
    CHANGED = 3  # ours, but for some words


@dataclass(slots=True)
class Line:
    """A line with words."""

    kind: Kind = Kind.BLANK
    words: int = 0
    others: int = 0  # words that are not ours
    hidden: int = 0  # words that only we may read
    first: int = -1  # where its first word that is ours stands in what was sent
    last: int = -1  # where its last one does
    is_changed: bool = False
    weights: Counter[int] = field(default_factory=Counter)  # letters of ours, by text sent

    @property
    def is_inside(self) -> bool:
        """Whether what is ours of it is only for us."""
        return 2 * self.hidden > self.words - self.others


@dataclass(slots=True)
class Known:
    """A mail's lines with what is known of each."""

    seen: list[str]
    lines: list[Line]
    totals: Counter[int]  # letters of each text that was sent
    first_of_theirs: int  # from which text on they are the writer's own

    @property
    def first(self) -> int:
        """The first line of ours; -1 when there is none."""
        return next((at for at, line in enumerate(self.lines) if line.kind >= Kind.OURS), -1)

    def is_ours(self, at: int) -> bool:
        """Whether the line is ours, if need be with some words changed."""
        return self.lines[at].kind >= Kind.OURS

    def is_said_again(self, block: Iterable[int]) -> bool:
        """Whether the lines are mostly the writer's own words of before."""
        said = Counter[int]()
        for at in block:
            said.update(self.lines[at].weights)
        theirs = sum(count for piece, count in said.items() if piece >= self.first_of_theirs)
        return 2 * theirs > said.total()

    def says(self, block: Iterable[int], share: float = _SHARE) -> bool:
        """Whether the lines say that much of one of the texts that were sent."""
        said = Counter[int]()
        for at in block:
            said.update(self.lines[at].weights)
        return any(said[piece] >= share * total for piece, total in self.totals.items() if total)


def find_known(
    seen: list[str], sent: Sequence[str], inside: Sequence[str], theirs: Sequence[str] = ()
) -> Known:
    """What each line is, by its words; without marks it must be much and no words of the writer's
    own, stand below the line that programs put above a quote, or go on where another quote ended.
    """
    index = Sent.of([*sent, *theirs], inside)
    known = Known(seen, [Line() for _ in seen], Counter(), len(inside) + len(sent))
    for word, piece in zip(index.words, index.pieces, strict=True):
        known.totals[piece] += _weight(word)
    _count(known, index)
    for text, line in zip(seen, known.lines, strict=True):
        line.kind = _kind(line, is_marked=is_quoted(text))
    _drop_accidents(known)
    _find_appended(known, index)
    return known


def _count(known: Known, sent: Sent) -> None:
    words = Words()
    bare = plain("\n".join(map(unmarked, known.seen)))
    for number, text in enumerate(bare.split("\n")):
        words.add_at(number, text, known_links=sent.links)
    alignment = align(words, sent, [is_quoted(text) for text in known.seen])
    for at, (word, place) in enumerate(zip(words.words, alignment.place, strict=True)):
        line = known.lines[words.lines[at]]
        line.words += 1
        line.is_changed |= at in alignment.changed
        if place < 0:
            line.others += 1
            continue
        line.hidden += sent.inside[place]
        line.first = place if line.first < 0 else line.first
        line.last = place
        line.weights[sent.pieces[place]] += _weight(word)


def _kind(line: Line, *, is_marked: bool) -> Kind:
    if not line.words:
        return Kind.BLANK
    if not line.others:
        return Kind.CHANGED if line.is_changed else Kind.OURS
    is_near = is_marked or 2 * line.others <= line.words
    return Kind.CHANGED if line.is_changed and is_near else Kind.OTHER


def _weight(word: str) -> int:
    return len(word) if word.isascii() or len(word) > 1 else _LETTERS_A_SIGN


def _drop_accidents(known: Known) -> None:
    """Forget what looks like ours and is not."""
    for at in _heads(known.seen):
        known.lines[at].kind = min(known.lines[at].kind, Kind.OTHER)
    last = -1  # where in what was sent the last quote ended
    blocks = list(_blocks(known))
    is_shared = known.says(at for block in blocks for at in block)
    for block in blocks:
        is_much = _letters(known, block) >= _ENOUGH and (is_shared or known.says(block))
        is_quote = (
            is_quoted(known.seen[block[0]])
            or (last >= 0 and known.lines[block[0]].first > last)
            or (is_much and not known.is_said_again(block))
            or _has_lead(known.seen, block[0])
        )
        if is_quote:
            last = max(known.lines[at].first for at in block)
            continue
        for at in block:
            known.lines[at].kind = Kind.OTHER


def _find_appended(known: Known, sent: Sent) -> None:
    """What stands, with the same mark, right below the last line of a text that we sent."""
    depth = 0  # of the text that has just ended
    for at, line in enumerate(known.lines):
        text = known.seen[at]
        if line.kind >= Kind.OURS:
            is_end = sent.ends_text(line.last)
            depth = depth_of(text) if is_end else 0
        elif line.kind is Kind.OTHER:
            is_near = depth > 0 and depth_of(text) == depth and 2 * line.hidden < line.words
            if is_near and not _is_added(known.seen, at):
                line.kind = Kind.CHANGED
            else:
                depth = 0


def _is_added(seen: list[str], at: int) -> bool:
    """Whether programs or companies have added it, or it leads to an older mail."""
    lines = [unmarked(line) for line in seen[at : at + _LONGEST_LEAD]]
    return is_footer(lines[:1], 0) or is_disclaimer(lines[0]) or quote_begins(lines, 0)


def _heads(seen: list[str]) -> Iterator[int]:
    """The lines that programs put above a quote: they name the same people as we did."""
    attributed = attributions(seen)
    at = 0
    while at < len(seen):
        end = at if is_quoted(seen[at]) else head_end(seen, at, attributed)
        yield from range(at, end)
        at = max(end, at + 1)


def _blocks(known: Known) -> Iterator[list[int]]:
    """Lines of ours that follow on each other, all with marks or all without."""
    block: list[int] = []
    for at, line in enumerate(known.lines):
        if line.kind is Kind.BLANK:
            continue
        is_same = bool(block) and is_quoted(known.seen[block[-1]]) == is_quoted(known.seen[at])
        if block and (line.kind is Kind.OTHER or not is_same):
            yield block
            block = []
        if line.kind is not Kind.OTHER:
            block.append(at)
    if block:
        yield block


def _letters(known: Known, block: Iterable[int]) -> int:
    return sum(known.lines[at].weights.total() for at in block)


def _has_lead(seen: list[str], at: int) -> bool:
    """Whether a header, an attribution or a separator stands above."""
    return any(quote_begins(seen, n) for n in range(max(0, at - _LONGEST_LEAD), at))
