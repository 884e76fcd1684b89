"""Quote marks at the beginnings of lines: `>`, the rarer `|` and `AB>`, and lines that lost theirs
when a relay wrapped them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = re.compile(r"^\s{0,3}>\s?")
_MARKS = re.compile(r"[\s>]*")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BAR = re.compile(r"\s{0,3}\|(?:\s|$)")
_INITIALS = re.compile(r"\s{0,2}([A-Za-z]{1,3})>(?:\s|$|>)")
_DIGIT = re.compile(r"\d")
_ANY_INITIALS = re.compile(r"(?m)^\s{0,2}[A-Za-z]{1,3}>")
_ANY_BROKEN = re.compile(r"(?m)^[^\S\n]*(?:<|mailto:)")
_BROKEN = re.compile(r"\s*(?:<|<?\s*mailto:.*)\s*")
_BROKEN_END = re.compile(r"\s*>?[^:：>]{0,40}[:：]\s*")
_SENTENCE_END = (".", "?", "!", "…", ":", ";", "。", "？", "！", "：")
_WRAPPED = 70  # columns: where a line and the next word do not fit any more


def undirected(text: str) -> str:
    """The text without the invisible marks by which programs write it to the left or right."""
    return text if text.isascii() else _DIRECTION.sub("", text)


def is_quoted(line: str) -> bool:
    """True for a line with a quote mark."""
    return line[:1] == ">" or (">" in line[:4] and line[:4].lstrip(" \t\u00a0")[:1] == ">")


def unquoted(line: str) -> str:
    """The line without its first quote mark."""
    return _MARK.sub("", line)


def depth_of(line: str) -> int:
    """How many quote marks the line has."""
    marks = _MARKS.match(line)
    return marks[0].count(">") if marks else 0


def with_marks(lines: list[str]) -> list[str]:
    """The lines, one for one, each quoted one with a `>` by which `is_quoted` knows it."""
    text = "\n".join(lines)
    marked = [undirected(line) for line in lines] if not text.isascii() else lines.copy()
    for begin, end in _runs(lines, _BAR, "|") if "|" in text else ():
        if not any(_ends_cell(line) for line in lines[begin:end]):
            marked[begin:end] = [_BAR.sub("> ", line, count=1) for line in lines[begin:end]]
    for begin, end in _runs(lines, _INITIALS, ">") if _ANY_INITIALS.search(text) else ():
        if len({line.partition(">")[0].strip() for line in lines[begin:end]}) == 1:
            marked[begin:end] = [f">{line.partition('>')[2]}" for line in lines[begin:end]]
    if ">" in text:
        _mark_wrapped(marked)
    if ">>> " in text:
        free_attributions(marked)
    if _ANY_BROKEN.search(text):
        _join_broken(marked)
    return marked


def free_attributions(lines: list[str]) -> None:
    """Write `>>> Ann Lee <ann@desk.example> 11/10/2026 10:00 AM >>>`, as GroupWise does above an
    unmarked quote, like any other attribution.
    """
    for at, line in enumerate(lines):
        if not line.startswith(">>> ") or not (said := _framed(line)):
            continue
        below = next((one for one in lines[at + 1 : at + 3] if one.strip()), "")
        if not is_quoted(lines[at - 1] if at else "") and not is_quoted(below):
            lines[at] = f"{said}:"


def _framed(line: str) -> str:
    """What stands between `>>>` and `>>>`, or a colon, with a date in it; empty for other lines."""
    said = line[4:].rstrip()
    if len(said) > 400 or not said.endswith((">>>", ":")) or said[:1] in ("", ">", " "):
        return ""
    said = said.rstrip(">:").rstrip()
    return said if _DIGIT.search(said) else ""


def _ends_cell(line: str) -> bool:
    """True for the row of a table."""
    return len(line.strip()) > 1 and line.rstrip().endswith("|")


def _runs(lines: list[str], mark: re.Pattern[str], sign: str) -> Iterator[tuple[int, int]]:
    """Where two or more lines in a row begin with the mark, in which is the sign."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and sign in lines[end] and mark.match(lines[end]):
            end += 1
        if end - at >= 2:
            yield at, end
        at = max(end, at + 1)


def _mark_wrapped(lines: list[str]) -> None:
    """Mark the rest of a quoted line that was wrapped: it stands between two quoted lines, begins
    where no word would have fitted, and goes on in the middle of a sentence.

    Where that has happened once, a new sentence in lower case is taken for a rest too.
    """
    quoted = [is_quoted(line) for line in lines]
    bare = [at for at in range(1, len(lines) - 1) if quoted[at - 1] and not quoted[at]]
    rests = [at for at in bare if quoted[at + 1] and _may_be_rest(lines, at)]
    sure = [at for at in rests if not lines[at - 1].rstrip().endswith(_SENTENCE_END)]
    if not sure:
        return
    certain = set(sure)
    for at in rests:
        above = lines[at - 1].rstrip()
        if at in certain or (lines[at].lstrip()[:1].islower() and not above.endswith("?")):
            lines[at] = f"> {lines[at]}"


def _may_be_rest(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if not line:
        return False
    above = lines[at - 1].rstrip()
    word = line.split(maxsplit=1)[0]
    fits = len(above) + 1 + len(word) < _WRAPPED
    return not fits and len(line) <= len(above) and above.strip(" >") != ""


def _join_broken(lines: list[str]) -> None:
    """Put an attribution on its first line whose address a program has set apart from it, as
    `<`, `mailto:Ann <ann@desk.example>`, `> wrote:`.
    """
    for at in range(1, len(lines)):
        if lines[at].strip()[:1] not in ("<", "m") or not _BROKEN.fullmatch(lines[at][:300]):
            continue
        first = next((n for n in range(at - 1, max(-1, at - 3), -1) if lines[n].strip()), -1)
        last = next((n for n in range(at, min(len(lines), at + 4)) if _ends(lines[n])), -1)
        if first >= 0 and last > at and any("@" in line for line in lines[at:last]):
            said = " ".join(line.strip() for line in lines[first : last + 1] if line.strip())
            lines[first : last + 1] = [said, *[""] * (last - first)]


def _ends(line: str) -> bool:
    return len(line) < 80 and bool(_BROKEN_END.fullmatch(line))
