"""One role as a process of its own: told to stop by a signal, or by the end of whoever started it.

Its standard input is a pipe from the supervisor, whose end means that the supervisor is gone; its
standard output carries one line, `ready …`, and before it `say …`: what people are to read once
everything else is ready, too.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop

from inbox.log import get_logger
from inbox.run.ports import until_listening
from inbox.settings import Settings
from inbox.store.embedded import held

log = get_logger("run.role")

Ready = Callable[[str], None]
Role = Callable[[Settings, asyncio.Event, Ready], Coroutine[Any, Any, None]]

_STDIN, _SIGNALS = 0, (signal.SIGTERM, signal.SIGINT)
# Without a supervisor nobody ends a role that cannot finish; what it held is tried again elsewhere.
_LONGEST_DRAIN = 20.0
_GARBAGE_AFTER = (700, 10, 10)  # as Python begins with


def run_role(role: Role, settings: Settings) -> None:
    """Run a role until told to stop. Raises what the role raises."""
    orphaned = threading.Event()
    new_loop = uvloop.new_event_loop
    with held(settings, orphaned.is_set), asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_run(role, settings, orphaned))


async def _run(role: Role, settings: Settings, orphaned: threading.Event) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in _SIGNALS:
        loop.add_signal_handler(signum, stop.set)
    with contextlib.suppress(OSError, ValueError):
        loop.add_reader(_STDIN, _hear_end, stop, orphaned)
    await role(settings, stop, _say_ready)


def _hear_end(stop: asyncio.Event, orphaned: threading.Event) -> None:
    if os.read(_STDIN, 1024) == b"":
        orphaned.set()
        loop = asyncio.get_running_loop()
        loop.remove_reader(_STDIN)
        loop.call_later(_LONGEST_DRAIN, os._exit, 1)
        log.warning("role.supervisor_gone")
        stop.set()


def say(sentence: str) -> None:
    """Tell people something, unless the service does not start after all."""
    _write(f"say {sentence}")


def _say_ready(where: str) -> None:
    # What is loaded by now stays to the end, and is not looked through again for garbage. From here
    # on it is looked for as often as ever: mails may be large, and are not kept longer for it.
    gc.freeze()
    gc.set_threshold(*_GARBAGE_AFTER)
    _write(f"ready {where}".rstrip())


def _write(line: str) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


async def ready_when_listening(
    work: Coroutine[Any, Any, None], listens: list[str], ready: Ready, where: str
) -> None:
    """Run `work` and say ready once everything it listens on accepts connections."""
    running = asyncio.ensure_future(work)
    accepting = asyncio.ensure_future(_all_listening(listens))
    try:
        await asyncio.wait({running, accepting}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            ready(where)
        await running
    finally:
        accepting.cancel()


async def _all_listening(listens: list[str]) -> None:
    for listen in listens:
        await until_listening(listen)
