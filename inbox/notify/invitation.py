"""The mail that invites one of us: a link with which they choose a password, once."""

from __future__ import annotations

from inbox.auth.invitations import LIFE, keep_invitation
from inbox.auth.permissions import may_sign_in
from inbox.clock import utcnow
from inbox.i18n import translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.model.conversation import Role
from inbox.notify.personal import new_mail, personal_draft
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.outbound.keyed import invitation_token
from inbox.outbound.queue import enqueue_mail
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Outbound


@job("notify.invitation", retry=INTAKE)
async def invitation(db: Writer, context: Context, *, agent_id: int, by: str) -> None:
    """Ask for the mail, if this is still somebody who may come in; else nothing."""
    now = utcnow()
    agent = await db.get_one(Agent, agent_id)
    if agent.disabled_at or not may_sign_in(Role(agent.role)):
        return
    mail = await new_mail(db, context, agent, "invitation", to=agent.email, by=by)
    if mail is None:
        return
    await enqueue_mail(db, mail, context.settings, now=now)
    if context.settings.lets_in_by("password"):
        token = invitation_token(context.secret, mail.header_id)
        await keep_invitation(db, agent.id, token, now=now)


@composer("invitation")
async def invitation_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Who lets them in, and the way."""
    agent = await db.get_one(Agent, outbound.agent_id)
    language = language_of(agent, outbound.draft)
    texts = translations(language)
    by_password = context.settings.lets_in_by("password")
    token = invitation_token(context.secret, outbound.header_id)
    way = f"/invitations/{token}" if by_password else "/sign-in"
    body = render(
        "invitation",
        texts,
        language=language,
        unread=read_by_nobody(texts),
        by=outbound.draft["by"],
        by_password=by_password,
        address=agent.email,
        days=LIFE.days,
        url=f"{context.settings.public_url}{way}",
    )
    return await personal_draft(db, context, outbound, agent, body)
