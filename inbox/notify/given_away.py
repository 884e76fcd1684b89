"""Whoever gives work to somebody who is away hears of it: they may not know."""

from __future__ import annotations

from datetime import datetime

from inbox.clock import utcnow
from inbox.desk.away import is_away
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.notify.days import end_in_words
from inbox.notify.draft import draft_of
from inbox.notify.guests import place_of
from inbox.notify.reading import read
from inbox.notify.render import render
from inbox.orders.verbs import Verb, told
from inbox.outbound.about import write_about
from inbox.outbound.composers import composer
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation, Outbound


@job("notify.given_away", retry=INTAKE)
async def given_away(
    db: Writer, context: Context, *, conversation_id: int, agent_id: int, to: int
) -> None:
    """Ask for the mail that says until when the one is away to whom it was given; or for none."""
    now = utcnow()
    holder = await db.get_one(Agent, to)
    if holder.away_until is None or not is_away(holder.away_until, now):
        return
    conversation = await db.get_one(Conversation, conversation_id)
    await write_about(
        db,
        context,
        conversation,
        await db.get_one(Agent, agent_id),
        "given_away",
        conversation.last_event_id,
        now=now,
        draft={"name": holder.name, "until": holder.away_until.isoformat()},
    )


@composer("given_away")
async def given_away_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """It was done; and they are away."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    until = datetime.fromisoformat(outbound.draft["until"])
    about = {
        "name": outbound.draft["name"],
        "until": end_in_words(until, reading.language, reading.zone),
    }
    body = render(
        "away",
        reading.texts,
        language=reading.language,
        subject=reading.conversation.subject,
        what=_("%(name)s is away until %(until)s.") % about,
        why=[_("The conversation is with them now. To give it to somebody else, answer with:")],
        write=f"@{told(Verb.ASSIGN, reading.language)} …",
        inside=reading.answering,
        conversations=[place_of(reading)],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")
