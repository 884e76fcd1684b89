"""The mail that asks a customer whether we have helped.

It repeats nothing of what was said, and each answer to it is a mail to send or a page to open. A
link stores nothing by itself: programs that look at mails beforehand follow all of them.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from inbox.desk.satisfaction import rated_names
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.render import Rendered, render
from inbox.mail.tokens import reply_address
from inbox.model.satisfaction import Rated
from inbox.notify.customer_mail import behind, subject_of, to_customer
from inbox.notify.links import ready_letter
from inbox.outbound.composers import composer
from inbox.outbound.keyed import rating_token
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

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
    message, conversation = await behind(db, outbound)
    subject = subject_of(conversation, outbound)
    token = rating_token(context.secret, outbound.header_id)
    body = asking(outbound.draft, subject, token, context)
    return to_customer(context, outbound, message, conversation, subject=subject, body=body)


def asking(chosen: Mapping[str, Any], subject: str, token: str, context: Context) -> Rendered:
    """What it says, from what was decided when it was queued."""
    return _rendered(chosen, [_choice(one, chosen, subject, token, context) for one in Rated])


def all_asked(chosen: Mapping[str, Any]) -> str:
    """All that such a mail may say, without its addresses and links: to know it in a quote."""
    texts = translations(chosen["language"])
    names = rated_names(texts).values()
    found = []
    for page in ("", " "):
        choices = [Choice(words=one, page=page, letter="", address="") for one in names]
        found.append(_rendered(chosen, choices).text)
    return "\n".join(found)


def _rendered(chosen: Mapping[str, Any], choices: Sequence[Choice]) -> Rendered:
    texts = translations(chosen["language"])
    return render(
        "satisfaction",
        texts,
        language=chosen["language"],
        choices=choices,
        from_name=chosen["name"],
        footer=chosen.get("footer", ""),
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
