"""`inbox template`: the texts that a department has approved, and the articles that it looks up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import done, show_one, show_rows
from inbox.clock import utcnow
from inbox.store.approved import Written
from inbox.store.engine import Reader, Writer

app = typer.Typer(help="Approved texts: templates and articles.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` shows it.")]
Article = Annotated[bool, typer.Option("--article", help="An article, not a template.")]
OfMailbox = Annotated[
    str, typer.Option("--mailbox", metavar="ADDRESS", help="Of this mailbox; else of all.")
]


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Without it: stdin.")] = None,
    language: Annotated[str, typer.Option(help="en, ru, it, de or ja.")] = "en",
    title: Annotated[str, typer.Option(help="Of an article.")] = "",
    mailbox: OfMailbox = "",
    article: Article = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="It is Markdown.")] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Add a text, or write it anew in one language."""
    from inbox.desk.templates import Draft, keep_text

    body = file.read_text("utf-8") if file else sys.stdin.read()
    is_markdown = markdown or (file is not None and file.suffix == ".md")
    draft = Draft(
        name=name,
        language=language,
        body=body,
        title=title,
        kind="article" if article else "template",
        form="markdown" if is_markdown else "plain",
        mailbox=mailbox,
    )

    async def work(db: Writer) -> dict[str, Any]:
        return _row(await keep_text(db, draft, now=utcnow()))

    row = writing(config, work)
    done(f"{row['kind']} {row['number']} {row['name']}: {language} kept", row, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """All templates and articles, and how often each was used."""
    from inbox.store.approved import written

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [_row(one) for one in await written(db)]

    show_rows(
        reading(config, work),
        ["number", "kind", "name", "mailbox", "languages", "used"],
        as_json=as_json,
        empty="there is no approved text yet: inbox template add NAME FILE",
    )


@app.command()
def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """One text in all its languages."""
    from inbox.desk.templates import the_text

    async def work(db: Reader) -> dict[str, Any]:
        found = await the_text(db, number)
        texts = {one.language: one.body for one in found.texts}
        return _row(found) | ({"texts": texts} if as_json else texts)

    show_one(reading(config, work), as_json=as_json)


@app.command()
def remove(
    number: Number,
    language: Annotated[str, typer.Option(help="Only in this language.")] = "",
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Remove a text; what was sent with it stays."""
    from inbox.desk.templates import remove_text, the_text

    async def work(db: Writer) -> dict[str, Any]:
        row = _row(await the_text(db, number))
        await remove_text(db, number, language=language or None)
        return row

    row = writing(config, work)
    done(f"{row['kind']} {row['name']} is removed", row, as_json=as_json)


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    mailbox: OfMailbox = "",
    article: Article = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Keep every NAME.LANGUAGE.txt and NAME.LANGUAGE.md of a folder, or none of them."""
    from inbox.desk.text_files import FORMS, keep_files

    files = sorted(one for one in folder.glob("*") if one.suffix in FORMS)
    if not files:
        raise Misuse(f"there is no NAME.LANGUAGE.txt and no NAME.LANGUAGE.md in {folder}")

    async def work(db: Writer) -> dict[str, Any]:
        read = [(file.name, file.read_text("utf-8")) for file in files]
        kind = "article" if article else "template"
        return {"kept": await keep_files(db, read, mailbox=mailbox, kind=kind, now=utcnow())}

    row = writing(config, work)
    done(f"{row['kept']} texts kept", row, as_json=as_json)


def _row(found: Written) -> dict[str, Any]:
    template = found.template
    return {
        "number": template.id,
        "kind": template.kind,
        "name": template.name,
        "mailbox": found.mailbox or "all",
        "form": template.form,
        "languages": list(found.languages),
        "used": template.used,
        "used_at": template.used_at,
        "changed_at": template.changed_at,
    }
