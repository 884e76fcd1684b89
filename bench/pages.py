"""How long a page takes among a million messages, for one person and for fifty at once.

`python -m bench.pages [--messages 1000000] [--agents 50] [--seconds 60] [--data FOLDER]`

The service runs as everybody runs it (`inbox serve`) on the archive of bench.search. One person
opens each page again and again over one connection: printed are median, p95 and octets on the wire.
The baseline of the same run is `/healthz`, which asks nobody anything. Then so many people work at
once: each with a stream of news open, opening lists, conversations and searches with seconds to
read between, and writing a note now and then. Times are the client's, on the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import asyncpg

from bench.meter import Meter
from bench.search import WORDS, Desk, made
from inbox.asgi.sessions import cookie_name
from inbox.auth.sessions import start
from inbox.settings import Settings
from inbox.store.embedded import database_url
from inbox.store.engine import Database

WEB: Final = "127.0.0.1:8627"
_WARM: Final = 5
# Seconds somebody reads before they open the next page: quicker than anybody does all day.
_READS: Final = (2.0, 8.0)
_LINK: Final = re.compile(r'(?:src|href)="(/static/[^"#]+)')
_ROW: Final = re.compile(r'data-conversation="(\d+)"')
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
# A desk of so many: three thousand open, as many waiting, and all the rest closed.
_AT_WORK: Final = """
update conversation set status = 'closed' where status <> 'closed';
insert into agent (id, email, name, role)
overriding system value
select 1000 + n, 'agent' || n || '@us.example', 'Agent ' || n, 'agent'
  from generate_series(1, {agents}) n on conflict do nothing;
insert into membership (agent_id, mailbox_id)
select 1000 + n, b from generate_series(1, {agents}) n, generate_series(1, 2) b
    on conflict do nothing;
update conversation c
   set status = case when n <= 3000 then 'open' else 'waiting' end,
       assignee_id = case when n % 3 = 0 then null else 1001 + n % {agents} end
  from (select id, row_number() over (order by last_message_at desc) n
          from conversation order by last_message_at desc limit 6000) newest
 where newest.id = c.id;
select setval(pg_get_serial_sequence('message', 'id'), max(id)) from message;
vacuum analyze conversation;
"""


def main() -> None:
    """Make the archive, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=60, help="of each page, for one person")
    parser.add_argument("--data", type=Path, help="keep the archive there, and use it again")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as thrown_away:
        data = asked.data or Path(thrown_away)
        tokens = _prepared(data, Desk(asked.messages), asked.agents)
        with _service(data) as meter:
            found = asyncio.run(_measure(tokens, asked.rounds, asked.seconds, meter))
    print(_lines(found))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))


def _prepared(data: Path, archive: Desk, agents: int) -> list[str]:
    """The archive with people at work; a session's token of each."""
    settings = Settings(data=data, database_url=None, blobs=None, relay_url=None)
    with database_url(settings) as url:
        return asyncio.run(_at_work(url, archive, agents))


async def _at_work(url: str, archive: Desk, agents: int) -> list[str]:
    database = Database(url, pool=1)
    connection = await asyncpg.connect(url)
    try:
        await made(url, database, connection, archive)
        for statement in filter(str.strip, _AT_WORK.format(agents=agents).split(";")):
            await connection.execute(statement)
        async with database.write() as db:
            return [await start(db, 1001 + n, now=datetime.now(UTC)) for n in range(agents)]
    finally:
        await connection.close()
        await database.close()


@contextlib.contextmanager
def _service(data: Path) -> Iterator[Meter]:
    environment = os.environ | {
        "INBOX_DATA": str(data), "INBOX_WEB_LISTEN": WEB, "INBOX_SMTP_LISTEN": "127.0.0.1:2628",
        "INBOX_LOG": "json",
    }  # fmt: skip
    with (data / "log").open("w") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "inbox", "serve", "--workers", "1"],
            env=environment, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    try:
        assert service.stdout is not None
        while not (line := service.stdout.readline()).startswith("ready"):
            if not line:
                raise SystemExit(f"the service did not start: {(data / 'log').read_text()[-2000:]}")
        time.sleep(3)
        postmaster = (data / "postgres" / "postmaster.pid").read_text().split()[0]
        yield Meter(service.pid, int(postmaster))
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(20)


