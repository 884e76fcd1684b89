"""A small company in the database, whose mail came without going through the intake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from hashlib import sha256
from typing import Any

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from inbox.auth import sessions
from inbox.desk.mailboxes import add_mailbox
from inbox.desk.people import add_agent
from inbox.desk.record import record
from inbox.jobs.registry import Context
from inbox.mail.invites import invitation_dict, words_beside
from inbox.mail.parse import parse
from inbox.mail.pictures import is_proof
from inbox.mail.thread_index import new_root
from inbox.mail.trim import trim
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.model.mail import ParsedMail
from inbox.settings import Settings
from inbox.store.engine import Database, Writer
from inbox.store.tables import (
    Agent,
    Conversation,
    Customer,
    CustomerAddress,
    File,
    Mailbox,
    Message,
    Spool,
)

PASSWORD = "correct horse battery"
SECRET = b"s" * 32


@dataclass(slots=True)
class Company:
    """Writes mails into the database as if they had come, and signs people in."""

    database: Database
    settings: Settings
    now: datetime

    @property
    def context(self) -> Context:
        """What verbs of the desk are given."""
        return Context(settings=self.settings, database=self.database, secret=SECRET)

    async def mailbox(self, address: str, name: str) -> Mailbox:
        """A department."""
        async with self.database.write() as db:
            return await add_mailbox(db, address=address, name=name)

    async def agent(self, name: str, *mailboxes: str, role: str = "agent", **more: str) -> Agent:
        """A person of ours, with the one password of these tests; `language` may be given."""
        async with self.database.write() as db:
            agent = await add_agent(
                db,
                email=f"{name.partition(' ')[0].lower()}@us.example",
                name=name,
                role=role,
                mailboxes=mailboxes,
                password_hash=_hashed(),
            )
            agent.language = more.get("language", "en")
            return agent

    async def session(self, agent: Agent) -> str:
        """A session's token, as signing in would give it."""
        async with self.database.write() as db:
            return await sessions.start(db, agent.id, now=self.now)

    async def receives(
        self,
        mailbox: Mailbox,
        *,
        from_: str = "Pat Lee <pat@customer.example>",
        subject: str = "Boots",
        text: str = "Which size do I need?",
        html: str | None = None,
        files: tuple[tuple[str, str, bytes], ...] = (),
        inline: tuple[tuple[str, bytes], ...] = (),
        into: int | None = None,
        ago: timedelta = timedelta(minutes=5),
        match: dict[str, Any] | None = None,
        proof: dict[str, Any] | None = None,
    ) -> int:
        """A customer's mail; returns its conversation."""
        raw = _mail(mailbox.address, from_, subject, text, html, files, inline)
        mail = parse(raw)
        at = self.now - ago
        async with self.database.write() as db:
            spool = await _spooled(db, raw, mailbox, at)
            customer = await _customer(db, mail)
            home = await db.get(Conversation, into) if into else None
            home = home or await _begin(db, mailbox, customer, subject, raw, at)
            _turn(home, mail, at)
            message = _message(home, mailbox, customer, mail, raw, at)
            message.spool_id, message.match, message.proof = spool.id, match or {}, proof or {}
            db.add(message)
            await db.flush()
            db.add_all(_files(message, mail))
            name = EventName.MESSAGE_RECEIVED if into else EventName.CONVERSATION_OPENED
            by = Actor.customer(customer, message.author_name)
            await record(db, home.id, name, by=by, now=at, message_id=message.id)
            return home.id


async def _spooled(db: Writer, raw: bytes, mailbox: Mailbox, at: datetime) -> Spool:
    spool = Spool(
        raw=raw,
        sha256=sha256(raw).digest(),
        size=len(raw),
        sender="",
        recipients=[mailbox.address],
        source="smtp",
        received_at=at,
        state="done",
    )
    db.add(spool)
    await db.flush()
    return spool


async def _customer(db: Writer, mail: ParsedMail) -> int:
    assert mail.author is not None
    if known := await db.get(CustomerAddress, mail.author.address):
        return known.customer_id
    customer = Customer(name=mail.author.name)
    db.add(customer)
    await db.flush()
    db.add(CustomerAddress(address=mail.author.address, customer_id=customer.id))
    return customer.id


async def _begin(
    db: Writer, mailbox: Mailbox, customer: int, subject: str, raw: bytes, at: datetime
) -> Conversation:
    home = Conversation(
        mailbox_id=mailbox.id,
        customer_id=customer,
        subject=subject,
        base_subject=subject.lower(),
        thread_index=new_root(at, sha256(raw).digest()[:16]),
        last_message_at=at,
        created_at=at,
        message_count=0,
        has_files=False,
    )
    db.add(home)
    await db.flush()
    return home


def _turn(home: Conversation, mail: ParsedMail, at: datetime) -> None:
    words = words_beside(trim(mail.text, mail.html).new_text, mail.invitation)
    if mail.protection and mail.protection.is_encrypted:
        words = ""
    home.snippet = " ".join(words.split())[:200]
    home.message_count += 1
    home.has_files = bool(home.has_files or mail.attachments)
    home.last_message_at, home.waiting_since = at, home.waiting_since or at
    home.status = "open"


def _message(
    home: Conversation, mailbox: Mailbox, customer: int, mail: ParsedMail, raw: bytes, at: datetime
) -> Message:
    assert mail.author is not None
    words = trim(mail.text, mail.html)
    return Message(
        conversation_id=home.id,
        kind="mail",
        visibility="public",
        author_kind="customer",
        author_id=customer,
        author_name=mail.author.name,
        author_address=mail.author.address,
        to=[{"name": mailbox.name, "address": mailbox.address}],
        subject=mail.subject,
        message_id=mail.message_id,
        received_at=at,
        created_at=at,
        text=words.new_text,
        quoted=words.quoted_text,
        has_html=mail.html is not None,
        protection=mail.protection or "",
        invitation=invitation_dict(mail.invitation),
        identity=sha256(raw + str(home.message_count).encode()).digest(),
    )


def _files(message: Message, mail: ParsedMail) -> list[File]:
    return [
        File(
            message_id=message.id,
            part=one.part,
            filename=one.filename,
            content_type=one.content_type,
            size=one.size,
            sha256=bytes.fromhex(one.sha256),
            content_id=one.content_id,
            inline=one.inline,
            aside=is_proof(one),
        )
        for one in mail.attachments
    ]


@cache
def _hashed() -> str:
    """Once for all tests: a hash is made to be slow."""
    return PasswordHash((Argon2Hasher(),)).hash(PASSWORD)


def _mail(
    to: str,
    from_: str,
    subject: str,
    text: str,
    html: str | None,
    files: tuple[tuple[str, str, bytes], ...],
    inline: tuple[tuple[str, bytes], ...],
) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = from_, to, subject
    mail["Date"] = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    mail["Message-ID"] = f"<{sha256((from_ + subject + text).encode()).hexdigest()[:20]}@x.example>"
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
        for content_id, picture in inline:
            part = mail.get_payload()[1]  # type: ignore[index] # it has parts
            part.add_related(picture, "image", "png", cid=f"<{content_id}>")  # type: ignore[union-attr] # likewise
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        if kind == "message/rfc822":
            mail.add_attachment(message_from_bytes(content, policy=default), filename=name)
        else:
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()
