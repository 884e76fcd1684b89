"""Text of a mail → what this person wrote now, what they quote, their signature.

Folds, never deletes: the three together hold every word. What we sent is known and found again;
else HTML comes first, where mail programs mark their quotes, then the structure of the lines.
Linear in the length of the texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from inbox.mail.quote_marks import is_quoted, with_marks
from inbox.mail.trim_html import Marked, read_marks
from inbox.mail.trim_known import known_labels
from inbox.mail.trim_lines import Label, find_cut, folded, labels_of
from inbox.model.mail import Trimmed

_MAX_LINES = 10_000
# What a text part has of links and pictures, and the same part of another program has not.
_LINKS = re.compile(
    r"<(?:https?|mailto|tel):[^<>]*>|\[(?:image|cid|https?):[^\[\]]*\]|https?://\S+"
)
_NO_WORDS = re.compile(r"[\W_]+")
_HEAD = 40  # characters of a quote by which its first line is found again
_SHORTEST_HEAD = 12


def trim(
    text: str,
    html: str | None = None,
    *,
    sent: Sequence[str] = (),
    inside: Sequence[str] = (),
    theirs: Sequence[str] = (),
) -> Trimmed:
    """The text in three.

    `sent` are texts that we sent to its writer: their words are found again whatever the program
    made of them, and are no one's new words. What stands among them and differs is new: it is
    shown in place, with the rest of its paragraph. `inside` was sent as well, and is not even
    shown as what an answer is about. `theirs` is the writer's own that we quoted: quoted in a
    quote, and new where the writer says it again.

    Where nothing of them is found, and without them, quote marks in the HTML decide, then the
    structure of the lines; a mail that by these is nothing but a quote is shown whole, while one
    that is known to say only what we sent has no new text.
    """
    raw = text.split("\n")
    lines = raw[:_MAX_LINES]
    seen = with_marks(lines)
    marked = read_marks(html) if html else None
    known = known_labels(seen, sent, inside, theirs) if sent or inside else None
    if known:
        shown, labels = known
        raw = _with_context(raw, shown, labels)
    else:
        labels = _by_structure(seen, marked)
    if marked and marked.signature:
        _sign(seen, labels, marked.signature)
    below = Label.QUOTED if labels[-1] is Label.QUOTED else Label.NEW
    trimmed = folded(raw, labels + [below] * (len(raw) - len(lines)))
    return replace(trimmed, is_known=True) if known else trimmed


def _with_context(raw: list[str], marked: list[str], labels: list[Label]) -> list[str]:
    """The lines, those that are shown as what an answer is about with a quote mark."""
    shown = (
        mark if label is Label.NEW and is_quoted(mark) and not is_quoted(line) else line
        for line, mark, label in zip(raw, marked, labels, strict=False)
    )
    return [*shown, *raw[len(labels) :]]


def _by_structure(seen: list[str], marked: Marked | None) -> list[Label]:
    cut = _cut_by_html(seen, marked) if marked else None
    return labels_of(seen, cut=cut, is_answered=marked is not None and marked.is_answered)


def trim_text(text: str) -> Trimmed:
    """The text in three, by the structure of its lines alone."""
    return trim(text)


def _cut_by_html(seen: list[str], marked: Marked) -> int | None:
    """The line where the HTML's quote begins; None when text and HTML do not say the same."""
    top, rest = _squashed(marked.top), _squashed(marked.rest)
    if not top or not rest:
        return None
    cut = _aligned(seen, top)
    if cut is None:
        cut = _beginning(seen, rest)
    if cut is None:
        return None
    # A quote without any mark may stand above the marked one.
    return min(cut, find_cut(seen))


def _aligned(seen: list[str], wanted: str) -> int | None:
    """The line behind which the words `wanted` have been said; None if others are said."""
    position = 0
    for at, line in enumerate(seen):
        said = _squashed(line)
        if not said:
            continue
        if position >= len(wanted):
            return at
        if not wanted.startswith(said, position):
            return None
        position += len(said)
    return len(seen) if position >= len(wanted) else None


def _beginning(seen: list[str], rest: str) -> int | None:
    """The only line from which on the text says what the quote begins with; None if none does."""
    head = rest[:_HEAD]
    if len(head) < _SHORTEST_HEAD:
        return None
    said = [_squashed(line) for line in seen]
    found = [
        at
        for at, words in enumerate(said)
        if words and head.startswith(words[:_HEAD]) and _following(said, at).startswith(head)
    ]
    return found[0] if len(found) == 1 else None


def _following(said: list[str], at: int) -> str:
    text = ""
    for words in said[at : at + 60]:
        text += words
        if len(text) >= _HEAD:
            break
    return text


def _sign(seen: list[str], labels: list[Label], signature: str) -> None:
    """Label the last new lines that say what the HTML marks as the signature."""
    wanted = _squashed(signature)
    new = [at for at, label in enumerate(labels) if label is Label.NEW and seen[at].strip()]
    while new and wanted:
        said = _squashed(seen[new[-1]])
        if not wanted.endswith(said):
            return
        wanted = wanted[: len(wanted) - len(said)]
        new.pop()
    if new and not wanted:
        begin = new[-1] if seen[new[-1]].strip() == "--" and len(new) > 1 else new[-1] + 1
        labels[begin:] = [
            Label.SIGNATURE if label is Label.NEW else label for label in labels[begin:]
        ]


def _squashed(text: str) -> str:
    return _NO_WORDS.sub("", _LINKS.sub("", text)).casefold()
