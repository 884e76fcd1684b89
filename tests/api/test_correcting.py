"""Mistakes put right by a program: the verbs of the web view, each once and each taken back."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import select

from inbox.store.tables import Event
from tests.api.conftest import Desk

KIM = "Kim Ito <kim@other.example>"


async def events(desk: Desk) -> list[tuple[str, int | None]]:
    """What was recorded since the mails came, and who did it."""
    async with desk.service.company.database.read() as db:
        found = await db.scalars(select(Event).order_by(Event.id))
        return [(one.name, one.actor_id) for one in found if one.actor_kind == "agent"]


async def misfiled(desk: Desk) -> tuple[int, int]:
    """A conversation of Pat's, and the mail of Kim in it."""
    at = await desk.hears()
    await desk.hears(into=at, from_=KIM, subject="Lamp", text="My lamp is broken")
    return at, (await desk.messages(at))[-1]["id"]


async def test_a_split_gives_the_mail_its_own_customer_and_is_taken_back(desk: Desk) -> None:
    at, mail = await misfiled(desk)
    made = await desk.program.does("POST", f"/conversations/{at}/splits", {"message": mail})
    opened = await desk.program.gets(f"/conversations/{made['conversation']}")
    assert opened["customer"]["address"] == "kim@other.example"
    assert opened["refers_to"] == at
    why = await desk.program.gets(f"/messages/{mail}/why")
    assert (why["corrected"]["how"], why["corrected"]["by"]) == ("split", "Ann Berg")
    assert why["corrected"]["from_conversation"] == at
    assert len(await desk.messages(at)) == 1
    [listed] = (await desk.program.gets(f"/conversations/{at}/corrections"))["items"]
    assert (listed["correction"], listed["name"], listed["by"], listed["to"]) == (
        made["correction"],
        "conversation.split",
        "Ann Berg",
        made["conversation"],
    )
    undo = f"/conversations/{at}/corrections/{made['correction']}"
    assert (await desk.program.does("DELETE", undo))["conversation"] == at
    assert len(await desk.messages(at)) == 2
    assert (await desk.program.refused("DELETE", undo))["status"] == 409
    names = [name for name, _who in await events(desk)]
    assert names == ["conversation.split", "conversation.merged"]
    listed = (await desk.program.gets(f"/conversations/{at}/corrections"))["items"]
    assert [one["undoes"] for one in listed] == [made["correction"], None]
    assert {who for _name, who in await events(desk)} == {desk.ann.id}


async def test_a_merge_and_its_undoing(desk: Desk) -> None:
    boots, laces = await desk.hears(), await desk.hears(subject="Laces")
    made = await desk.program.does("POST", f"/conversations/{laces}/merges", {"into": boots})
    assert made["conversation"] == boots
    assert (await desk.program.refused("GET", f"/conversations/{laces}"))["status"] == 404
    undo = f"/conversations/{boots}/corrections/{made['correction']}"
    await desk.program.does("DELETE", undo)
    assert len(await desk.messages(laces)) == len(await desk.messages(boots)) == 1


async def test_a_mail_belongs_elsewhere(desk: Desk) -> None:
    at, mail = await misfiled(desk)
    lamp = await desk.hears(from_=KIM, subject="Lamp", text="The first")
    path = f"/messages/{mail}/conversation"
    made = await desk.program.does("PUT", path, {"conversation": lamp})
    assert made["conversation"] == lamp
    assert made["correction"]
    again = await desk.program.does("PUT", path, {"conversation": lamp})
    assert again == {"conversation": lamp, "correction": None}
    assert len(await desk.messages(lamp)) == 2
    assert len(await desk.messages(at)) == 1


async def test_spam_and_no_spam(desk: Desk) -> None:
    at = await desk.hears()
    path = f"/conversations/{at}/spam"
    assert (await desk.program.does("PUT", path))["correction"]
    assert (await desk.program.does("PUT", path))["correction"] is None
    assert (await desk.program.gets(f"/conversations/{at}"))["state"] == "spam"
    assert (await desk.program.does("DELETE", path))["correction"]
    assert (await desk.program.gets(f"/conversations/{at}"))["state"] == "open"


