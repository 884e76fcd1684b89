"""Departments with their people, put into the database all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import insert

from inbox.i18n import LANGUAGES
from inbox.store.engine import Database
from inbox.store.tables import Agent, AgentAddress, Mailbox, MailboxAddress, Membership
from tests.stories.desk import Desk, Person
from tests.stories.outside import SIGNATURE


async def open_desks(
    database: Database,
    desks: Sequence[Desk],
    *,
    hears: Mapping[str, str],
    settings: Mapping[str, object],
) -> None:
    """The mailboxes, Karen and Anna in them, and Bob, who is a colleague and in none.

    `hears` says how much, by name.
    """
    people = [one for desk in desks for one in (desk.karen, desk.anna, desk.bob)]
    async with database.write() as db:
        boxes = await db.execute(
            insert(Mailbox).returning(Mailbox.address, Mailbox.id),
            [_mailbox(desk, settings) for desk in desks],
        )
        mailboxes = {row.address: row.id for row in boxes}
        made = await db.execute(
            insert(Agent).returning(Agent.email, Agent.id), [_agent(one) for one in people]
        )
        agents = {row.email: row.id for row in made}
        await db.execute(
            insert(MailboxAddress),
            [{"address": address, "mailbox_id": id_} for address, id_ in mailboxes.items()],
        )
        await db.execute(
            insert(AgentAddress),
            [{"address": address, "agent_id": id_} for address, id_ in agents.items()],
        )
        members = [one for one in people if one.name in hears]
        await db.execute(
            insert(Membership),
            [
                {
                    "agent_id": agents[one.address],
                    "mailbox_id": mailboxes[one.desk.support],
                    "notices": hears[one.name],
                }
                for one in members
            ],
        )


def _mailbox(desk: Desk, settings: Mapping[str, object]) -> Mapping[str, object]:
    row = {"address": desk.support, "name": "Support", "language": _language(desk)}
    return {**row, "signature": SIGNATURE, "undo_seconds": 0, "confirm": "off", **settings}


def _agent(person: Person) -> Mapping[str, object]:
    desk = person.desk
    role = "colleague" if person is desk.bob else "agent"
    row = {"email": person.address, "name": person.name, "role": role}
    return {**row, "language": _language(desk)}


def _language(desk: Desk) -> str:
    return desk.language if desk.language in LANGUAGES else "en"
