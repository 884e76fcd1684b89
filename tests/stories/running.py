"""A whole service inside of the test: its receiver, its worker, and the world around it.

What `inbox serve` runs in processes runs here in tasks of one loop: mail comes in over SMTP, leaves
over SMTP to a relay that keeps it, and whatever happens between happens in the worker's own time.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
from aiosmtplib import SMTP, SMTPStatus

from inbox.jobs.bell import QUIET
from inbox.run.ports import Ports, until_listening
from inbox.run.smtp import run_smtp
from inbox.run.worker import know_all_jobs, run_worker
from inbox.settings import Settings, split_listen
from inbox.store.engine import Database
from inbox.store.secrets import ensure_secret
from tests.clients.notice import Seen
from tests.peers import Arrived, Relay, relay_peer
from tests.polling import ENOUGH, eventually
from tests.service import free_listen

MX = "mx.us.example"  # the server in front of us, which checks who has sent a mail
_LOOK = 0.05  # seconds to the next look; a machine that is slow is looked at more and more seldom
_MOST_SELDOM = 0.4
# What is due or nearly, being done, or tried again; the index of words is looked after for ever.
_DUE = """
select count(*) as due from job where done_at is null and kind <> 'search.index'
   and (run_at < now() + interval '15 seconds' or leased_until > now() or attempts > 0)
"""


@dataclass
class Box:
    """Somebody's letter-box outside."""

    mails: list[Seen] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Running:
    """The service, and a letter-box for everybody outside."""

    database: Database
    asked: asyncpg.Connection  # all the time, so without an ORM
    client: SMTP
    told: int = 0  # stories
    boxes: dict[str, Box] = field(default_factory=lambda: defaultdict(Box))
    _sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _resting: list[asyncio.Future[None]] = field(default_factory=list)
    _looking: asyncio.Task[None] | None = None

    def keeps(self, arrived: Arrived) -> None:
        """A mail that left, for whoever it was for."""
        mail = Seen.of(arrived.raw, arrived.sender)
        for recipient in arrived.recipients:
            self.boxes[recipient].mails.append(mail)
            self.boxes[recipient].came.set()

    async def hands_in(self, raw: bytes, sender: str, *recipients: str, verdict: str) -> None:
        """The server in front of us says what it found about the sender, and passes the mail on."""
        domain = sender.rpartition("@")[2]
        found = f"dkim={verdict} header.d={domain}; dmarc={verdict} header.from={domain}"
        raw = f"Authentication-Results: {MX}; {found}\r\n".encode() + raw
        async with self._sending:
            await self.client.sendmail(sender, recipients, raw)

    async def expects(self, address: str) -> None:
        """The receiver takes mail for a new address; strangers make it look only now and then."""
        async with _client(self.client.port) as client:

            async def is_known() -> bool:
                await client.mail("")
                code = (await client.execute_command(b"RCPT", f"TO:<{address}>".encode())).code
                await client.rset()
                return code == SMTPStatus.completed

            await eventually(is_known, ENOUGH)

    async def rests(self) -> None:
        """Nothing is left to be done: what has not left by now does not leave."""
        mine = asyncio.get_running_loop().create_future()
        self._resting.append(mine)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        async with asyncio.timeout(ENOUGH):
            await asyncio.wait((mine, self._looking), return_when=asyncio.FIRST_COMPLETED)
        await (mine if mine.done() else self._looking)

    async def _look(self) -> None:
        """For all who wait at once: whoever came before a look has its answer."""
        pause = _LOOK
        while waiting := len(self._resting):
            if (await self.rows(_DUE))[0]["due"]:
                await asyncio.sleep(pause)
                pause = min(pause * 1.3, _MOST_SELDOM)
                continue
            for one in self._resting[:waiting]:
                one.set_result(None)
            del self._resting[:waiting]

    async def rows(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """What the database holds now, or what an administrator changes by hand."""
        async with self._asking:
            return list(await self.asked.fetch(sql, *values))


@asynccontextmanager
async def running(url: str) -> AsyncIterator[Running]:
    """A service on this database, until the end."""
    know_all_jobs()
    with Ports() as ports:
        async with relay_peer() as relay, _started(url, relay, ports) as there:
            yield there


@asynccontextmanager
async def _started(url: str, relay: Relay, ports: Ports) -> AsyncIterator[Running]:
    settings = Settings(
        database_url=url,
        smtp_listen=ports.hold_next(free_listen()),
        relay_url=relay.url,
        web_url="https://desk.us.example",
        mail_auth="relay",
        trusted_authserv=MX,
        # Stories go from one thing to the next within a second; of bundles others tell.
        bundle_seconds=0,
    )
    database = Database(url)
    async with database.write() as db:
        secret = await ensure_secret(db)
    stop = asyncio.Event()
    workers = Database(url, pool=settings.worker_concurrency + 1, settings=QUIET)
    roles = asyncio.gather(run_smtp(settings, stop), run_worker(settings, workers, secret, stop))
    try:
        await until_listening(settings.smtp_listen)
        asked = await asyncpg.connect(url)
        async with _client(split_listen(settings.smtp_listen)[1]) as client:
            there = Running(database, asked, client)
            relay.heard = there.keeps
            yield there
        await asked.close()
    finally:
        stop.set()
        await roles
        await workers.close()
        await database.close()


def _client(port: int | None) -> SMTP:
    return SMTP(hostname="127.0.0.1", port=port, start_tls=False, local_hostname=MX)
