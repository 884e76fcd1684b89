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
from inbox.model.heard import OVERLAP, Heard
from inbox.store.engine import Database
from inbox.store.news import GONE, Access, News, access_of, heard_by_now, news_after, read_gone

log = get_logger("live")

LASTS_S: Final = 600
KEEP_ALIVE_S: Final = 20
# A page that hears nothing for longer knows that the line is dead.
_HERE: Final = "event: here\ndata: \n\n"
# Something may have changed, nobody knows what: lists are asked for again.
_UNHEARD: Final = "event: changed\ndata: \n\n"
# Their page was drawn for what they might see then.
_RIGHTS: Final = "event: rights\ndata: \n\n"
# What happens together is asked for together: a page hears of the first at once.
_GATHER_S: Final = 0.1
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
        self._heard: Heard | None = None
        self._gone: list[News] = []
        self._stopping = False

    def __len__(self) -> int:
        return len(self._streams)

    @property
    def newest(self) -> int:
        """The highest number of an event that it has heard of; -1 before the first look."""
        return self._heard.last if self._heard else -1

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

    async def stream(
        self, signed: SignedIn, heard: Heard | None, rights: str = ""
    ) -> AsyncGenerator[str, None]:
        """Server-sent events for one page, of all that it has not heard; ends after ten minutes.

        `rights`: the sign of those that the page was drawn with.
        """
        stream = Stream(signed, heard, signed.viewer.rights)
        if self._stopping:
            return
        self._streams.add(stream)
        try:
            yield ": open\nretry: 1000\n\n"
            if rights not in ("", stream.rights):
                yield _RIGHTS
            for missed in await self._missed(stream):
                yield missed
            if there := await self.together.first_line(signed):
                yield there
            ends = asyncio.get_running_loop().time() + LASTS_S
            while (left := ends - asyncio.get_running_loop().time()) > 0:
                if (line := await stream.next(min(left, KEEP_ALIVE_S), _HERE)) is None:
                    return
                yield line
        finally:
            self._streams.discard(stream)

    async def _missed(self, stream: Stream) -> list[str]:
        before = stream.heard
        if before is None:
            return []
        async with self._database.read() as db:
            stream.heard = await heard_by_now(db)
            news = await news_after(db, max(0, before.last - OVERLAP), limit=500)
        mine = stream.signed.viewer.mailboxes
        seen = [one for one in news if one.mailboxes & mine and not before.knows(one.id)]
        by_conversation = {one.conversation_id: one for one in seen}
        missed = sorted(by_conversation.values(), key=lambda one: one.id)
        # Whoever is cut off halfway has heard of all only with the last.
        return [_written(one, stream.heard if one is missed[-1] else before) for one in missed]

    def _hear(self, payload: str) -> None:
        # With nobody to tell, knowing the number is enough: a page that comes asks for the rest.
        if payload.isdecimal() and self._heard and not self._streams:
            self._heard = self._heard.and_of(int(payload))
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
            if self._heard is None:  # the first time: what is there already is no news
                self._heard = await heard_by_now(db)
                self.ready.set()
                return
            heard = self._heard
            news = await news_after(db, max(0, heard.last - OVERLAP), limit=1000)
            gone = list(self._gone)
            fresh = [one for one in news if not heard.knows(one.id)]
            tokens = {stream.signed.token_hash for stream in self._streams}
            # Also while nothing happens: who may see no more is not shown what they saw.
            access = await access_of(db, tokens) if tokens else {}
        lines: list[tuple[News, str]] = []
        for one in fresh:
            heard = heard.and_of(one.id)
            lines.append((one, _written(one, heard)))
        lines += [(one, _written(one)) for one in gone]
        for stream in list(self._streams):
            token = stream.signed.token_hash
            # Who began to listen while this was read has just been found by their session.
            _tell(stream, lines, access.get(token) if token in tokens else _found(stream.signed))
        self._heard = heard
        del self._gone[: len(gone)]


def _found(signed: SignedIn) -> Access:
    return Access(signed.viewer.role, signed.viewer.mailboxes)


def _tell(stream: Stream, lines: list[tuple[News, str]], access: Access | None) -> None:
    if access is None:  # signed out, or disabled, since the stream began
        stream.tell(None)
        return
    if access.sign != stream.rights:
        stream.rights = access.sign
        stream.tell(_RIGHTS)
    mailboxes = access.mailboxes
    for news, line in lines:
        is_known = news.id and stream.heard and stream.heard.knows(news.id)
        if news.mailboxes & mailboxes and not is_known:
            stream.tell(line)


def _written(news: News, heard: Heard | None = None) -> str:
    told = {
        "event": news.id,
        "conversation": news.conversation_id,
        "name": news.name,
        "by": news.actor,
        "customer": news.customer_id,
        "fresh": news.is_fresh,
    }
    data = json.dumps(told)
    number = f"id: {heard}\n" if heard else ""
    return (
        f"{number}event: changed\ndata: {data}\n\n"
        f"event: conversation-{news.conversation_id}\ndata: {data}\n\n"
    )
