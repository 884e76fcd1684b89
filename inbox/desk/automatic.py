"""The verb by which a rule answers a customer with an approved text, as a machine may (RFC 3834).

Once in a conversation, the same text once a day to one address; only to whom the caller has found
to be a person whose address is theirs. It is nobody's answer: the customer still waits for one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from inbox.approved.naming import Titled, key
from inbox.desk.answered import conversation_ids, find_source, is_proved
from inbox.desk.entry import Entry, add_entry
from inbox.desk.record import record
from inbox.desk.templates import filled_by_machine
from inbox.errors import Invalid
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import MessageKind
from inbox.model.event import EventName
from inbox.outbound.keyed import reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.outbound.scrub import scrubbed
from inbox.refusals import Refusal
from inbox.store.approved import count_use, titles
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.statement import Statement
from inbox.store.tables import Mailbox, Message

_SAME_AGAIN: Final = timedelta(days=1)
_SENT: Final = Statement("""
select exists (select from outbound where conversation_id = :conversation and kind = 'ruled')
    or exists (select from outbound_recipient r join outbound o on o.id = r.outbound_id
                where r.address = :address and o.kind = 'ruled' and o.created_at > :since
                  and o.draft ->> 'template' = :template) as before
""")


async def answer_by_rule(
    db: Writer,
    conversation_id: int,
    name: str,
    *,
    to: Address | None,
    by: Actor,
    context: Context,
    now: datetime,
    rng: Callable[[int], bytes],
) -> bool:
    """Send the approved text of this name to the customer; whether it is sent.

    Raises Invalid where there is no such text, or it cannot be filled in; NotFound.
    """
    conversation = await lock(db, conversation_id)
    found = await _text_of(db, conversation.mailbox_id, name)
    if to is None or await _has_it(db, conversation.id, to.address, found.id, now):
        return False
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    source = await find_source(db, conversation)
    echoes = is_proved(source.message.proof or {})
    filled, language = await filled_by_machine(db, conversation, found.id, is_proved=echoes)
    entry = Entry(
        kind=MessageKind.AUTO,
        text=scrubbed(filled.text, mailbox.address),
        to=(to,),
        subject=source.subject if echoes else _own_subject(language),
        message_id=new_message_id(mailbox.address.rpartition("@")[2], context.secret, rng),
        in_reply_to=source.message.message_id,
        references=await conversation_ids(db, conversation.id, source.message),
    )
    message = await add_entry(db, conversation.id, entry, by=by, now=now, rng=rng)
    message.author_name = mailbox.name
    conversation.message_count += 1
    await count_use(db, found.id, now)
    chosen = {"template": str(found.id), "language": language, "html": filled.html}
    mail = _mail(message, mailbox, to, chosen, context.secret)
    await enqueue_mail(db, mail, context.settings, now=now)
    await record(
        db,
        conversation.id,
        EventName.RULE_ANSWERED,
        by=by,
        now=now,
        message_id=message.id,
        payload={"to": to.address, "value": found.name},
    )
    return True


def _own_subject(language: str) -> str:
    # The subject is the customer's words, and who is not proved gets none of those.
    return translations(language).gettext("We have received your message")


async def _text_of(db: Writer, mailbox_id: int, name: str) -> Titled:
    known = await titles(db, mailbox_id, "template", agent_id=0)
    found = next((one for one in known if key(one.name) == key(name)), None)
    if found is None:
        raise Invalid(Refusal.NO_SUCH_TEXT)
    return found


async def _has_it(
    db: Writer, conversation_id: int, address: str, template_id: int, now: datetime
) -> bool:
    """Whether the conversation had an answer of a rule, or the address this text today."""
    [sent] = await _SENT.rows(
        db,
        conversation=conversation_id,
        address=address,
        since=now - _SAME_AGAIN,
        template=str(template_id),
    )
    return bool(sent["before"])


def _mail(
    message: Message, mailbox: Mailbox, to: Address, chosen: dict[str, str], secret: bytes
) -> NewMail:
    has_token = mailbox.customer_token
    return NewMail(
        kind="ruled",
        recipients=(to.address,),
        header_id=message.message_id,
        sender="",  # RFC 3834 §3.3: what cannot be delivered comes back to nobody
        mailbox_id=mailbox.id,
        conversation_id=message.conversation_id,
        message_id=message.id,
        draft={
            **chosen,
            "to": to.address,
            "from": mailbox.name,
            "address": mailbox.address,
            "footer": mailbox.footer,
            "token": has_token,
        },
        token_hash=hash_token(reply_token(secret, message.message_id)) if has_token else None,
    )
