"""Who is at a conversation is told to colleagues who may see it, and to nobody else."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from html import unescape

import pytest
from fastapi import FastAPI, HTTPException

from inbox.asgi.live import Hub
from inbox.auth import sessions
from inbox.desk.people import set_agent
from inbox.i18n import LANGUAGES, translations
from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors
from tests.http.hearing import listening, next_line
from tests.http.test_live import hub

__all__ = ["hub"]

LOOKING = {"page": "one", "doing": "looking"}
WRITING = {"page": "one", "doing": "writing"}


async def _told(stream: AsyncIterator[str]) -> dict[int, list[str]]:
    """What the next event says, by conversation."""
    line = await next_line(stream)
    assert line.startswith("event: together\n"), line
    return {
        one["conversation"]: [f"{who['name']} {who['doing']}" for who in one["people"]]
        for one in json.loads(line.partition("data: ")[2])
    }


async def _comes(stream: AsyncIterator[str], wanted: dict[int, list[str]]) -> None:
    """What a stream that has just begun may tell twice, it tells until this is it."""
    while await _told(stream) != wanted:
        pass


OUR_FAULT = (
    "It is our fault. Try again; if it happens again, tell your administrator the reference below."
)


async def test_colleagues_see_who_is_there(
    hub: Hub, company: Company, browser: Browser, boots: int, support: Mailbox
) -> None:
    ben = await company.agent("Ben Okafor", support.address)
    async with listening(hub, company, ben) as stream:
        assert (await browser.post(f"/conversations/{boots}/presence", LOOKING)).status_code == 204
        await _comes(stream, {boots: ["Ann Berg looking"]})
        await browser.post(f"/conversations/{boots}/presence", WRITING)
        await _comes(stream, {boots: ["Ann Berg writing"]})
        # Who comes later is told at once.
        async with listening(hub, company, ben) as later:
            await _comes(later, {boots: ["Ann Berg writing"]})
        await browser.post(f"/conversations/{boots}/presence", {**WRITING, "doing": "left"})
        await _comes(stream, {boots: []})


async def test_other_departments_learn_of_nobody(
    hub: Hub, doors: Doors, company: Company, boots: int, ann: Agent
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    cyd = await company.agent("Cyd Amar", press.address)
    theirs = await company.receives(press)
    browser = await doors.open(cyd)
    async with listening(hub, company, ann) as stream:
        # A guessed number is answered like one that nobody has.
        guessed = await browser.post(f"/conversations/{boots}/presence", LOOKING)
        unknown = await browser.post("/conversations/99999/presence", LOOKING)
        assert (guessed.status_code, unknown.status_code) == (404, 404)
        async with company.database.write() as db:
            await set_agent(db, ann.email, {"mailboxes": f"support@us.example,{press.address}"})
        await browser.post(f"/conversations/{theirs}/presence", LOOKING)
        await _comes(stream, {theirs: ["Cyd Amar looking"]})
        # Membership that ends, and a session that ends, end what is heard.
        async with company.database.write() as db:
            await set_agent(db, ann.email, {"mailboxes": "support@us.example"})
        await browser.post(f"/conversations/{theirs}/presence", WRITING)
        ann_there = await doors.open(ann)
        await ann_there.post(f"/conversations/{boots}/presence", WRITING)
        async with company.database.write() as db:
            await sessions.end_all(db, ann.id)
        await browser.post(f"/conversations/{theirs}/presence", LOOKING)
        with pytest.raises(StopAsyncIteration):
            while True:
                told = await _told(stream)
                assert theirs not in told
                assert "Cyd" not in str(told)


async def test_a_notification_says_who_and_what_about(
    browser: Browser, doors: Doors, company: Company, boots: int, ann: Agent
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    other = await company.agent("Cyd Amar", press.address)
    cyd = await doors.open(other)
    for one in (ann, other):
        await _notified(company, one, "on")
    said = await browser.get(f"/conversations/{boots}/brief")
    url = f"/conversations/{boots}?in=open"
    assert said.json() == {"who": "Pat Lee", "subject": "Boots", "url": url}
    assert (await cyd.get(f"/conversations/{boots}/brief")).status_code == 404
    # Pages that were drawn before hear at once that it is switched off.
    await _notified(company, ann, "off")
    said = await browser.get(f"/conversations/{boots}/brief")
    assert (said.status_code, said.content) == (204, b"")


async def _notified(company: Company, agent: Agent, switch: str) -> None:
    async with company.database.write() as db:
        await set_agent(db, agent.email, {"desktop": switch})


async def test_the_sound_is_asked_about_once(browser: Browser, boots: int) -> None:
    assert 'data-sound="ask"' in await browser.page("/conversations")
    assert (await browser.post("/settings/sound?_method=put", {"sound": "off"})).status_code == 204
    assert 'data-sound="off"' in await browser.page("/conversations")


async def test_the_palette_names_only_what_one_may_see(
    browser: Browser, company: Company, boots: int, ann: Agent
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    theirs = await company.receives(press, subject="Secret")
    async with company.database.write() as db:
        await set_agent(db, ann.email, {"language": "de"})
    palette = await browser.page(f"/palette?recent={theirs},{boots},x,-1,,99999999999999999999")
    assert "Boots" in palette
    assert "Secret" not in palette
    assert "press@us.example" not in palette
    assert "/channels" not in palette  # for administrators alone
    # Found in the reader's language and in English.
    assert '<bdi class="label">Das Gespräch schließen</bdi>' in palette
    assert 'data-words="Close the conversation"' in palette


async def test_a_flood_is_refused(browser: Browser, boots: int) -> None:
    path = f"/conversations/{boots}/presence"
    wrong = await browser.post(path, {"page": "x" * 41, "doing": "looking"})
    assert wrong.status_code == 422
    answers = [await browser.post(path, LOOKING) for _ in range(22)]
    assert [one.status_code for one in answers] == [204] * 19 + [429] * 3
    seconds = int(answers[-1].headers["retry-after"])
    assert 0 < seconds <= 20
    assert "Too many requests" in answers[-1].text
    assert f"Wait {seconds} second" in answers[-1].text


async def test_what_was_not_understood_is_not_called_our_fault(
    stranger: Browser, app: FastAPI
) -> None:
    @app.get("/unreadable")
    async def refuse() -> None:
        raise HTTPException(400)

    said = set()
    for language in LANGUAGES:
        answer = await stranger.get("/unreadable", headers={"accept-language": language})
        assert answer.status_code == 400
        assert translations(language).gettext(OUR_FAULT) not in unescape(answer.text)
        said.add(re.search(r"<h1>(.*?)</h1>", answer.text))
    assert len({one[1] for one in said if one}) == len(LANGUAGES)
