"""Text of a mail → what this person wrote now, what they quote, their signature.

Folds, never deletes: the three together hold every word. Structure decides, not language; HTML
first,
where mail programs mark their quotes. Answers between quoted lines stay in place with their
context.
Linear in the number of lines.
"""

from __future__ import annotations

import re

from inbox.mail.attribution import (
    attribution_length,
    has_header_in_quote,
    is_footer,
    is_quoted,
    quote_begins,
)
from inbox.mail.signature import split_signature
from inbox.mail.trim_html import split_html
from inbox.model.mail import Trimmed

_MAX_LINES = 20_000
_RULE = re.compile(r"\s{0,8}(?:-{3,}|_{3,}|={3,}|\*{3,}|—{2,})\s*$")
_WORDS = re.compile(r"[\W_]+")


def trim(text: str, html: str | None = None) -> Trimmed:
    """The text in three; with HTML, the quote marks of mail programs decide where the quote
    begins.
    """
    if html:
        split = split_html(html)
        if split is not None and (found := _by_html(text, *split)) is not None:
            return found
    return trim_text(text)


def trim_text(text: str) -> Trimmed:
    """The text in three, by the structure of its lines alone."""
    lines = text.split("\n")
    beyond = lines[_MAX_LINES:]
    lines = lines[:_MAX_LINES]
    cut = _cut(lines)
    return _trimmed(lines[:cut], lines[cut:] + beyond)


def _by_html(text: str, top: str, rest: str) -> Trimmed | None:
    """Split the plain text where the HTML's quote begins; None when both do not say the same."""
    if not _squashed(top) or not _squashed(rest):
        return None
    lines = text.split("\n")
    cut = _aligned(lines, _squashed(top))
    if cut is None:
        return None
    cut = min(cut, _quote_tail(lines[:cut]))
    return _trimmed(lines[:cut], lines[cut:])


def _aligned(lines: list[str], wanted: str) -> int | None:
    """The line behind which the words `wanted` have been said; None if others are said."""
    position = 0
    for at, line in enumerate(lines):
        said = _squashed(line)
        if not said:
            continue
        if position >= len(wanted):
            return at
        if not wanted.startswith(said, position):
            return None
        position += len(said)
    return len(lines) if position >= len(wanted) else None


def _trimmed(own: list[str], quoted: list[str]) -> Trimmed:
    if quoted:
        end = _before_rule(own)
        own, quoted = own[:end], own[end:] + quoted
    leading = _leading_quote(own)
    if leading:
        own, quoted = own[leading:], own[:leading] + quoted
    begin = split_signature(own)
    new_text = _joined(own[:begin])
    if not new_text:
        return _nothing_on_top(own + quoted)
    return Trimmed(new_text=new_text, quoted_text=_joined(quoted), signature=_joined(own[begin:]))


def _before_rule(own: list[str]) -> int:
    """Where blank lines and the rule above a quote begin."""
    end = len(own)
    while end and (not own[end - 1].strip() or _RULE.match(own[end - 1])):
        end -= 1
    return end


def _nothing_on_top(lines: list[str]) -> Trimmed:
    """Bottom answers, bare forwards: the lines without a quote mark are what was written."""
    own = [line for line in lines if not is_quoted(line)]
    if not any(line.strip() for line in own):
        return Trimmed(new_text=_joined(lines))
    return Trimmed(new_text=_joined(own), quoted_text=_joined([x for x in lines if is_quoted(x)]))


def _cut(lines: list[str]) -> int:
    """The line where the quote to the end begins; `len(lines)` when there is none."""
    tail = _quote_tail(lines)
    for at in range(tail):
        if not lines[at].strip() or is_quoted(lines[at]):
            continue
        if quote_begins(lines, at) and (
            has_header_in_quote(lines, at) or not _has_answers(lines, at)
        ):
            return at
    return _with_attribution(lines, tail)


def _quote_tail(lines: list[str]) -> int:
    """Where the lines with quote marks that reach to the end begin, if only a footer is below
    them.
    """
    end = next((n for n in range(len(lines), 0, -1) if is_quoted(lines[n - 1])), 0)
    if not end or not is_footer(lines, end):
        return len(lines)
    at = end
    while at and (not lines[at - 1].strip() or is_quoted(lines[at - 1])):
        at -= 1
    return at


def _has_answers(lines: list[str], at: int) -> bool:
    """True if own words stand between or below the quoted lines that follow."""
    first = next((n for n in range(at, min(len(lines), at + 12)) if is_quoted(lines[n])), -1)
    if first < 0:
        return False  # a quote without marks reaches to the end
    below = first
    while below < len(lines) and (is_quoted(lines[below]) or not lines[below].strip()):
        below += 1
    return below < len(lines) and not is_footer(lines, below)


def _with_attribution(lines: list[str], tail: int) -> int:
    """The quote's beginning together with a short last line above it that ends in a colon."""
    if tail == len(lines):
        return tail
    above = tail
    while above and not lines[above - 1].strip():
        above -= 1
    if above and len(lines[above - 1]) < 120 and re.search(r"[:：]\s*$", lines[above - 1]):
        return above - 1
    return tail


def _leading_quote(own: list[str]) -> int:
    """How many lines on top are an attribution with its quote, before any own word."""
    at = 0
    while at < len(own) and not own[at].strip():
        at += 1
    length = attribution_length(own, at) if at < len(own) else 0
    if not length:
        return (
            0  # a quote without attribution was chosen by hand: it is the context of what follows
        )
    end = at + length
    quoted = end
    while quoted < len(own) and (is_quoted(own[quoted]) or not own[quoted].strip()):
        quoted += 1
    has_quote = any(is_quoted(line) for line in own[end:quoted])
    if not has_quote or quoted == len(own) or any(is_quoted(line) for line in own[quoted:]):
        return 0
    return quoted


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()


def _squashed(text: str) -> str:
    return _WORDS.sub("", text).casefold()
