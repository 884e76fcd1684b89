"""Who customers are, as programs see and say it."""

from __future__ import annotations

from tests.api.conftest import Desk

KIM = "Kim Ito <kim@other.example>"


async def test_an_address_is_told_shown_with_its_evidence_and_taken_away(desk: Desk) -> None:
    await desk.hears()
    body = {"address": "Pat@Home.example"}
    told = await desk.program.does("POST", "/customers/1/addresses", body)
    by_address = {one["address"]: one for one in told["addresses"]}
    assert by_address["pat@customer.example"]["evidence"] == "from"
    new = by_address["pat@home.example"]
    assert (new["evidence"], new["told_by"], new["message"]) == ("told", desk.ann.id, None)
    [found] = (await desk.program.gets("/customers", address="pat@home.example"))["items"]
    assert found == told
    await desk.program.does("DELETE", "/customers/1/addresses/pat@home.example")
    left = await desk.program.gets("/customers/1")
    assert [one["address"] for one in left["addresses"]] == ["pat@customer.example"]
    last = await desk.program.refused("DELETE", "/customers/1/addresses/pat@customer.example")
    assert last["status"] == 422


async def test_what_is_no_address_of_theirs(desk: Desk) -> None:
    await desk.hears()
    await desk.hears(from_=KIM, subject="Lamp")
    for address, status in [
        ("nobody", 422),
        ("pat\0@home.example", 422),
        ("support@us.example", 422),
        ("ann@us.example", 422),
        ("kim@other.example", 409),
    ]:
        path = "/customers/1/addresses"
        problem = await desk.program.refused("POST", path, {"address": address})
        assert problem["status"] == status, problem


async def test_a_phone(desk: Desk) -> None:
    await desk.hears()
    path = "/customers/1/phones"
    told = await desk.program.does("POST", path, {"number": "+49 30 1234567"})
    assert told["phones"] == ["+49 30 1234567"]
    assert (await desk.program.refused("POST", path, {"number": "call me"}))["status"] == 422
    await desk.program.does("DELETE", f"{path}/+49 30 1234567")
    assert (await desk.program.gets("/customers/1"))["phones"] == []
    assert (await desk.program.refused("DELETE", f"{path}/+49 30 1234567"))["status"] == 404


async def test_two_customers_become_one_and_two_again(desk: Desk) -> None:
    boots = await desk.hears()
    lamp = await desk.hears(from_=KIM, subject="Lamp")
    merged = await desk.program.does("POST", "/customers/1/merges", {"customer": 2})
    assert merged["customer"] == 1
    one = await desk.program.gets("/customers/1")
    assert {each["address"] for each in one["addresses"]} == {
        "pat@customer.example",
        "kim@other.example",
    }
    assert [each["id"] for each in one["merges"]] == [merged["merge"]]
    assert set(one["conversations"]) == {boots, lamp}
    assert (await desk.program.refused("GET", "/customers/2"))["status"] == 404
    undo = f"/customers/1/merges/{merged['merge']}"
    await desk.program.does("DELETE", undo)
    assert (await desk.program.gets("/customers/2"))["conversations"] == [lamp]
    assert (await desk.program.refused("DELETE", undo))["status"] == 409


async def test_only_customers_whom_one_knows_can_be_named(desk: Desk) -> None:
    await desk.hears()
    company = desk.service.company
    press = await company.mailbox("press@us.example", "Press")
    await company.receives(press, from_=KIM)
    problem = await desk.program.refused("POST", "/customers/1/merges", {"customer": 2})
    nobody = await desk.program.refused("POST", "/customers/1/merges", {"customer": 99})
    assert problem["status"] == nobody["status"] == 422
    assert (await desk.program.gets("/customers", address="kim@other.example"))["items"] == []


async def test_of_a_customer_only_ones_own_conversations_are_shown(desk: Desk) -> None:
    at = await desk.hears()
    company = desk.service.company
    press = await company.mailbox("press@us.example", "Press")
    await company.receives(press, subject="Interview")
    assert (await desk.program.gets("/customers/1"))["conversations"] == [at]
