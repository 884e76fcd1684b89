"""How long a search takes among how many messages, and how long the same takes without an index.

`python -m bench.search [--messages 1000000] [--rounds 7] [--json FILE]`

An archive is made (bench.archive, with words as often as in real mail: few everywhere, most seldom)
on an embedded PostgreSQL of its own, indexed by the same code as in service, and thrown away.
Measured is the whole of a search: reading the question, finding, and marking what is shown. Of each
kind so many rounds with other words; printed are median and slowest in milliseconds, how much of it
is work (on a machine with other things to do the rest is waiting for a processor), and how many
times longer reading all messages takes that the same person may see (`ilike`, one round).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import psutil
from sqlalchemy import text

from bench.archive import LENGTH, NOW, Archive
from inbox.auth.viewers import viewer_of_agent
from inbox.model.viewer import Viewer
from inbox.search.asked import marks
from inbox.search.marking import snippet
from inbox.settings import Settings
from inbox.store.embedded import database_url
from inbox.store.engine import Database
from inbox.store.found import Results
from inbox.store.migrate import migrate
from inbox.store.questions import question_of
from inbox.store.search import search
from inbox.store.words import index_some

WANTED_MS: Final = 200.0  # at a million messages
_BATCH: Final = 2_000
_SYLLABLES: Final = "ka ro mi ten sul var po lin dge sha bo quer".split()
WORDS: Final = [a + b + c + d for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES
                 for d in _SYLLABLES]  # fmt: skip
_JAPANESE: Final = ("請求書の宛名を変更してください", "注文が届きません", "領収書をお願いします")
_LATER: Final = NOW + timedelta(minutes=1)
_PEOPLE: Final = """
insert into mailbox (id, address, name) overriding system value
values (2, 'small@us.example', 'Small');
insert into agent (id, email, name, role) overriding system value
values (1, 'anna@us.example', 'Anna', 'agent'), (2, 'ben@us.example', 'Ben', 'agent');
insert into membership (agent_id, mailbox_id) values (1, 1), (1, 2), (2, 2);
update conversation set mailbox_id = 2 where id % 100 = 0;
update conversation set tags = '{vip}' where id % 1000 = 1;
"""
_SCAN: Final = """
select c.id, max(m.received_at) as at
  from message m join conversation c on c.id = m.conversation_id
 where m.text ilike $1 and c.mailbox_id = any($2::bigint[]) and c.status <> 'spam'
 group by c.id order by at desc limit 50
"""


class Desk(Archive):
    """An archive whose words are as often as in real mail, with an order's number in each."""

    __slots__ = ()

    def said(self, conversation: int, place: int) -> str:
        """Sixty words; the first of all stands nearly everywhere, the third in a third of all."""
        rng = random.Random(conversation * LENGTH + place)
        found = [_word(rng.random()) for _ in range(60)]
        if conversation % 50 == 7:
            found.append(_JAPANESE[conversation % 3])
        return f"{' '.join(found)}. Order AB-{conversation}/{place}."


def _word(chance: float) -> str:
    return WORDS[int(len(WORDS) * chance**4)]


# What is asked, with a number that makes each round ask for something else.
_KINDS: Final[dict[str, Callable[[int, Archive], str]]] = {
    "order's number": lambda n, archive: f"AB-{_far(n, archive)}/2",
    "seldom": lambda n, _: WORDS[15_000 + 37 * n],
    "now and then": lambda n, _: WORDS[500 + 11 * n],
    "in a tenth": lambda n, _: WORDS[8 + n],
    "in a third": lambda n, _: WORDS[2],
    "everywhere": lambda n, _: WORDS[0],
    "two common": lambda n, _: f"{WORDS[2]} {WORDS[3 + n]}",
    "common, seldom": lambda n, _: f"{WORDS[0]} {WORDS[14_000 + 31 * n]}",
    "phrase": lambda n, _: f'"{WORDS[0]} {WORDS[1 + n]}"',
    "sender": lambda n, archive: f"from:person{_far(n, archive) % archive.customers}",
    "domain, common": lambda n, _: f"from:large.example {WORDS[2]}",
    "one customer": lambda n, archive: f"customer:person{n * 7 % archive.customers}@ {WORDS[2]}",
    "tag, common": lambda n, _: f"tag:vip {WORDS[4 + n]}",
    "open, common": lambda n, _: f"is:open {WORDS[4 + n]}",
    "dates, common": lambda n, _: f"{WORDS[2 + n]} after:2024-02 before:2024-03",
    "without common": lambda n, _: f"{WORDS[400 + n]} -{WORDS[2]}",
    "nothing of all": lambda n, _: f"{WORDS[2]} -{WORDS[0]} from:large.example",
    "beginning": lambda n, _: f"{WORDS[9_000 + 50 * n][:8]}*",
    "Japanese": lambda n, _: ("請求書", "届きません", "領収書")[n % 3],
    "only state": lambda n, _: "is:open -tag:vip",
}

