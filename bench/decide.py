"""What it costs to say where one mail belongs, among how many stored messages.

`python -m bench.decide [--messages 10000,1000000] [--mails 3000] [--json FILE]`

For each size an archive is made (bench.archive) on an embedded PostgreSQL of its own and thrown
away. Measured is the step `place` of the way of a mail: look-up and choice, both of them twice
where only quoted words can tell; not reading the mail, nor keeping it. Printed: median and p99 in
milliseconds, by kind of mail, what was found, and how much more the larger archive costs.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import gc
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import asyncpg

from bench.archive import LENGTH, MAILBOX, NOW, Archive, header_id, root, subject, text
from inbox.intake.arrival import Arrival
from inbox.intake.pipeline import Understood, place, understand
from inbox.model.mail import Envelope
from inbox.model.proof import Proof
from inbox.run.prepare import ensure_schema
from inbox.settings import Settings
from inbox.store.embedded import database_url
from inbox.store.engine import Database
from inbox.threading.verdict import Outcome, Policy

WANTED_MS: Final = 5.0  # p99 at a million
_WARM: Final = 300  # mails before it counts
_SECRET: Final = b"s" * 32


def _answer(archive: Archive, n: int, number: int) -> str:
    """As most programs answer: our id in both headers."""
    ours = header_id(n, LENGTH - 2)
    chain = " ".join(f"<{header_id(n, at)}>" for at in range(LENGTH - 1))
    return f"In-Reply-To: <{ours}>\r\nReferences: {chain}\r\nSubject: Re: {subject(n)}\r\n"


def _known(archive: Archive, n: int, number: int) -> str:
    """To their own earlier mail."""
    return f"In-Reply-To: <{header_id(n, 2)}>\r\nSubject: Re: {subject(n)}\r\n"


def _outlook(archive: Archive, n: int, number: int) -> str:
    """Where Exchange lost the references."""
    index = base64.b64encode(root(n) + bytes(5)).decode()
    return f"Thread-Index: {index}\r\nSubject: RE: {subject(n)}\r\n"


def _bare(archive: Archive, n: int, number: int) -> str:
    """Without any header, under the subject."""
    return f"Subject: Re: {subject(n)}\r\n"


def _unheard(archive: Archive, n: int, number: int) -> str:
    """Something new, after twenty ids of others."""
    ids = " ".join(f"<{number}.{at}@elsewhere.example>" for at in range(20))
    return f"References: {ids}\r\nSubject: Something else {number}\r\n"


_KINDS: Final[dict[str, tuple[int, Callable[[Archive, int, int], str]]]] = {
    "answer": (50, _answer),
    "known id": (10, _known),
    "thread-index": (10, _outlook),
    "subject": (10, _bare),
    "quote": (10, _bare),
    "new": (10, _unheard),
}


def main() -> None:
    """Run all sizes, print a line a kind and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", default="10000,1000000")
    parser.add_argument("--mails", type=int, default=3000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    found = []
    for size in map(int, asked.messages.split(",")):
        with tempfile.TemporaryDirectory(prefix="inbox-bench-") as data:
            found.append(_measured(Path(data), size, asked.mails))
        print(_lines(found[-1]), flush=True)
    for small, large in itertools.pairwise(found):
        print(
            f"{large['messages'] // small['messages']} times the messages: "
            f"median x {large['all']['median'] / small['all']['median']:.2f}, "
            f"p99 x {large['all']['p99'] / small['all']['p99']:.2f}"
        )
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))


def _measured(data: Path, size: int, mails: int) -> dict[str, Any]:
    settings = Settings(data=data, database_url=None, blobs=None, relay_url=None)
    with database_url(settings) as url:
        return asyncio.run(_at(url, Archive(size), mails))


