"""`inbox dispatch`: what nobody has, who has how much, and giving it out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import done, show_one, show_rows
from inbox.clock import utcnow
from inbox.errors import InboxError
from inbox.store.engine import Reader, Writer

if TYPE_CHECKING:
    from inbox.desk.several import Done
    from inbox.store.listed import Listed

_FREE: Final = ("conversation", "priority", "due_at", "mailbox", "customer", "subject")
_PEOPLE: Final = ("email", "name", "open", "late", "away_until")


class NotGiven(InboxError):
    """Some of it was not given out."""


def dispatch(
    conversations: Annotated[
        list[int] | None,
        typer.Argument(metavar="[CONVERSATION…]", help="What is given out, with --to and --as."),
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="EMAIL", help="Who gets it.")] = "",
    agent: Annotated[
        str, typer.Option("--as", metavar="EMAIL", help="As this person sees it, and gives it.")
    ] = "",
    quick: Annotated[
        bool, typer.Option("--quick", help="Only what can probably be solved at once.")
    ] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say what nobody has, the first fifty by urgency, and who has how much; or give it out."""
    if not conversations and not to:
        found = reading(config, lambda db: _look(db, agent, is_quick=quick))
        _show(found, as_json=as_json)
        return
    if not (conversations and to and agent):
        raise Misuse("to give something out: its numbers, --to who gets it, --as who gives it")
    wanted = list(conversations)
    given = writing(config, lambda db: _give(db, wanted, to, agent))
    said = {one: error.public for one, error in given.refused.items()}
    row = {"changed": given.changed, "refused": said}
    done(f"{given.changed} given to {to}", row, as_json=as_json)
    if said:
        raise NotGiven("; ".join(f"{one}: {why}" for one, why in said.items()))


async def _look(db: Reader, email: str, *, is_quick: bool) -> dict[str, list[dict[str, Any]]]:
    from inbox.cli.seeing import seen_by
    from inbox.store.dispatch import PAGE, busy, unassigned
    from inbox.store.people import all_agents, all_mailboxes

    viewer = await seen_by(db, email)
    boxes = {one.id: one.address for one in await all_mailboxes(db)}
    emails = {one.id: one.email for one in await all_agents(db)}
    found = await unassigned(db, viewer, at_once=is_quick)
    people = await busy(db, viewer, now=utcnow())
    return {
        "items": [_row(one, boxes.get(one.mailbox_id, "")) for one in found[:PAGE]],
        "people": [{"email": emails[one.id], **asdict(one)} for one in people],
    }


def _row(one: Listed, mailbox: str) -> dict[str, Any]:
    from inbox.model.marks import Urgency

    return {
        "conversation": one.id,
        "priority": Urgency(one.priority).word,
        "due_at": one.due_at,
        "mailbox": mailbox,
        "customer": one.customer,
        "subject": one.subject,
    }


def _show(found: dict[str, list[dict[str, Any]]], *, as_json: bool) -> None:
    if as_json:
        show_one(found, as_json=True)
        return
    show_rows(found["items"], _FREE, as_json=False, empty="nothing waits for somebody")
    sys.stdout.write("\n")
    show_rows(found["people"], _PEOPLE, as_json=False, empty="nobody could have it")


async def _give(db: Writer, wanted: list[int], to: str, email: str) -> Done:
    from inbox.cli.seeing import seen_by
    from inbox.desk.people import the_agent
    from inbox.desk.several import Deed, Verb, do_to_each

    deed = Deed(verb=Verb.ASSIGN, agent_id=(await the_agent(db, to)).id)
    return await do_to_each(db, await seen_by(db, email), wanted, deed, now=utcnow())
