"""The verbs of people: add, change, shut out. Adding again what is there changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update

from inbox.auth.identities import forget_identities
from inbox.auth.second_step import is_on, switch_off
from inbox.auth.sessions import end_all
from inbox.desk.account import new_password, shut_out, tell
from inbox.desk.administrators import keep_an_administrator, refuse_oneself
from inbox.desk.given import a_name, an_address, listed
from inbox.desk.mailbox_settings import lines
from inbox.desk.mailboxes import the_mailbox
from inbox.errors import Conflict, Invalid, NotFound
from inbox.i18n import LANGUAGES
from inbox.model.account import Told
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.people import addresses_of, agent_by_address, find_mailbox
from inbox.store.rights import forget_proof
from inbox.store.tables import Agent, AgentAddress, Mailbox, Membership, Outbound
from inbox.store.withdrawn import withdraw_notices
from inbox.threading.participants import organisation

_MOST_SKILLS: Final = 30


async def add_agent(
    db: Writer,
    *,
    email: str,
    name: str,
    role: str,
    mailboxes: Iterable[str] = (),
    addresses: Iterable[str] = (),
    password_hash: str | None = None,
    is_list: bool = False,
) -> Agent:
    """The person with this address, added if missing, and a member of the mailboxes named.

    A colleague is a member of none: they are drawn into conversations. `is_list`: a department, a
    colleague behind one address of many people. Raises Conflict when they are there with other
    values or an address is somebody else's.
    """
    email, name, role = an_address(email), a_name(name), _role(role)
    if is_list:
        _check_list(email, role, password_hash)
    agent = await db.scalar(select(Agent).where(Agent.email == email))
    if agent is None:
        agent = Agent(
            email=email, name=name, role=role, password_hash=password_hash, is_list=is_list
        )
        db.add(agent)
        await db.flush()
        await db.refresh(agent)
    elif (agent.name, agent.role, agent.is_list) != (name, role, is_list):
        raise Conflict(Refusal.OTHER_PERSON, address=email, name=agent.name, role=agent.role)
    elif password_hash and not agent.password_hash:
        agent.password_hash = password_hash
    for address in (email, *(an_address(other) for other in addresses)):
        await _belong_to(db, address, agent.id)
    for address in mailboxes:
        mailbox = await the_mailbox(db, address)
        if role != Role.COLLEAGUE:
            await _join(db, agent.id, mailbox)
    return agent


def _check_list(email: str, role: str, password_hash: str | None) -> None:
    if role != Role.COLLEAGUE or password_hash:
        raise Invalid(Refusal.A_LIST, address=email)
    if not organisation(email):
        raise Invalid(Refusal.LIST_OF_PROVIDER, address=email)


async def set_agent(
    db: Writer, email: str, given: Mapping[str, str], *, by: Agent | None = None
) -> Agent:
    """Change a person; `mailboxes`, `addresses` are lists with commas. Raises Invalid, NotFound.

    `by` None: whoever runs the command. Raises Conflict for the last administrator, and Forbidden
    for one's own role.
    """
    agent = await the_agent(db, email)
    for key, value in given.items():
        match key:
            case "name":
                agent.name = a_name(value)
            case "role":
                await _set_role(db, agent, _role(value), by)
            case "language":
                agent.language = _language(value)
            case "lines":
                agent.own_lines = _lines(value)
            case "mailboxes":
                await _join_only(db, agent, listed(value))
            case "addresses":
                await _write_only_from(db, agent, listed(value))
            case _:
                await _switch(db, agent, key, value)
    return agent


async def _switch(db: Writer, agent: Agent, key: str, value: str) -> None:
    match key, value:
        case "proved", "off":
            await forget_proof(db, agent.id)
        case "second_step", "off":
            if await is_on(db, agent.id):
                await tell(db, agent.id, Told.SECOND_STEP_OFF)
            await switch_off(db, agent.id)
        case "provider", "off":
            await forget_identities(db, agent.id)
        case "enabled", "on":
            agent.disabled_at = None
        case "skills", _:
            agent.skills = _skills(value)
        case "tasks" | "bundles" | "sound" | "desktop", "on" | "off":
            setattr(agent, key, value == "on")
        case _:
            raise Invalid(f"a person has no setting {key}={value}; there are {AGENT_KEYS}")


AGENT_KEYS = (
    "name, role, language, lines, skills, mailboxes, addresses, zone, quiet, digest_at, every, "
    "tasks=on|off, bundles=on|off, sound=on|off, desktop=on|off, enabled=on, proved=off, "
    "second_step=off, provider=off"
)


async def set_password(db: Writer, email: str, password_hash: str) -> Agent:
    """Give a person a new password and sign them out everywhere. Raises NotFound."""
    agent = await the_agent(db, email)
    if agent.is_list:
        raise Invalid(Refusal.A_LIST, address=agent.email)
    await new_password(db, agent, password_hash)
    return agent


async def disable_agent(db: Writer, email: str, *, now: datetime, by: Agent | None = None) -> Agent:
    """They can do nothing any more, on the web or by mail; their work stays.

    Raises NotFound, Conflict for the last administrator, and Forbidden for oneself.
    """
    agent = await the_agent(db, email)
    await shut_out(db, agent, by=by, now=now)
    # What waits for the end of their night is not told any more.
    await db.execute(
        update(Outbound)
        .where(
            Outbound.agent_id == agent.id,
            Outbound.kind.in_(("notice", "asked", "digest")),
            Outbound.state == "waiting",
        )
        .values(state="cancelled")
    )
    return agent


async def the_agent(db: Reader | Writer, email: str) -> Agent:
    """The person with this address. Raises NotFound."""
    agent = await agent_by_address(db, email)
    if agent is None:
        raise NotFound(Refusal.NO_SUCH_PERSON, address=email)
    return agent


async def _belong_to(db: Writer, address: str, agent_id: int) -> None:
    taken = await db.get(AgentAddress, address)
    if taken is None:
        if await find_mailbox(db, address):
            raise Conflict(Refusal.IS_A_MAILBOX, address=address)
        db.add(AgentAddress(address=address, agent_id=agent_id))
        await db.flush()
    elif taken.agent_id != agent_id:
        raise Conflict(Refusal.BELONGS_ELSEWHERE, address=address)


async def _join(db: Writer, agent_id: int, mailbox: Mailbox) -> None:
    if await db.get(Membership, (agent_id, mailbox.id)) is None:
        await db.execute(insert(Membership).values(agent_id=agent_id, mailbox_id=mailbox.id))


async def _join_only(db: Writer, agent: Agent, addresses: list[str]) -> None:
    wanted = [await the_mailbox(db, address) for address in addresses]
    if wanted and agent.role == Role.COLLEAGUE:
        raise Invalid(f"{agent.email} is a colleague, who takes part in no mailbox: set role first")
    await db.execute(
        delete(Membership).where(
            Membership.agent_id == agent.id,
            Membership.mailbox_id.not_in([mailbox.id for mailbox in wanted]),
        )
    )
    for mailbox in wanted:
        await _join(db, agent.id, mailbox)
    await withdraw_notices(db, agent.id)


async def _write_only_from(db: Writer, agent: Agent, addresses: list[str]) -> None:
    wanted = {agent.email, *(an_address(address) for address in addresses)}
    before = set(await addresses_of(db, agent.id))
    await db.execute(
        delete(AgentAddress).where(
            AgentAddress.agent_id == agent.id, AgentAddress.address.not_in(wanted)
        )
    )
    for address in sorted(wanted):
        await _belong_to(db, address, agent.id)
    for address in sorted(wanted - before):
        await tell(db, agent.id, Told.ADDRESS_ADDED, address)
    for address in sorted(before - wanted):
        await tell(db, agent.id, Told.ADDRESS_GONE, address)


def _lines(value: str) -> str:
    try:
        return lines(value)
    except ValueError as error:
        raise Invalid(Refusal.TOO_LONG) from error


def _skills(value: str) -> list[str]:
    found = list(dict.fromkeys(map(a_name, listed(value))))
    if len(found) > _MOST_SKILLS:
        raise Invalid(Refusal.TOO_LONG)
    return found


def _role(value: str) -> str:
    if value not in set(Role):
        raise Invalid(f"there is no role {value}; there are {', '.join(Role)}")
    return value


async def _set_role(db: Writer, agent: Agent, role: str, by: Agent | None) -> None:
    if role == agent.role:
        return
    if agent.is_list:
        raise Invalid(Refusal.A_LIST, address=agent.email)
    refuse_oneself(agent, by)
    await keep_an_administrator(db, agent)
    agent.role = role
    if role == Role.COLLEAGUE:  # who cannot sign in, and hears only of what they are drawn into
        await end_all(db, agent.id)
        await db.execute(delete(Membership).where(Membership.agent_id == agent.id))
        await withdraw_notices(db, agent.id)


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise Invalid(f"language expects one of {', '.join(LANGUAGES)}, not {value!r}")
    return value
