"""Queries about who we are: mailboxes, agents, who may answer for which mailbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from sqlalchemy import Row, select

from inbox.model.address import base_address, normalize
from inbox.store.engine import KNOWN, Reader, Writer
from inbox.store.objects import Objects
from inbox.store.statement import Statement
from inbox.store.tables import (
    Agent,
    AgentAddress,
    Conversation,
    Mailbox,
    MailboxAddress,
    Membership,
)
from inbox.threading.participants import organisation

_Of = TypeVar("_Of")


async def find_mailbox(db: Reader | Writer, address: str) -> Mailbox | None:
    """The mailbox that this address leads to: its own, an alias, or either with `+detail`."""
    wanted = (normalize(address), base_address(address))
    found = await db.execute(
        select(MailboxAddress.address, Mailbox)
        .join(Mailbox, Mailbox.id == MailboxAddress.mailbox_id)
        .where(MailboxAddress.address.in_(wanted), Mailbox.removed_at.is_(None))
    )
    by_address = {row.address: row.Mailbox for row in found}
    return by_address.get(wanted[0]) or by_address.get(wanted[1])


_MAILBOXES: Final = Objects(Mailbox, select(Mailbox).order_by(Mailbox.id))


async def every_mailbox(db: Reader | Writer) -> list[Mailbox]:
    """Every mailbox there ever was, oldest first; a session that only reads asks once."""
    known: dict[str, list[Mailbox]] = db.info.get(KNOWN, {})
    if "mailboxes" not in known:
        known["mailboxes"] = await _MAILBOXES.all(db)
    return known["mailboxes"]


async def mailbox_of(db: Reader | Writer, conversation: Conversation) -> Mailbox:
    """The mailbox that a conversation is in."""
    home = conversation.mailbox_id
    return next(one for one in await every_mailbox(db) if one.id == home)


async def all_mailboxes(db: Reader | Writer) -> list[Mailbox]:
    """Every mailbox that is not removed, oldest first."""
    return [one for one in await every_mailbox(db) if one.removed_at is None]


async def mailbox_addresses(db: Reader | Writer) -> dict[int, list[str]]:
    """By mailbox id every address that leads to it, in alphabetical order."""
    rows = await db.execute(
        select(MailboxAddress.mailbox_id, MailboxAddress.address).order_by(MailboxAddress.address)
    )
    return _by_id(rows)


async def members(db: Reader | Writer, mailbox_id: int) -> list[Agent]:
    """The people who take part in a mailbox and are not disabled, oldest first."""
    return list(
        await db.scalars(
            select(Agent)
            .join(Membership, Membership.agent_id == Agent.id)
            .where(Membership.mailbox_id == mailbox_id, Agent.disabled_at.is_(None))
            .order_by(Agent.id)
        )
    )


async def member_ids(db: Reader | Writer) -> dict[int, list[int]]:
    """By mailbox id who takes part in it and is not disabled, the oldest first."""
    rows = await db.execute(
        select(Membership.mailbox_id, Membership.agent_id)
        .join(Agent, Agent.id == Membership.agent_id)
        .where(Agent.disabled_at.is_(None))
        .order_by(Membership.agent_id)
    )
    return _by_id(rows)


async def agent_by_address(db: Reader | Writer, address: str) -> Agent | None:
    """The person whose mail comes from this address, disabled ones included."""
    return await db.scalar(
        select(Agent)
        .join(AgentAddress, AgentAddress.agent_id == Agent.id)
        .where(AgentAddress.address == normalize(address))
    )


async def agent_at_work(db: Reader | Writer, address: str) -> Agent | None:
    """The same, of those who can get something."""
    found = await agent_by_address(db, address)
    return found if found is not None and found.disabled_at is None else None


async def all_agents(db: Reader | Writer) -> list[Agent]:
    """Every person of ours, disabled ones included, oldest first."""
    return list(await db.scalars(select(Agent).order_by(Agent.id)))


async def names_besides(
    db: Reader | Writer, known: Mapping[int, str], people: Iterable[int | None]
) -> dict[int, str]:
    """Those that are known, and the names of whoever else is meant; nothing is asked for none."""
    unknown = {one for one in people if one} - known.keys()
    rows = (
        await db.execute(select(Agent.id, Agent.name).where(Agent.id.in_(unknown)))
        if unknown
        else ()
    )
    return {**known, **{one: name for one, name in rows}}


async def agent_addresses(db: Reader | Writer) -> dict[int, list[str]]:
    """By agent id every address from which their mail counts, in alphabetical order."""
    rows = await db.execute(
        select(AgentAddress.agent_id, AgentAddress.address).order_by(AgentAddress.address)
    )
    return _by_id(rows)


async def addresses_of(db: Reader | Writer, agent_id: int) -> list[str]:
    """Every address from which a person's mail counts, in alphabetical order."""
    found = select(AgentAddress.address).where(AgentAddress.agent_id == agent_id)
    return list(await db.scalars(found.order_by(AgentAddress.address)))


