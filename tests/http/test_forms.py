"""A form says what it has fields for, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from inbox.store.engine import Database
from tests.http.company import Company
from tests.http.conftest import Browser, Doors

# Every column that somebody might like to set for themselves.
_GREEDY = {
    "id": "1", "role": "admin", "is_admin": "true", "status": "closed", "mailbox_id": "2",
    "conversation_id": "2", "kind": "mail", "by": "2", "author": "2", "agent_id": "2",
    "created_at": "1999-01-01", "run_at": "1999-01-01", "visibility": "public", "subject": "TAKEN",
    "via": "mail", "direction": "in", "to": "eve@evil.example", "recipients": "eve@evil.example",
    "from": "eve@evil.example", "disabled": "false", "signature": "TAKEN", "undo_seconds": "0",
}  # fmt: skip


@pytest.fixture
async def desk(doors: Doors, company: Company) -> tuple[Browser, int]:
    """Ann at her desk, and a customer's conversation; another department has one, too."""
    support = await company.mailbox("support@us.example", "Support")
    press = await company.mailbox("press@us.example", "Press")
    ann = await company.agent("Ann Berg", support.address)
    at = await company.receives(support)
    await company.receives(press)
    return await doors.open(ann), at


@pytest.mark.parametrize(
    ("path", "fields", "tables"),
    [
        ("replies", {"text": "Yes."}, {"message", "outbound", "conversation", "event"}),
        ("notes", {"text": "Hm."}, {"message", "conversation", "event"}),
        ("assignee", {"agent": ""}, set()),
        ("closure", {}, {"conversation", "event"}),
    ],
)
async def test_what_a_form_has_no_field_for_changes_nothing(
    desk: tuple[Browser, int], database: Database, path: str, fields: dict[str, str],
    tables: set[str],
) -> None:  # fmt: skip
    browser, at = desk
    before = await _rows(database)
    form = {**(await browser.composer(at)), **_GREEDY, **fields}
    assert (await browser.post(f"/conversations/{at}/{path}", form)).status_code == 200
    after = await _rows(database)
    assert {table for table in before if before[table] != after[table]} - tables == set()
    assert after["conversation"][1] == before["conversation"][1]
    for row in (row for rows in after.values() for row in rows):
        assert "TAKEN" not in row.values()
        assert "eve@evil.example" not in str(row)
    for row in after["message"][len(before["message"]) :]:
        assert (row["conversation_id"], row["kind"]) == (at, path.replace("ies", "y").rstrip("s"))
        assert isinstance(row["created_at"], datetime)
        assert row["created_at"].year > 1999


async def test_what_is_no_form_is_refused_and_changes_nothing(
    desk: tuple[Browser, int], database: Database
) -> None:
    browser, at = desk
    await browser.post(f"/conversations/{at}/assignee", {"agent": "1"})
    before = await _rows(database)
    for more in ({"json": {"agent": None}}, {"content": b"agent="}):
        for path in ("assignee", "notes", "replies"):
            answer = await browser.client.post(
                f"/conversations/{at}/{path}", headers={"sec-fetch-site": "same-origin"}, **more
            )
            assert answer.status_code == 422
    assert (await browser.post(f"/conversations/{at}/assignee")).status_code == 422
    assert await _rows(database) == before


async def test_a_number_that_nothing_can_have_is_refused(desk: tuple[Browser, int]) -> None:
    browser, at = desk
    number = str(1 << 63)
    for path in ("files/{}", "files/{}/preview/a", "messages/{}/headers", "messages/{}/forward"):
        for one in (number, "0", "-1", "9" * 40):
            where = f"/conversations/{at}/{path.format(one)}"
            assert (await browser.get(where)).status_code == 404, where
    for path, name in (
        ("/moves", "to"),
        ("/marked/undo", "event"),
        (f"/conversations/{at}/draft", "version"),
    ):
        given = {name: number, "conversation": str(at), "text": "x"}
        assert (await browser.post(path, given)).status_code == 422, path


async def _rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    tables = ("conversation", "message", "outbound", "event", "agent", "mailbox")
    async with database.read() as db:
        return {
            table: [
                dict(row._mapping)
                for row in await db.execute(text(f"select * from {table} order by 1"))
            ]
            for table in tables
        }


async def test_a_nul_that_no_database_keeps_stops_nothing(
    desk: tuple[Browser, int], doors: Doors, company: Company
) -> None:
    browser, at = desk
    mia = await doors.open(await company.agent("Mia Wolf", "support@us.example", role="manager"))
    renamed = await mia.post("/house/tags/%00?_method=put", {"name": "vip"})
    assert renamed.status_code == 404
    form = {**(await browser.composer(at)), "text": "Size\x00 42."}
    assert "Size 42." in (await browser.post(f"/conversations/{at}/notes", form)).text
    begun = {"to": "kim\x00@other.example", "subject": "Glue\x00", "text": "Any?", "mailbox": "1"}
    assert (await browser.post("/conversations/new/preview", begun)).status_code == 200


async def test_what_was_refused_comes_back_as_it_was_filled_in(desk: tuple[Browser, int]) -> None:
    browser, at = desk
    here = f"/conversations/{at}"
    marked = {"conversation": [str(at)], "until": "no <time>"}
    refused: tuple[tuple[str, str, dict[str, Any], str], ...] = (
        (here, f"{here}/snooze", {"until": "x" * 5000}, "At most"),
        (here, f"{here}/merge", {"conversation": "x" * 5000}, "At most"),
        ("/marked?in=open", "/snoozes", marked, "no &lt;time&gt;"),
        ("/dispatch", "/dispatch/assignments", {"agent": "1"}, "Mark something first"),
    )
    for page, path, given, said in refused:
        for more in ({"accept": "text/html"}, {"hx-request": "true", "hx-target": "#conversation"}):
            came_from = {"referer": f"http://inbox.example{page}", **more}
            answer = await browser.post(path, given, headers=came_from)
            assert answer.status_code == 422
            assert 'id="refused"' in answer.text, path
            assert said in answer.text
            if path == "/snoozes":
                assert 'value="no &lt;time&gt;"' in answer.text
                assert 'aria-invalid="true"' in answer.text


async def test_only_a_page_of_ours_is_asked_for_again(
    doors: Doors, company: Company, database: Database
) -> None:
    support = await company.mailbox("support@us.example", "Support")
    browser = await doors.open(await company.agent("Ann Berg", support.address))
    form = '<form method="post" action="/conversations/1/merge"><input name="conversation"></form>'
    at = await company.receives(support, html=f"<p>Mine.</p>{form}")
    async with database.read() as db:
        mail = await db.scalar(text("select max(id) from message"))
    for page in ("/nowhere", "/live", f"/conversations/{at}/messages/{mail}/html"):
        came_from = {"referer": f"http://inbox.example{page}", "accept": "text/html"}
        given = {"conversation": "x" * 5000}
        answer = await browser.post(f"/conversations/{at}/merge", given, headers=came_from)
        assert "That could not be read" in answer.text, page


async def test_a_page_that_is_refused_itself_is_asked_for_once(desk: tuple[Browser, int]) -> None:
    """A page that is the answer to a form, and a form that it cannot read."""
    browser, _ = desk
    came_from = {"referer": "http://inbox.example/marked", "accept": "text/html"}
    for path in ("/marked", "/closures"):
        answer = await browser.post(path, {"conversation": "none"}, headers=came_from)
        assert answer.status_code == 422, path
