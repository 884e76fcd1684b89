"""`inbox webhook`: other programs that hear of what happens."""

from __future__ import annotations

from secrets import token_bytes
from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_one, show_rows
from inbox.clock import utcnow
from inbox.settings import load
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Webhook

app = typer.Typer(help="Webhooks: programs that hear of events.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` shows it.")]
Events = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="NAME", help="Of which it hears; * is all of them."),
]
OfMailbox = Annotated[
    str, typer.Option("--mailbox", metavar="ADDRESS", help="Of this mailbox; else of all.")
]


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
        return _row(made)

    row = writing(config, work)
    done(f"webhook {row['number']} {row['name']}: {row['secret']}", row, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """All of them."""
    from inbox.store.hooks import webhooks

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [_row(one) for one in await webhooks(db)]

    columns = ["number", "name", "url", "events", "enabled", "failing_since"]
    empty = "there is none yet: inbox webhook add NAME URL --event conversation.opened"
    show_rows(reading(config, work), columns, as_json=as_json, empty=empty)


@app.command()
def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """One of them, with its secret."""
    from inbox.desk.webhooks import the_webhook

    async def work(db: Reader) -> dict[str, Any]:
        return _row(await the_webhook(db, number))

    show_one(reading(config, work), as_json=as_json)


@app.command()
def remove(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """It hears of nothing more."""
    from inbox.desk.webhooks import remove_webhook, the_webhook

    async def work(db: Writer) -> dict[str, Any]:
        row = _row(await the_webhook(db, number))
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


def _row(webhook: Webhook) -> dict[str, Any]:
    return {
        "number": webhook.id,
        "name": webhook.name,
        "url": webhook.url,
        "secret": webhook.secret,
        "events": list(webhook.events),
        "enabled": webhook.enabled,
        "failing_since": webhook.failing_since,
    }
