"""The verb by which one of us writes first: a conversation, its first mail, and who has it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from secrets import token_bytes

from inbox.desk.answer import FirstMail
from inbox.desk.begin import begin
from inbox.desk.entry import same_entry
from inbox.desk.leaking import leaks_in_answer, refuse
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
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Write to somebody outside in a mailbox's name; the conversation is its author's.

    The same `idempotency` again gives the same message. Raises Invalid,
    Leaking for words of which the writer was not `told`, NotFound.
    """
    if there := await same_entry(db, by, first.idempotency):
        return there
    opening = first.opening
    if await ours_among(db, [normalize(opening.to.address)]):
        raise Invalid(Refusal.ONE_OF_OURS)
    home = await begin(db, mailbox_id, opening.to, opening.subject, now=now, rng=rng)
    leaks = await leaks_in_answer(
        db, home, first.text, first.files, by=by, own_domains=context.settings.own_domains
    )
    refuse(leaks, told)
    return await reply(db, home, first, by=by, now=now, context=context, rng=rng)
