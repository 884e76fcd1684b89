"""A client that hands over mails as a mail server does: one after the other on each connection."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def mails(folder: Path, max_size: int = 0) -> list[bytes]:
    """The mails of a folder in order of their names, CRLF, dot-stuffed, ready for DATA."""
    ready = []
    for file in sorted(folder.glob("*.eml")):
        raw = re.sub(rb"\r?\n", b"\r\n", file.read_bytes())
        if max_size and len(raw) > max_size:
            continue
        stuffed = re.sub(rb"(?m)^\.", b"..", raw)
        ready.append(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
    return ready


async def hand_over(
    port: int, ready: list[bytes], connections: int, rcpt: str
) -> tuple[float, list[float], list[str]]:
    """Send all; returns seconds, seconds from MAIL to 250 of each, and what was refused."""
    waits: list[float] = []
    refused: list[str] = []
    queue = iter(ready)
    began = time.perf_counter()
    await asyncio.gather(
        *(_connection(port, queue, rcpt, waits, refused) for _ in range(connections))
    )
    return time.perf_counter() - began, waits, refused


async def _connection(
    port: int, queue: Iterator[bytes], rcpt: str, waits: list[float], refused: list[str]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    await reader.readline()
    await _say(reader, writer, b"EHLO load.example", b"250")
    for mail in queue:
        began = time.perf_counter()
        try:
            await _say(reader, writer, b"MAIL FROM:<customer@firm.example>", b"250")
            await _say(reader, writer, b"RCPT TO:<%s>" % rcpt.encode(), b"250")
            await _say(reader, writer, b"DATA", b"354")
            writer.write(mail)
            await writer.drain()
            answer = await reader.readline()
        except RuntimeError as error:
            refused.append(str(error))
            await _say(reader, writer, b"RSET", b"250")
            continue
        if answer.startswith(b"250"):
            waits.append(time.perf_counter() - began)
        else:
            refused.append(answer.decode("utf-8", "replace"))
    await _say(reader, writer, b"QUIT", b"221")
    writer.close()


async def _say(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: bytes, want: bytes
) -> None:
    writer.write(line + b"\r\n")
    while (answer := await reader.readline())[3:4] == b"-":
        pass
    if not answer.startswith(want):
        raise RuntimeError(f"{line!r}: {answer!r}")


def main() -> None:
    """`python -m bench.load FOLDER PORT CONNECTIONS MAX_SIZE RCPT` prints one JSON object."""
    folder, port, connections, max_size, rcpt = sys.argv[1:6]
    ready = mails(Path(folder), int(max_size))
    print("loaded", flush=True)
    sys.stdin.readline()
    cpu = time.process_time()
    seconds, waits, refused = asyncio.run(hand_over(int(port), ready, int(connections), rcpt))
    waits.sort()
    result = {
        "mails": len(waits),
        "seconds": seconds,
        "client_cpu": time.process_time() - cpu,
        "p50_ms": 1000 * waits[len(waits) // 2] if waits else None,
        "p95_ms": 1000 * waits[int(len(waits) * 0.95) - 1] if waits else None,
        "refused": len(refused),
        "first_refusal": refused[:1],
    }
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
