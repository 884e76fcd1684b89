"""A mail to somebody whom we ask: what one of us wrote, and the customer's mail or their own below.

In a thread of its own: neither its ids nor its index lead to the customer's. Of the customer it
names no address, and of their mail it has what they wrote themselves, not what they quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from markupsafe import Markup

from inbox.desk.addresses import people_of
from inbox.desk.logos import Signed, signed_picture
from inbox.desk.reply_mail import own_files
from inbox.desk.subjects import topic
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft, OutgoingFile
from inbox.mail.markup import to_html
from inbox.mail.new_html import PartOfMail, part_of_mail
from inbox.mail.quote import Quoted, quote_html, quote_text
from inbox.mail.render import Rendered, render
from inbox.mail.thread_index import child, new_root
from inbox.model.address import Address
from inbox.model.conversation import MessageKind
from inbox.model.zones import zone_called
from inbox.outbound.clean import without_tokens
from inbox.outbound.composers import composer
from inbox.outbound.files import files_of, load_files
from inbox.outbound.keyed import derived
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.people import own_addresses
from inbox.store.tables import Conversation, Message, Outbound


@composer("forward")
async def forward_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail to somebody who is asked."""
    message = await db.get_one(Message, outbound.message_id)
    conversation = await db.get_one(Conversation, outbound.conversation_id)
    mail = await db.get_one(Message, outbound.draft["mail"])
    mailbox = Address(name=outbound.draft["from"], address=outbound.draft["address"])
    people = await own_addresses(db, message.author_id or 0)
    people += outbound.draft.get("signed", [])

    def safe(text: str) -> str:
        return scrubbed(text, mailbox.address, people)

    to = people_of(message.to)
    source = derived(context.secret, "asked", conversation.id, to[0].address)
    root = new_root(conversation.created_at, source(16))
    rich = part_of_mail(outbound.draft.get("html", ""))
    logo = await signed_picture(db, outbound.draft)
    body = _body(outbound, message, mail, rich, safe, logo)
    files = without_tokens(await _files(db, message, mail, rich, outbound.draft), safe)
    return Draft(
        from_=mailbox,
        to=to,
        cc=people_of(message.cc),
        subject=safe(message.subject),
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=message.in_reply_to or None,
        references=tuple(message.references),
        thread_index=child(root, outbound.created_at, outbound.id),
        thread_topic=safe(topic(message.subject)),
        text=body.text,
        html=body.html,
        attachments=(*files, *([logo.file] if logo else [])),
    )


def _body(
    outbound: Outbound,
    message: Message,
    mail: Message,
    rich: PartOfMail | None,
    safe: Callable[[str], str],
    logo: Signed | None,
) -> Rendered:
    language, zone = outbound.draft["language"], zone_called(outbound.draft["zone"])
    if not outbound.draft.get("quotes", True):
        text = html = ""
    elif outbound.draft["passes"]:
        text = passed_words(mail, language, zone, safe)
        html = to_html(text)
    else:
        author = Address(name=mail.author_name, address=mail.author_address)
        when = mail.date or mail.received_at
        quoted = [Quoted(author=author, date=when, text=safe(mail.text))]
        text = quote_text(quoted, language=language, zone=zone)
        html = quote_html(quoted, language=language, zone=zone)
    return render(
        "reply",
        translations(language),
        words=safe(message.text),
        # Sanitised, and scrubbed like the text; the rest of the template escapes itself.
        words_html=Markup(safe(rich.html)) if rich else None,  # noqa: S704 - sanitised where made
        signature=safe(outbound.draft["signature"]).strip(),
        logo=logo,
        quote=text,
        quote_html=Markup(html),  # noqa: S704 - both escape what they hold
    )


def passed_words(
    mail: Message, language: str, zone: ZoneInfo, safe: Callable[[str], str] = lambda text: text
) -> str:
    """A mail below a few lines that say whose it is, as programs write it."""
    _ = translations(language).gettext
    when = format_datetime((mail.date or mail.received_at).astimezone(zone), locale=language)
    name = mail.author_name if "@" not in mail.author_name else ""
    head = [
        f"---------- {_('Forwarded message')} ----------",
        *([_("From: %(name)s") % {"name": " ".join(name.split())}] if name.strip() else []),
        _("Date: %(when)s") % {"when": when},
        _("Subject: %(subject)s") % {"subject": " ".join(mail.subject.split())},
    ]
    # What they quoted may be our answers, and other people's words; what we quoted, a notice.
    is_theirs = mail.kind == MessageKind.MAIL
    words = mail.text if mail.text.strip() or not is_theirs else mail.quoted
    return safe("\n".join(head) + "\n\n" + words).strip()


async def _files(
    db: Reader,
    message: Message,
    mail: Message,
    rich: PartOfMail | None,
    draft: Mapping[str, Any],
) -> tuple[OutgoingFile, ...]:
    own = await own_files(db, message, rich)
    if not draft["passes"]:
        return own
    return (*own, *await passed_files(db, mail, draft.get("files")))


async def passed_files(
    db: Reader, mail: Message, chosen: Collection[int] | None
) -> tuple[OutgoingFile, ...]:
    """The files of a customer's mail that go along: those `chosen` by their ids, or all."""
    theirs = [
        one
        for one in await files_of(db, mail.id)
        if not one.aside and (chosen is None or one.id in chosen)
    ]
    return await load_files(db, mail, theirs)
