"""The mail with which one of us signs in: a link that is good once, soon, and in one browser.

The link stands in no row: it is derived when the mail leaves, and kept as a hash.
"""

from __future__ import annotations

from secrets import token_bytes

from sqlalchemy import select

from inbox.auth.links import LIFE, keep_link
from inbox.auth.permissions import may_sign_in
from inbox.clock import utcnow
from inbox.i18n import LANGUAGES, translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.log import get_logger
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.model.address import Address
from inbox.model.conversation import Role
from inbox.notify.render import render
from inbox.outbound.composers import composer
from inbox.outbound.keyed import loop_mark, sign_in_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.engine import Reader, Writer
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent, Mailbox, Membership, Outbound

log = get_logger("notify")


@job("notify.sign_in", retry=INTAKE)
async def sign_in(db: Writer, context: Context, *, address: str, browser: str, target: str) -> None:
    """Ask for the mail, if this address is of somebody who may come in; else nothing."""
    now = utcnow()
    agent = await agent_by_address(db, address)
    if agent is None or agent.disabled_at or not may_sign_in(Role(agent.role)):
        return
    mailbox = await _from(db, agent.id)
    if mailbox is None:
        log.warning("sign_in.no_mailbox", agent=agent.id)
        return
    header_id = new_message_id(mailbox.address.rpartition("@")[2], context.secret, token_bytes)
    mail = NewMail(
        kind="sign_in",
        # Where they asked for it: one of their addresses, whichever they can read just now.
        recipients=(address,),
        header_id=header_id,
        sender="",
        mailbox_id=mailbox.id,
        agent_id=agent.id,
        draft={"to": address},
    )
    await enqueue_mail(db, mail, context.settings, now=now)
    await keep_link(
        db,
        agent.id,
        sign_in_token(context.secret, header_id),
        browser_hash=bytes.fromhex(browser),
        target=target,
        now=now,
    )


@composer("sign_in")
async def sign_in_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The link, and what to know of it."""
    agent = await db.get_one(Agent, outbound.agent_id)
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    language = agent.language if agent.language in LANGUAGES else LANGUAGES[0]
    token = sign_in_token(context.secret, outbound.header_id)
    body = render(
        "sign_in",
        translations(language),
        language=language,
        minutes=int(LIFE.total_seconds() / 60),
        url=f"{context.settings.public_url}/sign-in/links/{token}",
    )
    return Draft(
        from_=Address(name=mailbox.name, address=mailbox.address),
        to=(Address(name=agent.name, address=outbound.draft["to"]),),
        subject=body.subject,
        message_id=outbound.header_id,
        date=outbound.created_at,
        text=body.text,
        html=body.html,
        auto_submitted="auto-generated",
        loop=loop_mark(context.secret),
    )


async def _from(db: Writer, agent_id: int) -> Mailbox | None:
    """The first mailbox of theirs, or of all."""
    mine = select(Membership.mailbox_id).where(Membership.agent_id == agent_id)
    return await db.scalar(
        select(Mailbox)
        .where(Mailbox.removed_at.is_(None))
        .order_by(Mailbox.id.in_(mine).desc(), Mailbox.id)
        .limit(1)
    )