async def test_what_cannot_be_corrected_says_why(desk: Desk) -> None:
    at = await desk.hears()
    [message] = await desk.messages(at)
    alone = {"message": message["id"]}
    for path, body, detail in [
        (
            f"/conversations/{at}/splits",
            alone,
            "There is nothing else in this conversation, so there is nothing to take it out of.",
        ),
        (f"/conversations/{at}/merges", {"into": at}, "It is in this conversation already."),
        (
            f"/conversations/{at}/merges",
            {"into": 999},
            "There is no conversation with this number, or it is not yours to see.",
        ),
    ]:
        problem = await desk.program.refused("POST", path, body)
        assert (problem["status"], problem["detail"]) == (422, detail)
    assert await events(desk) == []


async def test_why_is_said_in_the_language_of_who_asks_and_has_a_name(desk: Desk) -> None:
    at = await desk.hears()
    for language, detail in [
        ("ja", "すでにこのやりとりにあります。"),
        ("de-AT, en;q=0.5", "Es steht schon in diesem Gespräch."),
        ("tlh", "It is in this conversation already."),
    ]:
        problem = await desk.program.refused(
            "POST",
            f"/conversations/{at}/merges",
            {"into": at},
            headers={"accept-language": language},
        )
        assert (problem["detail"], problem["code"]) == (detail, "correction.here_already")


async def test_a_body_says_what_is_named_and_no_more(desk: Desk) -> None:
    at, mail = await misfiled(desk)
    path = f"/conversations/{at}/splits"
    for body, where in [
        ({"message": mail, "customer": 1}, "body.customer"),
        ({"message": str(mail)}, "body.message"),
        ({}, "body.message"),
        ({"message": -1}, "body.message"),
        ({"message": mail, "expected": -(1 << 70)}, "body.expected"),
    ]:
        problem = await desk.program.refused("POST", path, body)
        assert [one["where"] for one in problem["errors"]] == [where]
    form = await desk.program.asks("POST", path, data={"message": str(mail)})
    assert form.status_code == 422
    assert await events(desk) == []


async def test_who_has_not_seen_the_newest_is_refused(desk: Desk) -> None:
    at, mail = await misfiled(desk)
    seen = (await desk.program.gets(f"/conversations/{at}"))["last_event"]
    await desk.hears(into=at, text="One more thing")
    body = {"message": mail, "expected": seen}
    problem = await desk.program.refused("POST", f"/conversations/{at}/splits", body)
    assert problem["status"] == 409
    seen = (await desk.program.gets(f"/conversations/{at}"))["last_event"]
    await desk.program.does("POST", f"/conversations/{at}/splits", {**body, "expected": seen})


async def test_what_is_asked_for_twice_is_done_once(desk: Desk) -> None:
    at, mail = await misfiled(desk)
    path, body = f"/conversations/{at}/splits", {"message": mail}
    key = {"idempotency-key": "7f1c"}

    async def ask(**more: Any) -> Any:
        return await desk.program.asks("POST", path, json=more or body, headers=key)

    answers = await asyncio.gather(*(ask() for _ in range(4)))
    assert {one.status_code for one in answers} == {201}
    assert len({one.text for one in answers}) == 1
    assert sorted("idempotent-replayed" in one.headers for one in answers) == [False] + [True] * 3
    assert [name for name, _ in await events(desk)] == ["conversation.split"]
    other = await ask(message=mail, following=True)
    assert other.status_code == 422
    assert "another request" in other.json()["detail"]
    # The key is one program's own.
    second = desk.service.program(await desk.service.token(desk.ann, "second"))
    assert (await second.asks("POST", path, json=body, headers=key)).status_code != 201


async def test_what_failed_is_tried_anew_under_its_key(desk: Desk) -> None:
    at = await desk.hears()
    [message] = await desk.messages(at)
    path, body = f"/conversations/{at}/splits", {"message": message["id"]}
    key = {"idempotency-key": "again"}
    assert (await desk.program.refused("POST", path, body, headers=key))["status"] == 422
    await desk.hears(into=at, from_=KIM, subject="Lamp", text="My lamp")
    assert (await desk.program.asks("POST", path, json=body, headers=key)).status_code == 201
    long = {"idempotency-key": "x" * 256}
    assert (await desk.program.refused("POST", path, body, headers=long))["status"] == 422
