"""Whether we have helped: the customer is asked once it is over, and what they say is written down.

Closing sets an alarm clock; what it finds when it rings decides. Nobody is asked whose address may
be forged, no list and no robot, nobody who has written again, and nobody twice for one matter.
"""

from __future__ import annotations

import gettext
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.errors import NotFound
from inbox.i18n import LANGUAGES
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.header_values import is_sendable
from inbox.mail.ids import new_message_id
from inbox.mail.parse import parse
from inbox.mail.robots import is_robot, is_through_list
from inbox.mail.tokens import hash_token
from inbox.model.actor import SYSTEM, Actor
from inbox.model.conversation import ActorKind, Status
from inbox.model.event import EventName
from inbox.model.satisfaction import LIFE, MOST_CHANGES, Rated, sentence
from inbox.outbound.keyed import TOKEN_LIFE, derived, rating_token, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.ratings import Asked, asked_of, grant_rating, satisfaction_of
from inbox.store.tables import Conversation, Customer, Mailbox, Satisfaction

_HEADER_END: Final = b"\r\n\r\n"


def rated_names(texts: gettext.NullTranslations) -> dict[Rated, str]:
    """What people call the answers."""
    _ = texts.gettext
    return {Rated.GOOD: _("Good"), Rated.SO_SO: _("So-so"), Rated.BAD: _("Bad")}


async def plan_asking(
    db: Writer, conversation: Conversation, mailbox: Mailbox, *, by: Actor, now: datetime
) -> None:
    """Ask to be woken when it is time to ask; only where a person has closed it."""
    if by.kind is not ActorKind.AGENT or not mailbox.asks_satisfaction:
        return
    await enqueue(
        db,
        "satisfaction.ask",
        key=f"satisfaction:{conversation.id}",
        run_at=now + timedelta(hours=mailbox.satisfaction_hours),
        conversation_id=conversation.id,
        closed_at=now.isoformat(),
    )


@job("satisfaction.ask", retry=INTAKE)
async def ask_job(
    db: Writer, context: Context, *, conversation_id: int, closed_at: str, **_: Any
) -> None:
    """It is time to ask; whether anybody is to be asked is found out now."""
    closed = datetime.fromisoformat(closed_at)
    await ask(db, conversation_id, closed, context=context, now=utcnow())


async def ask(
    db: Writer, conversation_id: int, closed_at: datetime, *, context: Context, now: datetime
) -> bool:
    """Ask the customer of a conversation that was closed then, if they may be asked; whether so.

    A second time changes nothing, whatever became of the first.
    """
    try:
        conversation = await lock(db, conversation_id)
    except NotFound:
        return False
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    # One that was merged, or closed again, has an alarm clock of its own.
    is_so = conversation.id == conversation_id and conversation.closed_at == closed_at
    wanted = mailbox.asks_satisfaction and mailbox.removed_at is None
    if not (is_so and wanted and conversation.status == Status.CLOSED):
        return False
    # Two conversations of one customer are asked about one after the other.
    await db.get_one(Customer, conversation.customer_id, with_for_update=True)
    since = now - timedelta(days=mailbox.satisfaction_days)
    found = await asked_of(db, conversation, closed_at=closed_at, since=since)
    if found is None or has_no_person(found.address, found.head):
        return False
    await _ask(db, conversation, mailbox, found, context=context, now=now)
    return True


def has_no_person(address: str, head: bytes | None) -> bool:
    """Whether nobody reads what comes to an address; or many do, as the mail's header says."""
    if not is_sendable(address) or is_robot(address):
        return True
    header = (head or b"").partition(_HEADER_END)[0]
    return is_through_list(parse(header + _HEADER_END))


async def _ask(
    db: Writer,
    conversation: Conversation,
    mailbox: Mailbox,
    found: Asked,
    *,
    context: Context,
    now: datetime,
) -> None:
    secret = context.secret
    language = found.language if found.language in LANGUAGES else mailbox.language
    # The same each time: a mail that is in the queue already is not asked for again.
    source = derived(secret, "satisfaction", conversation.id)
    header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, source)
    key = hash_token(rating_token(secret, header_id))
    db.add(
        Satisfaction(
            conversation_id=conversation.id,
            token_hash=key,
            address=found.address,
            language=language,
            asked_at=now,
            expires_at=now + LIFE,
        )
    )
    await db.flush()
    # It leads home for longer than it says anything.
    until = now + TOKEN_LIFE
    await grant_rating(db, conversation.id, key, address=found.address, now=now, until=until)
    has_token = mailbox.customer_token
    mail = NewMail(
        kind="satisfaction",
        recipients=(found.address,),
        header_id=header_id,
        sender="",  # RFC 3834 §3.3: what cannot be delivered comes back to nobody
        mailbox_id=mailbox.id,
        conversation_id=conversation.id,
        message_id=found.message_id,
        draft={
            "from": mailbox.address,
            "name": mailbox.name,
            "to": found.address,
            "language": language,
            "token": has_token,
            "footer": mailbox.footer,
        },
        token_hash=hash_token(reply_token(secret, header_id)) if has_token else None,
    )
    await enqueue_mail(db, mail, context.settings, now=now)
    about = {"to": found.address}
    await record(
        db, conversation.id, EventName.SATISFACTION_ASKED, by=SYSTEM, now=now, payload=about
    )


async def rate(
    db: Writer, key: bytes, rated: Rated, words: str | None = None, *, now: datetime
) -> Satisfaction | None:
    """Write down what the customer says to whom the token of this hash was sent; None for one that
    is over, or of nobody. The same again changes nothing; without `words` theirs stay.

    Of whoever changes their mind more often than anybody does, the last word is not heard.
    """
    found = await satisfaction_of(db, key, now=now)
    if found is None:
        return None
    conversation = await lock(db, found.conversation_id)
    await db.refresh(found, with_for_update=True)
    before = found.rated
    # What was said to another answer does not belong to this one.
    own = found.words if rated == before else ""
    said = own if words is None else sentence(words)
    if (before, found.words) == (rated, said) or found.changes >= MOST_CHANGES:
        return found
    found.rated, found.words, found.rated_at = rated, said, now
    found.changes += 1
    customer = await db.get_one(Customer, conversation.customer_id)
    await db.flush()
    await record(
        db,
        conversation.id,
        EventName.SATISFACTION_RATED,
        by=Actor.customer(customer.id, customer.name or found.address),
        now=now,
        payload={"rated": str(rated), "words": said, "before": before},
    )
    return found
