"""Rules and webhooks, as programs have them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.model.conversation import Role
from tests.api.conftest import Desk

TAG = {
    "conditions": [{"about": "words", "any": ["boots"]}],
    "actions": [{"do": "tag", "add": ["x"]}],
}


async def test_a_rule_is_written_tried_switched_and_brought_back(desk: Desk) -> None:
    company = desk.service.company
    mia = await company.agent("Mia Boss", "support@us.example", role=Role.MANAGER.value)
    manager = await desk.service.of(mia)
    mine = {"name": "Boots", "document": TAG, "mailbox": "support@us.example"}
    assert (await desk.program.refused("POST", "/rules", mine))["status"] == 403
    assert (await manager.refused("POST", "/rules", {**mine, "mailbox": ""}))["status"] == 403
    for wrong in (
        {"mailbox": "\0@us.example"},
        {"document": {**TAG, "actions": [{"do": "note", "text": "a\0b"}]}},
        {"document": {**TAG, "conditions": [{"about": "words", "any": ["\0"]}]}},
    ):
        assert (await manager.refused("POST", "/rules", {**mine, **wrong}))["status"] == 422
    unnamed = await manager.refused("POST", "/rules", {"document": TAG})
    assert unnamed["errors"] == [{"where": "body.name", "detail": "missing"}]  # our own words
    made = await manager.does("POST", "/rules", mine)
    assert (made["enabled"], made["version"], made["place"]) == (False, 1, 1)
    at = await desk.hears(subject="Boots", text="My boots leak.")
    await desk.hears(subject="Gloves", text="They fit.")
    tried = await manager.gets(f"/rules/{made['id']}/trial")
    assert (tried["looked"], tried["matched"]) == (2, 1)
    assert [one["conversation"] for one in tried["conversations"]] == [at]
    unkept = {"document": {**TAG, "conditions": []}, "mailbox": "support@us.example"}
    assert (await manager.does("POST", "/rules/trials", unkept))["matched"] == 2
    on = await manager.does("PUT", f"/rules/{made['id']}/switch", {"on": True})
    assert on["enabled"]
    second = await manager.does("POST", "/rules", {**mine, "name": "Second"})
    await manager.does("PUT", f"/rules/{second['id']}/place", {"place": 1})
    assert [one["name"] for one in (await manager.gets("/rules"))["items"]] == ["Second", "Boots"]
    await manager.does("PUT", f"/rules/{made['id']}", {**mine, "name": "Shoes"})
    await manager.does("DELETE", f"/rules/{made['id']}")
    versions = (await manager.gets(f"/rules/{made['id']}/versions"))["items"]
    assert [(one["name"], one["removed"]) for one in versions][:2] == [
        ("Shoes", True),
        ("Shoes", False),
    ]
    assert {one["by"] for one in versions} == {"Mia Boss"}
    back = await manager.does("PUT", f"/rules/{made['id']}/versions/1", {})
    assert (back["name"], back["enabled"]) == ("Boots", False)
    # Of mailboxes of others nothing is counted, and their rules do not exist.
    press = await company.mailbox("press@us.example", "Press")
    other = await desk.service.of(
        await company.agent("Zoe Adler", press.address, role=Role.MANAGER.value)
    )
    assert (await other.gets("/rules"))["items"] == []
    assert (await other.refused("GET", f"/rules/{made['id']}/trial"))["status"] == 404
    wish = {"document": {**TAG, "conditions": []}, "mailbox": "press@us.example"}
    assert (await other.does("POST", "/rules/trials", wish))["looked"] == 0
    # Nor is one brought back to where whoever asks has nothing to say.
    boss = await desk.service.of(await company.agent("Ada Boss", role=Role.ADMIN.value))
    moved = {**mine, "mailbox": "press@us.example"}
    await boss.does("PUT", f"/rules/{made['id']}", moved)
    assert (await other.refused("PUT", f"/rules/{made['id']}/versions/1", {}))["status"] == 403
    assert len((await other.gets(f"/rules/{made['id']}/versions"))["items"]) == 1


async def test_a_manager_changes_no_rule_of_the_whole_house_nor_writes_one_for_others(
    desk: Desk,
) -> None:
    company = desk.service.company
    await company.mailbox("press@us.example", "Press")
    boss = await desk.service.of(await company.agent("Ada Boss", role=Role.ADMIN.value))
    mia = await company.agent("Mia Boss", "support@us.example", role=Role.MANAGER.value)
    manager = await desk.service.of(mia)
    rule = {"name": "Boots", "document": TAG}
    house = f"/rules/{(await boss.does('POST', '/rules', rule))['id']}"
    mine = {**rule, "mailbox": "support@us.example"}
    own = f"/rules/{(await manager.does('POST', '/rules', mine))['id']}"
    before = (await boss.gets("/rules"))["items"]
    for method, path, body in (
        ("PUT", house, mine),
        ("PUT", f"{house}/switch", {"on": True}),
        ("PUT", f"{house}/place", {"place": 2}),
        ("PUT", f"{house}/versions/1", {}),
        ("DELETE", house, None),
        ("POST", "/rules", {**rule, "mailbox": "press@us.example"}),
        ("PUT", own, {**rule, "mailbox": "press@us.example"}),
        ("PUT", own, rule),
    ):
        assert (await manager.refused(method, path, body))["status"] == 403, (method, path)
    assert (await boss.gets("/rules"))["items"] == before
    assert (await manager.gets(house))["name"] == "Boots"  # to be read, all the same


async def test_webhooks_are_for_administrators(desk: Desk) -> None:
    company = desk.service.company
    boss = await desk.service.of(await company.agent("Ada Boss", role=Role.ADMIN.value))
    wish = {"name": "CRM", "url": "https://crm.example/hook", "events": ["conversation.opened"]}
    assert (await desk.program.refused("POST", "/webhooks", wish))["status"] == 403
    inside = {**wish, "url": "http://169.254.169.254/latest"}
    assert (await boss.refused("POST", "/webhooks", inside))["code"] == "webhook.url"
    made = await boss.does("POST", "/webhooks", wish)
    renewed = await boss.does("PUT", f"/webhooks/{made['id']}/secret", {})
    assert "whsec_" in made["secret"]
    assert renewed["secret"] not in ("", made["secret"])
    shown = await boss.gets(f"/webhooks/{made['id']}"), *(await boss.gets("/webhooks"))["items"]
    assert [one["secret"] for one in shown] == ["", ""]
    await desk.hears()
    await boss.does("POST", f"/webhooks/{made['id']}/trials", {})
    sent = (await boss.gets("/webhooks/deliveries"))["items"]
    assert [(one["type"], one["state"]) for one in sent] == [
        ("ping", "waiting"),
        ("conversation.opened", "waiting"),
    ]
    await boss.does("DELETE", f"/webhooks/{made['id']}")
    assert (await boss.gets("/webhooks"))["items"] == []


async def test_what_programs_heard_of_can_be_taken_back(desk: Desk) -> None:
    company = desk.service.company
    boss = await desk.service.of(await company.agent("Ada Boss", role=Role.ADMIN.value))
    wish = {"name": "CRM", "url": "https://crm.example/hook", "events": ["*"]}
    await boss.does("POST", "/webhooks", wish)
    first = {"mailbox": desk.support.id, "to": {"address": "kim@new.example"}}
    later = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    first |= {"subject": "Glue", "text": "Do you have any?", "send_at": later}
    begun = await desk.program.does("POST", "/conversations", first)
    assert (await boss.gets("/webhooks/deliveries"))["items"] != []
    await desk.program.does("DELETE", f"/messages/{begun['id']}/sending")
    assert (await boss.gets("/webhooks/deliveries"))["items"] == []
