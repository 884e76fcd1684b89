"""The verb that puts on record what the mailbox itself has sent by another program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from inbox.desk.append import append_mail
from inbox.desk.letter import Kept, Letter
from inbox.desk.open import open_conversation
from inbox.model.actor import Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import ActorKind, MessageKind
from inbox.store.engine import Writer


async def keep_sent(
    db: Writer, letter: Letter, *, now: datetime, rng: Callable[[int], bytes]
) -> Kept:
    """Keep a mail of ours where its match says, or begin a conversation with whom it was sent to.

    Nothing is sent. From now on its id is one of ours, and its words are words that we sent.
    """
    author = letter.author
    sent = replace(
        letter,
        author_kind=ActorKind.AGENT,
        shape=MessageKind.REPLY,
        is_sent=True,
        ours=letter.ours | {author.address},
    )
    by = Actor(kind=ActorKind.AGENT, id=None, name=str(author))
    if letter.match.conversation_id is not None:
        return await append_mail(db, letter.match.conversation_id, sent, now=now, by=by)
    return await open_conversation(db, sent, now=now, rng=rng, customer=_customer(sent), by=by)


def _customer(sent: Letter) -> Address:
    people = (*sent.mail.to, *sent.mail.cc)
    named = (replace(one, address=normalize(one.address)) for one in people)
    return next((one for one in named if sent.is_outside(one)), Address())
