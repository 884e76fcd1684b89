"""`inbox rule`: what happens by itself with mails, in which order, and tried beforehand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import done, show_one, show_rows
from inbox.cli.rule_words import Given, takes_a_rule
from inbox.clock import utcnow
from inbox.store.engine import Reader, Writer
from inbox.store.tables import HouseRule

app = typer.Typer(help="Rules: what happens by itself.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` shows it.")]
Name = Annotated[str, typer.Argument(metavar="NAME")]
NewName = Annotated[str, typer.Option("--name", help="Without it, as before.")]


@app.command()
@takes_a_rule
def add(name: Name, given: Given, as_json: AsJson = False, config: Config = None) -> None:
    """Add a rule, switched off; `try` it, then switch it `on`. `words` says what there is."""
    from inbox.desk.house_rules import RuleDraft, add_rule

    draft = RuleDraft(name=name, mailbox=given.mailbox or "", document=given.document({}))

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await add_rule(db, draft, by=None, now=utcnow()))

    row = writing(config, work)
    done(f"rule {row['number']} {row['name']}: kept, and off", row, as_json=as_json)


@app.command("set")
@takes_a_rule
def set_(
    number: Number,
    given: Given,
    name: NewName = "",
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say some of a rule otherwise; what is not named stays, and what it was is a version."""
    from inbox.desk.house_rules import RuleDraft, change_rule, the_rule

    async def work(db: Writer) -> dict[str, Any]:
        was, home = await the_rule(db, number), given.mailbox
        if home is None:
            home = await _home(db, was)
        document = given.document(was.document)
        draft = RuleDraft(name=name or was.name, mailbox=home, document=document)
        return await _row(db, await change_rule(db, number, draft, by=None, now=utcnow()))

    row = writing(config, work)
    done(f"rule {row['number']} {row['name']}: version {row['version']}", row, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """All rules in the order in which they are asked."""
    from inbox.store.ruled import rules_of

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [await _row(db, one) for one in await rules_of(db)]

    show_rows(
        reading(config, work),
        ["number", "name", "mailbox", "enabled", "version", "if", "do", "fault"],
        as_json=as_json,
        empty='there is no rule yet: inbox rule add NAME --if "subject: refund*" --do "tag: money"',
    )


@app.command()
def words() -> None:
    """Every condition and action there is."""
    from inbox.rules.spelled import ABOUT, DO

    done(f"--if: {', '.join(ABOUT)}\n--do: {', '.join(DO)}", {}, as_json=False)


@app.command()
def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """One rule."""
    from inbox.desk.house_rules import the_rule

    async def work(db: Reader) -> dict[str, Any]:
        rule = await the_rule(db, number)
        return await _row(db, rule) | ({"document": rule.document} if as_json else {})

    show_one(reading(config, work), as_json=as_json)


@app.command("try")
def try_(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """How often it would have matched among the last 1,000 mails; changes nothing."""
    from inbox.desk.house_rules import the_rule
    from inbox.desk.rule_trial import try_rule
    from inbox.rules.engine import read

    async def work(db: Reader) -> dict[str, Any]:
        rule = await the_rule(db, number)
        theirs = None if rule.mailbox_id is None else [rule.mailbox_id]
        try:
            meant = read(rule.document)
        except ValueError as error:
            raise Misuse(f"rule {number} is damaged: {error}") from error
        trial = await try_rule(db, meant, theirs, now=utcnow(), seconds=60)
        found = [one.conversation_id for one in trial.conversations]
        return {"looked": trial.looked, "matched": len(trial.found), "conversations": found}

    row = reading(config, work)
    said = f"would have matched {row['matched']} of {row['looked']}"
    some = " ".join(map(str, row["conversations"][:50]))
    done(f"{said}: conversations {some}" if some else said, row, as_json=as_json)


@app.command()
def on(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """Switch a rule on."""
    _switch(config, number, is_on=True, as_json=as_json)


@app.command()
def off(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """Switch a rule off."""
    _switch(config, number, is_on=False, as_json=as_json)


@app.command()
def place(
    number: Number,
    at: Annotated[int, typer.Argument(metavar="PLACE", help="1 is the first.")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Put a rule elsewhere among those of its mailbox, or of the house."""
    from inbox.desk.house_rules import place_rule

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await place_rule(db, number, at, by=None, now=utcnow()))

    row = writing(config, work)
    done(f"rule {row['number']} {row['name']} is at place {at}", row, as_json=as_json)


@app.command()
def remove(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """It does nothing more; its versions stay."""
    from inbox.desk.house_rules import remove_rule, the_rule

    async def work(db: Writer) -> dict[str, Any]:
        row = await _row(db, await the_rule(db, number))
        await remove_rule(db, number, by=None, now=utcnow())
        return row

    row = writing(config, work)
    done(f"rule {row['number']} {row['name']} is removed", row, as_json=as_json)


@app.command()
def versions(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """All that a rule has been, the newest first."""
    from inbox.desk.house_rules import the_rule
    from inbox.rules.spelled import spelled
    from inbox.store.ruled import versions_of

    async def work(db: Reader) -> list[dict[str, Any]]:
        await the_rule(db, number, removed=True)
        return [
            {
                "version": one.version,
                "name": one.name,
                "enabled": one.enabled,
                "removed": one.is_removed,
                "by": one.by_name or "command",
                "at": one.at,
                "if": "; ".join(map(str, spelled(one.document).conditions)),
                "do": "; ".join(map(str, spelled(one.document).actions)),
            }
            for one in await versions_of(db, number)
        ]

    columns = ["version", "name", "enabled", "by", "at", "if", "do"]
    show_rows(reading(config, work), columns, as_json=as_json, empty="it has none")


@app.command()
def restore(
    number: Number,
    version: Annotated[int, typer.Argument(metavar="VERSION")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Let a rule say again what it said, switched off; a removed one comes back."""
    from inbox.desk.house_rules import restore_rule

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await restore_rule(db, number, version, by=None, now=utcnow()))

    row = writing(config, work)
    done(f"rule {row['number']} {row['name']} is as in version {version}", row, as_json=as_json)


def _switch(config: Config, number: int, *, is_on: bool, as_json: bool) -> None:
    from inbox.desk.house_rules import switch_rule

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await switch_rule(db, number, on=is_on, by=None, now=utcnow()))

    row = writing(config, work)
    word = "on" if is_on else "off"
    done(f"rule {row['number']} {row['name']} is {word}", row, as_json=as_json)


async def _home(db: Reader | Writer, rule: HouseRule) -> str:
    from inbox.store.people import every_mailbox

    homes = {one.id: one.address for one in await every_mailbox(db)}
    return homes[rule.mailbox_id] if rule.mailbox_id else ""


async def _row(db: Reader | Writer, rule: HouseRule) -> dict[str, Any]:
    from inbox.rules.spelled import spelled

    lines = spelled(rule.document)
    return {
        "number": rule.id,
        "name": rule.name,
        "mailbox": await _home(db, rule) or "all",
        "enabled": rule.enabled,
        "version": rule.version,
        "when": lines.when,
        "if": f" {'or' if lines.match == 'any' else 'and'} ".join(map(str, lines.conditions)),
        "do": "; ".join(map(str, lines.actions)),
        "stop": lines.stop,
        "fault": rule.fault,
        "changed_at": rule.changed_at,
    }
