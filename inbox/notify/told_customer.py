"""What the inbox itself tells a customer after the confirmation: it takes longer, we have not heard
from you, it is closed. Nothing of what was said is repeated in it.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.render import Rendered, render
from inbox.model.zones import zone_called
from inbox.notify.customer_mail import behind, subject_of, to_customer
from inbox.notify.days import just_the_day
from inbox.notify.until import until_in_words
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

KINDS: Final = ("correction", "reminder", "closed")


@composer("correction")
@composer("reminder")
@composer("closed")
async def told_customer(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail, in the thread of what it is about."""
    message, conversation = await behind(db, outbound)
    chosen = outbound.draft
    subject = subject_of(conversation, outbound)
    if not chosen.get("proved", True):  # the subject is words of whoever wrote it
        subject = translations(chosen["language"]).gettext("About your message")
    return to_customer(
        context,
        outbound,
        message,
        conversation,
        subject=subject,
        body=words_of(outbound.kind, chosen),
    )


def words_of(kind: str, chosen: Mapping[str, Any]) -> Rendered:
    """What it says, from what was decided when it was queued."""
    texts = translations(chosen["language"])
    sentences = {"correction": _corrected, "reminder": _reminded, "closed": _closed}[kind]
    return render(
        "word",
        texts,
        language=chosen["language"],
        sentences=sentences(chosen, texts),
        from_name=chosen["name"],
        footer=chosen.get("footer", ""),
    )


def promise(chosen: Mapping[str, Any], texts: gettext.NullTranslations) -> str:
    """By when an answer comes, as far as it is known."""
    if until := chosen.get("until"):
        said = texts.gettext("You will have an answer by %(when)s.")
        return said % {"when": _when(chosen, until)}
    return texts.gettext("You will have an answer as soon as possible.")


def _when(chosen: Mapping[str, Any], at: str) -> str:
    ours = zone_called(chosen["ours"])
    return until_in_words(datetime.fromisoformat(at), chosen["language"], chosen["zone"], ours)


def _corrected(chosen: Mapping[str, Any], texts: gettext.NullTranslations) -> list[str]:
    said = texts.gettext(
        "We wrote that you would have an answer by %(when)s. It takes longer, and we are sorry."
    )
    return [
        said % {"when": _when(chosen, chosen["before"])},
        promise(chosen, texts),
        texts.gettext("There is nothing more to do. To add something, simply answer this mail."),
    ]


def _reminded(chosen: Mapping[str, Any], texts: gettext.NullTranslations) -> list[str]:
    _ = texts.gettext
    said = _("We wrote to you on %(day)s and have not heard from you since.")
    found = [
        said % {"day": _day(chosen, chosen["since"])},
        _("If you still need us, simply answer this mail."),
    ]
    if closes := chosen.get("closes"):
        later = _("Without an answer we close this matter on %(day)s; an answer opens it again.")
        found.append(later % {"day": _day(chosen, closes)})
    return found


def _day(chosen: Mapping[str, Any], at: str) -> str:
    zone = zone_called(chosen["ours"])
    return just_the_day(datetime.fromisoformat(at), chosen["language"], zone)


def _closed(chosen: Mapping[str, Any], texts: gettext.NullTranslations) -> list[str]:
    _ = texts.gettext
    why = _("We have closed this matter.")
    if chosen.get("silent"):
        why = _("We have not heard from you, and so we have closed this matter.")
    return [
        why,
        _("Is something still open? Simply answer this mail: that opens it again."),
    ]
