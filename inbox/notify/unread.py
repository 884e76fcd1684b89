"""Mails that tell one of us something and are answered by nobody: what they say of that, and the
mail to whoever answers one all the same.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from inbox.desk.subjects import reply_subject
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.wire import is_id
from inbox.model.address import Address
from inbox.notify.personal import personal_draft
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.outbound.composers import composer
from inbox.store.departments import administrators
from inbox.store.engine import Reader
from inbox.store.tables import Agent, Mailbox, Outbound

_OF_ACCOUNT: Final = frozenset({"account", "invitation", "sign_in"})
_MOST_NAMED: Final = 5


def read_by_nobody(texts: gettext.NullTranslations) -> str:
    """The line that says so in each of these mails."""
    return texts.gettext("Nobody reads an answer to this mail.")


@composer("unread")
async def unread_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """That nothing came of an answer, why, and whom to write to instead."""
    agent = await db.get_one(Agent, outbound.agent_id)
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    language = language_of(agent, outbound.draft)
    texts, draft = translations(language), outbound.draft
    _ = texts.gettext
    body = render(
        "held",
        texts,
        language=language,
        subject=reply_subject(draft["subject"]),
        what=_("Nothing was done: nobody reads answers to that mail."),
        why=[*_of_orders(texts, draft["orders"], draft["reasons"]), *await _whom(db, texts, draft)],
        how=[],
        words=draft["words"],
        copies="",
        let_go=[],
        links=[],
        inside=_("To write to the people of %(mailbox)s, write a new mail to %(address)s.")
        % {"mailbox": mailbox.name, "address": mailbox.address},
    )
    mail = await personal_draft(db, context, outbound, agent, body)
    answers = str(draft["answers"])
    if not is_id(answers):
        return mail
    return replace(mail, in_reply_to=answers, references=(answers,))


def _of_orders(
    texts: gettext.NullTranslations, orders: Sequence[str], reasons: Sequence[str]
) -> list[str]:
    """Why what was asked for is not done."""
    if not orders:
        return []
    if reasons:
        return reasons_in_words(reasons, texts)
    said = texts.gettext(
        "%(lines)s was not done: ask for it in an answer to a mail of its conversation; what is"
        " about yourself, in a new mail without other words."
    )
    return [said % {"lines": ", ".join(f"“{one}”" for one in orders)}]


async def _whom(db: Reader, texts: gettext.NullTranslations, draft: dict[str, object]) -> list[str]:
    """Who sees to it, where it may be about somebody else who came in."""
    if draft["about"] not in _OF_ACCOUNT:
        return []
    people = [
        str(Address(name=one.name, address=one.email))
        for one in (await administrators(db))[:_MOST_NAMED]
    ]
    said = texts.gettext("If something is wrong, write to an administrator: %(names)s.")
    return [said % {"names": ", ".join(people)}] if people else []
