"""The roles of `inbox serve`: what each runs, and when it is ready.

A role imports what it needs when it starts: the receiver, say, needs no ORM, and stays small.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, Final

from inbox.errors import ConfigError
from inbox.run.role import Ready, Role, ready_when_listening, say
from inbox.settings import Settings

if TYPE_CHECKING:
    from inbox.store.engine import Database

# Enough for what one process does at a time; all together stay below the embedded server's 100.
_WEB_CONNECTIONS = 10
_BEHIND_RECEIVING = 10


async def prepare(
    settings: Settings, _stop: asyncio.Event, ready: Ready, *, may_migrate: bool
) -> None:
    """Check the server, and bring the schema up to date or refuse."""
    from inbox.run.prepare import prepare as check

    await check(_url(settings), settings, may_migrate=may_migrate)
    ready("")


async def smtp(settings: Settings, stop: asyncio.Event, ready: Ready) -> None:
    """Receive mail."""
    from inbox.run.smtp import run_smtp

    names = ("smtp", "lmtp", "submission", "submissions")
    listens = {name: getattr(settings, f"{name}_listen") for name in names}
    where = " ".join(f"{name}={listen}" for name, listen in listens.items() if listen)
    await ready_when_listening(
        run_smtp(settings, stop), [listen for listen in listens.values() if listen], ready, where
    )


async def web(settings: Settings, stop: asyncio.Event, ready: Ready) -> None:
    """Show conversations and take answers in the browser."""
    from inbox.run.web import run_web
    from inbox.store.engine import Database

    database = Database(_url(settings), pool=_WEB_CONNECTIONS, via="web")
    try:
        secret = await _secret(database)
        await _say_set_up(settings, database, secret)
        work = run_web(settings, database, secret, stop)
        where = f"web=http://{settings.web_listen}"
        await ready_when_listening(work, [settings.web_listen], ready, where)
    finally:
        await database.close()


def load_worker() -> None:
    """Load all that a worker needs, for those that are forked from one."""
    from inbox.run.worker import know_all_jobs

    know_all_jobs()


async def worker(settings: Settings, stop: asyncio.Event, ready: Ready) -> None:
    """Do what is due."""
    from inbox.jobs.bell import QUIET
    from inbox.run.worker import know_all_jobs, run_worker
    from inbox.store.engine import Database

    # Receiving comes first: what is on the spool can wait a moment, a peer that waits may go away.
    os.nice(_BEHIND_RECEIVING)
    know_all_jobs()
    pool = settings.worker_concurrency + 1
    # It runs the same few statements all the time, and they know their way by index: planning each
    # anew for its values costs PostgreSQL more than running it, and a plan that was made while a
    # table was small may not read the whole of it ever after.
    plans = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off"}
    database = Database(_url(settings), pool=pool, settings={**plans, **QUIET})
    try:
        secret = await _secret(database)
        ready("workers=1")
        await run_worker(settings, database, secret, stop)
    finally:
        await database.close()


ROLES: Final[dict[str, Role]] = {
    "prepare": partial(prepare, may_migrate=True),
    "check": partial(prepare, may_migrate=False),
    "smtp": smtp,
    "web": web,
    "worker": worker,
}


async def _secret(database: Database) -> bytes:
    from inbox.store.secrets import ensure_secret

    async with database.write() as db:
        return await ensure_secret(db)


async def _say_set_up(settings: Settings, database: Database, secret: bytes) -> None:
    from inbox.auth.first import is_first_start, setup_token

    async with database.read() as db:
        if await is_first_start(db):
            link = f"{settings.public_url}/setup?token={setup_token(secret)}"
            say(f"nobody is here yet: make the first administrator at {link}")


def _url(settings: Settings) -> str:
    if settings.database_url is None:
        raise ConfigError("a role needs INBOX_DATABASE_URL: start it with `inbox serve`")
    return settings.database_url