# Of these it is measured what reading every message takes; it is the same for all others.
_READ_WHOLE: Final = ("order's number", "in a third", "phrase")


def main() -> None:
    """Make, index, ask; print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--data", type=Path, help="keep the archive there, and use it again")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as thrown_away:
        data = asked.data or Path(thrown_away)
        settings = Settings(data=data, database_url=None, blobs=None, relay_url=None)
        with database_url(settings) as url:
            found = asyncio.run(_at(url, Desk(asked.messages), asked.rounds))
    print(_lines(found))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))


async def made(
    url: str, database: Database, connection: asyncpg.Connection, archive: Desk
) -> dict[str, Any]:
    """See to it that the archive is there and indexed; what indexing took, where it was not."""
    await migrate(url)  # an archive that was kept may be of an older version
    if await connection.fetchval("select exists (select from message_words)"):
        return {}
    await archive.write(connection)
    await connection.execute(_PEOPLE)
    await connection.execute("vacuum analyze conversation")
    return await _indexed(database, connection)


async def _at(url: str, archive: Desk, rounds: int) -> dict[str, Any]:
    database = Database(url, pool=1)
    connection = await asyncpg.connect(url)
    try:
        indexed = await made(url, database, connection, archive)
        asked = {}
        for name, viewer_id in (("all mailboxes", 1), ("one in a hundred", 2)):
            async with database.read() as db:
                viewer = await viewer_of_agent(db, viewer_id)
            for kind in _KINDS:
                asked[f"{name}: {kind}"] = await _asked(
                    database, connection, viewer, archive, kind, rounds
                )
    finally:
        await connection.close()
        await database.close()
    return {"messages": archive.messages, **indexed, "asked": asked}


async def _indexed(database: Database, connection: asyncpg.Connection) -> dict[str, Any]:
    began, count = time.perf_counter(), 0
    while True:
        async with database.write() as db:
            some = await index_some(db, now=_LATER, limit=_BATCH)
        if not some:
            break
        count += some
    took = time.perf_counter() - began
    await connection.execute("vacuum analyze message_words")
    sizes = await connection.fetchrow("""
        select pg_indexes_size('message_words') as index,
               pg_table_size('message_words') as rows, pg_table_size('message') as messages
    """)
    size = {f"{name}_mb": round(value / 1e6) for name, value in sizes.items()}
    return {"indexed_a_second": round(count / took), **size}


async def _asked(
    database: Database,
    connection: asyncpg.Connection,
    viewer: Viewer,
    archive: Archive,
    kind: str,
    rounds: int,
) -> dict[str, Any]:
    times, count, before = [], 0, await _cpu(database)
    for number in range(rounds):
        typed = _KINDS[kind](number, archive)
        began = time.perf_counter()
        found = await _search(database, viewer, typed)
        times.append(1000 * (time.perf_counter() - began))
        count += len(found.items)
    cpu = 1000 * (await _cpu(database) - before) / rounds
    scan = 0.0
    if viewer.id == 1 and kind in _READ_WHOLE:
        began = time.perf_counter()
        pattern = f"%{typed.strip(chr(34)).split(' -')[0].replace(' ', '%')}%"
        await connection.fetch(_SCAN, pattern, list(viewer.mailboxes))
        scan = 1000 * (time.perf_counter() - began)
    return {
        "median": round(statistics.median(times), 1),
        "slowest": round(max(times), 1),
        "cpu": round(cpu, 1),
        "found": round(count / rounds, 1),
        "is_whole": found.until is None,
        "without_index": round(scan, 1),
    }


async def _cpu(database: Database) -> float:
    """Seconds that this process and its connection's have worked: what others do does not count."""
    async with database.read() as db:
        pid = await db.scalar(text("select pg_backend_pid()"))
    backend = psutil.Process(pid).cpu_times()
    return time.process_time() + backend.user + backend.system


async def _search(database: Database, viewer: Viewer, typed: str) -> Results:
    async with database.read() as db:
        question = await question_of(db, viewer, typed, now=_LATER)
        found = await search(db, viewer, question, now=_LATER)
        what = marks(question)
        for one in found.items:
            if one.best:
                snippet(one.best.text, what)
    return found


def _far(number: int, archive: Archive) -> int:
    return (number * 7919 + 12_345) % archive.conversations


def _lines(found: dict[str, Any]) -> str:
    lines = [", ".join(f"{name} {value:,}" for name, value in found.items() if name != "asked")]
    for kind, each in found["asked"].items():
        times = each["without_index"] / each["median"] if each["without_index"] else 0
        lines.append(
            f"  {kind:<34} median {each['median']:7.1f} ms  slowest {each['slowest']:7.1f} ms"
            f"  cpu {each['cpu']:6.1f} ms"
            f"  found {each['found']:5.1f}{'' if each['is_whole'] else ' so far'}"
            + (f"  without {each['without_index']:8.1f} ms, x {times:.0f}" if times else "")
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
