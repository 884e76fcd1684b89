"""The forms of rules and webhooks: a rule is lines, a word each and what stands behind it."""

from __future__ import annotations

import gettext
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from inbox.rules.spelled import Line as Said
from inbox.rules.spelled import Spelled, names_somebody
from inbox.web.forms import Line

_Words = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
_SPARE = 2  # empty lines below those that are written


class RuleForm(BaseModel):
    """A rule as the page has it; lines without a word are none."""

    name: Line = ""
    mailbox: Line = ""
    when: Line = "mail"
    match: Line = "all"
    stop: Line = ""
    about: list[Line] = []
    negate: list[Line] = []
    value: list[_Words] = []
    do: list[Line] = []
    what: list[_Words] = []
    trial: Line = ""
    more: Line = ""
    before: Annotated[str, StringConstraints(pattern=r"^(?:[0-9]{1,18}( [0-9]{1,4}){2})?$")] = ""

    @classmethod
    def of(cls, name: str, mailbox: str, rule: Spelled) -> RuleForm:
        """A rule that is kept."""
        return cls(
            name=name,
            mailbox=mailbox,
            when=rule.when,
            match=rule.match,
            stop="on" if rule.stop else "",
            about=[one.word for one in rule.conditions],
            negate=["not" if one.negate else "" for one in rule.conditions],
            value=[one.value for one in rule.conditions],
            do=[one.word for one in rule.actions],
            what=[one.value for one in rule.actions],
        )

    @property
    def conditions(self) -> list[Said]:
        """Those that are written."""
        negate = self.negate + [""] * len(self.about)
        values = self.value + [""] * len(self.about)
        lines = zip(self.about, negate, values, strict=False)
        return [Said(word, value, bool(no)) for word, no, value in lines if word]

    @property
    def actions(self) -> list[Said]:
        """Those that are written."""
        values = self.what + [""] * len(self.do)
        return [Said(word, value) for word, value in zip(self.do, values, strict=False) if word]

    @property
    def is_trial(self) -> bool:
        """Whether nothing is kept."""
        return bool(self.trial or self.before)

    @property
    def tried(self) -> tuple[int | None, int, int]:
        """Before which mail a trial goes on, how many it has looked at, and how many matched."""
        if not self.before:
            return None, 0, 0
        before, looked, matched = map(int, self.before.split())
        return before, looked, matched

    @property
    def spare(self) -> int:
        """How many empty lines the page shows."""
        return 3 * _SPARE if self.more else _SPARE

    def document(self) -> dict[str, Any]:
        """As it is kept. Raises Invalid."""
        rule = Spelled(
            when=self.when,
            match=self.match,
            stop=bool(self.stop),
            conditions=tuple(self.conditions),
            actions=tuple(self.actions),
        )
        return rule.document()


class SwitchForm(BaseModel):
    """On or off."""

    on: Line = ""


class PlaceForm(BaseModel):
    """Where it stands."""

    place: Annotated[int, Field(ge=0, le=1000)] = 1


class WebhookForm(BaseModel):
    """A program that hears of something."""

    name: Line = ""
    url: Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)] = ""
    mailbox: Line = ""
    events: _Words = ""
    enabled: Line = ""

    def named(self) -> list[str]:
        """The events, by name."""
        return [one.strip() for one in self.events.replace("\n", ",").split(",") if one.strip()]


def behind(texts: gettext.NullTranslations, line: Said) -> str:
    """What stands behind a word, so that a line is whole where nothing was written there."""
    if line.word in ("assign_turn", "assign_load") and not names_somebody(line):
        everybody = texts.gettext("everybody of the mailbox")
        return f"{everybody}, {line.value}" if line.value else everybody
    return line.value
