"""Somebody gave a conversation back, and nobody has it: whoever gives out the work is told.

In the thread of the conversation, and answered like any notice: by a comment, or by what is to be
done with it.
"""

from __future__ import annotations

from inbox.clock import utcnow
from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.notify.away import offers, others_beside
from inbox.notify.draft import draft_of
from inbox.notify.giving import to_give, to_take
from inbox.notify.guests import place_of
from inbox.notify.reading import read
from inbox.notify.render import render
from inbox.outbound.about import write_about
from inbox.outbound.composers import composer
from inbox.store.away import present, unassigned
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation, Outbound


@job("notify.given_back", retry=INTAKE)
async def given_back(db: Writer, context: Context, *, conversation_id: int, agent_id: int) -> None:
    """Ask for the mails that say so, if nobody has it yet."""
    now = utcnow()
    agent = await db.get_one(Agent, agent_id)
    left = await unassigned(db, conversation_id)
    people = await present(db, [one.mailbox_id for one in left], besides=agent_id, now=now)
    for one in offers(left, people):
        there = one.conversations[0]
        await write_about(
            db,
            context,
            await db.get_one(Conversation, there.id),
            await db.get_one(Agent, one.to.id),
            "given_back",
            there.last_event_id,
            agent.id,
            now=now,
            draft={"who": agent.name, "people": others_beside(there, people, one.to)},
        )


@composer("given_back")
async def given_back_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Who gave it back, and the mails that give it to somebody."""
    reading = await read(db, context, outbound)
    texts, draft = reading.texts, outbound.draft
    _ = texts.gettext
    subject = reply_subject(reading.conversation.subject)
    links = [
        to_take(texts, reading.address("take"), subject),
        *(to_give(texts, one, reading.address("n"), subject) for one in draft["people"]),
    ]
    body = render(
        "away",
        texts,
        language=reading.language,
        subject=reading.conversation.subject,
        what=_("%(name)s gave the conversation back.") % {"name": draft["who"]},
        why=[_("Nobody has it now. A link below gives it to somebody.")],
        inside=reading.answering,
        conversations=[place_of(reading, *links)],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")
