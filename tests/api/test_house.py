"""Looking after people and tags by a program."""

from __future__ import annotations

from inbox.desk.mark import tag
from inbox.model.actor import SYSTEM
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
