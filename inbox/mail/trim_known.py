"""What we sent, found again in a mail, however a program quotes it.

Lines that say what we sent are marked as quotes, whoever forgot to mark them; then the structure of
the lines decides as it does for all mail (`trim_lines`). A line inside a quote that says something
else than what we sent stays in place, with the paragraph in which it stands. Of a quote that is
answered piece by piece the paragraph above each answer stays; words that are only for us never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inbox.mail.attribution import attribution_length, quote_begins
from inbox.mail.header_block import read_block
from inbox.mail.known_lines import Kind, Known, find_known
from inbox.mail.known_words import unmarked
from inbox.mail.quote_marks import is_quoted, unquoted
from inbox.mail.trim_lines import Label, before_rule, find_cut, labels_of

_WHOLE = 0.8  # of a text that we sent: no piece that somebody chose
_LONGEST_CONTEXT = 12  # lines
_LONGEST_LEAD = 16  # lines of a header
_FEWEST_LABELS = 3
_LABEL = re.compile(r"\s{0,8}[*_]{0,2}[^\W\d_][^:：@<>]{0,40}[:：]")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_MOST_LEADS = 500  # that are looked for inside of quotes
_WRITTEN_INSIDE = 3  # words


def known_labels(
    seen: list[str], sent: Sequence[str], inside: Sequence[str], theirs: Sequence[str] = ()
) -> tuple[list[str], list[Label]] | None:
    """The lines, those of a quote with marks, and their labels; None if nothing that was sent is
    found.
    """
    known = find_known(seen, sent, inside, theirs)
    if known.first < 0:
        return None
    around = set(_around(known))
    marked = [
        f"> {text}" if (known.is_ours(at) or at in around) and not is_quoted(text) else text
        for at, text in enumerate(seen)
    ]
    labels = labels_of(marked, may_be_empty=True)
    _show_what_leads(known, marked, labels)
    for block in _context(marked, labels):
        _fold_context(known, marked, labels, block, around)
    _show_changes(known, marked, labels)
    shown = [
        text if line.kind is Kind.CHANGED else mark
        for text, line, mark in zip(seen, known.lines, marked, strict=True)
    ]
    return shown, labels


def _around(known: Known) -> Iterator[int]:
    """Lines that are not ours and belong to the quote: what stands above it, and older mails."""
    seen, lines, first = known.seen, known.lines, known.first
    yield from _rules_between(known)
    above = before_rule(seen, min(find_cut(seen[: first + 1]), _header_above(seen, first)))
    yield from range(min(above, first), first)
    at = first
    while at < len(seen):
        if lines[at].kind is Kind.OTHER and not is_quoted(seen[at]) and quote_begins(seen, at):
            yield from range(max(first, before_rule(seen, at)), at)
            while at < len(seen) and not known.is_ours(at):
                yield at
                at += 1
        at += 1


def _header_above(seen: list[str], first: int) -> int:
    """Where a header begins whose labels no language explains: right above our words, naming an
    address and a time.
    """
    end = first
    while end and not seen[end - 1].strip():
        end -= 1
    begin = end
    while begin and end - begin < _LONGEST_LEAD and _LABEL.match(seen[begin - 1]):
        begin -= 1
    text = " ".join(seen[begin:end])
    is_header = end - begin >= _FEWEST_LABELS and "@" in text and _CLOCK.search(text)
    return begin if is_header else first


def _rules_between(known: Known) -> Iterator[int]:
    """Lines without words between two lines of ours: rules, and what parts a signature."""
    between: list[int] = []
    is_below = False
    for at, line in enumerate(known.lines):
        if line.kind is not Kind.BLANK:
            if is_below and known.is_ours(at):
                yield from between
            is_below = known.is_ours(at)
            between = []
        elif known.seen[at].strip() and not is_quoted(known.seen[at]):
            between.append(at)


def _show_what_leads(known: Known, marked: list[str], labels: list[Label]) -> None:
    """Without any word above it, a quote that begins the mail is what the first words answer."""
    at = 0
    while at < len(labels) and labels[at] is Label.QUOTED:
        at += 1
    own = at
    while own < len(labels) and not marked[own].strip():
        own += 1
    is_answered = own < len(labels) and labels[own] is Label.NEW and not is_quoted(marked[own])
    if is_answered and any(map(known.is_ours, range(at))):
        labels[:at] = [Label.NEW] * at


def _context(marked: list[str], labels: list[Label]) -> Iterator[list[int]]:
    """The quotes that are shown because somebody answered below them."""
    block: list[int] = []
    for at, line in enumerate(marked):
        if labels[at] is not Label.NEW or (line.strip() and not is_quoted(line)):
            if any(is_quoted(marked[n]) for n in block):
                yield block
            block = []
        else:
            block.append(at)
    if any(is_quoted(marked[n]) for n in block):
        yield block


def _fold_context(
    known: Known, marked: list[str], labels: list[Label], block: list[int], around: set[int]
) -> None:
    """Leave the last paragraph of a block, if it is of ours and not all that we sent."""
    quoted = [at for at in block if is_quoted(marked[at])]
    if not any(map(known.is_ours, quoted)):
        return
    end = len(block)
    while end and not marked[block[end - 1]].strip(" >\t\u00a0"):
        end -= 1
    begin = end
    while begin and end - begin < _LONGEST_CONTEXT and marked[block[begin - 1]].strip(" >\t\u00a0"):
        begin -= 1
    is_whole = known.says(block, _WHOLE)
    for n, at in enumerate(block):
        is_aside = at in around or known.lines[at].is_inside
        if is_quoted(marked[at]) and (is_whole or is_aside or not begin <= n < end):
            labels[at] = Label.QUOTED


def _show_changes(known: Known, marked: list[str], labels: list[Label]) -> None:
    """What stands in a quote instead of our words, with its paragraph."""
    changes = [at for at, line in enumerate(known.lines) if line.kind is Kind.CHANGED]
    for number, at in enumerate(changes):
        if number < _MOST_LEADS and _is_led(known.seen, at):
            continue
        line = known.lines[at]
        if line.is_inside:
            if line.others >= _WRITTEN_INSIDE:
                labels[at] = Label.NEW
            continue
        for step in (-1, 1):
            near = at
            while abs(near - at) < _LONGEST_CONTEXT and _is_paragraph(known, marked, near):
                labels[near] = Label.NEW
                near += step
                if not 0 <= near < len(marked):
                    break


def _is_led(seen: list[str], at: int) -> bool:
    """Whether a program wrote the line above a quote inside of the quote."""
    near = seen[max(0, at - _LONGEST_LEAD) : at + _LONGEST_LEAD]
    if not any(sign in line for line in near for sign in ":：@"):
        return False
    lines = [_bare(line) for line in near]
    here = min(at, _LONGEST_LEAD)
    if any(n + attribution_length(lines, n) > here for n in range(max(0, here - 3), here + 1)):
        return True
    blocks = ((n, read_block(lines, n)) for n in range(here + 1))
    return any(block is not None and block.is_sure and n <= here < block.end for n, block in blocks)


def _bare(line: str) -> str:
    """The line without the marks of its level, so that a deeper level is a quote below it."""
    return unquoted(line) if is_quoted(unquoted(line)) else unmarked(line)


def _is_paragraph(known: Known, marked: list[str], at: int) -> bool:
    says = bool(marked[at].strip(" >\t\u00a0"))
    return says and known.is_ours(at) and not known.lines[at].is_inside
