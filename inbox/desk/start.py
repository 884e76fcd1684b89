"""The verb by which one of us writes first: a conversation, its first mail, and who has it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from secrets import token_bytes

from inbox.desk.answer import FirstMail
from inbox.desk.begin import begin
from inbox.desk.doubts import look_through
from inbox.desk.entry import same_entry
from inbox.desk.plan import plan
from inbox.desk.reply import reply
from inbox.errors import Invalid
from inbox.jobs.registry import Context
from inbox.model.address import normalize
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.people import ours_among
from inbox.store.tables import Agent, Message


async def start(
    db: Writer,
    mailbox_id: int,
    first: FirstMail,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    told: Collection[str] = (),
    at: datetime | None = None,
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Write to somebody outside in a mailbox's name, now or `at` a time; the conversation is its
    author's.

    The same `idempotency` again gives the same message. Raises Invalid,
    Doubtful for words of which the writer was not `told`, NotFound.
    """
    if there := await same_entry(db, by, first.idempotency):
        return there
    opening = first.opening
    if await ours_among(db, [normalize(opening.to.address)]):
        raise Invalid(Refusal.ONE_OF_OURS)
    home = await begin(db, mailbox_id, opening.to, opening.subject, now=now, rng=rng)
    domains = context.settings.own_domains
    await look_through(db, home, first, by=by, own_domains=domains, told=told)
    if at is not None:
        return await plan(db, home, first, at, by=by, now=now, context=context)
    return await reply(db, home, first, by=by, now=now, context=context, rng=rng)
