"""The mail with which one of us signs in: a link that is good once, soon, and in one browser.

The link stands in no row: it is derived when the mail leaves, and kept as a hash.
"""

from __future__ import annotations

from inbox.auth.links import LIFE, keep_link
from inbox.auth.permissions import may_sign_in
from inbox.auth.sessions import is_anywhere
from inbox.clock import utcnow
from inbox.i18n import LANGUAGES, translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.model.conversation import Role
from inbox.notify.personal import new_mail, personal_draft
from inbox.notify.render import render
from inbox.notify.spoken import language_of
from inbox.notify.unread import read_by_nobody
from inbox.outbound.composers import composer
from inbox.outbound.keyed import sign_in_token
from inbox.outbound.queue import enqueue_mail
from inbox.store.engine import Reader, Writer
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent, Outbound


@job("notify.sign_in", retry=INTAKE)
async def sign_in(
    db: Writer, context: Context, *, address: str, browser: str, target: str, language: str = ""
) -> None:
    """Ask for the mail, if this address is of somebody who may come in; else nothing.

    `language`: of the page on which it was asked for.
    """
    now = utcnow()
    agent = await agent_by_address(db, address)
    if agent is None or agent.disabled_at or not may_sign_in(Role(agent.role)):
        return
    # Where they asked for it: one of their addresses, whichever they can read just now.
    spoken = await _spoken(db, agent, language)
    mail = await new_mail(db, context, agent, "sign_in", to=address, language=spoken)
    if mail is None:
        return
    await enqueue_mail(db, mail, context.settings, now=now)
    await keep_link(
        db,
        agent.id,
        sign_in_token(context.secret, mail.header_id),
        browser_hash=bytes.fromhex(browser),
        target=target,
        now=now,
    )


async def _spoken(db: Writer, agent: Agent, asked_in: str) -> str:
    """Theirs, once they have been here or somebody said which it is; until then the page's."""
    is_said = agent.language != LANGUAGES[0] or await is_anywhere(db, agent.id)
    return agent.language if is_said or asked_in not in LANGUAGES else asked_in


@composer("sign_in")
async def sign_in_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The link, and what to know of it."""
    agent = await db.get_one(Agent, outbound.agent_id)
    language = language_of(agent, outbound.draft)
    texts = translations(language)
    token = sign_in_token(context.secret, outbound.header_id)
    body = render(
        "sign_in",
        texts,
        language=language,
        unread=read_by_nobody(texts),
        minutes=int(LIFE.total_seconds() / 60),
        url=f"{context.settings.public_url}/sign-in/links/{token}",
    )
    return await personal_draft(db, context, outbound, agent, body)
