"""`inbox agent notices`: what a person hears by mail, and when."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, Misuse, pairs
from inbox.cli.output import done, show_one
from inbox.clock import utcnow
from inbox.model.notices import Notices
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent

_KEYS = ("quiet", "digest", "digest_at", "dispatcher", "zone", "every")


def notices(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The person's own address.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MAILBOX] [all|mine|mentions|none] [KEY=VALUE…]",
            help="quiet=22:00-07:00 digest=hourly|daily@08:00|off dispatcher=… every=90 zone=…",
        ),
    ] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Show or change what a person hears by mail, of one mailbox or of all of theirs."""
    from inbox.desk.notices import set_notices
    from inbox.desk.people import the_agent

    mailbox, given = _understood(words or [])

    async def look(db: Reader) -> dict[str, Any]:
        return await _row(db, await the_agent(db, email))

    async def change(db: Writer) -> dict[str, Any]:
        return await _row(db, await set_notices(db, email, mailbox, given, now=utcnow()))

    if not given:
        row = reading(config, look)
        show_one(row if as_json else _flat(row), as_json=as_json)
        return
    row = writing(config, change)
    done(f"{row['email']}: {' '.join(given)} set", row, as_json=as_json)


def _understood(words: list[str]) -> tuple[str | None, dict[str, str]]:
    mailbox: str | None = None
    given: dict[str, str] = {}
    for word in words:
        if "=" in word:
            given |= pairs([word])
        elif word in set(Notices):
            given["notices"] = word
        elif "@" in word and mailbox is None:
            mailbox = word
        else:
            raise Misuse(
                f"expected an address, {', '.join(reversed(Notices))} or KEY=VALUE, not {word!r}"
            )
    if unknown := [key for key in given if key not in ("notices", *_KEYS)]:
        raise Misuse(f"there is no {unknown[0]}; there are {', '.join(_KEYS)}")
    if mailbox and not given:
        raise Misuse("say what to set, for example mine, or digest=daily@08:00")
    return mailbox, given


async def _row(db: Reader | Writer, agent: Agent) -> dict[str, Any]:
    from inbox.desk.notices import wishes_of

    return {
        "email": agent.email,
        "quiet": agent.quiet or "off",
        "zone": agent.time_zone or "of the mailbox",
        "digest_at": agent.digest_at,
        "every": agent.digest_minutes,
        "next_digest_at": agent.next_digest_at,
        "mailboxes": [asdict(one) for one in await wishes_of(db, agent.id)],
    }


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A line for each mailbox, as it would be written to set it so."""
    said = {
        one["mailbox"]: f"{one['notices']} digest={one['digest']} dispatcher={one['dispatcher']}"
        for one in row["mailboxes"]
    }
    return {name: value for name, value in row.items() if name != "mailboxes"} | said
