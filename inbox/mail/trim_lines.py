"""Lines of a mail → which are new, which quoted, which the signature, by their structure alone.

One label a line: whatever is decided, no word is lost. Structure decides, not language. Answers
between quoted lines stay in place with the lines they answer; the attribution above these goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from itertools import dropwhile, groupby

from inbox.mail.attribution import (
    attribution_length,
    attributions,
    has_header_in_quote,
    head_end,
    is_footer,
    may_begin,
    quote_begins,
)
from inbox.mail.forwarded import is_beginning
from inbox.mail.own_sentence import announces
from inbox.mail.quote_marks import is_quoted, unquoted
from inbox.mail.signature import split_signature
from inbox.model.mail import Trimmed

_RULE = re.compile(r"\s{0,8}(?:-{3,}|_{3,}|={3,}|\*{3,}|—{2,})\s*$")
_LONGEST_LEAD = 8  # lines from the beginning of an attribution to its quote
_COLON_END = re.compile(r"[:：]\s*$")


class Label(IntEnum):
    """Where a line goes."""

    NEW = 0
    QUOTED = 1
    SIGNATURE = 2


def labels_of(
    seen: list[str],
    *,
    cut: int | None = None,
    is_answered: bool = False,
    may_be_empty: bool = False,
) -> list[Label]:
    """A label for each line, as `with_marks` gives them.

    `cut` is where the quote to the end begins if that is known; `is_answered` says that what stands
    below a quote is an answer and no footer. If nothing is new, all is shown, unless it
    `may_be_empty`.
    """
    if cut is None:
        cut = find_cut(seen, is_answered=is_answered)
    own = before_rule(seen, cut) if cut < len(seen) else cut
    labels = [Label.NEW] * own + [Label.QUOTED] * (len(seen) - own)
    _sign_footer(seen, labels, cut)
    leading = _leading_quote(seen[:own])
    labels[:leading] = [Label.QUOTED] * leading
    # Below a signature, too, there may be an answer.
    begin = own if is_answered else leading + split_signature(seen[leading:own])
    labels[begin:own] = [Label.SIGNATURE] * (own - begin)
    _fold_attributions(seen, labels)
    if not may_be_empty and not _has_new(seen, labels):
        return _nothing_on_top(seen)
    return labels


def folded(raw: list[str], labels: list[Label]) -> Trimmed:
    """The lines by their labels, each in their order."""
    return Trimmed(
        new_text=_joined(raw, labels, Label.NEW),
        quoted_text=_joined(raw, labels, Label.QUOTED),
        signature=_joined(raw, labels, Label.SIGNATURE),
    )


def find_cut(seen: list[str], *, is_answered: bool = False) -> int:
    """The line where the quote to the end begins; `len(seen)` when there is none."""
    tail = len(seen) if is_answered else quote_tail(seen)
    attributed = attributions(seen)
    for at in range(tail):
        if not (at in attributed or may_begin(seen, at)) or is_quoted(seen[at]):
            continue
        if quote_begins(seen, at, attributed) and (
            has_header_in_quote(seen, at) or not _has_answers(seen, at, is_answered)
        ):
            return _announced(seen, at)
    return _with_attribution(seen, tail)


def quote_tail(seen: list[str]) -> int:
    """Where the lines with quote marks that reach to the end begin, if only a footer is below
    them.
    """
    end = next((n for n in range(len(seen), 0, -1) if is_quoted(seen[n - 1])), 0)
    if not end or not is_footer(seen, end):
        return len(seen)
    at = end
    while at and (not seen[at - 1].strip() or is_quoted(seen[at - 1])):
        at -= 1
    return at


def _sign_footer(seen: list[str], labels: list[Label], cut: int) -> None:
    """What stands below the last quoted line of a marked quote was signed, not quoted."""
    end = next((n for n in range(len(seen), cut, -1) if is_quoted(seen[n - 1])), 0)
    if end and is_footer(seen, end):
        labels[end:] = [Label.SIGNATURE] * (len(seen) - end)


def _has_answers(seen: list[str], at: int, is_answered: bool) -> bool:
    """True if own words stand between or below the quoted lines that follow."""
    first = next((n for n in range(at, min(len(seen), at + 12)) if is_quoted(seen[n])), -1)
    if first < 0:
        return False  # a quote without marks reaches to the end
    below = first
    while below < len(seen) and (is_quoted(seen[below]) or not seen[below].strip()):
        below += 1
    return below < len(seen) and (is_answered or not is_footer(seen, below))


def _announced(seen: list[str], at: int) -> int:
    """The quote's beginning together with the line by which a program says that it passes on."""
    above = at
    while above and not seen[above - 1].strip():
        above -= 1
    return above - 1 if above and is_beginning(seen[above - 1]) else at