async def _measure(tokens: list[str], rounds: int, seconds: float, meter: Meter) -> dict[str, Any]:
    async with _browser(tokens[0]) as browser:
        rows = _ROW.findall((await browser.get("/conversations")).text)
        first = await _first_visit(browser, f"/conversations/{rows[0]}")
        pages = {}
        for name, addresses in _pages(rows, rounds).items():
            pages[name] = await _again_and_again(browser, addresses, rounds)
    meter.start()
    together = await _together(tokens, seconds)
    together["cpu_ms"] = round(1000 * meter.stop() / max(1, together["requests"]), 1)
    return {"first_visit": first, "pages": pages, "together": together}


def _pages(rows: list[str], rounds: int) -> dict[str, list[str]]:
    """What one person opens: another conversation and other words in each round."""
    return {
        "baseline /healthz": ["/healthz"],
        "open": ["/conversations"],
        "mine": ["/conversations?folder=mine"],
        "unassigned": ["/conversations?folder=unassigned"],
        "closed": ["/conversations?folder=closed"],
        "list and conversation": [f"/conversations/{row}" for row in rows],
        "conversation in place": [f"/conversations/{row}#part" for row in rows],
        "search, seldom": [f"/search?q={WORDS[15_000 + 37 * n]}" for n in range(rounds)],
        "search, common": [f"/search?q={WORDS[8 + n]}" for n in range(rounds)],
        "dispatch": ["/dispatch"],
        "statistics": ["/statistics"],
        "settings": ["/settings/me"],
    }


@dataclass
class Page:
    """What came: its octets on the wire, headers not counted."""

    body: bytes

    @property
    def text(self) -> str:
        """Its words, unpacked only where somebody wants them."""
        packed = self.body[:2] == b"\x1f\x8b"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Browser:
    """One connection that stays: whatever a client costs is taken from the service beside it."""

    def __init__(
        self, token: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.reader, self.writer = reader, writer
        self._more = f"host: {WEB}\r\ncookie: {cookie_name(is_https=False)}={token}\r\n" + (
            "accept-encoding: gzip\r\nsec-fetch-site: same-origin\r\n"
        )

    async def get(self, address: str) -> Page:
        """A page; what is asked for in place (`#part`) says so."""
        path, _, part = address.partition("#")
        place = "hx-request: true\r\nhx-target: section#conversation\r\n" if part else ""
        self.writer.write(f"GET {path} HTTP/1.1\r\n{self._more}{place}\r\n".encode())
        return Page(await self._answer("200"))

    async def post(self, path: str, fields: dict[str, str]) -> None:
        """A form, whose answer leads to another page."""
        body = urlencode(fields)
        kind = "content-type: application/x-www-form-urlencoded\r\n"
        size = f"content-length: {len(body)}\r\n\r\n"
        self.writer.write(f"POST {path} HTTP/1.1\r\n{self._more}{kind}{size}{body}".encode())
        await self._answer("303")

    async def listen(self) -> None:
        """The stream of news, for as long as it lasts."""
        self.writer.write(f"GET /live HTTP/1.1\r\n{self._more}\r\n".encode())
        while await self.reader.read(10_000):
            pass

    async def _answer(self, status: str) -> bytes:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)\ncontent-length: (\d+)", head)
        if head.split()[1] != status or length is None:
            raise SystemExit(f"the service answered {head}")
        return await self.reader.readexactly(int(length[1]))


@contextlib.asynccontextmanager
async def _browser(token: str) -> AsyncIterator[Browser]:
    reader, writer = await asyncio.open_connection(*WEB.split(":"))
    yield Browser(token, reader, writer)
    writer.close()


async def _open(browser: Browser, address: str) -> tuple[float, Page]:
    """The milliseconds until all of a page is here."""
    began = time.perf_counter()
    page = await browser.get(address)
    return 1000 * (time.perf_counter() - began), page


