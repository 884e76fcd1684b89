"""For whoever watches over us: is the process alive, does the database answer, how much waits."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.errors import InboxError
from inbox.store.figures import queue_figures

router = APIRouter()

_GAUGES = {
    "spool_waiting": "Mails that came and are not yet in a conversation",
    "spool_set_aside": "Mails that could not be understood and wait for a person",
    "outbound_waiting": "Mails that wait to be sent",
    "outbound_failed": "Mails that could not be sent",
    "jobs_due": "Jobs that could run now",
    "jobs_late_seconds": "How long the oldest of them has been due",
    "jobs_dead": "Jobs that were given up",
    "conversations_open": "Conversations in which it is our turn",
}


@router.get("/healthz", dependencies=[allow(Permission.PUBLIC)])
async def healthz() -> Response:
    """The process lives."""
    return PlainTextResponse("ok\n")


@router.get("/readyz", dependencies=[allow(Permission.PUBLIC)])
async def readyz(here: HereNow) -> Response:
    """The database answers."""
    try:
        async with here.house.database.read():
            return PlainTextResponse("ready\n")
    except InboxError as error:
        return PlainTextResponse("the database does not answer\n", error.http)


@router.get("/metrics", dependencies=[allow(Permission.MONITOR)])
async def metrics(here: HereNow) -> Response:
    """Figures in Prometheus's text format, read from the database at this moment."""
    registry = CollectorRegistry()
    ProcessCollector(namespace="inbox_web", registry=registry)
    async with here.house.database.read() as db:
        figures = await queue_figures(db, now=here.now)
    for name, what in _GAUGES.items():
        Gauge(f"inbox_{name}", what, registry=registry).set(figures[name])
    streams = Gauge("inbox_live_streams", "Open pages that are told of news", registry=registry)
    streams.set(len(here.house.hub))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
