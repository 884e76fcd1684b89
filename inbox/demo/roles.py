"""The processes of the demonstration besides those of the service."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from inbox.errors import ConfigError
from inbox.jobs.waiting import first
from inbox.run.ports import bind
from inbox.run.role import Ready, Role, ready_when_listening
from inbox.settings import Settings


def post_folder(settings: Settings) -> Path:
    """Where everybody's mail is kept."""
    return settings.data / "mail"


def relay_listen(settings: Settings) -> str:
    """Where the sink takes mail: the relay of the demonstration."""
    return (settings.relay_url or "").removeprefix("smtp://")


async def sink(settings: Settings, stop: asyncio.Event, ready: Ready) -> None:
    """Catch all mail, and show it."""
    from inbox.demo.page import create_page
    from inbox.demo.post import Post
    from inbox.demo.sink import catch_all
    from inbox.run.pages import serve_pages

    if settings.demo_sink_listen is None:
        raise ConfigError("the sink is a part of `inbox demo`")
    post = Post(post_folder(settings))
    app = create_page(settings, post)
    listens = [settings.demo_sink_listen, relay_listen(settings)]
    pages, mails = (bind(listen, "the sink") for listen in listens)

    async def work() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(catch_all(mails, post, stop))
            tasks.create_task(serve_pages(app, pages, stop))

    await ready_when_listening(work(), listens, ready, f"sink=http://{listens[0]}")


async def history(settings: Settings, stop: asyncio.Event, ready: Ready) -> None:
    """Let the company have a past, if it has none yet; told to stop, the next start goes on."""
    from inbox.demo.history import make_history

    making = asyncio.create_task(make_history(settings))
    await first(asyncio.wait([making]), stop.wait())
    if making.done():
        await making
        ready("")
    making.cancel()
    await asyncio.wait([making])


ROLES: Final[dict[str, Role]] = {"demo-sink": sink, "demo-history": history}