def _with_attribution(seen: list[str], tail: int) -> int:
    """The quote's beginning together with a short last line above it that ends in a colon."""
    if tail == len(seen):
        return tail
    above = tail
    while above and not seen[above - 1].strip():
        above -= 1
    line = seen[above - 1] if above else ""
    is_lead = len(line) < 120 and _COLON_END.search(line) and not announces(line)
    return above - 1 if is_lead else tail


def before_rule(seen: list[str], end: int) -> int:
    """Where blank lines and the rule above a quote begin."""
    while end and (not seen[end - 1].strip() or _RULE.match(seen[end - 1])):
        end -= 1
    return end


def _leading_quote(own: list[str]) -> int:
    """How many lines on top are an attribution with its quote, before any own word."""
    at = 0
    while at < len(own) and not own[at].strip():
        at += 1
    length = attribution_length(own, at) or _quoted_attribution(own, at) if at < len(own) else 0
    if not length:
        # A quote without attribution was chosen by hand: it is the context of what follows.
        return 0
    end = at + length
    quoted = end
    while quoted < len(own) and (is_quoted(own[quoted]) or not own[quoted].strip()):
        quoted += 1
    has_quote = any(is_quoted(line) for line in own[end:quoted])
    if not has_quote or quoted == len(own) or any(is_quoted(line) for line in own[quoted:]):
        return 0
    return quoted


def _quoted_attribution(own: list[str], at: int) -> int:
    """The same for an attribution that stands inside the quote, as Apple Mail writes it."""
    if not is_quoted(own[at]):
        return 0
    lines = [unquoted(line) for line in own[at : at + 8]]
    said = next((n for n, line in enumerate(lines) if line.strip()), 0)
    return said + attribution_length(lines, said) if attribution_length(lines, said) else 0


def _fold_attributions(seen: list[str], labels: list[Label]) -> None:
    """Who wrote what was answered between the lines is known: the line that says it is folded."""
    done = 0
    for quote in _shown_quotes(seen, labels):
        for at in reversed(range(max(done, quote - _LONGEST_LEAD), quote)):
            if labels[at] is not Label.NEW or not seen[at].strip():
                continue
            length = attribution_length(seen, at) or _header_length(seen, at)
            if length and _is_quote(seen, labels, at + length):
                labels[at : at + length] = [Label.QUOTED] * length
        done = quote


def _header_length(seen: list[str], at: int) -> int:
    """How many lines from here are the header of the quote below; 0 if there is none."""
    if not may_begin(seen, at) or is_quoted(seen[at]):
        return 0
    end = head_end(seen, at)
    return end - at if end > at + 1 and not any(map(is_quoted, seen[at:end])) else 0


def _shown_quotes(seen: list[str], labels: list[Label]) -> Iterator[int]:
    """The first line of each quote that is not folded."""
    above = False
    for at, (line, label) in enumerate(zip(seen, labels, strict=True)):
        quoted = label is Label.NEW and is_quoted(line)
        if quoted and not above:
            yield at
        above = quoted


def _is_quote(seen: list[str], labels: list[Label], at: int) -> bool:
    """Whether what is said next is quoted or folded."""
    said = next((n for n in range(at, min(at + 3, len(seen))) if seen[n].strip()), -1)
    return said >= 0 and (is_quoted(seen[said]) or labels[said] is Label.QUOTED)


def _nothing_on_top(seen: list[str]) -> list[Label]:
    """Bottom answers, bare forwards: the lines without a quote mark are what was written."""
    labels = [Label.QUOTED if is_quoted(line) else Label.NEW for line in seen]
    return labels if _has_new(seen, labels) else [Label.NEW] * len(seen)


def _has_new(seen: list[str], labels: list[Label]) -> bool:
    return any(
        label is Label.NEW and line.strip() for line, label in zip(seen, labels, strict=True)
    )


def _joined(raw: list[str], labels: list[Label], wanted: Label) -> str:
    """The lines of one label; where others were taken out between them, one blank line."""
    lines: list[str] = []
    for label, run in groupby(range(len(raw)), key=labels.__getitem__):
        if label is not wanted:
            continue
        piece = [raw[at] for at in run]
        if lines:
            is_apart = not (is_quoted(lines[-1]) and is_quoted(piece[0]))
            while lines and not lines[-1].strip():
                lines.pop()
            piece = [""] * is_apart + list(dropwhile(_is_blank, piece))
        lines += piece
    return "\n".join(lines).strip("\n").rstrip()


def _is_blank(line: str) -> bool:
    return not line.strip()
