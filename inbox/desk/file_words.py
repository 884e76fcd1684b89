"""The words in files that are about to leave. Asks no database, and takes a bounded time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from typing import Final

from inbox.leaks.attached import Attached, Opened, Words, open_file
from inbox.leaks.packed import in_order, packed
from inbox.log import get_logger

log = get_logger("leaks")

SECONDS = 10.0
_MOST_OCTETS: Final = 64 << 20  # of all files that are opened in the cage
_LONGEST_LINE: Final = 8 << 20


async def words_of(files: Sequence[Attached]) -> list[Words]:
    """What the files say, texts and mails first; what cannot be read is not `is_whole`."""
    if not files:
        return []
    opened = await asyncio.to_thread(_opened, files)
    return [*opened.words, *await _caged(opened.shut)]


def _opened(files: Sequence[Attached]) -> Opened:
    opened = Opened()
    for one in files:
        open_file(one, opened)
    return opened


async def _caged(files: Sequence[Attached]) -> list[Words]:
    room, taken, left = _MOST_OCTETS, list[Attached](), list[Attached]()
    for one in in_order(files):
        if len(one.content) > room:
            left.append(one)
            continue
        taken.append(one)
        room -= len(one.content)
    said = await _read(packed(taken), len(taken)) if taken else []
    # Where time ran out, nothing is known of what comes behind.
    unread = [*taken[len(said) :], *left]
    return [
        *(Words(one.filename, *words) for one, words in zip(taken, said, strict=False)),
        *(Words(one.filename, "", is_whole=False) for one in unread),
    ]


async def _read(files: bytes, count: int) -> list[tuple[str, bool]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "inbox.leaks.cage",
        stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_LONGEST_LINE, env={},
    )  # fmt: skip
    words: list[tuple[str, bool]] = []
    try:
        async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as tasks:
            tasks.create_task(_hand_over(process, files))
            assert process.stdout is not None  # noqa: S101 - asked for above
            async for line in process.stdout:
                words.append(tuple(json.loads(line)))
            await process.wait()
    except TimeoutError:
        log.warning("leaks.unread", read=len(words), files=count)
    finally:
        # One that has ended must not be looked after twice.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return words


async def _hand_over(process: Process, files: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - asked for where it was started
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(files)
        await process.stdin.drain()
        process.stdin.close()
