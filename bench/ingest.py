"""From SMTP to a stored conversation with its notices queued: how many a second, at what cost.

`python -m bench.ingest [--corpus FOLDER] [--connections 1,10,50] [--runs 3] [--small]`

Each run starts the service on an empty data folder with two agents in one mailbox and hands over
every mail of the corpus; in the same run comes a bare receiver that only inserts and commits
(bench.bare). Printed: median over the runs. The client runs on the same machine and its CPU time is
not the service's.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import asyncpg

from bench import corpus
from bench.meter import Meter

RCPT = "support@help.example"
AGENTS = ("anna@help.example", "boris@help.example")
PORT, WEB, BARE = 2626, 8626, 2627


def main() -> None:
    """Run, print a line per number of connections and a JSON object at the end."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--connections", default="1,10,50")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--small", action="store_true", help="only mails under 70 kB")
    parser.add_argument("--workers", default="1")
    asked = parser.parse_args()
    folder = asked.corpus or Path(tempfile.mkdtemp(prefix="inbox-bench-corpus-"))
    if not asked.corpus:
        corpus.write(folder)
    limit = 70_000 if asked.small else 0
    results = []
    for connections in map(int, asked.connections.split(",")):
        runs = [_once(folder, connections, limit, asked.workers) for _ in range(asked.runs)]
        median = {key: _median([run[key] for run in runs]) for key in runs[0]}
        results.append({"connections": connections, **median})
        print(_line(results[-1]), flush=True)
    print(json.dumps(results))


def _median(values: list[Any]) -> Any:
    numbers = [value for value in values if isinstance(value, int | float)]
    return round(statistics.median(numbers), 3) if numbers else values[0]


def _line(found: dict[str, Any]) -> str:
    return (
        f"{found['connections']:>3} connections: accepted {found['accept_per_s']:.0f}/s "
        f"({found['accept_ratio']:.2f} of bare {found['bare_per_s']:.0f}/s), "
        f"whole way {found['whole_per_s']:.0f}/s, {found['cpu_ms']:.1f} ms CPU a mail, "
        f"peak {found['peak_ours_mb']:.0f} MB + PostgreSQL {found['peak_postgres_mb']:.0f} MB, "
        f"idle {found['idle_mb']:.0f} MB, stored {found['stored_ratio']:.2f} x raw, "
        f"{found['conversations']:.0f} conversations, p95 {found['p95_ms']:.0f} ms"
    )


def _once(folder: Path, connections: int, limit: int, workers: str) -> dict[str, Any]:
    data = Path(tempfile.mkdtemp(prefix="inbox-bench-"))
    environment = os.environ | {
        "INBOX_DATA": str(data),
        "INBOX_SMTP_LISTEN": f"127.0.0.1:{PORT}",
        "INBOX_WEB_LISTEN": f"127.0.0.1:{WEB}",
        "INBOX_LOG": "json",
        "INBOX_MAX_CONNECTIONS_PER_ADDRESS": "200",
    }
    service = subprocess.Popen(
        [sys.executable, "-m", "inbox", "serve", "--workers", workers],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(data / "log").open("w"),
        text=True,
    )
    try:
        assert service.stdout is not None
        while not (line := service.stdout.readline()).startswith("ready"):
            if not line:
                raise SystemExit(f"the service did not start: {(data / 'log').read_text()[-2000:]}")
        _people(environment)
        return _measure(service.pid, data, folder, connections, limit)
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(20)
        shutil.rmtree(data, ignore_errors=True)


def _people(environment: dict[str, str]) -> None:
    inbox = [sys.executable, "-m", "inbox"]
    subprocess.run(
        [*inbox, "mailbox", "add", RCPT, "--name", "Support"],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for email in AGENTS:
        subprocess.run(
            [
                *inbox,
                "agent",
                "add",
                email,
                "--name",
                email.split("@")[0],
                "--role",
                "agent",
                "--mailbox",
                RCPT,
            ],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _measure(pid: int, data: Path, folder: Path, connections: int, limit: int) -> dict[str, Any]:
    url = f"postgresql://postgres:@/postgres?host={data / 'postgres'}"
    time.sleep(3)
    postmaster = (data / "postgres" / "postmaster.pid").read_text().split()[0]
    meter = Meter(pid, int(postmaster))
    idle, _ = meter.memory()
    before = asyncio.run(_size(url))
    client = _client(folder, PORT, connections, limit)
    meter.start()
    began = time.perf_counter()
    sent = _go(client)
    asyncio.run(_until_done(url, sent["mails"] * len(AGENTS)))
    whole = time.perf_counter() - began
    cpu = meter.stop()
    bare = _bare(url, folder, connections, limit)
    facts = asyncio.run(_facts(url))
    return {
        "mails": sent["mails"],
        "refused": sent["refused"],
        "accept_per_s": sent["mails"] / sent["seconds"],
        "bare_per_s": bare["mails"] / bare["seconds"],
        "accept_ratio": (sent["mails"] / sent["seconds"]) / (bare["mails"] / bare["seconds"]),
        "whole_per_s": sent["mails"] / whole,
        "cpu_ms": 1000 * cpu / sent["mails"],
        "client_cpu_ms": 1000 * sent["client_cpu"] / sent["mails"],
        "p50_ms": sent["p50_ms"],
        "p95_ms": sent["p95_ms"],
        "peak_ours_mb": meter.peak_ours,
        "peak_postgres_mb": meter.peak_all - meter.peak_ours,
        "idle_mb": idle,
        "stored_ratio": (facts["bytes"] - before) / facts["raw"],
        "conversations": facts["conversations"],
        "set_aside": facts["set_aside"],
    }


def _client(folder: Path, port: int, connections: int, limit: int) -> subprocess.Popen[str]:
    client = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bench.load",
            str(folder),
            str(port),
            str(connections),
            str(limit),
            RCPT,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert client.stdout is not None
    client.stdout.readline()
    return client


def _go(client: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = client.communicate("go\n")
    result: dict[str, Any] = json.loads(out)
    if result["refused"]:
        raise SystemExit(f"refused: {result}")
    return result


def _bare(url: str, folder: Path, connections: int, limit: int) -> dict[str, Any]:
    bare = subprocess.Popen(
        [sys.executable, "-m", "bench.bare", url, str(BARE)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert bare.stdout is not None
        bare.stdout.readline()
        return _go(_client(folder, BARE, connections, limit))
    finally:
        bare.terminate()
        bare.wait(10)


# Several within a minute are one mail.
_TOLD = """
select coalesce(sum(1 + coalesce(jsonb_array_length(draft -> 'then'), 0)), 0) from outbound
 where kind = 'notice'
"""


async def _until_done(url: str, notices: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        async with asyncio.timeout(600):
            while (await connection.fetchval(_TOLD)) < notices:
                await asyncio.sleep(0.05)
    finally:
        await connection.close()


async def _size(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("select pg_database_size(current_database())"))
    finally:
        await connection.close()


async def _facts(url: str) -> dict[str, int]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("drop table if exists bare")
        await connection.execute("vacuum")
        found = await connection.fetchrow(
            "select (select sum(size) from spool) as raw,"
            " (select count(*) from conversation where merged_into is null) as conversations,"
            " (select count(*) from spool where state = 'set_aside') as set_aside,"
            " pg_database_size(current_database()) as bytes"
        )
        return {key: int(value or 0) for key, value in found.items()}
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
