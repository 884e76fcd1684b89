"""Programs that hear of events: which, of what, and how far each delivery got."""

from __future__ import annotations

from datetime import datetime
from secrets import token_bytes
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Page
from inbox.api.wishes import Blank, Id, Line, Wish
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.webhooks import (
    WebhookDraft,
    add_webhook,
    change_webhook,
    remove_webhook,
    renew_secret,
    send_again,
    the_webhook,
    try_webhook,
)
from inbox.model.actor import Actor
from inbox.store.engine import Reader, Writer
from inbox.store.hooks import deliveries, webhooks
from inbox.store.people import every_mailbox
from inbox.store.tables import Webhook

router = APIRouter(tags=["webhooks"])
Allowed = allow(Permission.WEBHOOKS)
_MOST = 50


class WebhookOut(BaseModel):
    """A program that hears of events."""

    id: int
    name: str = Field(description="By which rules name it")
    url: str
    secret: str = Field(description="Signs what is sent; said once, where it is made, else empty")
    mailbox: str = Field(description="Only of this one; empty for all of them")
    events: list[str] = Field(description="By name; `*` is all, nothing is what rules send")
    enabled: bool
    failing_since: datetime | None

    @classmethod
    def of(cls, row: Webhook, addresses: dict[int, str], *, with_secret: bool) -> WebhookOut:
        return cls(
            id=row.id,
            name=row.name,
            url=row.url,
            secret=row.secret if with_secret else "",
            mailbox=addresses.get(row.mailbox_id or 0, ""),
            events=row.events,
            enabled=row.enabled,
            failing_since=row.failing_since,
        )


class WebhookWish(Wish):
    """A webhook."""

    name: Line
    url: Annotated[str, Field(max_length=2000)]
    mailbox: Blank = Field(default="", description="Empty for all of them")
    events: list[Line] = Field(default=[], max_length=100)
    enabled: bool = True


class DeliveryOut(BaseModel):
    """One event on its way to one program."""

    id: int
    webhook_id: int
    type: str = Field(description="The name of the event; `ping` for a try")
    rule: str = Field(description="That sent it; empty where the program has asked for it")
    state: str = Field(description="waiting, sent, dead")
    tries: int
    status: int | None = Field(description="What the program answered last")
    error: str | None
    conversation_id: int | None
    created_at: datetime
    done_at: datetime | None


@router.get("/webhooks", dependencies=[Allowed])
async def list_webhooks(here: HereNow) -> Page[WebhookOut]:
    """All of them."""
    async with here.house.database.read() as db:
        return Page(items=await _out(db, *await webhooks(db)))


@router.post("/webhooks", dependencies=[Allowed], status_code=201, response_model=WebhookOut)
async def make_webhook(here: HereNow, wish: WebhookWish) -> Response:
    """Lets another program hear of something."""

    async def act(db: Writer, _by: Actor) -> WebhookOut:
        draft, networks = _draft(wish), here.house.settings.webhook_networks
        made = await add_webhook(db, draft, networks=networks, now=here.now, rng=token_bytes)
        return (await _out(db, made, with_secret=True))[0]

    return await change(here, act, status=201)


@router.get("/webhooks/deliveries", dependencies=[Allowed])
async def list_deliveries(
    here: HereNow,
    webhook: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None,
    state: Literal["waiting", "sent", "dead"] | None = None,
    cursor: Annotated[str | None, Query(pattern="^[0-9]{1,18}$")] = None,
) -> Page[DeliveryOut]:
    """What was sent and what was given up, the newest first."""
    before = int(cursor) if cursor else (1 << 62) - 1
    async with here.house.database.read() as db:
        rows = await deliveries(db, webhook, state=state, before=before, most=_MOST)
    items = [DeliveryOut(**row) for row in rows]
    return Page(items=items, next=str(items[-1].id) if len(items) == _MOST else None)


@router.post("/webhooks/deliveries/{delivery_id}/tries", dependencies=[Allowed], status_code=202)
async def deliver_again(here: HereNow, delivery_id: Id) -> Response:
    """Sends it once more."""

    async def act(db: Writer, _by: Actor) -> None:
        await send_again(db, delivery_id, now=here.now)

    return await change(here, act, status=202)


@router.get("/webhooks/{webhook_id}", dependencies=[Allowed])
async def show_webhook(here: HereNow, webhook_id: Id) -> WebhookOut:
    """One of them."""
    async with here.house.database.read() as db:
        return (await _out(db, await the_webhook(db, webhook_id)))[0]


@router.put("/webhooks/{webhook_id}", dependencies=[Allowed], response_model=WebhookOut)
async def write_webhook(here: HereNow, webhook_id: Id, wish: WebhookWish) -> Response:
    """Says it otherwise; the secret stays."""

    async def act(db: Writer, _by: Actor) -> WebhookOut:
        draft, networks = _draft(wish), here.house.settings.webhook_networks
        made = await change_webhook(db, webhook_id, draft, networks=networks, now=here.now)
        return (await _out(db, made))[0]

    return await change(here, act)


@router.delete("/webhooks/{webhook_id}", dependencies=[Allowed], status_code=204)
async def take_webhook_away(here: HereNow, webhook_id: Id) -> Response:
    """It hears of nothing more."""

    async def act(db: Writer, _by: Actor) -> None:
        await remove_webhook(db, webhook_id)

    return await change(here, act)


@router.put("/webhooks/{webhook_id}/secret", dependencies=[Allowed], response_model=WebhookOut)
async def new_secret(here: HereNow, webhook_id: Id) -> Response:
    """Signs with another secret from now on, and for a day with the old one as well."""

    async def act(db: Writer, _by: Actor) -> WebhookOut:
        made = await renew_secret(db, webhook_id, now=here.now, rng=token_bytes)
        return (await _out(db, made, with_secret=True))[0]

    return await change(here, act)


@router.post("/webhooks/{webhook_id}/trials", dependencies=[Allowed], status_code=202)
async def ping(here: HereNow, webhook_id: Id) -> Response:
    """Sends something that means nothing, to see whether it arrives."""

    async def act(db: Writer, _by: Actor) -> None:
        await try_webhook(db, webhook_id, now=here.now)

    return await change(here, act, status=202)


def _draft(wish: WebhookWish) -> WebhookDraft:
    return WebhookDraft(**wish.model_dump())


async def _out(db: Reader | Writer, *rows: Webhook, with_secret: bool = False) -> list[WebhookOut]:
    addresses = {one.id: one.address for one in await every_mailbox(db)}
    return [WebhookOut.of(one, addresses, with_secret=with_secret) for one in rows]
