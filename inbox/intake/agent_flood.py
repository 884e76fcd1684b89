"""What one of us hands over by signing in may not reach people outside without end.

The receiver counts whom a mail is handed over for; here counts to whom its words go, for a mail to
`support+new@` names them in its header or text.
"""

from __future__ import annotations

from datetime import datetime

from inbox.desk.answer import Answer
from inbox.errors import InboxError
from inbox.jobs.queue import enqueue
from inbox.model.flood import is_too_much
from inbox.model.rank import Rank
from inbox.settings import Settings
from inbox.store.engine import Writer
from inbox.store.flood import most_of, sent_lately, submitter_of


class Flooding(InboxError):
    """More people outside than one of us may write to in an hour or a day."""


async def refuse_flood(db: Writer, answer: Answer, settings: Settings, now: datetime) -> None:
    """Raises Flooding where an answer goes to more than may be written to."""
    if answer.spool_id is not None:
        people = 1 + len(answer.cc or ()) + len(answer.bcc)
        await _refuse(db, answer.spool_id, people, settings, now, besides=answer.spool_id)


async def refuse_one_more(db: Writer, spool_id: int, settings: Settings, now: datetime) -> None:
    """The same for one of the answers in one mail; see `store.flood.count_answer`."""
    await _refuse(db, spool_id, 1, settings, now)


async def _refuse(
    db: Writer, spool_id: int, people: int, settings: Settings, now: datetime, *, besides: int = 0
) -> None:
    submitter = await submitter_of(db, spool_id)
    if submitter is None:
        return
    sent = await sent_lately(db, submitter, domain=settings.domain, now=now, besides=besides)
    if is_too_much(sent, most_of(settings), people=people):
        raise Flooding


async def tell_of_flood(db: Writer, agent_id: int) -> None:
    """Ask for the mails that say that somebody has sent too much; see `notify.flood`."""
    key = f"flood:{agent_id}"
    await enqueue(db, "notify.flood", rank=Rank.FOLLOWING, key=key, agent_id=agent_id)
