"""The mail that tells administrators, once, that a rule cannot be followed as it is."""

from __future__ import annotations

import gettext

from inbox.clock import utcnow
from inbox.i18n import translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.notify.personal import new_mail, personal_draft
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.outbound.queue import enqueue_mail
from inbox.rules.faults import kept_fault_in_words
from inbox.store.departments import administrators
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, HouseRule, Outbound


@job("notify.broken_rule", retry=INTAKE)
async def broken_rule(db: Writer, context: Context, *, rule_id: int) -> None:
    """Ask for the mails; nobody hears of a rule that has been mended or removed meanwhile."""
    rule = await db.get(HouseRule, rule_id)
    if rule is None or rule.removed_at is not None or not rule.fault:
        return
    for agent in await administrators(db):
        mail = await new_mail(
            db,
            context,
            agent,
            "broken_rule",
            to=agent.email,
            rule=rule.name,
            fault=rule.fault,
            number=rule.id,
        )
        if mail is not None:
            await enqueue_mail(db, mail, context.settings, now=utcnow())


@composer("broken_rule")
async def broken_rule_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Which rule, what is wrong with it, and where it is mended."""
    agent = await db.get_one(Agent, outbound.agent_id)
    language = language_of(agent, outbound.draft)
    texts = translations(language)
    _ = texts.gettext
    chosen = outbound.draft
    about = {
        "rule": chosen["rule"],
        "fault": _fault(chosen["fault"], texts),
        "page": f"{context.settings.public_url}/house/rules/{chosen['number']}",
    }
    what = _(
        "The rule “%(rule)s” could not be followed and was passed over: %(fault)s."
        " The mail it was about is kept as any other. It can be put right at %(page)s"
    )
    body = render(
        "account",
        texts,
        language=language,
        subject=_("The rule “%(rule)s” does not work") % about,
        what=what % about,
        asks=False,
        unread=read_by_nobody(texts),
    )
    return await personal_draft(db, context, outbound, agent, body)


def _fault(fault: str, texts: gettext.NullTranslations) -> str:
    """What is wrong, without an end: the sentence around it has its own."""
    return kept_fault_in_words(fault, texts).rstrip(".。")
