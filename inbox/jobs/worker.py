"""The worker: leases jobs, runs each in its own transaction, acknowledges in the same one."""

from __future__ import annotations

import asyncio
import operator
import time

from inbox.errors import InboxError
from inbox.jobs import queue
from inbox.jobs.bell import EVENTS, JOBS, Bell
from inbox.jobs.courtesy import Courtesy
from inbox.jobs.queue import Leased, LeaseLost, NotNow, Postponed
from inbox.jobs.registry import Context, Kind, all_kinds, kind_of
from inbox.jobs.waiting import first, pause
from inbox.jobs.wake import Listener
from inbox.log import bound_contextvars, get_logger
from inbox.store.engine import RECORDED, Writer
from inbox.store.statement import Statement

log = get_logger("worker")

# The safety net under NOTIFY: a job that nobody was woken for is found after this many seconds.
_POLL = 5.0
# Of many jobs one after the other, others hear together: each ring costs as much as a short job.
_RING = 0.25
# What looks for news by itself is brought forward at the first of many, and then so often.
_HURRY = 1.0
# How many jobs one claim takes per running task: fewer round trips, still fair among workers.
_BATCH = 3

_TELL = Statement("select pg_notify(:channel, :what)")

Unit = tuple[Leased, ...]


class Worker:
    """Runs jobs until told to stop; what runs then is finished first.

    While mail pours in it stands back for up to `stands_back` seconds at a time.
    """

    def __init__(self, context: Context, *, concurrency: int, stands_back: float = 0.0) -> None:
        self.context = context
        self._concurrency = concurrency
        self._woken = asyncio.Event()
        # Bounded, so that no more is leased than will soon be run.
        self._queue: asyncio.Queue[Unit] = asyncio.Queue(concurrency)
        self._courtesy = Courtesy(stands_back)
        self._jobs = Bell(JOBS, self._say, operator.add, every=_RING)
        self._events = Bell(EVENTS, self._say, max, every=_RING)
        self._news = Bell(EVENTS, self._hurry, max, every=_HURRY)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set and everything leased is done."""
        listener = Listener(self.context.database.url, {JOBS: self._hear, EVENTS: self._hear_news})
        hearing = asyncio.create_task(listener.run(stop))
        runners = [asyncio.create_task(self._drain()) for _ in range(self._concurrency)]
        try:
            while not stop.is_set():
                if wait := self._courtesy.wait(time.monotonic()):
                    await pause(stop, wait)
                elif not await self._fill():
                    await self._wait(stop)
            await self._queue.join()
        finally:
            await asyncio.gather(*(each.close() for each in (self._jobs, self._events, self._news)))
            for task in (*runners, hearing):
                task.cancel()
            await asyncio.gather(*runners, hearing, return_exceptions=True)

    async def run_due(self, most: int | None = None) -> int:
        """Run all that is due, one after the other, or the first of it; returns how many.

        For tests and commands.
        """
        ran = 0
        while ran != most and (leased := await self._claim(1)):
            await self._run(tuple(leased))
            ran += 1
        return ran

    def _hear(self, payload: str) -> None:
        self._woken.set()
        if payload.isdecimal():
            self._courtesy.hear(int(payload), time.monotonic())

    def _hear_news(self, _payload: str) -> None:
        self._news.ring(0)

    async def _hurry(self, _channel: str, _what: str) -> None:
        kinds = [kind.name for kind in all_kinds() if kind.follows]
        if kinds and await queue.hurry(self.context.database, kinds):
            self._news.ring(0)  # a second later it has ended, or has gone on
        self._woken.set()

    async def _say(self, channel: str, what: str) -> None:
        await _TELL.at_once(self.context.database, channel=channel, what=what)

    def _tell(self, event_id: int | None) -> None:
        # It may have left work for others, and news for those who watch.
        self._woken.set()
        self._jobs.ring(0)
        if event_id is not None:
            self._events.ring(event_id)

    async def _fill(self) -> bool:
        self._woken.clear()
        leased = await self._claim(self._concurrency * _BATCH)
        for unit in units(leased):
            await self._queue.put(unit)
        return bool(leased)

    async def _claim(self, limit: int) -> list[Leased]:
        try:
            return await queue.claim(self.context.database, limit=limit)
        except InboxError:
            log.warning("worker.no_database")
            return []

    async def _wait(self, stop: asyncio.Event) -> None:
        try:
            due = await queue.seconds_until_next(self.context.database)
        except InboxError:
            await pause(stop, 1.0)
            return
        wait = _POLL if due is None else max(0.02, min(_POLL, due))
        await first(self._woken.wait(), stop.wait(), asyncio.sleep(wait))

    async def _drain(self) -> None:
        while True:
            unit = await self._queue.get()
            try:
                # Shielded: a worker that is told to stop may not cut a job in two.
                self._tell(await asyncio.shield(self._run(unit)))
            finally:
                self._queue.task_done()

    async def _run(self, unit: Unit) -> int | None:
        first = unit[0]
        with bound_contextvars(job=first.id, kind=first.kind):
            try:
                async with self.context.database.write() as db:
                    await self._work(db, unit)
                    await queue.finish(db, *unit)
            except Exception as error:  # an edge: whatever a job raises must not stop the others
                if len(unit) == 1:
                    await self._failed(first, error)
                    return None
                # Together they failed, or one was taken over: alone each goes its own way.
                newest = [await self._run((each,)) or 0 for each in unit]
                return max(newest) or None
            recorded: int | None = db.info.get(RECORDED)
            return recorded

    async def _work(self, db: Writer, unit: Unit) -> None:
        kind = kind_of(unit[0].kind)
        if kind.gathers:
            values = [each.args[kind.gathers] for each in unit]
            await kind.work(db, self.context, **{f"{kind.gathers}s": values})
        else:
            await kind.work(db, self.context, **unit[0].args)

    async def _failed(self, leased: Leased, error: Exception) -> None:
        if isinstance(error, LeaseLost):
            log.warning("job.taken_over", attempts=leased.attempts)
        elif isinstance(error, Postponed):
            async with self.context.database.write() as db:
                await queue.postpone(db, leased, error.pause, error.reason)
        else:
            await self._try_again_or_bury(leased, error)

    async def _try_again_or_bury(self, leased: Leased, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"[:500]
        try:
            kind: Kind | None = kind_of(leased.kind)
        except KeyError:
            kind = None
        wait = kind.retry.pause(leased.attempts) if kind else None
        again = wait is not None
        if isinstance(error, NotNow):
            log.info("job.waits", attempts=leased.attempts, again=again, reason=reason)
        else:
            log.warning("job.failed", attempts=leased.attempts, again=again, exc_info=error)
        try:
            async with self.context.database.write() as db:
                if wait is not None:
                    await queue.retry_later(db, leased.id, pause=wait, error=reason)
                    return
                await queue.bury(db, leased.id, error=reason)
                if kind and kind.give_up:
                    await kind.give_up(db, leased.args, reason)
        except Exception as fault:  # an edge: a runner that ends would take all its jobs along
            # Nowhere to write it down: the lease runs out and the job is tried again.
            log.warning("job.unacknowledged", attempts=leased.attempts, cause=repr(fault)[:200])


def units(leased: list[Leased]) -> list[Unit]:
    """What is run in one transaction each: one job, or all leased ones of a kind that gathers."""
    found: dict[object, list[Leased]] = {}
    for each in leased:
        found.setdefault(each.kind if _gathers(each.kind) else each.id, []).append(each)
    return [tuple(unit) for unit in found.values()]


def _gathers(name: str) -> bool:
    try:
        return kind_of(name).gathers is not None
    except KeyError:
        return False
