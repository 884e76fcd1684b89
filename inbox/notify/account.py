"""The mails about how one of us comes in: what has changed, and what to do if it was not they.

They go to the person's own address, whoever made the change; no link in them opens anything.
"""

from __future__ import annotations

import gettext

from inbox.clock import utcnow
from inbox.i18n import translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.model.account import Told
from inbox.notify.personal import new_mail, personal_draft
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.outbound.queue import enqueue_mail
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Outbound


@job("notify.account", retry=INTAKE)
async def account(db: Writer, context: Context, *, agent_id: int, what: str, about: str) -> None:
    """Ask for the mail; nobody writes so to a department, or to who is shut out."""
    agent = await db.get_one(Agent, agent_id)
    if agent.is_list or agent.disabled_at:
        return
    mail = await new_mail(db, context, agent, "account", to=agent.email, what=what, about=about)
    if mail is not None:
        await enqueue_mail(db, mail, context.settings, now=utcnow())


@composer("account")
async def account_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """What has changed."""
    agent = await db.get_one(Agent, outbound.agent_id)
    language = language_of(agent, outbound.draft)
    texts = translations(language)
    subject, what = said(Told(outbound.draft["what"]), outbound.draft["about"], texts)
    body = render(
        "account",
        texts,
        language=language,
        subject=subject,
        what=what,
        asks=True,
        unread=read_by_nobody(texts),
    )
    return await personal_draft(db, context, outbound, agent, body)


def said(what: Told, about: str, texts: gettext.NullTranslations) -> tuple[str, str]:
    """The subject, and the sentence."""
    _ = texts.gettext
    changed = {
        Told.PASSWORD: (
            _("Your password was changed"),
            _("Your password for the inbox was changed, and every other browser signed out."),
        ),
        Told.SECOND_STEP_ON: (
            _("A second step was set up"),
            _("From now on a code is asked for when you sign in to the inbox."),
        ),
        Told.SECOND_STEP_OFF: (
            _("The second step was taken off"),
            _("No code is asked for any more when you sign in to the inbox."),
        ),
        Told.CODES: (
            _("You have new recovery codes"),
            _("New recovery codes were made. Those from before open nothing any more."),
        ),
        Told.ADDRESS_ADDED: (
            _("An address was added to you"),
            _("From now on mail from %(about)s counts as yours, and you can sign in with it."),
        ),
        Told.ADDRESS_GONE: (
            _("An address was taken from you"),
            _("Mail from %(about)s does not count as yours any more."),
        ),
        Told.NEW_BROWSER: (
            _("You signed in from a new browser"),
            _(
                "Somebody signed in with your password, in a browser seen for the first time:"
                " %(about)s"
            ),
        ),
    }
    subject, sentence = changed[what]
    return subject, sentence % {"about": about}
