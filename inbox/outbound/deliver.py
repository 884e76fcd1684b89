"""An outbound row → the relay, and what it said → the row.

The talk with the relay is no part of a transaction, so each step around it has its own: `sending`
is committed before the first word, the answers right after the last. A crash in between leaves a
row `sending`, which is sent again with the same bytes and marked. The job's own transaction only
holds a lock: a worker that is slower than its lease is never doubled by another.
Raises NotYet for what is to be tried again later; the job's policy says when, and when to give up;
Postponed while the relay is too slow for one more, or when we were told to stop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from inbox.clock import utcnow
from inbox.jobs.queue import NotNow, Postponed, enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import MAIL
from inbox.log import get_logger
from inbox.mail.compose import compose
from inbox.model.rank import Rank
from inbox.outbound.composers import composer_of
from inbox.outbound.keyed import bounce_address
from inbox.outbound.relay import Relay, relay_of
from inbox.outbound.transport import RelayTrouble, SmtpReply, transport_to
from inbox.outbound.turns import turns
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Outbound, OutboundRecipient
from inbox.store.withdrawn import is_for_them

log = get_logger("deliver")

_SOON = timedelta(seconds=10)
# What waits for the end of a minute, a night or a relay's trouble is looked at once more.
_OF_CONVERSATIONS = frozenset({"notice", "asked"})
_MOMENT = timedelta(seconds=5)
_LOCKS = 0x6D61  # the space of our advisory locks
# In place of the relay's words, which are English as well.
NOT_THEIRS = "whoever wrote it may not write there any more"


# An answer that waits for longer is told of: the customer could be reached in another way.
_LATE = Statement("""
select 1 from outbound
 where id = :id and kind = 'reply' and state = 'waiting' and run_at < now() - interval '1 hour'
""")
_ALONE = Statement("select pg_try_advisory_xact_lock(:space, :id) as is_ours")
_WAITING = Statement("""
select address from outbound_recipient
 where outbound_id = :id and state = 'waiting' order by address
""")
_BEGIN = Statement("""
update outbound set state = 'sending', maybe_twice = maybe_twice or state = 'sending'
 where id = :id and state in ('waiting', 'sending') returning draft
""")
_TOLD = Statement("""
update outbound_recipient set state = told.state, reply = told.reply
  from unnest(cast(:addresses as text[]), cast(:states as text[]), cast(:replies as text[]))
       as told(address, state, reply)
 where outbound_id = :id and outbound_recipient.address = told.address
""")


class NotYet(NotNow):
    """The mail could not be handed over for every recipient; the row says why."""


async def give_up(db: Writer, args: dict[str, Any], reason: str) -> None:
    """Mark a mail as failed that was tried for long enough, with the last words of the relay."""
    outbound_id = args["outbound_id"]
    reason = await db.scalar(select(Outbound.error).where(Outbound.id == outbound_id)) or reason
    await db.execute(
        update(OutboundRecipient)
        .where(OutboundRecipient.outbound_id == outbound_id, OutboundRecipient.state == "waiting")
        .values(state="failed", reply=func.coalesce(OutboundRecipient.reply, reason))
    )
    await _settle(db, outbound_id, error=reason)
    await enqueue(db, "desk.delivery_failed", rank=Rank.FOLLOWING, outbound_id=outbound_id)


@job("outbound.deliver", retry=MAIL, give_up=give_up)
async def deliver(db: Writer, context: Context, *, outbound_id: int) -> None:
    """Hand one mail to the relay. Does nothing for a mail that has left or was taken back."""
    relay = relay_of(context.settings)
    if relay is None:
        return  # kept; planned again when there is a relay
    if not await _is_alone(db, outbound_id):
        raise NotYet("another worker is still talking to the relay")
    if why := transport_to(relay).rests():
        await _leave_for_later(context, outbound_id, why)
    async with turns(context.settings.worker_concurrency).turn():
        await _talk(db, context, outbound_id, relay)


async def _talk(db: Writer, context: Context, outbound_id: int, relay: Relay) -> None:
    made = await _make(Reader(db), context, outbound_id)
    if made is None or (draft := await _begin(context, outbound_id)) is None:
        return
    if draft != made.draft:  # something was added to it meanwhile, for the last time
        made = await _make(Reader(db), context, outbound_id)
        if made is None:
            return
    wire, sender, recipients = made.wire, made.sender, made.recipients
    try:
        replies = await transport_to(relay).send(wire, sender=sender, recipients=recipients)
    except RelayTrouble as trouble:
        await _wait(context, outbound_id, trouble)
        if trouble.is_ours:  # whoever comes next takes it at once
            raise Postponed(timedelta()) from None
        # The words are kept in the row; they may name people, and the log must not.
        raise NotYet("the relay gave no answer") from None
    await _keep(context, outbound_id, replies)
    if later := [reply for reply in replies.values() if not _is_decided(reply)]:
        raise NotYet(f"the relay said {later[0].code}")


async def _is_alone(db: Writer, outbound_id: int) -> bool:
    rows = await _ALONE.rows(db, space=_LOCKS, id=outbound_id % (1 << 31))
    return bool(rows[0]["is_ours"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A mail's bytes, its envelope sender, who still waits for it, and of what it was made."""

    wire: bytes
    sender: str
    recipients: list[str]
    draft: dict[str, Any]


