"""The company before its first mail: departments, people, rules and ready words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from inbox.auth.passwords import hash_password
from inbox.demo.company import AGENTS, DEPARTMENTS, PASSWORD, RULES, TEXTS
from inbox.desk.house_rules import RuleDraft, add_rule, switch_rule
from inbox.desk.mailboxes import add_mailbox, set_mailbox
from inbox.desk.people import add_agent
from inbox.desk.templates import Draft, keep_text
from inbox.rules.spelled import Spelled, line_of
from inbox.store.engine import Database, Writer
from inbox.store.ruled import rules_of

_UNDO_SECONDS = "5"  # so that an answer is there while one still looks


async def set_up(database: Database, *, now: datetime) -> None:
    """Make what is not there yet."""
    hashed = await hash_password(PASSWORD)
    async with database.write() as db:
        for one in DEPARTMENTS:
            await add_mailbox(db, address=one.address, name=one.name)
            await set_mailbox(db, one.address, {**one.settings, "undo_seconds": _UNDO_SECONDS})
        for person in AGENTS:
            agent = await add_agent(
                db,
                email=person.address,
                name=person.name,
                role=person.role,
                mailboxes=person.departments,
                password_hash=None if person.role == "colleague" else hashed,
            )
            agent.language = person.language
        if not await rules_of(db):
            await _make_rules(db, now)
        for draft in _texts():
            await keep_text(db, draft, now=now)


async def _make_rules(db: Writer, now: datetime) -> None:
    for name, whose, asks, does in RULES:
        document: dict[str, Any] = Spelled(
            conditions=tuple(map(line_of, asks)), actions=tuple(map(line_of, does))
        ).document()
        draft = RuleDraft(name=name, mailbox=whose.address, document=document)
        rule = await add_rule(db, draft, by=None, now=now)
        await switch_rule(db, rule.id, on=True, by=None, now=now)


def _texts() -> Iterator[Draft]:
    for name, whose, languages in TEXTS:
        for language, body in languages.items():
            yield Draft(name=name, language=language, body=body, mailbox=whose.address)
