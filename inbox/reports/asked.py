"""Figures as somebody asks for them: which they may see, and what each row is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from inbox.auth.permissions import Permission, may
from inbox.errors import Invalid, NotFound
from inbox.model.viewer import Viewer
from inbox.model.zones import zone_called
from inbox.refusals import Refusal
from inbox.store.counting import counted_until
from inbox.store.engine import Reader
from inbox.store.people import all_agents, all_mailboxes
from inbox.store.reported import By, Counted, Figures, figures

LONGEST: Final = timedelta(days=3 * 366)
# No mail is of another day, and what is counted around these is a date that there is.
_EARLIEST: Final = date(1970, 1, 2)
_LATEST: Final = date(9000, 1, 1)
_USUAL: Final = timedelta(days=29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Of which days, split into what, of which of one's mailboxes (all of them: none)."""

    first: date
    last: date
    by: By = By.DAY
    mailboxes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of figures, with what it is of; `name` is empty for what is nobody's."""

    key: int
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The answer; `counted_until` says up to when all is counted."""

    question: Question
    lines: Sequence[Line]
    total: Figures
    is_own: bool  # of who asks alone
    counted_until: datetime | None


def question(
    *,
    first: str = "",
    last: str = "",
    by: str = "",
    mailboxes: Sequence[int] = (),
    today: date,
) -> Question:
    """What was asked for, in days such as 2026-11-23; thirty days where nothing is said.

    Raises Invalid for what are no days, too many or none, and for another split.
    """
    try:
        until = date.fromisoformat(last) if last else today
        since = date.fromisoformat(first) if first else until - _USUAL
        split = By(by) if by else By.DAY
    except (ValueError, OverflowError) as error:
        raise Invalid(Refusal.UNUSABLE) from error
    if not _EARLIEST <= since <= until <= _LATEST or until - since > LONGEST:
        raise Invalid(Refusal.PERIOD, field="from" if first else "to")
    return Question(first=since, last=until, by=split, mailboxes=tuple(mailboxes))


async def report(db: Reader, viewer: Viewer | None, asked: Question, *, now: datetime) -> Report:
    """The figures that a person may see: of their mailboxes, and of all in them for managers; of
    everything for a command (None). Raises NotFound for a mailbox that is not theirs.
    """
    mailboxes = await all_mailboxes(db)
    known = {one.id: one.name for one in mailboxes}
    theirs = set(known) if viewer is None else set(viewer.mailboxes)
    if not theirs.issuperset(asked.mailboxes):
        raise NotFound
    is_own = (
        viewer is not None
        and asked.by is By.PERSON
        and not may(viewer, Permission.STATISTICS_OF_PEOPLE)
    )
    counted = await figures(
        db,
        asked.by,
        todays={
            one.id: now.astimezone(zone_called(one.time_zone)).date()
            for one in mailboxes
            if one.id in (asked.mailboxes or theirs)
        },
        first=asked.first,
        last=asked.last,
        now=now,
        only=viewer.id if viewer and is_own else None,
    )
    return Report(
        question=asked,
        lines=await _lines(db, asked.by, counted, known),
        total=counted.total,
        is_own=is_own,
        counted_until=await counted_until(db),
    )


async def _lines(db: Reader, by: By, counted: Counted, mailboxes: dict[int, str]) -> list[Line]:
    if by is By.PERSON:
        names = {one.id: one.name for one in await all_agents(db)}
    elif by is By.MAILBOX:
        names = mailboxes
    else:
        names = {key: day_of(key).isoformat() for key in counted.rows}
    lines = [
        Line(key=key, name=names.get(key, ""), figures=one) for key, one in counted.rows.items()
    ]
    is_named = by in (By.PERSON, By.MAILBOX)
    # What nobody has stands last.
    return sorted(lines, key=lambda one: (not one.name, one.name.casefold()) if is_named else ())


def day_of(key: int) -> date:
    """The first day of a row by time."""
    return datetime.fromtimestamp(key, UTC).date()
