"""The web process: pages, the API, and the hub that tells open pages of news."""

from __future__ import annotations

import asyncio
import socket

from inbox.api.app import PATH, create_api
from inbox.auth.passwords import warm_up
from inbox.run.pages import serve_pages
from inbox.run.ports import bind
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.web.app import create_app


async def run_web(
    settings: Settings,
    database: Database,
    secret: bytes,
    stop: asyncio.Event,
    sockets: list[socket.socket] | None = None,
) -> None:
    """Serve until `stop` is set. Raises ConfigError when the address cannot be listened on."""
    app = create_app(settings, database, secret, stop)
    app.mount(PATH, create_api(app.state.house))
    sockets = sockets or bind(settings.web_listen, "INBOX_WEB_LISTEN")
    await asyncio.to_thread(warm_up)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(app.state.house.hub.run(stop))
        tasks.create_task(serve_pages(app, sockets, stop))
