"""Looking after people and mailboxes in the web view."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from inbox.demo.pictures import PHOTO_OF_A_TEAPOT as LOGO
from inbox.desk.mailbox_settings import KEYS
from inbox.desk.people import set_password
from inbox.notify.account import account
from inbox.notify.invitation import invitation
from inbox.outbound.composers import composer_of
from inbox.store.people import addresses_of, find_mailbox
from inbox.store.tables import Agent, Conversation, Job, Mailbox, Outbound
from tests.http.company import PASSWORD, Company
from tests.http.conftest import OURS, Browser, Doors

IN_PLACE = {**OURS, "x-in-place": "1"}


async def by_mail(company: Company, kind: str) -> list[dict[str, Any]]:
    """The jobs of this kind, done; with the arguments of each."""
    works = {"notify.invitation": invitation, "notify.account": account}
    async with company.database.write() as db:
        jobs = [*await db.scalars(select(Job).where(Job.kind == kind).order_by(Job.id))]
        for job in jobs:
            await works[kind](db, company.context, **job.args)
            await db.delete(job)
        return [job.args for job in jobs]


async def the_mail(company: Company) -> str:
    """The words of the newest mail of ours."""
    async with company.database.read() as db:
        row = (await db.scalars(select(Outbound).order_by(Outbound.id.desc()).limit(1))).one()
        return str((await composer_of(row.kind)(db, company.context, row)).text)


async def person(company: Company, email: str) -> Agent:
    async with company.database.read() as db:
        return (await db.scalars(select(Agent).where(Agent.email == email))).one()


async def test_somebody_is_invited_and_chooses_a_password(
    doors: Doors, company: Company, support: Mailbox, stranger: Browser
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    form = {"name": "Бен Окафор", "email": "Ben@us.example", "role": "agent", "language": "ru"}
    refused = await ada.post("/house/people", form | {"name": "\x07", "mailboxes": [support.id]})
    assert refused.status_code == 422
    assert 'value="Ben@us.example"' in refused.text
    assert f'value="{support.id}" checked' in refused.text
    page = await ada.post("/house/people", form | {"mailboxes": [support.id]})
    assert "An invitation is on its way." in page.text
    assert (await ada.post("/house/people", form)).status_code == 409
    assert [one["by"] for one in await by_mail(company, "notify.invitation")] == ["Ada King"]
    words = await the_mail(company)
    way = re.search(r"http://inbox\.example(/invitations/\S+)", words)
    assert way
    assert "Ada King" in words
    assert "invited" in await ada.page("/house/people")

    assert "Бен Окафор" in await stranger.page(way[1])
    new = {"new": "another battery", "again": "another battery"}
    assert (await stranger.post(way[1], new | {"again": "different"})).status_code == 422
    assert (await stranger.post(way[1], {"new": "short", "again": "short"})).status_code == 422
    assert (await stranger.post(way[1], new)).url.path == "/conversations"
    # Once, whoever comes.
    assert (await stranger.get(way[1])).status_code == 404
    assert (await stranger.post(way[1], new)).status_code == 404
    assert (await stranger.get("/invitations/inbox_" + "x" * 43)).status_code == 404
    assert "Ben@us.example".lower() in await ada.page("/house/people?q=окафор")
    assert "Nobody is called so" in await ada.page("/house/people?q=zzz")


async def test_a_newer_invitation_and_being_shut_out_end_one(
    doors: Doors, company: Company, support: Mailbox, stranger: Browser
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    ben = await company.agent("Ben Okafor", support.address)
    ways = []
    for _ in range(2):
        await ada.post(f"/house/people/{ben.id}/invitation")
        await by_mail(company, "notify.invitation")
        found = re.search(r"/invitations/\S+", await the_mail(company))
        assert found
        ways.append(found[0])
    assert (await stranger.get(ways[0])).status_code == 404
    assert (await stranger.get(ways[1])).status_code == 200
    await ada.post(f"/house/people/{ben.id}/access?_method=delete")
    assert (await stranger.get(ways[1])).status_code == 404
    await ada.post(f"/house/people/{ben.id}/access?_method=put")
    assert (await stranger.get(ways[1])).status_code == 404


async def test_what_somebody_has_is_said_before_they_are_shut_out_and_afterwards(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    ben = await company.agent("Ben Okafor", support.address)
    press = await company.mailbox("press@us.example", "Press")
    page = f"/house/people/{ben.id}"
    assert "customers wait" not in await ada.page(page)
    for mailbox in (support, press):
        number = await company.receives(mailbox)
        async with company.database.write() as db:
            (await db.get_one(Conversation, number)).assignee_id = ben.id
    assert "1 open conversation of your mailboxes is theirs." in await ada.page(page)
    await ada.post(f"{page}/access?_method=delete")
    assert f"is%3Aopen%20assigned%3A{ben.email.replace('@', '%40')}" in await ada.page(page)


async def test_a_person_is_looked_after(doors: Doors, company: Company, support: Mailbox) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    ben = await company.agent("Ben Okafor", support.address)
    his = await doors.open(ben)
    press = await company.mailbox("press@us.example", "Press")
    page = f"/house/people/{ben.id}"
    # Saved in place, and said there.
    for field, value in {"name": "Ben <b>O", "role": "manager", "zone": "Asia/Tokyo"}.items():
        said = await ada.client.put(page, data={field: value}, headers=IN_PLACE)
        assert (said.status_code, said.text) == (200, "Saved"), field
    said = await ada.client.put(page, data={"language": "tlh"}, headers=IN_PLACE)
    assert (said.status_code, said.text) == (422, "This is not possible here.")
    assert "Ben &lt;b&gt;O" in await ada.page(page)
    await ada.post(f"{page}/mailboxes/{press.id}?_method=put")
    await ada.post(f"{page}/mailboxes/{support.id}?_method=delete")
    assert (await his.get(f"/conversations?mailbox={support.id}")).status_code == 404
    assert (await his.get(f"/conversations?mailbox={press.id}")).status_code == 200
    taken = await ada.post(f"{page}/addresses", {"address": "ada@us.example"})
    assert taken.status_code == 409
    assert 'value="ada@us.example"' in taken.text
    await ada.post(f"{page}/addresses", {"address": "ben@home.example"})
    async with company.database.read() as db:
        assert await addresses_of(db, ben.id) == ["ben@home.example", "ben@us.example"]
    kept = await ada.post(f"{page}/addresses?_method=delete", {"address": "ben@us.example"})
    assert kept.status_code == 409
    await ada.post(f"{page}/addresses?_method=delete", {"address": "ben@home.example"})
    told = await by_mail(company, "notify.account")
    assert [(one["what"], one["about"]) for one in told] == [
        ("address_added", "ben@home.example"),
        ("address_gone", "ben@home.example"),
    ]
    assert "ben@home.example" in await the_mail(company)
    assert (
        "Away until" in (await ada.post(f"{page}/absence?_method=put", {"day": "2026-11-24"})).text
    )
    async with company.database.read() as db:  # the end of that day where they are
        assert (await db.get_one(Agent, ben.id)).away_until == datetime(
            2026, 11, 24, 15, tzinfo=UTC
        )
    await ada.post(f"{page}/absence?_method=delete")
    await ada.post(f"{page}/sessions?_method=delete")
    assert (await his.get("/conversations")).url.path == "/sign-in"


async def test_nobody_raises_themselves_and_the_last_administrator_stays(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    first = await company.agent("Ada King", support.address, role="admin")
    ada, page = await doors.open(first), f"/house/people/{first.id}"
    assert (await ada.client.put(page, data={"role": "agent"}, headers=IN_PLACE)).status_code == 403
    assert (await ada.post(f"{page}/access?_method=delete")).status_code == 403
    second = await company.agent("Cleo Papas", support.address, role="admin")
    cleo = await doors.open(second)
    assert (
        await cleo.client.put(page, data={"role": "agent"}, headers=IN_PLACE)
    ).status_code == 200
    assert (await ada.get("/house/people")).status_code == 403
    ben = await doors.open(await company.agent("Ben Okafor", support.address, role="manager"))
    for agent in (first, second):
        said = await ben.client.put(
            f"/house/people/{agent.id}", data={"role": "admin"}, headers=IN_PLACE
        )
        assert said.status_code == 403


async def test_a_new_password_is_told_to_its_owner(company: Company, support: Mailbox) -> None:
    await company.agent("Ann Berg", support.address, language="de")
    async with company.database.write() as db:
        await set_password(db, "ann@us.example", "another hash")
    assert len(await by_mail(company, "notify.account")) == 1
    assert "Passwort" in await the_mail(company)


async def test_a_mailbox_is_made_and_set(doors: Doors, company: Company) -> None:
    first = await company.agent("Ada King", role="admin")
    ben = await company.agent("Ben Okafor")
    ada = await doors.open(first)
    form = {"name": "Support", "address": "support@us.example", "language": "en", "zone": "UTC"}
    refused = await ada.post("/house/mailboxes", form | {"address": "a+b@us.example"})
    assert refused.status_code == 422
    assert 'value="a+b@us.example"' in refused.text
    made = await ada.post("/house/mailboxes", form)
    page = made.url.path
    assert (await ada.post("/house/mailboxes", form)).status_code == 409
    # Each of its settings stands there.
    assert set(KEYS) <= set(re.findall(r'name="(\w+)"', made.text))
    for field, value in {
        "confirm": "all",
        "undo_seconds": "60",
        "address": "help@us.example",
    }.items():
        said = await ada.client.put(page, data={field: value}, headers=IN_PLACE)
        assert (said.status_code, said.text) == (200, "Saved"), field
    said = await ada.client.put(page, data={"undo_seconds": "a lot"}, headers=IN_PLACE)
    assert said.status_code == 422
    await ada.post(f"{page}/aliases", {"address": "hilfe@us.example"})
    await ada.post(f"{page}/aliases?_method=delete", {"address": "support@us.example"})
    async with company.database.read() as db:
        assert await find_mailbox(db, "support@us.example") is None
        mailbox = await find_mailbox(db, "hilfe@us.example")
    assert mailbox is not None
    assert (mailbox.confirm, mailbox.undo_seconds, mailbox.address) == (
        "all",
        60,
        "help@us.example",
    )
    # Hours for each priority in a table; without scripts the whole page comes again.
    cells = ["4h", "", "40h", "30m", *[""] * 8]
    shown = (await ada.post(f"{page}?_method=put", {"targets": cells})).text
    assert re.findall(r'<input name="targets"[^>]* value="([^"]*)"', shown) == cells
    for wrong in (["4 days", *[""] * 11], cells[1:]):
        refused = await ada.post(f"{page}?_method=put", {"targets": wrong})
        assert refused.status_code == 422
        assert f'value="{wrong[0] or wrong[1]}"' in refused.text  # as it was entered
    signature = {"signature": "{{ agent.name }}\n{{ agent.lines }}\nUs & Co"}
    shown = (await ada.post(f"{page}?_method=put", signature)).text
    assert "Ada King<br>Us &amp; Co<br>" in shown
    wrong = await ada.post(f"{page}?_method=put", {"signature": "{{ agent.phone }}"})
    assert wrong.status_code == 422
    assert "{{ agent.phone }}" in wrong.text
    await ada.post(f"{page}/members", {"email": ben.email})
    assert f"{page}/members/{ben.id}?_method=delete" in await ada.page(page)
    assert (await ada.post(f"{page}/members", {"email": "x@us.example"})).status_code == 404
    await ada.post(f"{page}/members/{ben.id}?_method=delete")
    await ada.post(f"{page}?_method=delete")
    assert (await ada.get(page)).status_code == 404


async def test_a_mailbox_gets_a_picture_below_its_signature(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    page = f"/house/mailboxes/{support.id}"
    large = [("logo", ("a.png", b"x" * 200_000, "image/png"))]
    assert (await ada.post(f"{page}/logo", {}, files=large)).status_code == 422
    wrong = await ada.post(f"{page}/logo", {}, files=[("logo", ("a.svg", b"<svg/>", "image/png"))])
    assert re.search(r'id="logo"[^>]*aria-invalid="true"[^>]*><span class="fault"', wrong.text)
    assert wrong.status_code == 422
    assert "PNG or JPEG" in wrong.text
    picture = [("logo", ("a.png", LOGO, "image/png"))]
    assert f'src="{page}/logo"' in (await ada.post(f"{page}/logo", {}, files=picture)).text
    assert (await ada.get(f"{page}/logo")).content == LOGO
    assert f"{page}/logo?_method=delete" not in (await ada.post(f"{page}/logo?_method=delete")).text
    assert (await ada.get(f"{page}/logo")).status_code == 404


async def test_a_new_browser_is_told_of(
    stranger: Browser, company: Company, support: Mailbox
) -> None:
    ann = await company.agent("Ann Berg", support.address)
    sign_in = {"email": ann.email, "password": PASSWORD}
    await stranger.post("/sign-in", sign_in)  # her first
    await stranger.post("/sign-in", sign_in)  # the same once more
    assert not await by_mail(company, "notify.account")
    stranger.client.cookies.clear()
    await stranger.post("/sign-in", sign_in)
    assert [one["what"] for one in await by_mail(company, "notify.account")] == ["new_browser"]


async def test_what_cannot_be_used_says_how_it_is_written(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    ada = await doors.open(await company.agent("Ada King", role="admin"))
    page = f"/house/mailboxes/{support.id}"
    for key, typed, said in (
        ("targets", ["2000h", *[""] * 11], "Write times like 4h"),
        ("hours", "all day", "Write days and times like"),
        ("own_days", "Christmas", "Write dates like"),
    ):
        told = await ada.post(f"{page}?_method=put", {key: typed}, headers={"x-in-place": "1"})
        assert (told.status_code, told.text.startswith(said)) == (422, True), told.text
