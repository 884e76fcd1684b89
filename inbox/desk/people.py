"""Mailboxes and people: add, change, remove. Adding again what is there already changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from inbox.auth.identities import forget_identities
from inbox.auth.second_step import is_on, switch_off
from inbox.auth.sessions import end_all
from inbox.desk.account import new_password, shut_out, tell
from inbox.desk.administrators import keep_an_administrator, refuse_oneself
from inbox.desk.mailbox_settings import lines, one_line, read_values
from inbox.errors import Conflict, Invalid, NotFound, UnknownMailbox
from inbox.i18n import LANGUAGES
from inbox.model.account import Told
from inbox.model.address import normalize
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.people import addresses_of, agent_by_address, find_mailbox
from inbox.store.rights import forget_proof
from inbox.store.tables import Agent, AgentAddress, Mailbox, MailboxAddress, Membership, Outbound
from inbox.store.withdrawn import withdraw_notices
from inbox.threading.participants import organisation

_ADDRESS = re.compile(r"[^\s@<>(),:;\"\\\[\]]{1,64}@[^\s@<>(),:;\"\\\[\]]{1,255}")


async def add_mailbox(
    db: Writer, *, address: str, name: str, aliases: Iterable[str] = ()
) -> Mailbox:
    """The mailbox of this address, added if missing; a removed one comes back.

    Raises Conflict when it is there under another name, or an address leads elsewhere already.
    """
    own, name = mailbox_address(address), _name(name)
    mailbox = await db.scalar(select(Mailbox).where(Mailbox.address == own))
    if mailbox is None:
        mailbox = Mailbox(address=own, name=name)
        db.add(mailbox)
        await db.flush()
        await db.refresh(mailbox)
    elif mailbox.removed_at is not None:
        mailbox.removed_at, mailbox.name = None, name
    elif mailbox.name != name:
        raise Conflict(Refusal.OTHER_MAILBOX, address=own, name=mailbox.name)
    for each in (own, *(mailbox_address(alias) for alias in aliases)):
        await _lead_to(db, each, mailbox.id)
    return mailbox


async def set_mailbox(db: Writer, address: str, given: Mapping[str, str]) -> Mailbox:
    """Change settings of a mailbox; `aliases` is a list with commas. Raises Invalid, NotFound.

    With another `address` the one from before still leads to it, unless `aliases` says otherwise.
    """
    mailbox = await the_mailbox(db, address)
    values = dict(given)
    aliases = values.pop("aliases", None)
    if "address" in values:
        own = mailbox_address(values.pop("address"))
        await _lead_to(db, own, mailbox.id)
        mailbox.address = own
    for column, value in read_values(values).items():
        setattr(mailbox, column, value)
    if aliases is not None:
        wanted = {mailbox.address, *(mailbox_address(alias) for alias in _listed(aliases))}
        await db.execute(
            delete(MailboxAddress).where(
                MailboxAddress.mailbox_id == mailbox.id, MailboxAddress.address.not_in(wanted)
            )
        )
        for alias in sorted(wanted):
            await _lead_to(db, alias, mailbox.id)
    return mailbox


async def remove_mailbox(db: Writer, address: str, *, now: datetime) -> Mailbox:
    """No mail is taken for it any more; its conversations stay. Raises UnknownMailbox."""
    mailbox = await the_mailbox(db, address)
    mailbox.removed_at = now
    await db.execute(delete(MailboxAddress).where(MailboxAddress.mailbox_id == mailbox.id))
    return mailbox


async def the_mailbox(db: Reader | Writer, address: str) -> Mailbox:
    """The mailbox with this address or alias. Raises UnknownMailbox."""
    mailbox = await find_mailbox(db, address)
    if mailbox is None:
        raise UnknownMailbox(Refusal.NO_SUCH_MAILBOX, address=address)
    return mailbox


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
    email, name, role = person_address(email), _name(name), _role(role)
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
    for address in (email, *(person_address(other) for other in addresses)):
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
                agent.name = _name(value)
            case "role":
                await _set_role(db, agent, _role(value), by)
            case "language":
                agent.language = _language(value)
            case "lines":
                agent.own_lines = _lines(value)
            case "mailboxes":
                await _join_only(db, agent, _listed(value))
            case "addresses":
                await _write_only_from(db, agent, _listed(value))
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
        case "tasks" | "bundles" | "sound" | "desktop", "on" | "off":
            setattr(agent, key, value == "on")
        case _:
            raise Invalid(f"a person has no setting {key}={value}; there are {AGENT_KEYS}")


AGENT_KEYS = (
    "name, role, language, lines, mailboxes, addresses, tasks=on|off, bundles=on|off, "
    "sound=on|off, desktop=on|off, enabled=on, proved=off, second_step=off, provider=off"
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


def mailbox_address(address: str) -> str:
    """A mailbox's address in its normal form. Raises Invalid; `+` is kept for reply addresses."""
    normal = person_address(address)
    if "+" in normal:
        raise Invalid(Refusal.OWN_PLUS, address=address)
    return normal


def person_address(address: str) -> str:
    """A person's address in its normal form. Raises Invalid for what is none."""
    normal = normalize(address)
    if not _ADDRESS.fullmatch(normal) or not normal.isprintable():
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=address[:320])
    return normal


async def _lead_to(db: Writer, address: str, mailbox_id: int) -> None:
    taken = await db.get(MailboxAddress, address)
    if taken is None:
        if await agent_by_address(db, address):
            raise Conflict(Refusal.IS_A_PERSON, address=address)
        db.add(MailboxAddress(address=address, mailbox_id=mailbox_id))
        await db.flush()
    elif taken.mailbox_id != mailbox_id:
        raise Conflict(Refusal.LEADS_ELSEWHERE, address=address)


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
    wanted = {agent.email, *(person_address(address) for address in addresses)}
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


def _name(value: str) -> str:
    try:
        return one_line(value)
    except ValueError as error:
        raise Invalid(Refusal.NO_NAME) from error


def _lines(value: str) -> str:
    try:
        return lines(value)
    except ValueError as error:
        raise Invalid(Refusal.TOO_LONG) from error


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


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]
