"""`inbox doctor`: everything that has to be right around the service, one finding each."""

from __future__ import annotations

import asyncio
import os
import time

from aiosmtplib import SMTPException
from sqlalchemy import select

from inbox.errors import ConfigError, InboxError
from inbox.mail_auth.dns import Dns
from inbox.model.conversation import Role
from inbox.outbound.relay import relay_of
from inbox.run.doctor_blobs import examine_mails, examine_place
from inbox.run.doctor_dns import examine_domain
from inbox.run.doctor_proof import SUBMISSIONS, examine_certificate, examine_proof
from inbox.run.finding import Finding, broken, doubtful, good
from inbox.run.ports import is_held, why_not
from inbox.run.prepare import Server, check_server, is_empty, look_at
from inbox.settings import Settings, split_listen
from inbox.store import migrate
from inbox.store.disk import LITTLE_ROOM, free_room
from inbox.store.embedded import database_url
from inbox.store.engine import Database, plain_url
from inbox.store.people import all_mailboxes, members
from inbox.store.tables import Agent
from inbox.store.unreachable import unreachable

_DNS_SECONDS = 20.0


def examine(settings: Settings, dns: Dns) -> list[Finding]:
    """Look at everything, in the order in which one would set it up. Raises nothing of ours."""
    findings = [good("settings", "can be read"), *_ports(settings), *examine_certificate(settings)]
    try:
        with database_url(settings) as url:
            findings += asyncio.run(_with_database(url, settings, dns))
    except ConfigError as error:
        findings.append(broken("database", error.public, "start it, or set INBOX_DATABASE_URL"))
    findings += asyncio.run(examine_place(settings))
    findings.append(asyncio.run(_relay(settings)))
    return findings


def _ports(settings: Settings) -> list[Finding]:
    found = []
    for name in ("smtp_listen", "lmtp_listen", *SUBMISSIONS, "web_listen"):
        listen = getattr(settings, name)
        if listen is None:
            continue
        what = f"INBOX_{name.upper()}"
        if not (why := why_not(listen)):
            found.append(good(what, f"{listen} is free"))
        elif asyncio.run(_is_ours(listen, name)):
            found.append(good(what, f"the service listens on {listen}"))
        elif is_held(listen):
            do = "if the service is starting, look again in a minute; else end that program"
            found.append(doubtful(what, f"{listen} is held, and nothing listens there yet", do))
        else:
            found.append(
                broken(what, f"{listen}: {why}", "end that program or set another address")
            )
    return found