async def taking_part(db: Reader | Writer, agent_id: int) -> list[tuple[Mailbox, Membership]]:
    """The mailboxes of a person, by name, each with what they want to hear of it."""
    rows = await db.execute(
        select(Mailbox, Membership)
        .join(Membership, Membership.mailbox_id == Mailbox.id)
        .where(Membership.agent_id == agent_id, Mailbox.removed_at.is_(None))
        .order_by(Mailbox.name, Mailbox.id)
    )
    return [(row.Mailbox, row.Membership) for row in rows]


async def memberships(db: Reader | Writer) -> dict[int, list[str]]:
    """By agent id the addresses of the mailboxes they take part in, in alphabetical order."""
    rows = await db.execute(
        select(Membership.agent_id, Mailbox.address)
        .join(Mailbox, Mailbox.id == Membership.mailbox_id)
        .where(Mailbox.removed_at.is_(None))
        .order_by(Mailbox.address)
    )
    return _by_id(rows)


_OWN = Statement("""
select address from agent_address where agent_id = :agent_id
union select email from agent where id = :agent_id
""")
_AMONG = Statement("""
select address from mailbox_address where address = any(cast(:addresses as text[]))
union select address from agent_address where address = any(cast(:addresses as text[]))
""")
_SENDERS = Statement("""
select a.address, b.id from mailbox_address a
  join mailbox b on b.id = a.mailbox_id
  join membership m on m.mailbox_id = b.id
 where m.agent_id = :agent_id and b.removed_at is null
 order by b.name, a.address <> b.address, a.address
""")
_DOMAINS = Statement("""
select split_part(address, '@', 2) as domain from mailbox_address
union select split_part(address, '@', 2) from agent_address
""")


async def own_addresses(db: Reader | Writer, agent_id: int) -> list[str]:
    """Every address of one person of ours, in alphabetical order."""
    return sorted(row["address"] for row in await _OWN.rows(db, agent_id=agent_id))


async def our_domains(db: Reader | Writer) -> frozenset[str]:
    """The registrable domains at which mailboxes and people have addresses; no freemail."""
    found = await _DOMAINS.rows(db)
    return frozenset(organisation(f"@{row['domain']}") for row in found) - {""}


async def ours_among(db: Reader | Writer, addresses: Iterable[str]) -> set[str]:
    """Which of these, in normal form, are a mailbox's or an agent's; a mailbox's also without
    its `+detail`.
    """
    wanted = {address for each in addresses for address in (each, base_address(each))}
    return {row["address"] for row in await _AMONG.rows(db, addresses=sorted(wanted))}


async def mailboxes_among(db: Reader | Writer, addresses: Iterable[str]) -> list[str]:
    """Which of these, in normal form, lead to a mailbox, also by their `+detail`."""
    wanted = {one for each in addresses for one in (each, base_address(each))}
    found = select(MailboxAddress.address).where(MailboxAddress.address.in_(wanted))
    return list(await db.scalars(found.order_by(MailboxAddress.address)))


async def senders_of(db: Reader | Writer, agent_id: int) -> dict[str, int]:
    """The addresses from which this person may write to customers, each with its mailbox."""
    return {row["address"]: row["id"] for row in await _SENDERS.rows(db, agent_id=agent_id)}


def _by_id(rows: Iterable[Row[int, _Of]]) -> dict[int, list[_Of]]:
    found: dict[int, list[_Of]] = {}
    for each, of in rows:
        found.setdefault(each, []).append(of)
    return found
