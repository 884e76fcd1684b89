"""A mail to one of our own people, around what it says: from the mailbox, in one thread."""

from __future__ import annotations

from typing import Final

from inbox.desk.subjects import topic
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft, OutgoingFile
from inbox.mail.thread_index import child
from inbox.mail.tokens import Verb
from inbox.model.address import Address
from inbox.notify.lineage import lineage
from inbox.notify.reading import Reading
from inbox.notify.render import Rendered
from inbox.outbound.keyed import loop_mark
from inbox.store.engine import Reader
from inbox.store.tables import Agent, Mailbox, Outbound

# Neither receipts nor robots, but out-of-office mails: by them we learn who is away
# (MS-OXCMAIL 2.1.3.2.20). Programs that go by RFC 3834 alone send none.
SUPPRESS: Final = "DR, RN, NRN, AutoReply"


async def draft_of(
    db: Reader,
    reading: Reading,
    body: Rendered,
    *,
    author: str,
    verb: Verb,
    attachments: tuple[OutgoingFile, ...] = (),
    calendar: tuple[str, str] | None = None,
    is_urgent: bool = False,
) -> Draft:
    """The mail; `author` is the name beside the mailbox, `verb` what an answer to it does."""
    outbound, conversation = reading.outbound, reading.conversation
    references = await lineage(db, outbound, reading.context.secret)
    return Draft(
        from_=Address(name=author, address=reading.mailbox.address),
        to=(as_reader(reading.agent),),
        reply_to=(Address(name=author, address=reading.address(verb)),),
        subject=body.subject,
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=references[-1],
        references=references,
        thread_index=child(conversation.thread_index, outbound.created_at, outbound.id),
        thread_topic=topic(conversation.subject),
        text=body.text,
        html=body.html,
        attachments=attachments,
        calendar=calendar,
        auto_submitted="auto-generated",
        suppress=SUPPRESS,
        is_urgent=is_urgent,
        loop=loop_mark(reading.context.secret),
    )


def as_reader(agent: Agent) -> Address:
    """One of us, at their own address."""
    return Address(name=agent.name, address=agent.email)


def draft_to(
    context: Context,
    outbound: Outbound,
    mailbox: Mailbox,
    reader: Address,
    body: Rendered,
    *,
    reply_to: tuple[Address, ...] = (),
) -> Draft:
    """A mail of the mailbox to one of us that belongs to no conversation."""
    return Draft(
        from_=Address(name=mailbox.name, address=mailbox.address),
        to=(reader,),
        reply_to=reply_to,
        subject=body.subject,
        message_id=outbound.header_id,
        date=outbound.created_at,
        text=body.text,
        html=body.html,
        auto_submitted="auto-generated",
        suppress=SUPPRESS,
        loop=loop_mark(context.secret),
    )
