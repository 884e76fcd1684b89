"""A company with mailboxes and people, that gets mail: the words in which the stories are told."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Row, insert, text

from inbox.desk.letter import Kept
from inbox.intake.pipeline import Intake, process
from inbox.intake.spool import accept
from inbox.jobs.registry import Context
from inbox.mail.tokens import Verb, hash_token, new_token, reply_address
from inbox.model.mail import Envelope
from inbox.store.blobs import Blobs
from inbox.store.engine import Database
from inbox.store.tables import Agent, AgentAddress, Mailbox, MailboxAddress, Membership, ReplyToken
from tests.mail_auth.zone import Zone

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass
class House:
    """Mail comes in, a worker's time later it is where it belongs."""

    database: Database
    context: Context
    zone: Zone = field(default_factory=Zone)
    blobs: Blobs | None = None  # where raw mail is put from now on
    now: datetime = START
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def mailbox(self, address: str = "support@us.example", **settings: Any) -> int:
        """A department of ours."""
        async with self.database.write() as db:
            name = address.partition("@")[0].title()
            row = {"address": address, "name": name, **settings}
            made = await db.execute(insert(Mailbox).values(row).returning(Mailbox.id))
            mailbox = int(made.scalar_one())
            await db.execute(insert(MailboxAddress).values(address=address, mailbox_id=mailbox))
        return mailbox

    async def agent(self, address: str, *mailboxes: int, **settings: Any) -> int:
        """A person of ours in these mailboxes."""
        async with self.database.write() as db:
            row = {"email": address, "name": address.partition("@")[0].title(), **settings}
            made = await db.execute(insert(Agent).values(row).returning(Agent.id))
            agent = int(made.scalar_one())
            await db.execute(insert(AgentAddress).values(address=address, agent_id=agent))
            for mailbox in mailboxes:
                await db.execute(insert(Membership).values(agent_id=agent, mailbox_id=mailbox))
        return agent

    async def receives(self, mail: EmailMessage | bytes, **envelope: Any) -> Kept | None:
        """A mail comes and is worked off; where it was kept."""
        spool_id = await self.spools(mail, **envelope)
        return await self.works_off(spool_id) if spool_id else None

    async def spools(self, mail: EmailMessage | bytes, **envelope: Any) -> int | None:
        """A mail comes and waits."""
        raw = mail if isinstance(mail, bytes) else as_bytes(mail)
        self.now += timedelta(seconds=60)
        whole = {
            "sender": address_in(mail, "From"),
            "recipients": tuple(filter(None, [address_in(mail, "To")])),
            "peer": "203.0.113.9",
            "received_at": self.now,
            **envelope,
        }
        async with self.database.write() as db:
            return await accept(db, raw, Envelope(**whole), now=self.now, blobs=self.blobs)

    async def works_off(self, spool_id: int) -> Kept | None:
        """What the job does with a mail that waits."""
        at = Intake(context=self.context, dns=self.zone, now=self.now, rng=random.randbytes)
        async with self.database.write() as db:
            return await process(db, spool_id, at)

    async def rows(self, sql: str, **values: Any) -> Sequence[Row[Any]]:
        async with self.database.read() as db:
            return (await db.execute(text(sql), values)).all()

    async def one(self, sql: str, **values: Any) -> Any:
        """The only value of the only row."""
        rows = await self.rows(sql, **values)
        assert len(rows) == 1, rows
        return rows[0][0]

    async def events(self, conversation: int) -> list[str]:
        """What happened there, in order."""
        sql = "select name from event where conversation_id = :conversation order by id"
        return [row.name for row in await self.rows(sql, conversation=conversation)]

    async def token(self, conversation: int, agent: int, verb: Verb = "r", **columns: Any) -> str:
        """The address to which a person of ours answers: as in the Reply-To of their notice."""
        token = new_token(random.randbytes)
        row = {
            "token_hash": hash_token(token),
            "conversation_id": conversation,
            "agent_id": agent,
            "purpose": "notice",
            "expires_at": self.now + timedelta(days=30),
            **columns,
        }
        async with self.database.write() as db:
            await db.execute(insert(ReplyToken).values(row))
        return reply_address("support@us.example", verb, token)

    async def change(self, sql: str, **values: Any) -> None:
        async with self.database.write() as db:
            await db.execute(text(sql), values)

    def letter(
        self, words: str = "Hello", *, answers: EmailMessage | None = None, **headers: str
    ) -> EmailMessage:
        """A mail as a person writes it, to support unless said otherwise."""
        mail = EmailMessage()
        mail.set_content(words + "\n")
        given = {name.replace("_", "-").strip("-"): value for name, value in headers.items()}
        number = next(self.numbers)
        if answers is not None:
            subject = str(answers["Subject"])
            given.setdefault("In-Reply-To", str(answers["Message-ID"]))
            earlier = [str(answers["References"] or ""), str(answers["Message-ID"])]
            given.setdefault("References", " ".join(filter(None, earlier)))
            given.setdefault("Subject", subject if subject.startswith("Re:") else f"Re: {subject}")
        whole = {
            "From": "Jane Doe <jane@shop.example>",
            "To": "support@us.example",
            "Subject": f"Broken boots {number}",
            "Date": "Sun, 22 Nov 2026 10:00:00 +0000",
            "Message-ID": f"<{number}@shop.example>",
            **given,
        }
        for name, value in whole.items():
            if value:
                mail[name] = value
        return mail


def as_bytes(mail: EmailMessage) -> bytes:
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n", max_line_length=998))


def address_in(mail: EmailMessage | bytes, name: str) -> str:
    if isinstance(mail, bytes) or not mail[name]:
        return ""
    return str(mail[name].addresses[0].addr_spec)
