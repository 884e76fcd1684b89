"""A child process that runs a role: started, watched, started again, and told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from inbox.jobs.waiting import first, pause
from inbox.log import get_logger
from inbox.run.again import Again
from inbox.settings import Settings

log = get_logger("run.child")

# A role finishes what is under way in seven seconds; the whole service stops within ten.
_DRAIN = 7.5


class Child:
    """One role in a process of its own, or in `processes` that it forks. `ready` is what it said
    when it first was, `says` what it wants people to read then.
    """

    def __init__(
        self, role: str, settings: Settings, config: Path | None = None, *, processes: int = 1
    ) -> None:
        self.role = role
        self.ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.says: list[str] = []
        self.failure: int | None = None
        self._environment = environment(settings)
        self._options = ("--processes", str(processes)) if processes > 1 else ()
        self._config = ("--config", str(config)) if config else ()

    async def once(self, stop: asyncio.Event) -> None:
        """Run to the end, or until `stop`. A `failure` sets `stop`."""
        code = await self._live(stop)
        if code != 0 and not stop.is_set():
            self.failure = code
            stop.set()

    async def keep(self, stop: asyncio.Event) -> None:
        """Run, and run again whenever it ends, until `stop`. Ending unready is a `failure`."""
        again = Again()
        while not stop.is_set():
            again.begins()
            code = await self._live(stop)
            if stop.is_set():
                return
            if not self.ready.done():
                self.failure = code
                stop.set()
                return
            wait = again.after_its_end()
            log.error("role.ended", role=self.role, code=code, again_in=wait)
            await pause(stop, wait)

    async def _live(self, stop: asyncio.Event) -> int:
        process = await self._start()
        listening = asyncio.create_task(self._listen(process))
        await first(process.wait(), stop.wait())
        code = await _end(process)
        await listening
        return code

    async def _start(self) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "inbox", "role", *self._options, *self._config, self.role,
            stdin=PIPE,  # never written to: its end tells the child that we are gone
            stdout=PIPE,
            env=self._environment,
            # Ctrl-C reaches the whole terminal group; we alone decide who stops when.
            start_new_session=True,
        )  # fmt: skip

    async def _listen(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 - asked for in _start
        async for line in process.stdout:
            text = line.decode(errors="replace").strip()
            match text.partition(" "):
                case ("ready" | "say", *_) if self.ready.done():
                    pass  # it was started again: nobody needs to hear it twice
                case "ready", _, where:
                    self.ready.set_result(where)
                case "say", _, sentence:
                    self.says.append(sentence)
                case _:
                    sys.stderr.write(f"{text}\n")


async def _end(process: Process) -> int:
    if process.returncode is not None:
        return process.returncode
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_DRAIN):
            return await process.wait()
    except TimeoutError:
        log.error("role.killed", pid=process.pid)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        return await process.wait()


def environment(settings: Settings) -> dict[str, str]:
    """Our environment with these settings in it, for a child that is to have the same."""
    values = settings.model_dump(mode="json", exclude_none=True)
    given = {
        f"INBOX_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
    }
    # So that the style of logs does not depend on what the child takes for a terminal.
    return {**os.environ, "INBOX_LOG": settings.log_style, **given}
