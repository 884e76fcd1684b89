"""Figures of the desk, as programs have them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.reports.asked import Report, question, report
from inbox.reports.sheet import values
from inbox.store.reported import By, Figures

router = APIRouter(tags=["statistics"])
_Day = Annotated[str, Query(pattern=r"^\d{4}-\d\d-\d\d$")]


class FiguresOut(BaseModel):
    """What is counted; null for what is not known. docs/statistics.md says what each means."""

    incoming: int
    answered: int
    closed: int
    begun: int = Field(description="Conversations that customers began; all else is of these")
    first_answers: int
    first_answer_median_minutes: float | None = Field(description="In the hours of the mailbox")
    first_answer_p90_minutes: float | None
    within_target_percent: float | None
    same_day_percent: float | None

    @classmethod
    def of(cls, figures: Figures) -> FiguresOut:
        return cls.model_validate(values(figures))


class LineOut(BaseModel):
    """Figures of a day, a week, a month, a mailbox or a person."""

    id: int | None = Field(description="Of the mailbox or the person; null for nobody and days")
    name: str = Field(description="Its name; of a day, week or month its first day")
    figures: FiguresOut


class StatisticsOut(BaseModel):
    """Figures of a period."""

    first: date
    last: date
    by: By
    lines: list[LineOut]
    total: FiguresOut
    counted_until: datetime | None

    @classmethod
    def of(cls, found: Report) -> StatisticsOut:
        asked = found.question
        is_somebody = asked.by in (By.PERSON, By.MAILBOX)
        return cls(
            first=asked.first,
            last=asked.last,
            by=asked.by,
            lines=[
                LineOut(
                    id=(one.key or None) if is_somebody else None,
                    name=one.name,
                    figures=FiguresOut.of(one.figures),
                )
                for one in found.lines
            ],
            total=FiguresOut.of(found.total),
            counted_until=found.counted_until,
        )


@router.get("/statistics", dependencies=[allow(Permission.STATISTICS)])
async def show_statistics(
    here: HereNow,
    first: Annotated[_Day | None, Query(alias="from")] = None,
    last: Annotated[_Day | None, Query(alias="to")] = None,
    by: By = By.DAY,
    mailbox: Annotated[list[int], Query(max_length=100)] = [],  # noqa: B006 - FastAPI copies it
) -> StatisticsOut:
    """Figures of your mailboxes; by person of everybody for managers, else of yourself alone."""
    asked = question(
        first=first or "", last=last or "", by=by, mailboxes=mailbox, today=here.now.date()
    )
    async with here.house.database.read() as db:
        return StatisticsOut.of(await report(db, here.viewer, asked, now=here.now))
