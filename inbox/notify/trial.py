"""The test mail, as it arrives."""

from __future__ import annotations

from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.address import Address
from inbox.notify.draft import draft_to
from inbox.notify.render import render
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Mailbox, Outbound


@composer("trial")
async def trial_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """What it is, so that nobody answers it."""
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    language = outbound.draft["language"]
    texts = translations(language)
    _ = texts.gettext
    body = render(
        "account",
        texts,
        language=language,
        subject=_("A test mail of %(mailbox)s") % {"mailbox": mailbox.name},
        what=_("This mail shows that %(address)s can send. There is nothing to do.")
        % {"address": mailbox.address},
        asks=False,
        unread=read_by_nobody(texts),
    )
    return draft_to(context, outbound, mailbox, Address(address=outbound.draft["to"]), body)
