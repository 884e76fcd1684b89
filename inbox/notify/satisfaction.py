"""The mail that asks a customer whether we have helped.

It repeats nothing of what was said, and each answer to it is a mail to send or a page to open. A
link stores nothing by itself: programs that look at mails beforehand follow all of them.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from inbox.desk.satisfaction import rated_names
from inbox.desk.subjects import reply_subject, topic
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.render import Rendered, render
from inbox.mail.thread_index import child
from inbox.mail.tokens import reply_address
from inbox.model.address import Address
from inbox.model.satisfaction import Rated
from inbox.notify.links import ready_letter
from inbox.outbound.composers import composer
from inbox.outbound.keyed import loop_mark, rating_token, reply_token
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Message, Outbound

_ONLY_HERE = ("127.0.0.1", "localhost", "::1", "0.0.0.0")  # noqa: S104 - no customer's address


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers: what it is called, the page where it is given, and the mail that does."""

    words: str
    page: str  # empty where the pages cannot be reached from outside
    letter: str
    address: str


@composer("satisfaction")
async def satisfaction_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail, in the thread of our last answer."""
    message, conversation = (
        await db.execute(
            select(Message, Conversation)
            .join(Conversation, Conversation.id == outbound.conversation_id)
            .where(Message.id == outbound.message_id)
        )
    ).one()
    chosen = outbound.draft
    mailbox = Address(name=chosen["name"], address=chosen["from"])
    subject = scrubbed(reply_subject(conversation.subject), mailbox.address)
    token = rating_token(context.secret, outbound.header_id)
    body = asking(chosen, subject, token, context)
    root = conversation.thread_root or conversation.thread_index
    return Draft(
        from_=mailbox,
        to=(Address(address=chosen["to"]),),
        reply_to=_reply_to(context, outbound, mailbox),
        subject=subject,
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=message.message_id or None,
        references=(*message.references, message.message_id) if message.message_id else (),
        thread_index=child(root, outbound.created_at, outbound.id),
        thread_topic=scrubbed(topic(conversation.subject), mailbox.address),
        text=body.text,
        html=body.html,
        auto_submitted="auto-generated",
        loop=loop_mark(context.secret),
    )


def asking(chosen: Mapping[str, Any], subject: str, token: str, context: Context) -> Rendered:
    """What it says, from what was decided when it was queued."""
    texts = translations(chosen["language"])
    choices = [_choice(rated, chosen, subject, token, context) for rated in Rated]
    return render(
        "satisfaction",
        texts,
        language=chosen["language"],
        choices=choices,
        from_name=chosen["name"],
    )


def ready_words(rated: Rated, texts: gettext.NullTranslations) -> str:
    """What stands in a mail that is ready to be sent, like a signature."""
    does = texts.gettext("Send this mail as it is, or with a sentence above. It says: %(answer)s.")
    return does % {"answer": rated_names(texts)[rated]}


def _choice(
    rated: Rated, chosen: Mapping[str, Any], subject: str, token: str, context: Context
) -> Choice:
    texts, settings = translations(chosen["language"]), context.settings
    words = rated_names(texts)[rated]
    address = reply_address(chosen["from"], rated.value, token, settings.domain)
    letter = ready_letter(words, address, subject, ready_words(rated, texts))
    is_outside = urlsplit(settings.public_url).hostname not in _ONLY_HERE
    page = f"{settings.public_url}/ratings/{token}/{rated.value}" if is_outside else ""
    return Choice(words=words, page=page, letter=letter.href, address=letter.shown)


def _reply_to(context: Context, outbound: Outbound, mailbox: Address) -> tuple[Address, ...]:
    if not outbound.draft.get("token"):
        return ()
    token = reply_token(context.secret, outbound.header_id)
    address = reply_address(mailbox.address, "r", token, context.settings.domain)
    return (Address(name=mailbox.name, address=address),)
