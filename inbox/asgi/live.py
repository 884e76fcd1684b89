"""News for open pages: one LISTEN connection a process, one queue a stream, no session held.

Events are read by their ids, told only to those who may see their conversation at that moment, and
carry no words of anybody: a page that hears of a change asks for it like for any page.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Final

from inbox.asgi.streams import Stream
from inbox.asgi.together import CHANNEL, Together
from inbox.auth.sessions import SignedIn
from inbox.jobs.bell import EVENTS
from inbox.jobs.waiting import first, pause
from inbox.jobs.wake import Listener
from inbox.log import get_logger
from inbox.store.engine import Database
from inbox.store.news import GONE, News, access_of, newest_event, news_after, read_gone

log = get_logger("live")

LASTS_S: Final = 600
KEEP_ALIVE_S: Final = 20
# A page that hears nothing for longer knows that the line is dead.
_HERE: Final = "event: here\ndata: \n\n"
# Something may have changed, nobody knows what: lists are asked for again.
_UNHEARD: Final = "event: changed\ndata: \n\n"
# What happens together is asked for together: a page hears of the first at once.
_GATHER_S: Final = 0.1
# Transactions end in another order than their events got their numbers in.
_OVERLAP: Final = 50
# A ring is lost when a process dies between its commit and its word.
_LOOK_S: Final = 5.0


class Hub:
    """Tells the open pages of this process what happens anywhere.

    While there is one, it also looks by itself, every `look` seconds.
    """

    def __init__(self, database: Database, *, look: float = _LOOK_S) -> None:
        self._database = database
        self._look = look
        self._streams: set[Stream] = set()
        self.together = Together(database, self._streams)
        self._woken = asyncio.Event()
        self.ready = asyncio.Event()  # from now on nothing is missed
        self._told: dict[int, None] = {}
        self._gone: list[News] = []
        self._last = -1
        self._stopping = False

    def __len__(self) -> int:
        return len(self._streams)

    @property
    def newest(self) -> int:
        """The highest number of an event that it has heard of; -1 before the first look."""
        return self._last

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set, then end every stream."""
        hears = {EVENTS: self._hear, GONE: self.hear_gone, CHANNEL: self.together.hear}
        listener = Listener(self._database.url, hears)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(listener.run(stop))
            tasks.create_task(self._distribute(stop))
            tasks.create_task(self.together.run(stop))
            await stop.wait()
            self._stopping = True
            for stream in list(self._streams):
                stream.tell(None)

    def hear_gone(self, payload: str) -> None:
        """What `tell_gone` said; nothing after a time in which nobody listened."""
        if payload:
            self._gone.append(read_gone(payload))
            self._woken.set()
            return
        for stream in list(self._streams):  # what went meanwhile has left no event to be found
            stream.tell(_UNHEARD)

    async def stream(self, signed: SignedIn, after: int | None) -> AsyncGenerator[str, None]:
        """Server-sent events for one page, from event `after` on; ends after ten minutes."""
        stream = Stream(signed)
        if self._stopping:
            return
        self._streams.add(stream)
        try:
            yield ": open\nretry: 1000\n\n"
            for news in await self._missed(signed, after):
                yield _written(news)
            if there := await self.together.first_line(signed):
                yield there
            ends = asyncio.get_running_loop().time() + LASTS_S
            while (left := ends - asyncio.get_running_loop().time()) > 0:
                if (line := await stream.next(min(left, KEEP_ALIVE_S), _HERE)) is None:
                    return
                yield line
        finally:
            self._streams.discard(stream)

    async def _missed(self, signed: SignedIn, after: int | None) -> list[News]:
        if after is None:
            return []
        async with self._database.read() as db:
            news = await news_after(db, max(0, after - _OVERLAP), limit=500)
        # A number below may have been given long before its transaction ended, but not ages before.
        late = [one for one in news if one.id > after or one.is_fresh]
        seen = [one for one in late if one.mailboxes & signed.viewer.mailboxes]
        by_conversation = {one.conversation_id: one for one in seen}
        return sorted(by_conversation.values(), key=lambda one: one.id)

    def _hear(self, payload: str) -> None:
        # With nobody to tell, knowing the number is enough: a page that comes asks for the rest.
        if payload.isdecimal() and self.ready.is_set() and not self._streams:
            self._remember([int(payload)])
        else:
            self._woken.set()

    async def _distribute(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await first(self._woken.wait(), stop.wait(), asyncio.sleep(self._look))
            if not (self._woken.is_set() or self._streams):
                continue
            self._woken.clear()
            try:
                await self._tell_all()
                await pause(stop, _GATHER_S)
            except Exception as error:  # whatever it is, pages want to hear of what comes next
                log.warning("live.waiting", error=type(error).__name__)
                self._woken.set()
                await pause(stop, 1.0)

    async def _tell_all(self) -> None:
        async with self._database.read() as db:
            if self._last < 0:  # the first time: what is there already is no news
                self._last = await newest_event(db)
                before = await news_after(db, self._last - _OVERLAP, limit=_OVERLAP)
                self._remember([one.id for one in before])
                self.ready.set()
                return
            news = await news_after(db, self._last - _OVERLAP, limit=1000)
            gone = list(self._gone)
            fresh = [one for one in news if one.id not in self._told]
            if not (fresh or gone):
                return
            tokens = {stream.signed.token_hash for stream in self._streams}
            access = await access_of(db, tokens) if tokens else {}
        for stream in list(self._streams):
            self._tell(stream, fresh + gone, access.get(stream.signed.token_hash))
        self._remember([one.id for one in fresh])
        del self._gone[: len(gone)]

    def _tell(self, stream: Stream, fresh: list[News], mailboxes: frozenset[int] | None) -> None:
        if mailboxes is None:  # signed out, or disabled, since the stream began
            stream.tell(None)
            return
        for news in fresh:
            if news.mailboxes & mailboxes:
                stream.tell(_written(news))

    def _remember(self, events: list[int]) -> None:
        self._told.update(dict.fromkeys(events))
        self._last = max([self._last, *events])
        while len(self._told) > 4 * _OVERLAP + 1000:
            self._told.pop(next(iter(self._told)))


def _written(news: News) -> str:
    told = {"conversation": news.conversation_id, "name": news.name, "by": news.actor}
    data = json.dumps(told | {"customer": news.customer_id})
    number = f"id: {news.id}\n" if news.id else ""
    return (
        f"{number}event: changed\ndata: {data}\n\n"
        f"event: conversation-{news.conversation_id}\ndata: {data}\n\n"
    )
