"""The forms of the web view: each field that is read is named here, nothing else is."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from inbox.asgi.presence import Doing
from inbox.desk.finish import Ending
from inbox.model.lists import Folder

# "12", "#12 Boots", or what stands in the address line of the other page.
_NUMBER = re.compile(r"^(?:.*/conversations/|\s*#?\s*)([0-9]{1,17})(?![0-9])")

Line = Annotated[str, StringConstraints(max_length=320, strip_whitespace=True)]
Secret = Annotated[str, StringConstraints(max_length=4096)]
Numeral = Annotated[int, Field(gt=0, lt=1 << 62)]
Words = Annotated[str, StringConstraints(max_length=600_000)]
Tells = Annotated[bool | None, BeforeValidator(lambda given: given or None)]
Addresses = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]


class SignInForm(BaseModel):
    """Name and password. What comes longer is refused after it was read, without hashing it."""

    email: Line = ""
    password: Secret = ""
    next: Annotated[str, StringConstraints(max_length=2000)] = ""


class CodeForm(BaseModel):
    """A code of the authenticator, or one for recovery."""

    code: Annotated[str, StringConstraints(max_length=100)] = ""


class MeForm(BaseModel):
    """Who somebody is here."""

    name: Line = ""
    language: Line = "en"
    zone: Line = ""


class LinesForm(BaseModel):
    """What somebody signs with."""

    lines: Annotated[str, StringConstraints(max_length=4000)] = ""


class AwayForm(BaseModel):
    """The last day on which somebody is not there."""

    day: Line = ""


class WishForm(BaseModel):
    """What somebody hears of a mailbox."""

    notices: Literal["all", "mine", "mentions", "none"] = "all"
    digest: Literal["off", "hourly", "daily"] = "off"
    dispatcher: Literal["off", "hourly", "daily"] = "off"


class NoticesForm(BaseModel):
    """When and how somebody hears of anything."""

    quiet_from: Line = ""
    quiet_to: Line = ""
    digest_at: Line = ""
    every: Annotated[int, Field(ge=60, le=90)] | None = None  # minutes
    bundles: bool = False
    tasks: bool = False
    sound: bool = False
    desktop: bool = False


class PasswordForm(BaseModel):
    """The password that somebody has, and the one that they want."""

    old: Secret = ""
    new: Secret = ""
    again: Secret = ""


class ProgramForm(BaseModel):
    """What tells a program from others."""

    name: Line = ""


class SetUpForm(BaseModel):
    """The first administrator."""

    token: Line = ""
    name: Line = ""
    email: Line = ""
    password: Secret = ""
    language: Line = ""
    zone: Line = ""


class ClosureForm(BaseModel):
    """What is said with closing a conversation; nobody is named where `agent` is empty."""

    category: Line = ""
    solution: Annotated[str, StringConstraints(max_length=4000)] = ""
    comment: Words = ""
    agent: Annotated[int | None, BeforeValidator(lambda given: given or None)] = None
    tell: Tells = None

    @property
    def ending(self) -> Ending:
        """The same, for the verbs."""
        return Ending(
            category=self.category,
            solution=self.solution,
            comment=self.comment,
            assignee_id=self.agent,
            tells=self.tell,
        )


class KeptForm(BaseModel):
    """What is saved while it is written: `kept` are files that are with us already, `version` is of
    the draft that the page knew, `over` writes over whatever was saved elsewhere.
    """

    kept: list[Annotated[str, StringConstraints(max_length=1000)]] = []
    version: int = 0
    over: bool = False


class AnswerForm(KeptForm, ClosureForm):
    """An answer or a note as written; `told`: what an earlier try said against it, `closing`: what
    closing needs was asked for."""

    text: Words = ""
    audience: Literal["all", "one"] = "all"
    cc: Addresses | None = None
    bcc: Addresses = ""
    sender: Line = ""
    quote: Literal["", "on", "off"] = ""
    then: Literal["", "close", "wait", "snooze", "next", "later"] = ""
    until: Line = ""
    key: Line = ""
    expected: int | None = None
    told: list[Line] = []
    was: Literal["", "reply", "note"] = ""  # the kind of the draft that the page knew
    closing: bool = False


class DraftForm(AnswerForm):
    """The same while it is still being written."""

    kind: Literal["reply", "note"] = "reply"


class DecisionForm(BaseModel):
    """What becomes of an answer that is held; `expected` is the last event that was seen."""

    decision: Literal["", "note"] = ""
    expected: int | None = None


class PresenceForm(BaseModel):
    """What a page says of who has it open; `page` is a name that it gave itself."""

    page: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    doing: Doing


class SoundForm(BaseModel):
    """Whether somebody wants to hear it when a customer writes."""

    sound: bool


class AssigneeForm(BaseModel):
    """Who gets a conversation; nobody when empty."""

    agent: Annotated[int | None, BeforeValidator(lambda given: given or None)]


class FollowerForm(BaseModel):
    """Somebody who was drawn into a conversation."""

    agent: Numeral


class UntilForm(BaseModel):
    """A time as somebody writes it: "3 days"."""

    until: Line = ""


class HomeForm(BaseModel):
    """Another mailbox, and what its people are told."""

    mailbox: int = 0
    note: Words = ""
    tell: Line = ""


class PriorityForm(BaseModel):
    """How urgent something is."""

    priority: Line = ""


class TagForm(BaseModel):
    """Tags to put on, with commas between, or one to take off."""

    tags: Line = ""
    without: Line = ""


class SplitForm(BaseModel):
    """A message that becomes a conversation of its own, alone or with all after it."""

    message: int
    following: bool = False
    expected: int | None = None


class TargetForm(BaseModel):
    """Another conversation, by its number or address."""

    conversation: Line = ""
    expected: int | None = None

    @property
    def number(self) -> int:
        """The conversation that is meant; 0 when none is."""
        found = _NUMBER.search(self.conversation)
        return int(found[1]) if found else 0


class WorkspaceForm(BaseModel):
    """A search that is kept; shared with nobody where no mailbox is named."""

    query: Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)] = ""
    name: Line = ""
    mailbox: Annotated[int | None, BeforeValidator(lambda given: given or None)] = None


class ShiftForm(BaseModel):
    """In which direction something goes in its list."""

    to: Literal["up", "down"] = "up"


def folder_of(value: str | None) -> Folder:
    """The folder of an address; what is unknown is the open ones."""
    return Folder(value) if value in set(Folder) else Folder.OPEN


def number_of(value: str | None) -> int | None:
    """The number in an address of a page, if it is one."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 18 else None


