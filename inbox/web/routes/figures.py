"""Figures of the desk: pictures with their table, and the same as CSV."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.auth.permissions import Permission, may
from inbox.errors import Invalid
from inbox.reports.asked import Question, Report, question, report
from inbox.reports.sheet import as_csv
from inbox.store.conversations import mailboxes_of
from inbox.store.reported import By
from inbox.web.again import with_fault
from inbox.web.figures import pictures, table
from inbox.web.forms import number_of
from inbox.web.pages import as_html, html_response, reader_of

router = APIRouter()
Look = allow(Permission.STATISTICS)
Said = Annotated[str, Query(max_length=20)]


@router.get("/statistics", dependencies=[Look])
async def show_figures(
    here: HereNow,
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
    by: Said = "",
    mailbox: Said = "",
) -> Response:
    """How much, how fast and how reliably, of one's mailboxes; of people for managers."""
    reader, error = reader_of(here), None
    try:
        asked = _asked(here, first, last, by, mailbox)
    except Invalid as refused:
        asked, error = _asked(here, "", "", "", mailbox), refused
    async with here.house.database.read() as db:
        found = await report(db, here.viewer, asked, now=here.now)
        mailboxes = await mailboxes_of(db, here.viewer)
    html = as_html(
        here,
        "figures.html",
        report=found,
        pictures=pictures(found, reader) if found.lines else [],
        table=table(found, reader),
        mailboxes=mailboxes,
        splits=_splits(here),
        until=reader.calendar.when(found.counted_until) if found.counted_until else None,
        query="" if error else here.request.url.query,
    )
    if error:
        html = with_fault(here, html, error, error.said(reader.texts)) or html
    return html_response(here, html, error.http if error else 200)


@router.get("/statistics.csv", dependencies=[Look])
async def save_figures(
    here: HereNow,
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
    by: Said = "",
    mailbox: Said = "",
) -> Response:
    """The same for a spreadsheet."""
    async with here.house.database.read() as db:
        asked = _asked(here, first, last, by, mailbox)
        found = await report(db, here.viewer, asked, now=here.now)
    return csv_of(found)


def csv_of(found: Report) -> Response:
    """The file, which is saved and never shown."""
    asked = found.question
    name = f"figures-{asked.first}-{asked.last}-{asked.by}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(as_csv(found), 200, headers, "text/csv; charset=utf-8")


def _asked(here: Here, first: str, last: str, by: str, mailbox: str) -> Question:
    one = number_of(mailbox)
    chosen = () if one is None else (one,)
    today = here.now.astimezone(reader_of(here).calendar.zone).date()
    return question(first=first, last=last, by=by, mailboxes=chosen, today=today)


def _splits(here: Here) -> list[tuple[By, str]]:
    _ = reader_of(here).texts.gettext
    people = may(here.viewer, Permission.STATISTICS_OF_PEOPLE)
    return [
        (By.DAY, _("by day")),
        (By.WEEK, _("by week")),
        (By.MONTH, _("by month")),
        (By.MAILBOX, _("by mailbox")),
        (By.PERSON, _("by person") if people else _("of me alone")),
    ]
