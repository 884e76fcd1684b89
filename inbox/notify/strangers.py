"""The question to an administrator: somebody of our domains wrote to a customer, and is unknown."""

from __future__ import annotations

from urllib.parse import urlencode

from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.address import Address
from inbox.model.conversation import Role
from inbox.notify.draft import draft_of
from inbox.notify.guests import place_of
from inbox.notify.links import Link
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.render import render
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

_ADD = "inbox agent add {address} --name NAME --role colleague"


@composer("stranger")
async def stranger_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Who wrote to whom, what, and how to say that they are of ours."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    draft = outbound.draft
    what = _("%(name)s (%(address)s) wrote to %(customer)s with this mailbox in Cc.")
    body = render(
        "away",
        reading.texts,
        language=reading.language,
        subject=reading.conversation.subject,
        what=what
        % {
            "name": name_of(Address(name=draft["name"], address=draft["address"])),
            "address": draft["address"],
            "customer": draft["customer"],
        },
        why=[
            _(
                "The address is of a domain of yours, and nobody here knows them: it is on record"
                " as a comment in nobody's name. You are not asked about this address again. If"
                " this is a colleague, the page below or this command says so:"
            ),
        ],
        write=_ADD.format(address=draft["address"]),
        inside=reading.answering,
        conversations=[place_of(reading, _added(reading, draft["name"], draft["address"]))],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def _added(reading: Reading, name: str, address: str) -> Link:
    """The page on which they are added, with what is known of them filled in."""
    about = urlencode({"name": name, "email": address, "role": Role.COLLEAGUE.value})
    url = f"{reading.context.settings.public_url}/house/people/new?{about}"
    return Link(reading.texts.gettext("Add them as a colleague"), url, url)