async def _at(url: str, archive: Archive, mails: int) -> dict[str, Any]:
    await ensure_schema(url)
    began = time.perf_counter()
    connection = await asyncpg.connect(url)
    await archive.write(connection)
    size = await connection.fetchval("select pg_database_size(current_database())")
    await connection.close()
    made = time.perf_counter() - began
    # As a worker connects (`inbox.run.roles`).
    plans = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off"}
    database = Database(url, pool=1, settings=plans)
    try:
        times = await _times(database, archive, mails)
    finally:
        await database.close()
    return {
        "messages": archive.messages,
        "made_seconds": round(made, 1),
        "size_mb": round(size / 1e6),
        "all": _figures([one for each in times.values() for one in each]),
        **{kind: _figures(each) for kind, each in times.items()},
    }


async def _times(
    database: Database, archive: Archive, mails: int
) -> dict[str, list[tuple[float, bool]]]:
    rng = random.Random(archive.messages)
    kinds = rng.choices(list(_KINDS), [share for share, _ in _KINDS.values()], k=mails + _WARM)
    policy = Policy(mailbox_ids=frozenset({1}))
    times: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in _KINDS}
    gc.collect()
    for number, kind in enumerate(kinds):
        n = _conversation(archive, rng, kind)
        understood = _understood(archive, kind, n, number)
        async with database.write() as db:
            await db.connection()
            began = time.perf_counter()
            match = await place(db, understood, Proof(), policy, NOW)
            taken = time.perf_counter() - began
        is_right = (
            match.outcome is Outcome.NEW if kind == "new" else match.conversation_id == n + 1
        ) or match.refers_to == n + 1  # closed for long
        if number >= _WARM:
            times[kind].append((1000 * taken, is_right))
    return times


def _conversation(archive: Archive, rng: random.Random, kind: str) -> int:
    """Most answer what is recent; ids lead to old conversations, too."""
    recent = max(1, archive.conversations * 30 // (3 * 365))
    is_old = kind in {"answer", "known id", "thread-index"} and rng.random() < 0.2
    return rng.randrange(archive.conversations - (archive.conversations if is_old else recent),
                         archive.conversations)  # fmt: skip


def _understood(archive: Archive, kind: str, n: int, number: int) -> Understood:
    _, headers = _KINDS[kind]
    address = archive.address(archive.customer(n))
    quoted = "\n".join(f"> {line}" for line in text(n, LENGTH - 2).splitlines())
    words = f"Thank you, number {number}."
    if kind == "quote":
        at = archive.at(archive.message(n, LENGTH - 2))
        words += f"\n\nOn {at:%a, %d %b %Y at %H:%M}, Support <{MAILBOX}> wrote:\n{quoted}"
    raw = (
        f"From: <{address}>\r\nTo: {MAILBOX}\r\n"
        f"Message-ID: <{number}.bench@out.example>\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\n"
        f"{headers(archive, n, number)}\r\n{words}\r\n"
    )
    if kind == "quote":
        raw = raw.replace(f"Re: {subject(n)}", f"Re: number {number}")
    arrived = Arrival(
        spool_id=1,
        raw=raw.encode(),
        envelope=Envelope(sender=address, recipients=(MAILBOX,), received_at=NOW),
        received_at=NOW,
        mailbox_ids=(1,),
        mailboxes={},
        mailbox_of={MAILBOX: 1},
        agents=frozenset(),
    )
    return understand(arrived, _SECRET)


def _figures(times: list[tuple[float, bool]]) -> dict[str, float]:
    taken = sorted(each for each, _ in times)
    return {
        "mails": len(taken),
        "median": round(statistics.median(taken), 3),
        "p99": round(taken[int(0.99 * (len(taken) - 1))], 3),
        "right": round(sum(right for _, right in times) / len(times), 3),
    }


def _lines(found: dict[str, Any]) -> str:
    head = (
        f"{found['messages']:,} messages, {found['size_mb']} MB, made in {found['made_seconds']} s"
    )
    rows = [
        f"  {kind:<13} median {found[kind]['median']:6.2f} ms  p99 {found[kind]['p99']:6.2f} ms"
        f"  right {found[kind]['right']:.1%} of {found[kind]['mails']}"
        for kind in ("all", *_KINDS)
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    main()
