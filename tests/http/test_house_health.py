"""The page that says whether everything goes its way."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from inbox.settings import Settings
from inbox.store.disk import LITTLE_ROOM, free_room
from inbox.store.tables import Job, Mailbox, Outbound
from tests.http.company import Company
from tests.http.conftest import Doors

RELAY = Settings(relay_url="smtp://me:secret@mail.example:2525")


@pytest.mark.parametrize("settings", [RELAY])
async def test_what_waits_is_said_with_what_to_do(
    doors: Doors, company: Company, support: Mailbox, settings: Settings
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    fine = await ada.page("/house/health")
    assert "Mail goes out." in fine
    assert "Work is done in time." in fine
    await ada.post(f"/house/mailboxes/{support.id}/trials", {"to": "me"})
    long_ago = company.now - timedelta(hours=2)
    async with company.database.write() as db:
        words = {"error": "535 5.7.8 no", "run_at": long_ago}
        await db.execute(update(Outbound).values(words))
        await db.execute(update(Job).values(run_at=company.now + timedelta(hours=1)))
    page = await ada.page("/house/health")
    assert "1 mail has not left, since" in page
    assert "does not take our user and password" in page
    assert "secret" not in page
    tried = await ada.post("/house/health/tries")
    assert "All of it is tried now" in tried.text
    async with company.database.read() as db:
        runs = (await db.scalars(select(Job.run_at).where(Job.kind == "outbound.deliver"))).one()
    assert runs != company.now + timedelta(hours=1)
    async with company.database.write() as db:
        await db.execute(update(Outbound).values(state="sending"))
    await ada.post("/house/health/tries")
    async with company.database.read() as db:
        mail = (await db.scalars(select(Outbound))).one()
        assert (mail.state, mail.maybe_twice) == ("sending", False), "it would leave twice"


@pytest.mark.parametrize("settings", [RELAY])
async def test_whom_a_refusal_names_is_not_said(
    doors: Doors, company: Company, support: Mailbox, settings: Settings
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    await ada.post(f"/house/mailboxes/{support.id}/trials", {"to": "me"})
    async with company.database.write() as db:
        reply = {"error": "450 <pat@home.example>: connection timed out"}
        await db.execute(
            update(Outbound).values(reply | {"run_at": company.now - timedelta(hours=2)})
        )
        await db.execute(update(Job).values(run_at=company.now - timedelta(hours=2)))
    page = await ada.page("/house/health")
    assert "pat@home.example" not in page
    assert "inbox queue list" in page
    assert "Work is late by" in page


async def test_without_a_way_out_it_says_so(doors: Doors, company: Company) -> None:
    ada = await doors.open(await company.agent("Ada King", role="admin"))
    assert "set INBOX_RELAY_URL" in await ada.page("/house/health")


@pytest.mark.parametrize("settings", [Settings(data=Path("/"), database_url=None)])
async def test_little_room_is_said_before_there_is_none(
    doors: Doors, company: Company, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await doors.open(await company.agent("Ada King", role="admin"))
    for free, said in (
        (LITTLE_ROOM, "There is room on the disk: 2 GiB."),
        (LITTLE_ROOM - 1, "Only 2047 MiB are free on the disk"),
    ):
        monkeypatch.setattr(shutil, "disk_usage", lambda _at, free=free: SimpleNamespace(free=free))
        assert free_room(settings) == free
        assert said in await ada.page("/house/health")


def test_the_room_of_somebody_elses_disk_is_not_said(tmp_path: Path) -> None:
    ours = Settings(data=tmp_path, database_url=None)
    assert free_room(ours) is not None
    assert free_room(ours.model_copy(update={"data": tmp_path / "not there"})) is None
    elsewhere = {"database_url": "postgresql://db.example/inbox"}
    assert free_room(ours.model_copy(update=elsewhere)) is None