async def _again_and_again(browser: Browser, addresses: list[str], rounds: int) -> dict[str, Any]:
    times, octets = [], []
    for number in range(_WARM + rounds):
        took, answer = await _open(browser, addresses[number % len(addresses)])
        if number >= _WARM:
            times.append(took)
            octets.append(len(answer.body))
    return {**_spread(times), "bytes": round(statistics.median(octets))}


async def _first_visit(browser: Browser, address: str) -> dict[str, int]:
    """All that a new browser asks for, headers not counted; the stream of news is one more."""
    _took, page = await _open(browser, address)
    named = sorted(set(_LINK.findall(page.text)))
    octets = len(page.body)
    for each in named:
        octets += len((await _open(browser, each))[1].body)
    return {"requests": 2 + len(named), "bytes": octets}


async def _together(tokens: list[str], seconds: float) -> dict[str, Any]:
    times: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds
    client = time.process_time()
    await asyncio.gather(*(_work(n, token, until, times) for n, token in enumerate(tokens)))
    every = [took for each in times.values() for took in each]
    return {
        "agents": len(tokens),
        "requests": len(every),
        "a_second": round(len(every) / seconds, 1),
        **_spread(every),
        "client_cpu_ms": round(1000 * (time.process_time() - client) / len(every), 1),
        "kinds": {kind: {"count": len(each), **_spread(each)} for kind, each in times.items()},
    }


async def _work(number: int, token: str, until: float, times: dict[str, list[float]]) -> None:
    """One person's minute."""
    rng = random.Random(number)
    async with _browser(token) as browser, _browser(token) as other:
        stream = asyncio.create_task(other.listen())
        await asyncio.sleep(rng.uniform(0, _READS[1]))
        rows = _ROW.findall((await browser.get("/conversations?folder=mine")).text)
        while time.monotonic() < until:
            kind = rng.choices(("list", "conversation", "note", "search"), (3, 6, 1, 1))[0]
            if kind == "search":
                took, _ = await _open(browser, f"/search?q={WORDS[rng.randrange(12_000)]}")
            elif kind == "list":
                folder = rng.choice(("mine", "unassigned", "open", "waiting"))
                took, _ = await _open(browser, f"/conversations?folder={folder}")
            else:
                took = await _read(browser, rng.choice(rows), is_noted=kind == "note")
            times[kind].append(took)
            await asyncio.sleep(rng.uniform(*_READS))
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)


async def _read(browser: Browser, row: str, *, is_noted: bool) -> float:
    """Open one of the newest conversations; or the milliseconds of a note that is written there."""
    place = f"/conversations/{row}"
    took, page = await _open(browser, place if is_noted else f"{place}#part")
    if not is_noted:
        return took
    fields = {name: value for name, value in re.findall(r'name="(key|expected)" value="(\w*)"',
                                                        page.text)}  # fmt: skip
    found = _TOKEN.search(page.text)
    assert found is not None
    fields |= {"csrf_token": found[1], "kind": "note", "text": "Looked at it; more tomorrow."}
    began = time.perf_counter()
    await browser.post(f"{place}/notes", fields)
    return 1000 * (time.perf_counter() - began)


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[max(0, int(len(ordered) * 0.95) - 1)], 1),
    }


def _lines(found: dict[str, Any]) -> str:
    first, together = found["first_visit"], found["together"]
    least = found["pages"]["baseline /healthz"]["p50"]
    lines = [f"first visit: {first['bytes'] / 1000:.1f} kB in {first['requests']} requests"]
    lines += [
        f"  {name:<24} p50 {each['p50']:6.1f} ms ({each['p50'] / least:4.1f} x baseline)"
        f"  p95 {each['p95']:6.1f} ms  {each['bytes'] / 1000:6.1f} kB"
        for name, each in found["pages"].items()
    ]
    lines.append(
        f"{together['agents']} at once: {together['requests']} requests, {together['a_second']}/s,"
        f" p50 {together['p50']} ms, p95 {together['p95']} ms,"
        f" CPU {together['cpu_ms']} ms a request (client {together['client_cpu_ms']})"
    )
    lines += [
        f"  {kind:<24} {each['count']:5d}  p50 {each['p50']:6.1f} ms  p95 {each['p95']:6.1f} ms"
        for kind, each in together["kinds"].items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
