"""The end of a person's own words: signature, the line of their device, a disclaimer."""

from __future__ import annotations

import re

from inbox.mail.device_line import device_line
from inbox.mail.disclaimer import disclaimer, speaks_of_oneself

_DELIMITER = re.compile(r"(?:--|—|––|__)\s*$")
_RULE = re.compile(r"\s{0,3}(?:_{5,}|-{5,}|\*{5,}|={5,})\s*$")
_ANY_RULE = re.compile(r"\s*[-_=*—–]{2,}\s*$")
_DASHED_NAME = re.compile(r"\s{0,4}-[^\W\d_][\w.'’-]{0,24}(?:\s[^\W\d_][\w.'’-]{0,24}){1,3}\s*")
_SIGNS = frozenset("-—–_*=")  # with one of which all of these begin
_POSTSCRIPT = re.compile(
    r"\s{0,3}(?:P\.?\s?P?\.?\s?S\.?|N\.?B\.?|П\.?С\.?|З\.?Ы\.?)\s?[:.,–—-]?\s+\w"
)
_BLANK = re.compile(r"\n{2,}")
_QUESTION = re.compile(r"[?？]$")
_FEWEST_WORDS = 6
_DIVIDERS = 3
_MAX_LINES = 25
_MOST_ROUNDS = 40


def split_signature(lines: list[str]) -> int:
    """Where the signature of these lines begins; `len(lines)` when there is none."""
    end = len(lines)
    below = _stable(lines, end)
    begin = _delimited(lines[:below])
    if begin < below:
        begin = _stable(lines, begin)
    # A mail that is nothing but its signature is shown: there is nothing else to show.
    if any(_POSTSCRIPT.match(line) for line in lines[begin:]) or _tells(lines[begin:below]):
        return end
    return begin if any(line.strip() for line in lines[:begin]) else end


def _stable(lines: list[str], begin: int) -> int:
    """Without what programs and companies add, in whatever order they came."""
    for _ in range(_MOST_ROUNDS):
        above = min(device_line(lines[:begin]), disclaimer(lines[:begin]))
        if above >= begin:
            break
        begin = above
    return begin


def _delimited(lines: list[str]) -> int:
    """Where a signature begins that a line of its own announces, or that is a name alone."""
    end = len(lines)
    first = max(0, end - _MAX_LINES)
    # Whoever parts the pieces of a list with them has not signed there.
    is_divided = sum(line == "--" for line in lines[first:]) >= _DIVIDERS
    for at in range(first, end):
        line = lines[at].rstrip("\u00a0")
        if line.strip()[:1] not in _SIGNS:
            continue
        is_mark = _DELIMITER.match(line) and len(line.strip()) <= 3
        is_mark = is_mark and not (is_divided and line == "--")
        if is_mark and _is_tail(lines, at) and not _is_framed(lines, at):
            return at
        if _RULE.match(line) and _is_list_footer(lines[at + 1 :]):
            return _before_name(lines, at)
    return _before_name(lines, _before_rules(lines))


def _tells(signed: list[str]) -> bool:
    """True if a paragraph below the first one speaks of its writer's own, or asks: it was written
    below the signature that a program had put there.
    """
    return any(
        len(paragraph.split()) >= _FEWEST_WORDS
        and (speaks_of_oneself(paragraph) or _QUESTION.search(paragraph))
        for paragraph in _BLANK.split("\n".join(line.strip() for line in signed))[1:]
    )


def _is_framed(lines: list[str], at: int) -> bool:
    """True for the first of two rules around what a line with a colon announces."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    return above.rstrip().endswith((":", "：")) and any(
        line.strip() == lines[at].strip() for line in lines[at + 1 :]
    )


def _is_tail(lines: list[str], at: int) -> bool:
    below = [line for line in lines[at + 1 :] if line.strip()]
    return len(below) <= 15


def _is_list_footer(lines: list[str]) -> bool:
    """What mailing lists add below a rule: their name and address, nothing else."""
    said = [line for line in lines if line.strip()]
    return (
        1 <= len(said) <= 6 and any("@" in line for line in said) and any("http" in x for x in said)
    )


def _before_rules(lines: list[str]) -> int:
    """Where the rules begin that stand below everything and part it from nothing."""
    end = len(lines)
    at = end
    while at and (not lines[at - 1].strip() or _ANY_RULE.match(lines[at - 1])):
        at -= 1
    return at if any(line.strip() for line in lines[at:]) else end


def _before_name(lines: list[str], end: int) -> int:
    """`-Jane Roe`, alone in the last paragraph: signed by hand."""
    at = end
    while at and not lines[at - 1].strip():
        at -= 1
    if at < 3 or lines[at - 2].strip() or not _DASHED_NAME.fullmatch(lines[at - 1]):
        return end
    words = lines[at - 1].strip(" -").split()
    above = next((line for line in reversed(lines[: at - 2]) if line.strip()), "")
    is_list = above.lstrip().startswith("-") or above.rstrip().endswith((":", "："))
    return at - 1 if all(word[:1].isupper() for word in words) and not is_list else end
