"""One mail about all that was held in a person's name since they were told often enough."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from inbox.clock import utcnow
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.notify.draft import draft_of
from inbox.notify.guests import has_pages
from inbox.notify.links import page
from inbox.notify.reading import read
from inbox.notify.render import render
from inbox.outbound.composers import composer
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.engine import Reader, Writer
from inbox.store.often import untold
from inbox.store.tables import Agent, Outbound

_MOST_NAMED: Final = 10


@job("notify.held_more", retry=INTAKE)
async def tell_of_more(
    db: Writer, context: Context, *, agent_id: int, since: str, **_: Any
) -> None:
    """Ask for the mail, where anything still waits."""
    places = await untold(db, agent_id, datetime.fromisoformat(since))
    if not places:
        return
    agent, newest = await db.get_one(Agent, agent_id), places[0]
    source = derived(context.secret, "held_more", agent_id, newest["message_id"])
    header_id = new_message_id(newest["address"].rpartition("@")[2], context.secret, source)
    mail = NewMail(
        kind="held_more",
        recipients=(agent.email,),
        header_id=header_id,
        token_hash=hash_token(reply_token(context.secret, header_id)),
        sender=newest["address"],
        mailbox_id=newest["mailbox_id"],
        conversation_id=newest["id"],
        message_id=newest["message_id"],
        agent_id=agent_id,
        draft={
            "count": sum(one["held"] for one in places),
            "places": [[one["id"], one["subject"]] for one in places[:_MOST_NAMED]],
        },
    )
    await enqueue_mail(db, mail, context.settings, now=utcnow())


@composer("held_more")
async def held_more_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """How many there are, and where they can be looked at."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    count = int(outbound.draft["count"])
    what = reading.texts.ngettext(
        "%(count)d more mail in your name was held back: nothing was sent.",
        "%(count)d more mails in your name were held back: nothing was sent.",
        count,
    )
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        subject=reading.conversation.subject,
        what=what % {"count": count},
        why=[_("Perhaps a program answers for you, or somebody pretends to be you.")],
        how=[],
        words="",
        copies="",
        let_go=[],
        each=True,
        links=[
            page(str(subject) or _("Open"), context.settings, place)
            for place, subject in outbound.draft["places"]
            if has_pages(reading)
        ],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")
