"""What helps to write: approved texts, people to speak to, both forms, and how a mail will look."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy import update

from inbox.approved.naming import Titled
from inbox.approved.proposing import proposed
from inbox.asgi.deps import Here
from inbox.asgi.forms import form_as
from inbox.desk.answer import Answer
from inbox.desk.template_files import text_files
from inbox.desk.templates import Around
from inbox.desk.worded import worded
from inbox.orders.mentions import mentions
from inbox.orders.names import Person
from inbox.orders.verbs import fold
from inbox.store.approved import candidates, count_uses, most_used, named
from inbox.store.engine import Reader, Writer
from inbox.store.find import find_texts
from inbox.store.tables import Agent, Conversation
from inbox.web.forms import WrittenForm
from inbox.web.pages import as_html, reader_of
from inbox.web.uploads import signed_names, uploaded

MOST: Final = 8  # of what is suggested at once
_MOST_LISTED: Final = 40  # where nothing is typed: the page works without scripts
_SHOWN: Final = 140  # letters of a text
_VALUE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKS = re.compile(r"[*_`#]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


@dataclass(frozen=True, slots=True)
class Tools:
    """What stands below a field in which one of us writes."""

    url: str  # of what is written about: its texts and people are below it
    texts: list[Titled]
    has_people: bool = True
    about: str = ""  # below which its preview is, and where texts come in without scripts


@dataclass(frozen=True, slots=True)
class Option:
    """Something that is suggested: what it is called, what it is, and what is put in."""

    name: str
    about: str = ""
    insert: str = ""
    id: int = 0


async def read_tools(
    db: Reader,
    mailbox_id: int,
    url: str,
    *,
    viewer_id: int,
    has_people: bool = True,
    about: str = "",
) -> Tools:
    """The tools of a field in which somebody writes in a mailbox."""
    texts = await most_used(db, mailbox_id, agent_id=viewer_id, most=_MOST_LISTED)
    return Tools(url, texts, has_people, about or url)


async def in_form(db: Writer, here: Here, conversation_id: int, typed: Answer) -> Answer:
    """The answer as it goes out; how its writer writes is remembered, what they used is counted."""
    form = await form_as(here.request, WrittenForm)
    await remember(db, here, is_markdown=form.markdown)
    if form.used:
        home = await db.get_one(Conversation, conversation_id)
        await count_uses(db, form.used, home.mailbox_id, here.viewer.id, here.now)
    return worded(typed, is_markdown=form.markdown)


async def typed_so(here: Here) -> dict[str, object]:
    """How a form was filled in, to be filled in so again."""
    form = await form_as(here.request, WrittenForm)
    return {"is_markdown": form.markdown, "used": form.used}


async def remember(db: Writer, here: Here, *, is_markdown: bool) -> None:
    """How a person writes, they find again."""
    if is_markdown != here.viewer.markdown:
        values = {"markdown": is_markdown}
        await db.execute(update(Agent).where(Agent.id == here.viewer.id).values(values))


async def text_options(
    db: Reader, here: Here, mailbox_id: int, around: Around, query: str, kind: str
) -> list[Option]:
    """Approved texts of a mailbox, one's own and of all; those in the customer's language as they
    read. Where nothing is asked for, those that suit the customer's newest mail come first.
    """
    if not query.strip():
        fits = reader_of(here).texts.gettext("suits this mail")
        first = await _suiting(db, here, mailbox_id, around) if kind == "template" else []
        titles = await most_used(db, mailbox_id, kind, agent_id=here.viewer.id, most=MOST)
        known = {one.id for one in first}
        rest = [Option(one.name, id=one.id) for one in titles if one.id not in known]
        return [*(Option(one.name, fits, id=one.id) for one in first), *rest][:MOST]
    language = around.language or here.viewer.language
    asking = replace(here.viewer, mailboxes=frozenset({mailbox_id}), language=language)
    found = await find_texts(db, asking, query, kind=kind)
    return [Option(one.name, one.title or _in_short(one.body), id=one.id) for one in found[:MOST]]


async def _suiting(db: Reader, here: Here, mailbox_id: int, around: Around) -> list[Titled]:
    if not around.words:
        return []
    known = await candidates(db, [mailbox_id], here.viewer.id)
    return await named(db, proposed(f"{around.subject}\n{around.words}", known))


async def inserted(db: Reader, here: Here, text: str, text_id: int) -> Response:
    """The words of an approved text for the script that asked, with the files that go along."""
    files = [
        uploaded(one, here.viewer.id, here.house.secret) for one in await text_files(db, [text_id])
    ]
    shown = as_html(here, "uploaded.html", files=files) if files else ""
    return JSONResponse({"text": text, "files": shown})


async def files_along(db: Reader, here: Here, text_id: int) -> list[tuple[str, str]]:
    """The same files for a form without scripts: by name, and signed."""
    return signed_names(await text_files(db, [text_id]), here.house.secret)


def _in_short(body: str) -> str:
    """The beginning of a text as it reads, whatever is filled in."""
    return " ".join(_MARKS.sub("", _VALUE.sub("…", body)).split())[:_SHOWN]


def people_options(people: list[Person], query: str, viewer_id: int) -> list[Option]:
    """Who can be spoken to, by the beginning of a word of their name or address. Pure."""
    wanted = fold(query.strip())
    found = [one for one in people if one.id != viewer_id and _fits(one, wanted)]
    return [
        Option(one.name, _address(one), f"@{_sign(one, people)} ", one.id) for one in found[:MOST]
    ]


def address_options(people: list[Person], query: str, viewer_id: int) -> list[Option]:
    """The same for a field of addresses."""
    wanted = fold(query.strip())
    found = [one for one in people if one.id != viewer_id and one.addresses and _fits(one, wanted)]
    return [Option(one.name, _address(one), _address(one), one.id) for one in found[:MOST]]


def _sign(person: Person, people: list[Person]) -> str:
    """What to write behind the @ so that this person is meant and nobody else."""
    meant = mentions(f"@{person.name}", people)
    is_clear = [one.id for one in meant.people] == [person.id]
    return person.name if is_clear else _address(person) or person.name


def _address(person: Person) -> str:
    return person.addresses[0] if person.addresses else ""


def _fits(person: Person, wanted: str) -> bool:
    said = [person.name, *person.name.split(), *person.addresses]
    return any(fold(one).startswith(wanted) for one in said)
