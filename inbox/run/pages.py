"""An application on sockets, in the loop of its process, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from inbox.jobs.waiting import first

_HEADERS = 16 * 1024


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: `stop` says when to end."""
        yield


async def serve_pages(app: FastAPI, sockets: list[socket.socket], stop: asyncio.Event) -> None:
    """Serve until `stop` is set; what is under way is finished, streams end within two seconds.

    Sets `stop` when the server ends by itself.
    """
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
    serving = asyncio.create_task(server.serve(sockets))
    await first(stop.wait(), asyncio.wait([serving]))
    server.should_exit = True
    await serving
    stop.set()
