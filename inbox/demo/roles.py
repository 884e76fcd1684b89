"""The processes of the demonstration besides those of the service."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI

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
    # Here and below, as in `inbox.run.roles`: each process loads only what its role needs.
    from inbox.demo.page import create_page  # noqa: PLC0415
    from inbox.demo.post import Post  # noqa: PLC0415
    from inbox.demo.sink import catch_all  # noqa: PLC0415

    if settings.demo_sink_listen is None:
        raise ConfigError("the sink is a part of `inbox demo`")
    post = Post(post_folder(settings))
    app = create_page(settings, post)
    listens = [settings.demo_sink_listen, relay_listen(settings)]
    pages, mails = (bind(listen, "the sink") for listen in listens)

    async def work() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(catch_all(mails, post, stop))
            tasks.create_task(_show(app, pages, stop))

    await ready_when_listening(work(), listens, ready, f"sink=http://{listens[0]}")


async def history(settings: Settings, stop: asyncio.Event, ready: Ready) -> None:
    """Let the company have a past, if it has none yet; told to stop, the next start goes on."""
    from inbox.demo.history import make_history  # noqa: PLC0415

    making = asyncio.create_task(make_history(settings))
    await first(asyncio.wait([making]), stop.wait())
    if making.done():
        await making
        ready("")
    making.cancel()
    await asyncio.wait([making])


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: `stop` says when to end."""
        yield


async def _show(app: FastAPI, sockets: list[socket.socket], stop: asyncio.Event) -> None:
    server = _Server(
        uvicorn.Config(
            app, http="h11", ws="none", lifespan="off", log_config=None,
            access_log=False, server_header=False, timeout_graceful_shutdown=2,
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve(sockets))
    await first(stop.wait(), asyncio.wait([serving]))
    server.should_exit = True
    await serving
    stop.set()


ROLES: Final[dict[str, Role]] = {"demo-sink": sink, "demo-history": history}
