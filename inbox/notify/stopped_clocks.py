"""The mail that tells administrators of which conversations nobody hears in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.i18n import translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.notify.links import page
from inbox.notify.personal import new_mail, personal_draft
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.outbound.queue import enqueue_mail
from inbox.store.departments import administrators
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, Outbound

_SINCE: Final = timedelta(hours=12)  # they are set again a day later
_SHOWN: Final = 10
_STOPPED = Statement("""
select c.id, count(*) over () as number
  from conversation c
 where c.id in (
    select (args ->> 'conversation_id')::bigint from job
     where dead and kind in ('timers.ring', 'desk.come_back', 'silence.look') and done_at > :since)
 order by c.id desc limit :most
""")


@job("notify.stopped_clocks", retry=INTAKE)
async def stopped_clocks(db: Writer, context: Context, **_: Any) -> None:
    """Ask for the mails, where clocks have stopped."""
    now = utcnow()
    found = await _STOPPED.rows(db, since=now - _SINCE, most=_SHOWN)
    if not found:
        return
    about = {"number": found[0]["number"], "which": [one["id"] for one in found]}
    for agent in await administrators(db):
        mail = await new_mail(db, context, agent, "stopped_clocks", to=agent.email, **about)
        if mail is not None:
            await enqueue_mail(db, mail, context.settings, now=now)


@composer("stopped_clocks")
async def stopped_clocks_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """How many, which, and what that means."""
    agent = await db.get_one(Agent, outbound.agent_id)
    language = language_of(agent, outbound.draft)
    texts = translations(language)
    number = outbound.draft["number"]
    subject = texts.ngettext(
        "%(number)d conversation is not watched", "%(number)d conversations are not watched", number
    )
    what = texts.ngettext(
        "An alarm clock went wrong five times, so that nobody may hear that this conversation is"
        " late, comes back or has no answer. It is tried again tomorrow; the log says why.",
        "Alarm clocks went wrong five times, so that nobody may hear that these conversations are"
        " late, come back or have no answer. It is tried again tomorrow; the log says why.",
        number,
    )
    body = render(
        "account",
        texts,
        language=language,
        subject=subject % {"number": number},
        what=what,
        # Without their subjects: not all of them are for every administrator to read.
        links=[page(f"{one}", context.settings, one) for one in outbound.draft["which"]],
        asks=False,
        unread=read_by_nobody(texts),
    )
    return await personal_draft(db, context, outbound, agent, body)
