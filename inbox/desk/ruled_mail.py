"""Mails that a customer gets in their thread without a person of ours writing them.

What a rule answers, and where their matter has gone. They say that no person sent them (RFC 3834),
and bounces of them come to nobody.
"""

from __future__ import annotations

from markupsafe import Markup

from inbox.desk.reply_mail import answered_at
from inbox.desk.subjects import reply_subject, topic
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.render import render
from inbox.mail.thread_index import child
from inbox.model.address import Address
from inbox.outbound.composers import composer
from inbox.outbound.keyed import loop_mark
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Message, Outbound


@composer("ruled")
async def ruled_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """What a rule answers: its entry in the conversation."""
    message = await db.get_one(Message, outbound.message_id)
    parents = (message.in_reply_to, tuple(message.references))
    return await _draft(db, context, outbound, message.text, message.subject, parents)


@composer("moved")
async def moved_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Which department has it now; below the customer's newest mail."""
    message = await db.get_one(Message, outbound.message_id)
    own = message.message_id
    parents = (own, (*message.references, own) if own else ())
    words = outbound.draft["words"]
    return await _draft(db, context, outbound, words, reply_subject(message.subject), parents)


async def _draft(
    db: Reader,
    context: Context,
    outbound: Outbound,
    words: str,
    subject: str,
    parents: tuple[str, tuple[str, ...]],
) -> Draft:
    conversation = await db.get_one(Conversation, outbound.conversation_id)
    chosen, root = outbound.draft, conversation.thread_root or conversation.thread_index
    mailbox = Address(name=chosen["from"], address=chosen["address"])
    html = chosen.get("html", "")
    body = render(
        "automatic",
        translations(chosen["language"]),
        language=chosen["language"],
        words=words,
        # Markdown of an approved text, in which all else was escaped; see approved.fill.
        words_html=Markup(scrubbed(html, mailbox.address)) if html else None,  # noqa: S704 - as said
        from_name=chosen["from"],
        footer=chosen["footer"],
    )
    return Draft(
        from_=mailbox,
        to=(Address(address=chosen["to"]),),
        reply_to=answered_at(context, outbound),
        subject=scrubbed(subject, mailbox.address),
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=parents[0] or None,
        references=parents[1],
        thread_index=child(root, outbound.created_at, outbound.id),
        thread_topic=scrubbed(topic(subject), mailbox.address),
        text=body.text,
        html=body.html,
        auto_submitted="auto-replied",
        loop=loop_mark(context.secret),
    )
