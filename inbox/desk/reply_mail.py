"""An answer as the customer gets it: a mail that could have been written by hand in Outlook.

From the mailbox, in the agent's name, in the customer's thread. Nothing in it names the agent's own
address or holds a reply token: these open doors, and the mail may be forwarded to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from markupsafe import Markup

from inbox.desk.addresses import people_of
from inbox.desk.logos import Signed, signed_picture
from inbox.desk.rich import rich_words
from inbox.desk.subjects import topic
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft, OutgoingFile
from inbox.mail.new_html import PartOfMail, part_of_mail
from inbox.mail.quote import Quoted, quote_html, quote_text
from inbox.mail.render import render
from inbox.mail.thread_index import child
from inbox.mail.tokens import reply_address
from inbox.model.address import Address
from inbox.model.zones import zone_called
from inbox.outbound.clean import without_tokens
from inbox.outbound.composers import composer
from inbox.outbound.files import files_of, load_files, raw_bytes
from inbox.outbound.keyed import reply_token
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.people import own_addresses
from inbox.store.tables import Conversation, Message, Outbound


@composer("reply")
async def reply_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail of an answer."""
    message = await db.get_one(Message, outbound.message_id)
    return await compose_answer(db, context, outbound, message)


async def compose_answer(
    db: Reader, context: Context, outbound: Outbound, message: Message
) -> Draft:
    """The mail of an answer, of rows that need not be in the store yet."""
    conversation = await db.get_one(Conversation, outbound.conversation_id)
    quoted = outbound.draft["answers"]
    answered = await db.get(Message, quoted) if quoted else None
    mailbox = Address(name=outbound.draft["from"], address=outbound.draft["address"])
    people = await own_addresses(db, message.author_id or 0)
    people += outbound.draft.get("signed", [])

    def safe(text: str) -> str:
        return scrubbed(text, mailbox.address, people)

    root = conversation.thread_root or conversation.thread_index
    if message.has_html:
        rich = await _rich(db, message, safe)
    else:
        rich = part_of_mail(outbound.draft.get("html", ""))
    logo = await signed_picture(db, outbound.draft)
    text, html = _body(outbound, message, answered, rich, safe, logo)
    files = without_tokens(await own_files(db, message, rich), safe)
    return Draft(
        from_=mailbox,
        to=_named(people_of(message.to), safe),
        cc=_named(people_of(message.cc), safe),
        reply_to=answered_at(context, outbound),
        subject=safe(message.subject),
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=message.in_reply_to or None,
        references=tuple(message.references),
        thread_index=child(root, outbound.created_at, outbound.id),
        thread_topic=safe(topic(message.subject)),
        text=text,
        html=html,
        attachments=(*files, *([logo.file] if logo else [])),
    )


def _body(
    outbound: Outbound,
    message: Message,
    answered: Message | None,
    rich: PartOfMail | None,
    safe: Callable[[str], str],
    logo: Signed | None,
) -> tuple[str, str]:
    language, zone = outbound.draft["language"], zone_called(outbound.draft["zone"])
    quoted = [_quoted(answered, safe)] if answered else []
    own = rich.html if rich else ""
    rendered = render(
        "reply",
        translations(language),
        words=safe(message.text),
        # Sanitised, and scrubbed like the text; the rest of the template escapes itself.
        words_html=Markup(safe(own)) if own else None,  # noqa: S704 - escaped or sanitised where made
        signature=safe(outbound.draft["signature"]).strip(),
        logo=logo,
        quote=quote_text(quoted, language=language, zone=zone),
        # It escapes what it quotes.
        quote_html=Markup(quote_html(quoted, language=language, zone=zone)),  # noqa: S704 - escaped or sanitised where made
    )
    return rendered.text, rendered.html


def _named(people: Sequence[Address], safe: Callable[[str], str]) -> tuple[Address, ...]:
    # A program may show an address as a name, and that may be one of ours.
    return tuple(replace(one, name=safe(one.name)) for one in people)


def _quoted(answered: Message, safe: Callable[[str], str]) -> Quoted:
    return Quoted(
        author=Address(name=answered.author_name, address=answered.author_address),
        date=answered.date or answered.received_at,
        text=safe("\n\n".join(filter(None, (answered.text, answered.quoted)))),
    )


async def _rich(db: Reader, message: Message, safe: Callable[[str], str]) -> PartOfMail | None:
    rich = rich_words(await raw_bytes(db, message), message.text, safe)
    # A picture of the writer's own signature stays behind, and leaves no hole.
    there = {one.content_id for one in await files_of(db, message.id)}
    return rich.with_pictures(there) if rich else None


async def own_files(
    db: Reader, message: Message, rich: PartOfMail | None
) -> tuple[OutgoingFile, ...]:
    """The files of what one of us wrote, its pictures where its HTML shows them."""
    files = await files_of(db, message.id)
    pictures = rich.content_ids if rich else frozenset()
    shown = {one.id: one.content_id for one in files if one.content_id in pictures}
    return await load_files(db, message, files, shown=shown)


def answered_at(context: Context, outbound: Outbound) -> tuple[Address, ...]:
    """Where a customer answers a mail of a mailbox that gives its mails tokens."""
    if not outbound.draft.get("token"):
        return ()
    token = reply_token(context.secret, outbound.header_id)
    address = outbound.draft["address"]
    name = outbound.draft["from"]
    domain = context.settings.domain
    return (Address(name=name, address=reply_address(address, "r", token, domain)),)
