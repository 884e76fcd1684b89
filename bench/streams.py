"""How much open pages cost: many event streams, over two web processes, and what they hear.

`python -m bench.streams [--streams 500] [--idle 10] [--json FILE]`

Two web processes on an embedded PostgreSQL of its own, thrown away afterwards. Half of the streams
are at each. Printed are the connections of the database without and with the streams, the processor
time and memory that idle streams cost, and how long it takes until all of them have heard of
something: of a change, and of somebody who begins to write, said to the other process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import socket
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx2
import psutil

from bench.archive import MAILBOX, Archive
from inbox.auth import sessions
from inbox.clock import utcnow
from inbox.desk.people import add_agent
from inbox.desk.record import record
from inbox.model.actor import SYSTEM
from inbox.model.event import EventName
from inbox.run.prepare import ensure_schema
from inbox.run.web import run_web
from inbox.settings import Settings
from inbox.store.embedded import database_url
from inbox.store.engine import Database

_PROCESSES: Final = 2
_PEOPLE: Final = 50
_PATIENCE_S: Final = 30.0
_CONNECTIONS: Final = "select count(*) from pg_stat_activity where backend_type = 'client backend'"


def main() -> None:
    """Open, wait, say something; print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--idle", type=float, default=10.0, help="seconds in which nothing happens")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as data:
        settings = Settings(data=Path(data), database_url=None, blobs=None, relay_url=None)
        with database_url(settings) as url:
            found = asyncio.run(_at(url, asked.streams, asked.idle))
    print("\n".join(f"{name:40} {value:>10}" for name, value in found.items()))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))


async def _at(url: str, streams: int, idle: float) -> dict[str, Any]:
    await ensure_schema(url)
    tokens = await _people(url)
    ports = [_free_port() for _ in range(_PROCESSES)]
    processes = [
        multiprocessing.get_context("spawn").Process(target=_serve, args=(url, port), daemon=True)
        for port in ports
    ]
    for process in processes:
        process.start()
    watched = [psutil.Process(one.pid) for one in processes]
    try:
        return await _measure(url, ports, watched, tokens, streams, idle)
    finally:
        for process in processes:
            process.terminate()
            process.join()


async def _measure(
    url: str,
    ports: list[int],
    watched: list[psutil.Process],
    tokens: list[str],
    streams: int,
    idle: float,
) -> dict[str, Any]:
    connection = await asyncpg.connect(url)
    for port in ports:
        await _up(port)
    await _say(ports[0], tokens[0])  # whatever begins with the first request has begun
    await asyncio.sleep(1)
    found: dict[str, Any] = {"connections without": await connection.fetchval(_CONNECTIONS)}
    memory = _memory(watched)
    pages = [Page(ports[one % len(ports)], tokens[one % len(tokens)]) for one in range(streams)]
    began = time.perf_counter()
    for page in pages:
        await page.open()
    found["opening all, s"] = round(time.perf_counter() - began, 2)
    await asyncio.sleep(1)
    used = _cpu(watched)
    await asyncio.sleep(idle)
    found[f"connections with {streams}"] = await connection.fetchval(_CONNECTIONS)
    found["idle: processor, ms a second"] = round(1000 * (_cpu(watched) - used) / idle, 1)
    found["idle: memory, kB a stream"] = round((_memory(watched) - memory) / 1000 / streams, 1)
    found["all heard of a change, ms"] = await _until(pages, "event: changed", _change(url))
    writing = _say(ports[0], tokens[0])
    told = [page for page in pages if page.token != tokens[0]]
    found["all heard who writes, ms"] = await _until(told, '"writing"', writing)
    found["connections then"] = await connection.fetchval(_CONNECTIONS)
    for page in pages:
        page.close()
    await connection.close()
    return found


class Page:
    """An open page: a request whose answer never ends."""

    def __init__(self, port: int, token: str) -> None:
        self.token, self._port = token, port
        self._heard = b""
        self._reading: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Ask for the stream, and read it from now on."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        cookie = f"cookie: inbox_session={self.token}"
        writer.write(f"GET /live HTTP/1.1\r\nhost: 127.0.0.1\r\n{cookie}\r\n\r\n".encode())
        async with asyncio.timeout(_PATIENCE_S):
            head = await reader.readuntil(b": open")
        if b" 200 " not in head:
            raise RuntimeError(head.decode())
        self._reading = asyncio.create_task(self._read(reader, writer))

    async def hears(self, wanted: str) -> None:
        """Return when this was told."""
        while wanted.encode() not in self._heard:
            await asyncio.sleep(0.005)

    def close(self) -> None:
        """Close the page."""
        if self._reading:
            self._reading.cancel()

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while some := await reader.read(65536):
                self._heard += some
        finally:
            writer.close()


async def _until(pages: list[Page], wanted: str, happening: Any) -> int:
    began = time.perf_counter()
    await happening
    async with asyncio.timeout(_PATIENCE_S):
        await asyncio.gather(*(page.hears(wanted) for page in pages))
    return round(1000 * (time.perf_counter() - began))


async def _change(url: str) -> None:
    database = Database(url, pool=1)
    async with database.write() as db:
        await record(db, 1, EventName.CONVERSATION_REOPENED, by=SYSTEM, now=utcnow())
    await database.close()


async def _say(port: int, token: str) -> None:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        client.cookies.set("inbox_session", token)
        said = await client.post(
            "/conversations/1/presence",
            data={"page": "bench", "doing": "writing"},
            headers={"sec-fetch-site": "same-origin"},
        )
        said.raise_for_status()


async def _people(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    await Archive(100).write(connection)
    await connection.close()
    database = Database(url, pool=1)
    tokens = []
    async with database.write() as db:
        for number in range(_PEOPLE):
            email = f"agent{number}@us.example"
            name = f"Agent {number}"
            agent = await add_agent(db, email=email, name=name, role="agent", mailboxes=(MAILBOX,))
            tokens.append(await sessions.start(db, agent.id, now=utcnow()))
    await database.close()
    return tokens


def _serve(url: str, port: int) -> None:
    asyncio.run(_run(url, port))


async def _run(url: str, port: int) -> None:
    settings = Settings(database_url=url, web_listen=f"127.0.0.1:{port}", relay_url=None)
    await run_web(settings, Database(url, pool=10), b"s" * 32, asyncio.Event())


async def _up(port: int) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in processes)


def _memory(processes: list[psutil.Process]) -> float:
    return float(sum(one.memory_full_info().uss for one in processes))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


if __name__ == "__main__":
    main()
