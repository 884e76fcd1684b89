"""A department at work: customers write, people answer, and a relay takes what leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import update

from inbox.desk.answer import Answer, AnswerFile, Note
from inbox.desk.note import note
from inbox.desk.reply import Via, reply
from inbox.desk.undo import undo
from inbox.jobs.registry import Context
from inbox.jobs.worker import Worker
from inbox.outbound.transport import close_transports
from inbox.run.worker import know_all_jobs
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.tables import Agent, Message, Spool
from tests.intake.house import House
from tests.peers import Arrived, Relay, relay_peer

MONDAY = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


@dataclass
class Office(House):
    """support@us.example with Karen and Anna in it, and a relay."""

    relay: Relay = field(default_factory=Relay)
    now: datetime = MONDAY
    support: int = 0
    karen: int = 0
    anna: int = 0

    async def opens(self) -> None:
        """People come to work."""
        self.support = await self.mailbox(undo_seconds=0, confirm="off", signature="Support team")
        self.karen = await self.agent("karen@us.example", self.support, name="Karen Miller")
        self.anna = await self.agent("anna@us.example", self.support, name="Anna Rossi")

    async def works(self) -> None:
        """Everything that is due is done, mails included."""
        await Worker(self.context, concurrency=1).run_due()

    async def hears(self, mail: EmailMessage | bytes | None = None, **letter: Any) -> int:
        """A customer's mail comes in; the conversation that it is in."""
        kept = await self.receives(mail if mail is not None else self.letter(**letter))
        assert kept is not None
        return kept.conversation_id

    async def replies(
        self,
        conversation: int,
        words: str,
        *,
        by: int = 0,
        via: Via = "web",
        expected: int | None = None,
        **answer: Any,
    ) -> Message:
        """Somebody of ours answers."""
        self.now += timedelta(seconds=60)
        async with self.database.write() as db:
            return await reply(
                db,
                conversation,
                Answer(text=words, **answer),
                by=await db.get_one(Agent, by or self.karen),
                now=self.now,
                context=self.context,
                via=via,
                expected_last_event=expected,
            )

    async def takes_back(self, answer: Message, *, by: int = 0) -> None:
        """Somebody of ours thinks better of it before it leaves."""
        async with self.database.write() as db:
            agent = await db.get_one(Agent, by or self.karen)
            await undo(db, answer.id, by=agent, now=self.now)

    async def notes(
        self, conversation: int, words: str, *, by: int = 0, files: Sequence[AnswerFile] = ()
    ) -> Message:
        """Somebody of ours writes a comment."""
        self.now += timedelta(seconds=60)
        async with self.database.write() as db:
            agent = await db.get_one(Agent, by or self.karen)
            words_ = Note(text=words, files=tuple(files))
            return await note(db, conversation, words_, by=agent, now=self.now)

    async def spooled_by_agent(self, raw: bytes) -> int:
        """The raw mail of an agent, as it lies in the spool when it is taken for an answer."""
        spool_id = await self.spools(
            raw, sender="karen@us.example", recipients=("support@us.example",)
        )
        assert spool_id is not None
        async with self.database.write() as db:
            await db.execute(update(Spool).where(Spool.id == spool_id).values(state="done"))
        return spool_id

    def mail_to(self, address: str) -> Arrived:
        """The last mail that came to an address."""
        return self.relay.to(address)[-1]


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """The department, open, its relay in order."""
    async with open_office(database) as office:
        yield office


@asynccontextmanager
async def open_office(database: Database) -> AsyncIterator[Office]:
    """The same for whoever is no test."""
    know_all_jobs()
    async with relay_peer() as relay:
        # Stories go from one thing to the next within a second; of bundles others tell.
        settings = Settings(
            relay_url=relay.url, web_url="https://desk.us.example", bundle_seconds=0
        )
        context = Context(settings=settings, database=database, secret=b"s" * 32)
        office = Office(database, context, relay=relay)
        await office.opens()
        yield office
        await close_transports()