def safe_next(target: str) -> str:
    """Where to go after signing in: a path of ours, else the start."""
    is_path = target.startswith("/") and target[1:2] not in ("/", "\\") and "\\" not in target
    return target if is_path and target.isprintable() and target.isascii() else "/"


class CustomerNoteForm(BaseModel):
    """Something about a customer, for all of us."""

    text: Annotated[str, StringConstraints(max_length=4000)] = ""


class ContactForm(BaseModel):
    """Something by which a customer is reached: an address or a phone number."""

    contact: Line = ""


class SamePersonForm(BaseModel):
    """An address of somebody who is the same person as the customer."""

    address: Line = ""


class WrittenForm(BaseModel):
    """How words were written: in Markdown or not, and with which approved texts."""

    markdown: bool = False
    used: Annotated[list[Numeral], Field(max_length=20)] = []


class InsertForm(BaseModel):
    """An approved text that is to be put into what was written."""

    insert: Annotated[int, Field(ge=0, lt=1 << 62)] = 0


class LetterForm(KeptForm):
    """A letter on a page of its own: to whom it goes, and its words."""

    to: Addresses = ""
    cc: Addresses = ""
    bcc: Addresses = ""
    text: Words = ""
    key: Annotated[str, StringConstraints(max_length=40, pattern=r"^[\w-]*$")] = ""
    told: list[Line] = []


class LaterForm(LetterForm):
    """A letter that may leave later."""

    then: Literal["", "later"] = ""
    until: Line = ""


class ForwardForm(LaterForm):
    """To whom a customer's mail is passed on, and which of its files go along."""

    message: Numeral
    along: list[Numeral] = []
    quote: Literal["", "on", "off"] = ""


class BeginForm(LaterForm):
    """The first mail of a conversation that one of us begins."""

    mailbox: Annotated[int, Field(ge=0, lt=1 << 62)] = 0
    chosen: Line = ""  # of the customers who may have been meant
    subject: Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)] = ""
