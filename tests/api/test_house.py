"""Looking after people and tags by a program."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from sqlalchemy import select

from inbox.demo.pictures import PHOTO_OF_A_TEAPOT as LOGO
from inbox.desk.mark import tag
from inbox.model.actor import SYSTEM
from inbox.store.departments import newcomer_of, stranger_of
from inbox.store.tables import Message
from tests.api.conftest import Desk


async def test_people_and_tags_are_looked_after(desk: Desk) -> None:
    company = desk.service.company
    ada = await company.agent("Ada King", desk.support.address, role="admin")
    program = await desk.service.of(ada)
    wish = {"email": "ben@us.example", "name": "Ben Okafor", "role": "agent"}
    made = await program.asks("POST", "/people", json=wish | {"mailboxes": [desk.support.id]})
    assert made.status_code == 201
    ben = made.json()["id"]
    assert (await program.asks("POST", "/people", json=wish)).status_code == 409
    await program.asks("PUT", f"/people/{ben}", json={"role": "manager"})
    await program.asks("DELETE", f"/people/{ben}/mailboxes/{desk.support.id}")
    await program.asks("DELETE", f"/people/{ben}/access")
    people = {one["id"]: one for one in (await program.gets("/people"))["items"]}
    assert (people[ben]["role"], people[ben]["mailboxes"]) == ("manager", [])
    assert not people[ben]["is_enabled"]
    own = await program.asks("PUT", f"/people/{ada.id}", json={"role": "agent"})
    assert own.json()["type"].endswith("agent.about_oneself") or own.status_code == 403
    at = await desk.hears()
    async with company.database.write() as db:
        await tag(db, at, add=["vip"], by=SYSTEM, now=company.now)
    await program.asks("PUT", "/tags/vip", json={"name": "important"})
    found = (await program.gets("/tags"))["items"]
    assert found == [{"name": "important", "conversations": 1}]
    assert (await program.asks("DELETE", "/tags/important")).status_code in (200, 204)
    assert (await program.asks("DELETE", "/tags/important")).status_code == 404


async def test_mailboxes_are_made_set_and_removed(desk: Desk) -> None:
    company = desk.service.company
    ada = await company.agent("Ada King", desk.support.address, role="admin")
    program = await desk.service.of(ada)
    wish = {"address": "sales@us.example", "name": "Sales", "settings": {"language": "it"}}
    made = await program.asks("POST", "/house/mailboxes", json=wish)
    assert made.status_code == 201
    sales = made.json()
    assert (sales["settings"]["language"], sales["members"]) == ("it", [ada.id])
    assert (await program.asks("POST", "/house/mailboxes", json=wish)).status_code == 409
    at = f"/house/mailboxes/{sales['id']}"
    change = {"quote": True, "undo_seconds": 5, "close_needs": ["category"], "categories": ["A"]}
    body = {"aliases": ["vendite@us.example"], "settings": change}
    changed = (await program.asks("PUT", at, json=body)).json()
    assert changed["aliases"] == ["vendite@us.example"]
    assert changed["settings"].items() >= change.items()
    # What is read can be written back as it is.
    assert (await program.asks("PUT", at, json={"settings": changed["settings"]})).json() == changed
    wrong = await program.asks("PUT", at, json={"settings": {"undo_seconds": -1}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "unusable")
    unknown = await program.asks("PUT", at, json={"settings": {"undo": 1}})
    assert unknown.status_code == 422
    logo = {"content": b64encode(LOGO).decode()}
    signed = (await program.asks("PUT", f"{at}/logo", json=logo)).json()
    assert signed["logo"] == sha256(LOGO).hexdigest()
    other = await program.asks("PUT", f"{at}/logo", json={"content": "R0lGODlh"})
    assert (other.status_code, other.json()["code"]) == (422, "mailbox.no_logo")
    assert (await program.asks("DELETE", f"{at}/logo")).status_code == 204
    assert (await program.gets(at))["logo"] is None
    assert (await program.asks("DELETE", at)).status_code == 204
    assert (await program.asks("GET", at)).status_code == 404
    everywhere = (await program.gets("/house/mailboxes"))["items"]
    assert [one["address"] for one in everywhere] == [desk.support.address]


async def test_who_is_unknown_is_listed_for_whoever_may_say_who_they_are(desk: Desk) -> None:
    company = desk.service.company
    sales = await company.mailbox("sales@us.example", "Sales")
    await company.receives(sales, subject="Offer", from_="Jane <jane@shop.example>")
    stores = await company.agent("Stores", role="colleague")
    async with company.database.write() as db:
        mail = await db.scalar(select(Message.id))
        assert mail is not None
        await stranger_of(db, "eve@us.example", "Eve", mail, now=company.now)
        await newcomer_of(db, "lee@us.example", "Lee", stores.id, now=company.now)
    agent = await desk.service.of(await company.agent("Bo", sales.address))
    assert (await agent.asks("GET", "/newcomers")).status_code == 403
    let_in = {"json": {"state": "confirmed"}}
    for name, mailbox, role, seen in (
        ("Zoe", desk.support, "manager", []),
        ("Ada", desk.support, "admin", ["eve", "lee"]),
        ("Max", sales, "manager", ["eve"]),
    ):
        program = await desk.service.of(await company.agent(name, mailbox.address, role=role))
        found = (await program.gets("/newcomers"))["items"]
        assert sorted(one["address"] for one in found) == [f"{one}@us.example" for one in seen]
    for who, status in (("lee", 404), ("eve", 200), ("eve", 404)):  # what was decided stays
        said = await program.asks("PUT", f"/newcomers/{who}@us.example", **let_in)
        assert said.status_code == status, who
