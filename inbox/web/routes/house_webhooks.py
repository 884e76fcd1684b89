"""Webhooks: which programs hear of what, whether they answer, and what was given up."""

from __future__ import annotations

from secrets import token_bytes
from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
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
from inbox.errors import InboxError
from inbox.log import get_logger
from inbox.model.event import EventName
from inbox.store.hooks import deliveries, webhooks
from inbox.store.people import all_mailboxes
from inbox.store.tables import Webhook
from inbox.web.house import REFUSED, house_page, saved
from inbox.web.own import done
from inbox.web.pages import reader_of
from inbox.web.rule_forms import WebhookForm

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/webhooks"
_ONE: Final = f"{PAGE}/{{webhook_id}}"
Allowed = allow(Permission.WEBHOOKS)


@router.get(PAGE, dependencies=[Allowed])
async def show_webhooks(here: HereNow) -> Response:
    """All of them, and a form for another."""
    return await _show(here, WebhookForm(enabled="on"), None)


@router.post(PAGE, dependencies=[Allowed])
async def make(here: HereNow) -> Response:
    """Lets another program hear of something."""
    form = await form_as(here.request, WebhookForm)
    networks = here.house.settings.webhook_networks
    try:
        async with here.house.database.write() as db:
            made = await add_webhook(
                db, _draft(form), networks=networks, now=here.now, rng=token_bytes
            )
    except REFUSED as error:
        return await _show(here, form, None, error)
    log.info("house.webhook_made", webhook=made.id, by=here.viewer.id)
    return done(here, _page(made.id), "made", secret=made.secret)


@router.get(_ONE, dependencies=[Allowed])
async def show_webhook(here: HereNow, webhook_id: int) -> Response:
    """One of them, and what was sent."""
    async with here.house.database.read() as db:
        webhook = await the_webhook(db, webhook_id)
        homes = {one.id: one.address for one in await all_mailboxes(db)}
    form = WebhookForm(
        name=webhook.name,
        url=webhook.url,
        mailbox=homes.get(webhook.mailbox_id or 0, ""),
        events=", ".join(webhook.events),
        enabled="on" if webhook.enabled else "",
    )
    return await _show(here, form, webhook)


@router.put(_ONE, dependencies=[Allowed])
async def change_one(here: HereNow, webhook_id: int) -> Response:
    """Says it otherwise; the secret stays."""
    form = await form_as(here.request, WebhookForm)
    networks = here.house.settings.webhook_networks
    try:
        async with here.house.database.write() as db:
            await change_webhook(db, webhook_id, _draft(form), networks=networks, now=here.now)
    except REFUSED as error:
        async with here.house.database.read() as reading:
            webhook = await the_webhook(reading, webhook_id)
        return await _show(here, form, webhook, error)
    log.info("house.webhook_changed", webhook=webhook_id, by=here.viewer.id)
    return saved(here, _page(webhook_id))


@router.delete(_ONE, dependencies=[Allowed])
async def remove(here: HereNow, webhook_id: int) -> Response:
    """It hears of nothing more."""
    async with here.house.database.write() as db:
        await remove_webhook(db, webhook_id)
    log.info("house.webhook_removed", webhook=webhook_id, by=here.viewer.id)
    return saved(here, PAGE, "removed")


@router.put(f"{_ONE}/secret", dependencies=[Allowed])
async def new_secret(here: HereNow, webhook_id: int) -> Response:
    """Signs with another secret from now on, which is shown once."""
    async with here.house.database.write() as db:
        made = await renew_secret(db, webhook_id, now=here.now, rng=token_bytes)
    log.info("house.webhook_secret", webhook=webhook_id, by=here.viewer.id)
    return done(here, _page(webhook_id), "made", secret=made.secret)


@router.post(f"{_ONE}/trials", dependencies=[Allowed])
async def ping(here: HereNow, webhook_id: int) -> Response:
    """Sends something that means nothing."""
    async with here.house.database.write() as db:
        await try_webhook(db, webhook_id, now=here.now)
    return saved(here, _page(webhook_id), "sent")


@router.post(f"{_ONE}/deliveries/{{delivery_id}}", dependencies=[Allowed])
async def deliver_again(here: HereNow, webhook_id: int, delivery_id: int) -> Response:
    """Sends once more what was given up, or has arrived."""
    async with here.house.database.write() as db:
        await send_again(db, delivery_id, now=here.now)
    return saved(here, f"{_page(webhook_id)}#delivery-{delivery_id}", "sent")


async def _show(
    here: Here, form: WebhookForm, webhook: Webhook | None, fault: InboxError | None = None
) -> Response:
    async with here.house.database.read() as db:
        return house_page(
            here,
            "house/webhook.html" if webhook else "house/webhooks.html",
            fault,
            section="webhooks",
            form=form,
            webhook=webhook,
            webhooks=await webhooks(db),
            deliveries=await deliveries(db, webhook.id) if webhook else [],
            mailboxes=await all_mailboxes(db),
            names=[one.value for one in EventName],
            when=reader_of(here).calendar.when,
        )


def _draft(form: WebhookForm) -> WebhookDraft:
    return WebhookDraft(
        name=form.name,
        url=form.url,
        mailbox=form.mailbox,
        events=form.named(),
        enabled=form.enabled == "on",
    )


def _page(webhook_id: int) -> str:
    return _ONE.format(webhook_id=webhook_id)
