"""The customer hears which department has their matter now, in the new one's name.

The mail leaves when the time for an undo has passed, so that a move that was none is never told.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_bytes

from sqlalchemy import delete, select

from inbox.desk.answered import HEAD, find_source, is_forged
from inbox.desk.satisfaction import has_no_person
from inbox.errors import Invalid
from inbox.i18n import LANGUAGES, translations
from inbox.jobs.registry import Context
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.address import normalize
from inbox.outbound.keyed import reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Conversation, Mailbox, Outbound, Spool


async def tell_customer(
    db: Writer,
    conversation: Conversation,
    mailbox: Mailbox,
    *,
    context: Context,
    now: datetime,
    rng: Callable[[int], bytes] = token_bytes,
) -> str:
    """Ask for the mail; the address that gets it. Raises Invalid where nobody can be told."""
    source = await find_source(db, conversation)
    address = normalize(source.answered.author.address)
    message = source.message
    head = await db.scalar(select(HEAD).where(Spool.id == message.spool_id))
    is_safe = message.id and not is_forged(message.proof)
    if not is_safe or has_no_person(address, head):
        raise Invalid(Refusal.NOT_TOLD)
    said = (message.language or "").partition("-")[0]
    language = said if said in LANGUAGES else mailbox.language
    header_id = new_message_id(mailbox.address.rpartition("@")[2], context.secret, rng)
    has_token = mailbox.customer_token
    mail = NewMail(
        kind="moved",
        recipients=(address,),
        header_id=header_id,
        sender="",  # RFC 3834 §3.3: what cannot be delivered comes back to nobody
        mailbox_id=mailbox.id,
        conversation_id=conversation.id,
        message_id=message.id,
        draft={
            "to": address,
            "from": mailbox.name,
            "address": mailbox.address,
            "language": language,
            "words": words_of_move(mailbox.name, translations(language)),
            "footer": mailbox.footer,
            "token": has_token,
        },
        run_at=now + timedelta(seconds=mailbox.undo_seconds),
        token_hash=hash_token(reply_token(context.secret, header_id)) if has_token else None,
    )
    await enqueue_mail(db, mail, context.settings, now=now)
    return address


async def untell_customer(db: Writer, conversation: Conversation) -> None:
    """What has not left of it does not."""
    await db.execute(
        delete(Outbound).where(
            Outbound.conversation_id == conversation.id,
            Outbound.kind == "moved",
            Outbound.state == "waiting",
        )
    )


def words_of_move(name: str, texts: gettext.NullTranslations) -> str:
    """What the customer reads."""
    _ = texts.gettext
    has_it = _("Your message is with %(mailbox)s now; they know all that was said so far.")
    return "\n\n".join(
        (
            has_it % {"mailbox": name},
            _("You need do nothing. To add something, simply answer this mail."),
        )
    )
