"""What the API takes: each field is named here, and one that is not is refused."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from fastapi import Path
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from inbox.desk.answer import AnswerFile
from inbox.desk.finish import Ending
from inbox.mail.attachments import safe_name

LanguageWord = Literal["en", "ru", "it", "de", "ja"]
Number = Annotated[int, Field(gt=0, lt=1 << 62)]
# Of a thing in the address; what cannot be one is not there.
Id = Annotated[int, Path(gt=0, lt=1 << 62)]
_HALF = re.compile("[\ud800-\udfff]")
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=320, strip_whitespace=True, pattern=_ONE_LINE),
]
# The same where it may be empty.
Blank = Annotated[str, StringConstraints(max_length=320, strip_whitespace=True, pattern=_ONE_LINE)]


class Wish(BaseModel):
    """Something that is to be done."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @field_validator("*", mode="before")
    @classmethod
    def _can_be_kept(cls, given: object) -> object:
        if not all(map(_is_text, _texts_in(given))):
            raise ValueError("expected text without NUL and without halves of characters")
        return given


def _texts_in(given: object) -> Iterator[str]:
    left = [given]  # as deep as JSON may be, which is deeper than calls within calls may
    while left:
        match left.pop():
            case str(text):
                yield text
            case list(several):
                left += several
            case dict(named):
                left += [*named, *named.values()]


def _is_text(given: str) -> bool:
    """Whether PostgreSQL keeps it: it takes neither a NUL nor a lone surrogate."""
    return "\0" not in given and (given.isascii() or not _HALF.search(given))


def _is_base64(given: str) -> str:
    b64decode(given, validate=True)
    return given


Base64 = Annotated[str, AfterValidator(_is_base64)]


class FileWish(Wish):
    """A file that goes along."""

    filename: Line
    content_type: str = Field(
        default="application/octet-stream", max_length=120, pattern=r"^[\w.+-]+/[\w.+-]+$"
    )
    content: Annotated[Base64, Field(max_length=36_000_000, description="In base64")]


def files_in(given: Sequence[FileWish]) -> tuple[AnswerFile, ...]:
    """The files, for the verbs."""
    return tuple(
        AnswerFile.uploaded(
            safe_name(one.filename) or "file", one.content_type, b64decode(one.content)
        )
        for one in given
    )


class Correction(Wish):
    """A correction; refused when others said something after the event `expected`."""

    expected: Annotated[int, Field(ge=0, lt=1 << 62)] | None = Field(
        default=None, description="The conversation's `last_event` when you looked at it"
    )


class SplitWish(Correction):
    """A message becomes a conversation of its own, with its author as the customer."""

    message: Number
    following: bool = Field(default=False, description="With all that came after it")


class MergeWish(Correction):
    """The whole conversation becomes a part of another."""

    into: Number


class HomeWish(Correction):
    """The conversation where a message belongs."""

    conversation: Number


class AddressWish(Wish):
    """An address from which the customer writes as well."""

    address: Line


class PhoneWish(Wish):
    """A number at which the customer can be called."""

    number: Line


class SamePersonWish(Wish):
    """Another customer who is the same person."""

    customer: Number


class UntilWish(Wish):
    """A time, with its offset from UTC."""

    until: Annotated[AwareDatetime, Field(strict=False)]


class MailboxWish(Wish):
    """Another mailbox."""

    mailbox: Number
    tell: bool = Field(default=False, description="The customer hears of it by mail")


class PriorityWish(Wish):
    """How urgent something is."""

    priority: Literal["low", "normal", "high", "urgent"]


class TagsWish(Wish):
    """Tags to put on, and tags to take off."""

    add: Annotated[list[Line], Field(max_length=20)] = []
    remove: Annotated[list[Line], Field(max_length=20)] = []


_Words = Annotated[str, StringConstraints(max_length=4000)]


class ClassWish(Wish):
    """What a conversation was about, and how it ended; what is empty stays as it was."""

    category: Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)] = ""
    solution: _Words = ""


class ClosureWish(ClassWish):
    """What is said with closing a conversation."""

    comment: _Words = Field(default="", description="A note that the customer never sees")
    assignee: Number | None = Field(default=None, description="Who had it")
    tell: bool | None = Field(
        default=None, description="Whether the customer is told; null as the mailbox does"
    )

    @property
    def ending(self) -> Ending:
        """The same, for the verbs."""
        return Ending(
            category=self.category,
            solution=self.solution,
            comment=self.comment,
            assignee_id=self.assignee,
            tells=self.tell,
        )


class AssigneeWish(Wish):
    """Who gets a conversation; nobody when null."""

    agent: Number | None


class CustomerNoteWish(Wish):
    """Something about a customer, for all who may see one of their conversations."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
