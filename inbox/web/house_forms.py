"""The forms of the pages on which people, mailboxes and texts are looked after."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, StringConstraints

from inbox.errors import InboxError, Invalid
from inbox.refusals import Refusal
from inbox.sla.targets import targets_of_cells
from inbox.web.forms import Line, Numeral, Secret

# Of a mailbox: what is typed and not chosen.
_WRITTEN: Final = {
    "hours": Invalid(Refusal.HOURS),
    "own_days": Invalid(Refusal.OWN_DAYS),
    "targets": Invalid(Refusal.TARGETS),
}
ALONE: Final = "me"  # no address: these have an @
LongWords = Annotated[str, StringConstraints(max_length=100_000)]


class InviteForm(BaseModel):
    """Somebody who is not here yet."""

    name: Line = ""
    email: Line = ""
    role: Line = "agent"
    language: Line = ""
    mailboxes: list[Numeral] = []


class PersonForm(BaseModel):
    """What is changed of a person: one field or several; what is missing stays."""

    name: Line | None = None
    role: Line | None = None
    language: Line | None = None
    zone: Line | None = None
    skills: Line | None = None


class AddressForm(BaseModel):
    """A mail address."""

    address: Line = ""


class MemberForm(BaseModel):
    """One of ours, by address."""

    email: Line = ""


class MailboxForm(BaseModel):
    """A mailbox that is not here yet."""

    name: Line = ""
    address: Line = ""
    language: Line = ""
    zone: Line = ""


class MailboxSettingsForm(BaseModel):
    """What is changed of a mailbox: what is missing stays. The keys are those of the desk."""

    name: Line | None = None
    address: Line | None = None
    language: Line | None = None
    time_zone: Line | None = None
    signature: LongWords | None = None
    footer: LongWords | None = None
    confirm: Line | None = None
    confirm_daily: Line | None = None
    tell_closed: Line | None = None
    remind_days: Line | None = None
    close_days: Line | None = None
    hours: LongWords | None = None
    own_days: LongWords | None = None
    country: Line | None = None
    region: Line | None = None
    targets: list[Line] | None = None  # the cells of a table; or all of it in words
    manager: Line | None = None
    above: Line | None = None
    critical: list[Line] | None = None
    same_day: Line | None = None
    undo_seconds: Line | None = None
    reopen_days: Line | None = None
    quote: Line | None = None
    customer_token: Line | None = None
    join: Line | None = None
    proof: Line | None = None
    colleagues_answer: Line | None = None
    categories: LongWords | None = None
    close_needs: list[Line] | None = None
    ask_satisfaction: Line | None = None
    satisfaction_hours: Line | None = None
    satisfaction_days: Line | None = None

    def in_words(self, error: InboxError) -> InboxError:
        """The error; or, where it has no words for people, how to write what was typed."""
        typed = [one for key, one in _WRITTEN.items() if getattr(self, key) is not None]
        return typed[0] if typed and error.refusal is None else error

    def given(self) -> dict[str, str]:
        """What is to be changed, as the desk reads it; several values with commas between."""
        values = self.model_dump(exclude_none=True)
        if self.targets is not None and len(self.targets) > 1:
            try:
                values["targets"] = targets_of_cells(self.targets)
            except ValueError as error:
                raise Invalid from error
        return {
            key: ",".join(filter(None, value)) if isinstance(value, list) else value
            for key, value in values.items()
        }


class TrialForm(BaseModel):
    """Where a test mail goes."""

    to: Literal["me", "mailbox"] = "mailbox"
    step: Line = ""


class DepartmentForm(BaseModel):
    """A department that is asked by one address."""

    name: Line = ""
    address: Line = ""


class ChosenForm(BaseModel):
    """A first password, by who was invited."""

    new: Secret = ""
    again: Secret = ""


class TextForm(BaseModel):
    """An approved text in one language."""

    name: Line = ""
    kind: Line = "template"
    language: Line = ""
    title: Line = ""
    body: LongWords = ""
    form: Line = "plain"
    mailbox: Line = ""  # ALONE for one's own
    preview: Line = ""
    keeping: list[Numeral] = []  # of its files
    kept: list[
        Annotated[str, StringConstraints(max_length=1000)]
    ] = []  # files that were chosen before one looked at it

    @property
    def is_personal(self) -> bool:
        """Whether nobody else has it."""
        return self.mailbox == ALONE


class TagNameForm(BaseModel):
    """What a tag is called from now on."""

    name: Line = ""
