"""A rule as it is written and kept: what it asks, and what it does then. Versions are data."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from inbox.refusals import Refusal
from inbox.rules.faults import RuleFault

MOST: Final = 50  # conditions, actions or words of one rule
VERSION: Final = 1
_OF_A_MAIL: Final = frozenset(
    "recipient sender sender_name subject text words header file has_file new proof".split()
)

_WITHOUT_NUL: Final = r"^[^\x00]*$"  # no database keeps it, and no mail has it in its words
_Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=320, strip_whitespace=True, pattern=_WITHOUT_NUL),
]
_Lines = Annotated[tuple[_Line, ...], Field(min_length=1, max_length=MOST)]
_Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_WITHOUT_NUL)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Condition(_Part):
    negate: bool = Field(default=False, description="True: it holds where this does not")


class Named(_Condition):
    """A name or address is like one of these; `*` stands for anything."""

    about: Literal["recipient", "sender", "sender_name", "organisation", "file"]
    any: _Lines


class Said(_Condition):
    """One of these stands in the words; `refund*` is every word that begins so."""

    about: Literal["subject", "text", "words"]
    any: _Lines


class Header(_Condition):
    """A header of the mail is like one of these; without any, it is there."""

    about: Literal["header"]
    name: _Line
    any: Annotated[tuple[_Line, ...], Field(max_length=MOST)] = ()


class State(_Condition):
    """Something of the conversation or the mail is one of these."""

    about: Literal["mailbox", "status", "priority", "category", "tag", "language", "proof"]
    any: _Lines


class Flag(_Condition):
    """Something is so."""

    about: Literal["new", "assigned", "has_file", "open_hours"]


class Waiting(_Condition):
    """The customer has waited at least so long, in open hours."""

    about: Literal["waiting"]
    minutes: Annotated[int, Field(ge=1, le=525_600)]


Condition = Annotated[Named | Said | Header | State | Flag | Waiting, Field(discriminator="about")]


class Move(_Part):
    """To another mailbox."""

    do: Literal["move"]
    mailbox: _Line


class Assign(_Part):
    """To one of these people, or of all of the mailbox: in turn, or who has the least."""

    do: Literal["assign"]
    to: Annotated[tuple[_Line, ...], Field(max_length=MOST)] = ()
    by: Literal["turn", "load"] = "turn"
    skill: Annotated[
        str, StringConstraints(max_length=80, strip_whitespace=True, pattern=_WITHOUT_NUL)
    ] = ""
    over: bool = Field(default=False, description="Also what somebody has already")


class Tag(_Part):
    """Tags on and off."""

    do: Literal["tag"]
    add: Annotated[tuple[_Line, ...], Field(max_length=20)] = ()
    remove: Annotated[tuple[_Line, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _does_something(self) -> Tag:
        if not self.add and not self.remove:
            raise RuleFault(Refusal.RULE_LINE_EMPTY, line="actions.tag")
        return self


class Prioritize(_Part):
    """How urgent it is."""

    do: Literal["priority"]
    value: Literal["low", "normal", "high", "urgent"]


class AnswerWith(_Part):
    """The customer gets an approved text."""

    do: Literal["answer"]
    template: _Line


class Note(_Part):
    """A comment inside."""

    do: Literal["note"]
    text: _Words


class Notify(_Part):
    """These people hear of it, whatever they hear else."""

    do: Literal["notify"]
    whom: _Lines


class Spam(_Part):
    """It is spam; nothing else is done with it."""

    do: Literal["spam"]


class Webhook(_Part):
    """Another program hears of it."""

    do: Literal["webhook"]
    to: _Line  # what it is called in the house


class Promise(_Part):
    """An answer is due within so many open hours."""

    do: Literal["promise"]
    hours: Annotated[int, Field(ge=1, le=1000)]


Action = Annotated[
    Move | Assign | Tag | Prioritize | AnswerWith | Note | Notify | Spam | Webhook | Promise,
    Field(discriminator="do"),
]


class Rule(_Part):
    """When something happens and these conditions hold, these actions are done, in order."""

    version: Literal[1] = VERSION
    when: Literal["mail", "time"] = Field(
        default="mail", description="A customer's mail comes; or while a conversation waits"
    )
    match: Literal["all", "any"] = "all"
    conditions: Annotated[tuple[Condition, ...], Field(max_length=MOST)] = ()
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=MOST)]
    stop: bool = Field(default=False, description="No rule below it is looked at then")

    @model_validator(mode="after")
    def _asks_what_there_is(self) -> Rule:
        asked = {one.about for one in self.conditions}
        if self.when == "time" and (wrong := asked & _OF_A_MAIL):
            lines = [f"conditions.{one}" for one in sorted(wrong)]
            raise RuleFault(Refusal.RULE_OF_MAIL, line=lines)
        if self.when == "time" and "waiting" not in asked:
            raise RuleFault(Refusal.RULE_HOW_LONG, line="conditions.waiting")
        return self


READ: Final[TypeAdapter[Rule]] = TypeAdapter(Rule)
