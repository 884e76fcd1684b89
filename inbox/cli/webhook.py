"""`inbox webhook`: other programs that hear of what happens."""

from __future__ import annotations

from secrets import token_bytes
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, Misuse, pairs
from inbox.cli.output import done, show_one, show_rows
from inbox.clock import utcnow
from inbox.settings import load
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Webhook

if TYPE_CHECKING:
    from inbox.desk.webhooks import WebhookDraft

app = typer.Typer(help="Webhooks: programs that hear of events.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` shows it.")]
Events = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="NAME", help="Of which it hears; * is all of them."),
]
OfMailbox = Annotated[
    str, typer.Option("--mailbox", metavar="ADDRESS", help="Of this mailbox; else of all.")
]
_KEYS: Final = ("name", "url", "mailbox", "events", "enabled")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    url: Annotated[str, typer.Argument(metavar="URL")],
    event: Events = None,
    mailbox: OfMailbox = "",
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Let another program hear of events, or, without any, of what rules send."""
    from inbox.desk.webhooks import WebhookDraft, add_webhook

    networks = load(config).webhook_networks
    draft = WebhookDraft(name=name, url=url, mailbox=mailbox, events=event or ())

    async def work(db: Writer) -> dict[str, Any]:
        made = await add_webhook(db, draft, networks=networks, now=utcnow(), rng=token_bytes)
        return await _row(db, made) | {"secret": made.secret}

    row = writing(config, work)
    done(f"webhook {row['number']} {row['name']}: {row['secret']}", row, as_json=as_json)


@app.command("set")
def set_(
    number: Number,
    values: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say some of it otherwise: name, url, mailbox, events=A,B, enabled=on."""
    from inbox.desk.webhooks import change_webhook, the_webhook

    networks, given = load(config).webhook_networks, pairs(values)
    if wrong := given.keys() - _KEYS:
        raise Misuse(f"there is no {sorted(wrong)[0]}; there are {', '.join(_KEYS)}")

    async def work(db: Writer) -> dict[str, Any]:
        draft = _draft(await _row(db, await the_webhook(db, number)) | given)
        changed = await change_webhook(db, number, draft, networks=networks, now=utcnow())
        return await _row(db, changed)

    row = writing(config, work)
    done(f"webhook {row['number']}: {' '.join(given)} set", row, as_json=as_json)


@app.command()
def secret(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """Sign with another secret, which is shown once; the old one counts for a day as well."""
    from inbox.desk.webhooks import renew_secret

    async def work(db: Writer) -> dict[str, Any]:
        made = await renew_secret(db, number, now=utcnow(), rng=token_bytes)
        return await _row(db, made) | {"secret": made.secret}

    row = writing(config, work)
    done(f"webhook {row['number']} {row['name']}: {row['secret']}", row, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """All of them."""
    from inbox.store.hooks import webhooks

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [await _row(db, one) for one in await webhooks(db)]

    columns = ["number", "name", "url", "mailbox", "events", "enabled", "failing_since"]
    empty = "there is none yet: inbox webhook add NAME URL --event conversation.opened"
    show_rows(reading(config, work), columns, as_json=as_json, empty=empty)


@app.command()
def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """One of them; its secret was shown when it was made."""
    from inbox.desk.webhooks import the_webhook

    async def work(db: Reader) -> dict[str, Any]:
        return await _row(db, await the_webhook(db, number))

    show_one(reading(config, work), as_json=as_json)


@app.command()
def remove(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """It hears of nothing more."""
    from inbox.desk.webhooks import remove_webhook, the_webhook

    async def work(db: Writer) -> dict[str, Any]:
        row = await _row(db, await the_webhook(db, number))
        await remove_webhook(db, number)
        return row

    row = writing(config, work)
    done(f"webhook {row['number']} {row['name']} is removed", row, as_json=as_json)


@app.command("try")
def try_(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """Send it something that means nothing."""
    from inbox.desk.webhooks import try_webhook

    async def work(db: Writer) -> dict[str, Any]:
        return {"delivery": (await try_webhook(db, number, now=utcnow())).id}

    row = writing(config, work)
    done(f"delivery {row['delivery']} is on its way: inbox webhook sent", row, as_json=as_json)


@app.command()
def sent(
    number: Annotated[int | None, typer.Option("--webhook", help="Only of this one.")] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """What was sent or given up, the newest first."""
    from inbox.store.hooks import deliveries

    async def work(db: Reader) -> list[dict[str, Any]]:
        return await deliveries(db, number)

    columns = ["id", "webhook", "type", "rule", "state", "tries", "status", "error", "created_at"]
    show_rows(reading(config, work), columns, as_json=as_json, empty="nothing yet")


@app.command()
def again(
    delivery: Annotated[int, typer.Argument(metavar="DELIVERY", help="As `sent` shows it.")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Send once more what was given up, or has arrived."""
    from inbox.desk.webhooks import send_again

    async def work(db: Writer) -> dict[str, Any]:
        return {"delivery": (await send_again(db, delivery, now=utcnow())).id}

    row = writing(config, work)
    done(f"delivery {row['delivery']} is on its way", row, as_json=as_json)


def _draft(row: dict[str, Any]) -> WebhookDraft:
    from inbox.desk.webhooks import WebhookDraft

    events, enabled = row["events"], row["enabled"]
    if isinstance(enabled, str) and enabled not in ("on", "off"):
        raise Misuse(f"enabled is on or off, not {enabled!r}")
    return WebhookDraft(
        name=row["name"],
        url=row["url"],
        mailbox=row["mailbox"],
        events=events.split(",") if isinstance(events, str) else events,
        enabled=enabled in (True, "on"),
    )


async def _row(db: Reader | Writer, webhook: Webhook) -> dict[str, Any]:
    from inbox.store.people import every_mailbox

    homes = {one.id: one.address for one in await every_mailbox(db)}
    return {
        "number": webhook.id,
        "name": webhook.name,
        "url": webhook.url,
        "mailbox": homes[webhook.mailbox_id] if webhook.mailbox_id else "",
        "events": list(webhook.events),
        "enabled": webhook.enabled,
        "failing_since": webhook.failing_since,
    }
