"""What one of us looked for, as the mail that brings it says it."""

from __future__ import annotations

from typing import Any

from inbox.auth.permissions import Permission
from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.address import Address
from inbox.notify.commands import Command, Group
from inbox.notify.draft import draft_of
from inbox.notify.guests import allowed, has_pages
from inbox.notify.links import Link, letter_to, page
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.render import render
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import Outbound


@composer("found")
async def found_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """What was found: articles and templates with their names, and conversations with links."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    draft = outbound.draft
    # An answer to this mail stays inside, so the mails that say one of these texts are made ready.
    answers = _answers(reading)
    texts = [
        *_texts(reading, Verb.ARTICLE, draft["articles"], answers),
        *_texts(reading, Verb.TEMPLATE, draft["templates"], answers),
    ]
    conversations = draft["conversations"]
    about = {"query": draft["query"]}
    is_any = bool(texts or conversations)
    what = (
        _suits(reading, is_any=is_any)
        if not draft["query"]
        else (
            _("This was found for “%(query)s”.")
            if is_any
            else _("Nothing was found for “%(query)s”.")
        )
    )
    why = [_("Nothing else was done, and nothing was sent.")]
    pages = [(_conversation(reading, one), context.settings, one["id"]) for one in conversations]
    if not has_pages(reading):  # nothing that they could open
        why += [words for words, *_rest in pages]
    if texts:
        why.append(
            _(
                "One of these lines at the top of an answer to the customer puts the text around"
                " your words."
            )
        )
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=what % about,
        why=why,
        how=[Group("", texts)] if texts else [],
        words="",
        copies="",
        let_go=[],
        each=True,
        links=[
            *(answers if texts else ()),
            *(page(*one) for one in pages if has_pages(reading)),
        ],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def _suits(reading: Reading, *, is_any: bool) -> str:
    _ = reading.texts.gettext
    if is_any:
        return _("These texts may suit what the customer wrote.")
    return _("No text that is kept here suits what the customer wrote.")


def _answers(reading: Reading) -> list[Link]:
    """The mail to the customer, for those who may write to them."""
    customer = reading.customer
    if not customer.address or Permission.REPLY not in allowed(reading):
        return []
    words = reading.texts.gettext("Answer %(name)s") % {"name": name_of(customer)}
    subject = reply_subject(reading.conversation.subject)
    return [letter_to(words, reading.address("r"), subject)]


def _texts(
    reading: Reading, verb: Verb, found: list[dict[str, str]], answers: list[Link]
) -> list[Command]:
    subject = reply_subject(reading.conversation.subject)
    commands = []
    for one in found:
        line = f"@{told(verb, reading.language)} {one['name']}"
        meaning = _safe(reading, ": ".join(filter(None, (one["title"], one["snippet"]))))
        ready = [letter_to(line, way.shown, subject, f"{line}\n\n").href for way in answers]
        commands.append(Command(line, meaning, *ready))
    return commands


def _conversation(reading: Reading, one: dict[str, Any]) -> str:
    _ = reading.texts.gettext
    subject = " ".join(one["subject"].split()) or _("(no subject)")
    who = name_of(Address(name=one["customer"])) if "@" not in one["customer"] else one["customer"]
    return _safe(reading, " – ".join(filter(None, (subject, who, one["snippet"]))))


def _safe(reading: Reading, text: str) -> str:
    return scrubbed(text, reading.mailbox.address)
