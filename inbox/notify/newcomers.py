"""The question to an administrator: somebody nobody knows answered for one of our departments."""

from __future__ import annotations

from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.tokens import Verb, reply_address
from inbox.model.address import Address
from inbox.notify.draft import draft_of
from inbox.notify.links import letter_to
from inbox.notify.reading import name_of, read
from inbox.notify.render import render
from inbox.outbound.composers import composer
from inbox.outbound.keyed import question_token
from inbox.store.engine import Reader
from inbox.store.tables import Outbound


@composer("newcomer")
async def newcomer_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Who wrote, for which department, what, and the two mails that decide."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    message, mailbox = reading.message, reading.mailbox
    token = question_token(context.secret, outbound.header_id)
    domain = context.settings.domain
    subject = reply_subject(reading.conversation.subject)
    what = _("%(name)s (%(address)s) answered for %(department)s, and nobody here knows them.")
    confirmed = _("If this is a colleague, confirm it: what they wrote becomes a comment inside.")
    refused = _("Else refuse: it is dropped, and you are not asked about this address again.")
    decisions: list[tuple[str, Verb]] = [(_("Confirm"), "send"), (_("Refuse"), "drop")]
    body = render(
        "failure",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=what
        % {
            "name": name_of(Address(name=message.author_name, address=message.author_address)),
            "address": message.author_address,
            "department": outbound.draft["department"],
        },
        said="",
        then=f"{confirmed} {refused}" if reading.language != "ja" else f"{confirmed}{refused}",
        words=message.text,
        # Without HTML an address is all that is seen, so each says by itself what it decides.
        links=[
            letter_to(words, reply_address(mailbox.address, verb, token, domain), subject)
            for words, verb in decisions
        ],
    )
    return await draft_of(db, reading, body, author=mailbox.name, verb="n")