async def _make(db: Reader, context: Context, outbound_id: int) -> _Made | None:
    """The mail as it leaves; None if nobody waits for it."""
    outbound = await db.get(Outbound, outbound_id, populate_existing=True)
    if outbound is None or outbound.state not in ("waiting", "sending"):
        return None
    recipients = [row["address"] for row in await _WAITING.rows(db, id=outbound_id)]
    if not recipients or not await _is_theirs_still(db, context, outbound):
        return None
    draft = await composer_of(outbound.kind)(db, context, outbound)
    sender = outbound.sender and bounce_address(
        outbound.sender, outbound_id, context.secret, context.settings.domain
    )
    return _Made(
        wire=compose(draft), sender=sender, recipients=recipients, draft=dict(outbound.draft)
    )


async def _is_theirs_still(db: Reader, context: Context, outbound: Outbound) -> bool:
    """Whether the reader of a notice that has waited may see it; else it is taken back.

    So is what one of us has passed on to leave later, and who may not do so any more; that is told.
    """
    is_later = bool(outbound.draft.get("later"))
    is_one = is_later or outbound.kind in _OF_CONVERSATIONS
    if not is_one or utcnow() - outbound.created_at < _MOMENT:
        return True
    agent_id, conversation_id = outbound.agent_id, outbound.conversation_id
    if agent_id is None or conversation_id is None:
        return True
    if await is_for_them(db, agent_id, conversation_id):
        return True
    async with context.database.write() as writer:
        if is_later:
            await give_up(writer, {"outbound_id": outbound.id}, NOT_THEIRS)
            return False
        await writer.execute(
            update(Outbound)
            .where(Outbound.id == outbound.id, Outbound.state == "waiting")
            .values(state="cancelled")
        )
    return False


async def _begin(context: Context, outbound_id: int) -> dict[str, Any] | None:
    """Commit that we are about to talk; the mail's draft, None when it was taken back meanwhile."""
    async with context.database.write() as db:
        begun = await _BEGIN.rows(db, id=outbound_id)
        return begun[0]["draft"] if begun else None


async def _leave_for_later(context: Context, outbound_id: int, why: str) -> None:
    """Commit why a mail waits that nothing was tried with. Raises Postponed or NotYet."""
    async with context.database.write() as db:
        kind = await db.scalar(
            update(Outbound)
            .where(Outbound.id == outbound_id, Outbound.state == "waiting")
            .values(error=why)
            .returning(Outbound.kind)
        )
        await _warn(db, outbound_id)
    if kind == "reply":  # there are few, and a customer waits: it goes as soon as the relay is back
        raise Postponed(_SOON)
    raise NotYet("the relay gave no answer a moment ago")


async def _wait(context: Context, outbound_id: int, trouble: RelayTrouble) -> None:
    async with context.database.write() as db:
        await db.execute(
            update(Outbound)
            .where(Outbound.id == outbound_id)
            .values(
                state="waiting",
                error=str(trouble),
                maybe_twice=Outbound.maybe_twice | trouble.is_unsure,
            )
        )
        await _warn(db, outbound_id)


async def _keep(context: Context, outbound_id: int, replies: Mapping[str, SmtpReply]) -> None:
    """Commit what the relay said of each recipient, and what follows from a refusal."""
    refused = [reply for reply in replies.values() if reply.is_final]
    async with context.database.write() as db:
        await _TOLD.rows(
            db,
            id=outbound_id,
            addresses=list(replies),
            states=[_state(reply) for reply in replies.values()],
            replies=[str(reply) for reply in replies.values()],
        )
        problem = next((str(reply) for reply in replies.values() if not reply.is_accepted), None)
        await _settle(db, outbound_id, error=problem)
        if refused:
            await enqueue(db, "desk.delivery_failed", rank=Rank.FOLLOWING, outbound_id=outbound_id)
        await _warn(db, outbound_id)
    log.info("mail.answered", outbound=outbound_id, refused=len(refused), of=len(replies))


async def _warn(db: Writer, outbound_id: int) -> None:
    if await _LATE.rows(db, id=outbound_id):
        await enqueue(db, "desk.delivery_delayed", rank=Rank.FOLLOWING, outbound_id=outbound_id)


# The mail's own state follows from its recipients': it waits as long as one of them does.
_SETTLE = Statement("""
update outbound
   set state = told.state, error = cast(:error as text),
       sent_at = case when told.state = 'sent' then cast(:now as timestamptz) end
  from (select case when bool_or(state = 'waiting') then 'waiting'
                    when bool_or(state = 'sent') then 'sent' else 'failed' end as state
          from outbound_recipient where outbound_id = :id) as told
 where id = :id
""")


async def _settle(db: Writer, outbound_id: int, *, error: str | None) -> None:
    await _SETTLE.rows(db, id=outbound_id, error=error, now=utcnow())


def _state(reply: SmtpReply) -> str:
    return "sent" if reply.is_accepted else "failed" if reply.is_final else "waiting"


def _is_decided(reply: SmtpReply) -> bool:
    return reply.is_accepted or reply.is_final
