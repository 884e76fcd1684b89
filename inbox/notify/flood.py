"""Somebody of ours has sent more by signing in than one person may: they and administrators hear.

Once a day about a person, at their registered address: it may be somebody else with their password.
"""

from __future__ import annotations

from typing import Final

from inbox.clock import utcnow
from inbox.i18n import translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.notify.draft import as_reader, draft_to
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.outbound.keyed import derived
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.store.engine import Reader, Writer
from inbox.store.flood import home_of_person
from inbox.store.tables import Agent, Mailbox, Outbound
from inbox.store.unreachable import administrators

_REMOVE: Final = "inbox agent mail-password remove {email} --name …"


@job("notify.flood", retry=INTAKE)
async def tell_of_flood(db: Writer, context: Context, *, agent_id: int) -> None:
    """Ask for the mails about it, if nobody was told today."""
    now = utcnow()
    person = await db.get_one(Agent, agent_id)
    mailbox = await home_of_person(db, agent_id)
    if mailbox is None:
        return
    mailbox_id, sender = mailbox
    readers = [(person.id, person.email), *await administrators(db, besides=agent_id)]
    day = now.strftime("%Y-%m-%d")
    mails = [
        NewMail(
            kind="flood",
            recipients=(email,),
            header_id=new_message_id(
                sender.rpartition("@")[2],
                context.secret,
                derived(context.secret, "flood", agent_id, reader, day),
            ),
            sender=sender,
            mailbox_id=mailbox_id,
            agent_id=reader,
            draft={"name": person.name, "email": person.email, "own": reader == agent_id},
        )
        for reader, email in readers
    ]
    await enqueue_mails(db, mails, context.settings, now=now)


@composer("flood")
async def flood_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Whose mails are not taken for now, and what to do."""
    reader = await db.get_one(Agent, outbound.agent_id)
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    language = language_of(reader, outbound.draft)
    texts = translations(language)
    _ = texts.gettext
    about = outbound.draft
    what = _("More mails were sent with the mail password of %(name)s than one person may send.")
    body = render(
        "away",
        texts,
        language=language,
        subject=_("Mails of %(name)s are not taken for now") % about,
        what=what % about,
        why=[
            _("What comes beyond that is not taken, or held; it may be sent again in an hour."),
            _(
                "If you sent them, an administrator can raise the limit. If not, somebody knows the"
                " password: have it removed at once."
            )
            if about["own"]
            else _(
                "If it was not they who sent them, somebody knows the password. This removes it:"
            ),
        ],
        **({} if about["own"] else {"write": _REMOVE.format(email=about["email"])}),
        inside=read_by_nobody(texts),
        conversations=[],
    )
    return draft_to(context, outbound, mailbox, as_reader(reader), body)
