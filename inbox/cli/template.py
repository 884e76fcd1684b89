"""`inbox template`: the texts that a department has approved, and the articles that it looks up."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import done, show_one, show_rows
from inbox.clock import utcnow
from inbox.store.approved import Written
from inbox.store.engine import Reader, Writer

if TYPE_CHECKING:
    from inbox.desk.answer import AnswerFile
    from inbox.store.tables import Agent

app = typer.Typer(help="Approved texts: templates and articles.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `list` shows it.")]
Article = Annotated[bool, typer.Option("--article", help="An article, not a template.")]
OfMailbox = Annotated[
    str,
    typer.Option(
        "--mailbox", metavar="ADDRESS", help="Of this mailbox, or of this person; else of all."
    ),
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
        person = await _person(db, mailbox)
        if person is None:
            return _row(await keep_text(db, draft, now=utcnow()))
        own = replace(draft, mailbox="", is_personal=True)
        return _row(await keep_text(db, own, now=utcnow(), by=person))

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
def attach(
    number: Number,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Those, and no others.")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say which files go along with a text."""
    from inbox.desk.template_files import keep_text_files
    from inbox.desk.templates import the_text

    read = [_attached(one) for one in files]

    async def work(db: Writer) -> dict[str, Any]:
        await the_text(db, number)
        await keep_text_files(db, number, read, keeping=())
        return _row(await the_text(db, number))

    row = writing(config, work)
    done(f"{row['kind']} {row['name']}: {len(read)} files go along", row, as_json=as_json)


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
        person = await _person(db, mailbox)
        count = await keep_files(
            db,
            read,
            mailbox="" if person else mailbox,
            kind=kind,
            is_personal=person is not None,
            now=utcnow(),
            by=person,
        )
        return {"kept": count}

    row = writing(config, work)
    done(f"{row['kept']} texts kept", row, as_json=as_json)


async def _person(db: Writer, address: str) -> Agent | None:
    """Whose texts they are, where the address is a person's and no mailbox's."""
    from inbox.store.people import agent_by_address, find_mailbox

    if not address or await find_mailbox(db, address):
        return None
    return await agent_by_address(db, address)


def _attached(file: Path) -> AnswerFile:
    from mimetypes import guess_type

    from inbox.desk.answer import AnswerFile

    kind = guess_type(file.name)[0] or "application/octet-stream"
    return AnswerFile.uploaded(file.name, kind, file.read_bytes())


def _row(found: Written) -> dict[str, Any]:
    template = found.template
    return {
        "number": template.id,
        "kind": template.kind,
        "name": template.name,
        "mailbox": "one person" if found.is_personal else found.mailbox or "all",
        "form": template.form,
        "languages": list(found.languages),
        "files": [one.filename for one in found.files],
        "used": template.used,
        "used_at": template.used_at,
        "changed_at": template.changed_at,
    }
