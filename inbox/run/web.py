"""The web process: uvicorn in our loop, and the hub that tells open pages of news."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Iterator

import uvicorn

from inbox.auth.first import is_first_start, setup_token
from inbox.auth.passwords import warm_up
from inbox.jobs.waiting import first
from inbox.run.ports import bind
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.web.app import create_app

_HEADERS = 16 * 1024


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: `stop` says when to end."""
        yield


async def run_web(
    settings: Settings,
    database: Database,
    secret: bytes,
    stop: asyncio.Event,
    sockets: list[socket.socket] | None = None,
) -> None:
    """Serve until `stop` is set; what is under way is finished, streams end within two seconds.

    Raises ConfigError when the address cannot be listened on.
    """
    app = create_app(settings, database, secret, stop)
    server = _Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=_HEADERS,
        )
    )
    sockets = sockets or bind(settings.web_listen, "INBOX_WEB_LISTEN")
    await asyncio.to_thread(warm_up)
    await _say_set_up(settings, database, secret)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(app.state.house.hub.run(stop))
        serving = tasks.create_task(server.serve(sockets))
        await first(stop.wait(), asyncio.wait([serving]))
        server.should_exit = True
        await serving
        stop.set()


async def _say_set_up(settings: Settings, database: Database, secret: bytes) -> None:
    async with database.read() as db:
        if not await is_first_start(db):
            return
    address = f"{settings.public_url}/setup?token={setup_token(secret)}"
    sys.stderr.write(f"nobody is here yet: make the first administrator at {address}\n")
    sys.stderr.flush()