async def _is_ours(listen: str, name: str) -> bool:
    """Whether what answers there speaks as our receiver or our web view does."""
    host, port = split_listen(listen)
    try:
        async with asyncio.timeout(3):
            reader, writer = await asyncio.open_connection(host, port)
            if name == "web_listen":
                writer.write(
                    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                await writer.drain()
                answer = await reader.readuntil(b"\r\n\r\n") + await reader.read(4096)
                writer.close()
                return answer.endswith(b"ok\n")
            if name == "submissions_listen":  # which says nothing before TLS
                writer.close()
                return True
            greeting = await reader.readline()
            writer.close()
            return greeting.startswith((b"220 ", b"421 "))
    except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return False


async def _with_database(url: str, settings: Settings, dns: Dns) -> list[Finding]:
    server = await look_at(url)
    findings = [
        _server(
            server,
            "the embedded one" if settings.database_url is None else plain_url(url, hidden=True),
        )
    ]
    findings += _embedded(settings)
    if await is_empty(url):
        do = "inbox serve makes the tables when it starts first"
        return [*findings, doubtful("schema", "the database is empty", do)]
    if not await migrate.is_current(url):
        do = "run inbox migrate (inbox serve does it by itself)"
        return [*findings, broken("schema", "is not that of this program", do)]
    findings.append(good("schema", "is that of this program"))
    database = Database(url, pool=1)
    try:
        findings += await examine_mails(database)
        findings += [*await _people(database), *await _domains(database, dns)]
        return [*findings, *await examine_proof(database, settings)]
    except InboxError as error:
        return [*findings, broken("database", error.public, "look at its log")]
    finally:
        await database.close()


def _server(server: Server, where: str) -> Finding:
    try:
        check_server(server)
    except ConfigError as error:
        return broken("database", error.public, "without this, accepted mail could be lost")
    return good("database", f"PostgreSQL {server.version}, {where}; every commit is on disk")


def _embedded(settings: Settings) -> list[Finding]:
    room = free_room(settings)
    if room is None:
        return []
    findings = [good("disk", f"{room // 1024**3} GiB free in {settings.data.resolve()}")]
    if room < LITTLE_ROOM:
        do = "make room, before senders are told to come again later"
        findings = [doubtful("disk", f"{room // 1024**2} MiB free in {settings.data}", do)]
    if os.geteuid() == 0:
        findings.append(
            doubtful(
                "user",
                "you are root; PostgreSQL refuses that and runs as the user pgserver, made for it",
                "better run the service as a user of its own",
            )
        )
    return findings


async def _people(database: Database) -> list[Finding]:
    async with database.read() as db:
        mailboxes = await all_mailboxes(db)
        lonely = [mailbox.address for mailbox in mailboxes if not await members(db, mailbox.id)]
        admins = await db.scalars(
            select(Agent.id).where(
                Agent.role == Role.ADMIN,
                Agent.disabled_at.is_(None),
                Agent.password_hash.is_not(None),
            )
        )
        has_admin = admins.first() is not None
        lost = await unreachable(db)
    if not mailboxes:
        do = "inbox mailbox add support@YOUR.DOMAIN --name Support"
        return [doubtful("mailboxes", "there is none: all mail is refused", do)]
    findings = [good("mailboxes", ", ".join(mailbox.address for mailbox in mailboxes))]
    for address in lonely:
        do = f"inbox agent set EMAIL mailboxes={address}"
        findings.append(doubtful(address, "nobody is told of its mail", do))
    for one in lost:
        do = "see to the address; or inbox agent disable, and add them with the right one"
        findings.append(doubtful(one.email, f"the last mails to them came back: {one.reply}", do))
    if not has_admin:
        do = "inbox agent add YOU@YOUR.DOMAIN --name YOU --role admin --password-stdin"
        findings.append(doubtful("administrator", "nobody can sign in as one", do))
    return findings


async def _domains(database: Database, dns: Dns) -> list[Finding]:
    async with database.read() as db:
        addresses = [mailbox.address for mailbox in await all_mailboxes(db)]
    findings = []
    for domain in sorted({address.rpartition("@")[2] for address in addresses}):
        ask = dns.until(time.monotonic() + _DNS_SECONDS)
        findings += await asyncio.to_thread(examine_domain, domain, ask)
    return findings


async def _relay(settings: Settings) -> Finding:
    try:
        relay = relay_of(settings)
    except ConfigError as error:
        return broken("relay", error.public, "see docs/administration.md")
    if relay is None:
        do = "set INBOX_RELAY_URL to the server that sends your mail"
        return doubtful("relay", "none is set: outgoing mail is kept in the queue", do)
    where = f"{relay.host}:{relay.port}"
    client = relay.client("postmaster@localhost", timeout=10)
    try:
        async with asyncio.timeout(30):
            await client.connect()
            await client.ehlo()
    except (SMTPException, OSError, ValueError) as error:
        do = "check INBOX_RELAY_URL, its password, and INBOX_RELAY_TLS"
        return broken("relay", f"{where}: {' '.join(str(error).split()) or 'no answer'}", do)
    finally:
        client.close()
    safety = "over TLS" if relay.is_tls or relay.start_tls else "not encrypted"
    return good("relay", f"{where} greets us, {safety}{', signed in' if relay.user else ''}")
