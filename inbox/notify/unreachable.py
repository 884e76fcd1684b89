"""When mails to one of our own people come back: their administrators hear of it, once a month.

What was in these mails is not lost: it is in the web view, as all the rest.
"""

from __future__ import annotations

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
from inbox.store.tables import Agent, Mailbox, Outbound
from inbox.store.unreachable import administrators, reader_of, unreachable


@job("notify.unreachable", retry=INTAKE)
async def tell_administrators(db: Writer, context: Context, *, outbound_id: int) -> None:
    """Ask for the mails about whoever this mail did not reach; nothing if others do reach them."""
    about = await reader_of(db, outbound_id)
    if about is None:
        return
    agent_id, mailbox_id, sender = about
    now = utcnow()
    mails = [
        NewMail(
            kind="unreachable",
            recipients=(email,),
            header_id=new_message_id(
                sender.rpartition("@")[2],
                context.secret,
                derived(context.secret, "unreachable", admin, one.email, now.strftime("%Y-%m")),
            ),
            sender=sender,
            mailbox_id=mailbox_id,
            agent_id=admin,
            draft={"name": one.name, "email": one.email, "reply": one.reply},
        )
        for one in await unreachable(db, agent_id)
        for admin, email in await administrators(db, besides=agent_id)
    ]
    await enqueue_mails(db, mails, context.settings, now=now)


@composer("unreachable")
async def unreachable_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Whom no mail reaches, why, and what to do."""
    admin = await db.get_one(Agent, outbound.agent_id)
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    language = language_of(admin, outbound.draft)
    texts = translations(language)
    _ = texts.gettext
    about = outbound.draft
    said = " ".join(about["reply"].split())
    body = render(
        "away",
        texts,
        language=language,
        subject=_("Mails to %(name)s do not arrive") % about,
        what=_("The last mails to %(name)s (%(email)s) came back.") % about,
        why=[
            _("What was in them is in the web view. Please see to the address."),
            _("The other side said: %(said)s") % {"said": said},
        ],
        inside=read_by_nobody(texts),
        conversations=[],
    )
    return draft_to(context, outbound, mailbox, as_reader(admin), body)
