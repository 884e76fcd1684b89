"""Somebody new is let in by one of us: they are here, and hear of it by mail."""

from __future__ import annotations

from collections.abc import Collection

from inbox.desk.account import invite
from inbox.desk.given import an_address
from inbox.desk.people import add_agent, set_agent
from inbox.errors import Conflict
from inbox.i18n import LANGUAGES
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.people import agent_by_address, all_mailboxes
from inbox.store.tables import Agent


async def let_in_somebody(
    db: Writer,
    *,
    email: str,
    name: str,
    role: str,
    language: str,
    mailboxes: Collection[int],
    by: Agent,
) -> Agent:
    """The new person, in these mailboxes; who may sign in gets a mail to choose a password with.

    `language`: where it is none of ours, that of who lets them in. Raises Conflict for who is here
    already, Invalid.
    """
    email = an_address(email)
    if known := await agent_by_address(db, email):
        raise Conflict(Refusal.OTHER_PERSON, address=email, name=known.name, role=known.role)
    theirs = [one.address for one in await all_mailboxes(db) if one.id in mailboxes]
    agent = await add_agent(db, email=email, name=name, role=role, mailboxes=theirs)
    await set_agent(db, email, {"language": language if language in LANGUAGES else by.language})
    if agent.role != Role.COLLEAGUE:
        await invite(db, agent, by=by)
    return agent
