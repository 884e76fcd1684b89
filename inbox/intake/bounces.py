"""Delivery reports about mails of ours: what could not be delivered is said where it was written.

A report is a claim by anybody. It counts only for a mail that we really sent to that very
recipient, named by the address to which only its reports go (a keyed check) or by its Message-ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, text

from inbox.desk.record import record
from inbox.jobs.queue import enqueue
from inbox.mail.ids import is_ours
from inbox.mail.tokens import find_token
from inbox.model.actor import SYSTEM
from inbox.model.address import normalize
from inbox.model.event import EventName
from inbox.model.mail import BouncedRecipient, BounceReport, Envelope, Verdict
from inbox.model.rank import Rank
from inbox.outbound.keyed import bounced
from inbox.store.engine import Writer
from inbox.store.unreachable import is_lost_again

_TYPE: Final = re.compile(r"^[A-Za-z][A-Za-z0-9-]{0,30};\s*")
_FIND = text("""
select id, conversation_id, message_id, kind, id = any(cast(:ids as bigint[])) as is_named,
       array(select address from outbound_recipient r where r.outbound_id = outbound.id) as sent_to
  from outbound
 where id = any(cast(:ids as bigint[])) or header_id = cast(:header_id as text)
 order by id = any(cast(:ids as bigint[])) desc, id limit 1
""")
_DONE = text("update spool set state = 'done', error = null where id = :spool_id")
_FAIL = text("""
update outbound_recipient set state = 'failed', reply = :reply
 where outbound_id = :outbound_id and address = :address and state <> 'failed'
returning address
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A mail of ours that came back; `is_news` unless the one before it to one of us did too."""

    conversation_id: int | None
    is_news: bool


async def take_bounce(
    db: Writer, verdict: Verdict, envelope: Envelope, *, secret: bytes, now: datetime
) -> Returned | None:
    """Note the failures that the report names; what it is about, None for no mail of ours.

    A repeat changes nothing, and neither does a report that blames somebody we never wrote to.
    """
    report = verdict.bounce
    sent = await _bounced_mail(db, report, envelope, secret)
    if sent is None:
        return None
    is_news = True
    for address, recipient in _failures(report, sent).items():
        if not await _fail(db, sent.id, address, recipient):
            continue
        if sent.kind != "reply":
            await enqueue(db, "notify.unreachable", rank=Rank.FOLLOWING, outbound_id=sent.id)
        is_news = not await is_lost_again(db, sent.id, address)
        if is_news and sent.conversation_id is not None:
            payload = {
                "outbound": sent.id,
                "kind": sent.kind,
                "address": address,
                "reply": _reply(recipient),
            }
            await record(
                db,
                sent.conversation_id,
                EventName.DELIVERY_FAILED,
                by=SYSTEM,
                now=now,
                message_id=sent.message_id,
                payload=payload,
            )
    about = int(sent.conversation_id) if sent.conversation_id is not None else None
    return Returned(conversation_id=about, is_news=is_news)


async def _bounced_mail(
    db: Writer, report: BounceReport | None, envelope: Envelope, secret: bytes
) -> Row[Any] | None:
    """The mail of ours that the envelope names, or else the report."""
    header_id = report.original_message_id if report else ""
    named = {
        "ids": list(_named(envelope, secret)),
        "header_id": header_id.lower() if is_ours(header_id, secret) else None,
    }
    return (await db.execute(_FIND, named)).one_or_none()


def _failures(report: BounceReport | None, sent: Row[Any]) -> dict[str, BouncedRecipient]:
    """Whom of those it went to it did not reach, as the report has it.

    For good or not: the mail has not arrived, and whoever wrote it must hear of it.
    """
    failed = [one for one in report.recipients if one.action in ("failed", "")] if report else []
    if sent.is_named and failed and len(sent.sent_to) == 1:
        # The only one it went to, who has forwarded it to the address that failed.
        return dict.fromkeys(sent.sent_to, failed[0])
    by_address = {normalize(one.address): one for one in failed}
    return {one: by_address[normalize(one)] for one in sent.sent_to if normalize(one) in by_address}


def _named(envelope: Envelope, secret: bytes) -> Iterator[int]:
    for address in envelope.recipients:
        token = find_token(address)
        if token and token.verb == "b" and (outbound_id := bounced(token.token, secret)):
            yield outbound_id


async def _fail(db: Writer, outbound_id: int, address: str, recipient: BouncedRecipient) -> bool:
    values = {"outbound_id": outbound_id, "address": address, "reply": _reply(recipient)}
    return (await db.execute(_FAIL, values)).one_or_none() is not None


def _reply(recipient: BouncedRecipient) -> str:
    # RFC 3464 §2.3.6: `smtp; 550 5.1.1 …`; people are told the words alone.
    said = _TYPE.sub("", recipient.diagnostic)
    status = "" if recipient.status in said else recipient.status
    return " ".join(filter(None, (status, said)))[:500]


async def leave_out(db: Writer, spool_id: int) -> None:
    """Nothing is said anywhere of a report without news; its raw mail stays."""
    await db.execute(_DONE, {"spool_id": spool_id})
