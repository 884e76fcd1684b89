"""What one of us looked for, as the mail that brings it says it."""

from __future__ import annotations

from typing import Any

from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.address import Address
from inbox.notify.commands import Command
from inbox.notify.draft import draft_of
from inbox.notify.guests import has_pages
from inbox.notify.links import page
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
    texts = [
        *_texts(reading, Verb.ARTICLE, draft["articles"]),
        *_texts(reading, Verb.TEMPLATE, draft["templates"]),
    ]
    conversations = draft["conversations"]
    about = {"query": draft["query"]}
    is_any = bool(texts or conversations)
    what = (
        _("This was found for “%(query)s”.") if is_any else _("Nothing was found for “%(query)s”.")
    )
    why = [_("Nothing else was done, and nothing was sent.")]
    pages = [(_conversation(reading, one), context.settings, one["id"]) for one in conversations]
    if not has_pages(reading):  # nothing that they could open
        why += [words for words, *_rest in pages]
    if texts:
        why.append(_("One of these lines at the top of an answer puts the text around your words."))
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        subject=reading.conversation.subject,
        what=what % about,
        why=why,
        how=texts,
        words="",
        copies="",
        let_go=[],
        links=[page(*one) for one in pages] if has_pages(reading) else [],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def _texts(reading: Reading, verb: Verb, found: list[dict[str, str]]) -> list[Command]:
    return [
        Command(
            f"@{told(verb, reading.language)} {one['name']}",
            _safe(reading, ": ".join(filter(None, (one["title"], one["snippet"])))),
        )
        for one in found
    ]


def _conversation(reading: Reading, one: dict[str, Any]) -> str:
    _ = reading.texts.gettext
    subject = " ".join(one["subject"].split()) or _("(no subject)")
    who = name_of(Address(name=one["customer"])) if "@" not in one["customer"] else one["customer"]
    return _safe(reading, " – ".join(filter(None, (subject, who, one["snippet"]))))


def _safe(reading: Reading, text: str) -> str:
    return scrubbed(text, reading.mailbox.address)
