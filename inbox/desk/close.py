"""The verb that ends a conversation for now; a mail of the customer opens it again."""

from __future__ import annotations

import gettext
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.desk.classify import put_down
from inbox.desk.record import record
from inbox.desk.satisfaction import plan_asking
from inbox.desk.standing import written
from inbox.desk.task import tell_calendars
from inbox.errors import Invalid
from inbox.jobs.queue import enqueue
from inbox.model.actor import Actor
from inbox.model.closing import NOTHING_SAID, Closing, Need
from inbox.model.conversation import ActorKind, Status
from inbox.model.event import EventName
from inbox.refusal_words import in_words
from inbox.refusals import Refusal
from inbox.store.closing import missing
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Mailbox

_SECOND_THOUGHTS: Final = timedelta(seconds=30)


class Incomplete(Invalid):
    """Its mailbox wants more before it is closed."""

    @property
    def needs(self) -> tuple[Need, ...]:
        """What is wanted."""
        return tuple(Need(str(one)) for one in str(self.about["needs"]).split())

    categories: tuple[str, ...] = ()  # those that can be said, where one is wanted

    def said(self, texts: gettext.NullTranslations) -> str:
        """All that is wanted, in one sentence."""
        names = need_names(texts)
        needs = ", ".join(names[one] for one in self.needs)
        return in_words(Refusal.CLOSING_NEEDS, {"needs": needs}, texts)


def need_names(texts: gettext.NullTranslations) -> dict[Need, str]:
    """What people call that which a mailbox wants said."""
    _ = texts.gettext
    return {
        Need.CATEGORY: _("a category"),
        Need.ASSIGNEE: _("somebody who has it"),
        Need.COMMENT: _("a comment for us"),
        Need.SOLUTION: _("the solution"),
    }


async def refuse_incomplete(
    db: Reader | Writer, conversation: Conversation, besides: Collection[Need] = ()
) -> None:
    """Raises Incomplete where its mailbox wants more before closing than what is said `besides`."""
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    needs = [one for one in await missing(db, conversation, mailbox) if one not in besides]
    if needs:
        error = Incomplete(Refusal.CLOSING_NEEDS, needs=" ".join(needs))
        error.categories = tuple(mailbox.categories) if Need.CATEGORY in needs else ()
        raise error


async def close(
    db: Writer,
    conversation_id: int,
    *,
    by: Actor,
    now: datetime,
    said: Closing = NOTHING_SAID,
    asks: bool = True,
    since: datetime | None = None,
    told: Mapping[str, Any] | None = None,
) -> Conversation:
    """Close the conversation; closing a closed one changes nothing.

    `told` is kept with the event. Raises Incomplete where its mailbox wants more, unless it only
    stands again as it did and nobody is to be asked (`asks`), Invalid for a category that there is
    not, NotFound. `since`: it is closed as it was since then, of which the customer hears no more.
    """
    conversation = await lock(db, conversation_id)
    if conversation.status == Status.CLOSED:
        return conversation
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    before: dict[str, Any] = {
        "from": conversation.status,
        "waiting_since": written(conversation.waiting_since),
        "returns_at": written(conversation.returns_at),
        "promised_until": written(conversation.promised_until),
    }
    await put_down(db, conversation, said)
    if asks:
        await refuse_incomplete(db, conversation)
    ending = {"category": conversation.category, "solution": conversation.solution}
    conversation.status = Status.CLOSED
    conversation.closed_at = since or now
    conversation.waiting_since = conversation.returns_at = conversation.promised_until = None
    payload = before | {name: value for name, value in ending.items() if value} | dict(told or {})
    await record(
        db, conversation.id, EventName.CONVERSATION_CLOSED, by=by, now=now, payload=payload
    )
    if since is None:
        await plan_asking(db, conversation, mailbox, by=by, now=now)
    tells = mailbox.tells_closing if said.tells is None else said.tells
    if tells and by.kind is ActorKind.AGENT and since is None:
        await _plan_telling(db, conversation, mailbox, now=now, is_asked=said.tells is not None)
    await tell_calendars(db, conversation.id, [conversation.assignee_id], by=by, now=now)
    return conversation


async def _plan_telling(
    db: Writer, conversation: Conversation, mailbox: Mailbox, *, now: datetime, is_asked: bool
) -> None:
    """Tell the customer when nobody takes it back any more; only where a person has closed it."""
    await enqueue(
        db,
        "closing.tell",
        key=f"told_closed:{conversation.id}",
        run_at=now + max(timedelta(seconds=mailbox.undo_seconds), _SECOND_THOUGHTS),
        conversation_id=conversation.id,
        closed_at=now.isoformat(),
        is_asked=is_asked,
    )
