"""The files of an answer to a digest, and to which of its numbers each belongs.

A picture belongs to the number under which it stands. Any other file belongs to the one number
under which something is said; where there are several, nobody knows, and nothing is said for whom
it may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from inbox.desk.answer import AnswerFile
from inbox.mail.html_text import html_to_text
from inbox.mail.parts import leaf_bytes
from inbox.mail.trim import trim
from inbox.model.mail import Attachment, ParsedMail
from inbox.orders.numbered import Numbered, Part

_PICTURE = re.compile(r"""<img\b[^<>]*\bsrc\s*=\s*["']?cid:([^"'\s<>]+)[^<>]*>""", re.IGNORECASE)
_MARK = re.compile(r"\[cid:(\d{1,4})\]")
# What programs put into the text where a picture stands in the HTML.
_SHOWN: Final = re.compile(r"\[(?:cid:[^\]\s]{1,200}|image: [^\]\n]{1,200})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """What is said, with the files of each number, and the names of those that belong to none."""

    read: Numbered
    files: Mapping[int, tuple[AnswerFile, ...]]
    loose: tuple[str, ...]

    @property
    def are_missing(self) -> bool:
        """Whether words may have been written with a file that belongs to nobody knows what."""
        return bool(self.loose) and any(part.words for part in self.read.parts)


def with_marks(mail: ParsedMail, own: str) -> tuple[str, str]:
    """All of the text, and what of it is new, with a mark where each picture stands."""
    places = {one.content_id: at for at, one in enumerate(mail.attachments) if one.content_id}
    if not mail.html or not any(one.inline for one in mail.attachments):
        return _SHOWN.sub("", mail.text), _SHOWN.sub("", own)

    def mark(shown: re.Match[str]) -> str:
        at = places.get(shown[1])
        return shown[0] if at is None else f"<br>[cid:{at}]<br>"

    marked = _PICTURE.sub(mark, mail.html)
    text = html_to_text(marked)
    return text, trim(text, marked).new_text


def sorted_files(
    read: Numbered, mail: ParsedMail, raw: bytes, signatures: Collection[str]
) -> Sorted:
    """What was read, without marks, and each file with its number.

    `signatures`: SHA-256 of the pictures in the writer's signature, which belong to nothing.
    """
    known = [one for one in mail.attachments if one.sha256 not in signatures]
    found: dict[int, list[Attachment]] = {}
    parts: list[Part] = []
    for part in read.parts:
        shown = _shown(part.words, mail.attachments)
        for number in part.numbers:
            found.setdefault(number, []).extend(one for one in shown if one in known)
        parts.append(replace(part, words=_unmarked(part.words)))
    placed = {one.part for files in found.values() for one in files}
    stray = _shown(read.stray, mail.attachments)
    others = [
        one for one in known if one.part not in placed and (one in stray or not _is_logo(one, mail))
    ]
    only = _only(parts, found)
    if others and only is not None:
        found.setdefault(only, []).extend(others)
        others = []
    return Sorted(
        read=replace(read, parts=_saying(parts, found), stray=_unmarked(read.stray)),
        files={
            number: tuple(_file(one, raw) for one in files)
            for number, files in found.items()
            if files
        },
        loose=tuple(one.filename for one in others),
    )


def _saying(parts: Sequence[Part], found: Mapping[int, Sequence[Attachment]]) -> tuple[Part, ...]:
    """Those of which something is left."""
    return tuple(
        one
        for one in parts
        if one.orders or one.words or one.unclear or any(found.get(each) for each in one.numbers)
    )


def _shown(words: str, files: Sequence[Attachment]) -> list[Attachment]:
    places = dict.fromkeys(int(one) for one in _MARK.findall(words))
    return [files[at] for at in places if at < len(files)]


def _unmarked(words: str) -> str:
    lines = [line for line in words.split("\n") if not _MARK.fullmatch(line.strip())]
    return _MARK.sub("", "\n".join(lines)).strip()


def _is_logo(file: Attachment, mail: ParsedMail) -> bool:
    """A picture that the HTML shows, and not under any number: in a signature, or the quote."""
    return file.inline and mail.html is not None and f"cid:{file.content_id}" in mail.html


def _only(parts: Sequence[Part], found: Mapping[int, Sequence[Attachment]]) -> int | None:
    """The one number under which something is said; or the only one of all."""
    said = {number for part in parts if part.words for number in part.numbers}
    said |= {number for number, files in found.items() if files}
    named = said or {number for part in parts for number in part.numbers}
    return next(iter(named)) if len(named) == 1 else None


def _file(file: Attachment, raw: bytes) -> AnswerFile:
    # The mail is about several conversations: of the others nothing may be seen in this one.
    return AnswerFile.uploaded(file.filename, file.content_type, leaf_bytes(raw, file.part))
