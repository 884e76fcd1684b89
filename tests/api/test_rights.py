"""Every route of the API with every right: none, wrong, ended, another department's, too little."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pytest
from fastapi.routing import APIRoute

from inbox.api.app import ROUTERS
from inbox.api.bearer import Bearer
from inbox.auth.permissions import ALLOWED, Permission
from inbox.auth.tokens import revoke_token
from inbox.desk.house_rules import RuleDraft, add_rule
from inbox.desk.people import disable_agent, set_agent
from inbox.desk.templates import Draft, keep_text
from inbox.desk.webhooks import WebhookDraft, add_webhook
from inbox.model.conversation import Role
from tests.api.bodies import BODIES, SPAM
from tests.api.conftest import Desk, Program, Service


def routes() -> list[tuple[str, str, Permission]]:
    """Each method and path with the one permission that it asks for."""
    found = []
    for route in chain.from_iterable(router.routes for router in ROUTERS):
        assert isinstance(route, APIRoute)
        asked = [d.call for d in route.dependant.dependencies if isinstance(d.call, Bearer)]
        assert len(asked) == 1, f"{route.path} has to name one permission"
        found += [
            (method, route.path, asked[0].permission) for method in sorted(route.methods or ())
        ]
    return found


def filled(path: str, number: int = 1) -> str:
    known = {"address": "pat@customer.example", "kind": "reply", "letter": "a-letter"}
    return re.sub(r"\{(\w+)\}", lambda m: known.get(m[1], str(number)), path)


async def ask(program: Program, method: str, path: str, number: int = 1) -> Any:
    body = BODIES.get((method, path))
    query = {"address": "pat@customer.example"} if path == "/customers" else None
    return await program.asks(method, filled(path, number), json=body, params=query)


CLOSED = [one for one in routes() if one[2] is not Permission.PUBLIC]
# People and mailboxes are of the whole house, and for administrators.
OF_HOUSE = ("/people", "/house")
OF_ONE = [one for one in CLOSED if "{" in one[1] and not one[1].startswith(OF_HOUSE)]


def test_there_are_routes_and_each_change_is_given_something() -> None:
    assert len(CLOSED) > 15
    posts = {(method, path) for method, path, _ in CLOSED if method == "POST"}
    assert posts <= BODIES.keys()


async def test_only_the_description_is_for_everybody(service: Service) -> None:
    nobody = service.program()
    for method, path, _permission in CLOSED:
        if method != "GET":
            continue  # changes, with every role: tests/http/test_changes.py
        response = await ask(nobody, method, path)
        assert response.status_code == 401, (method, path)
        assert response.headers["www-authenticate"] == 'Bearer realm="inbox"'
        assert response.headers["content-type"] == "application/problem+json"
    described = await nobody.gets("/openapi.json")
    assert described["openapi"].startswith("3.")


async def test_what_is_no_bearer_token_is_none(service: Service) -> None:
    for said in ("Basic YW5uOmFubg==", "Bearer", "token inbox_abc", "Bearer\tx"):
        program = service.program(authorization=said)
        assert (await program.refused("GET", "/mailboxes"))["status"] == 401


async def test_no_cookie_opens_anything(desk: Desk) -> None:
    session = await desk.service.company.session(desk.ann)
    for name in ("inbox_session", "__Host-inbox_session"):
        program = desk.service.program(cookie=f"{name}={session}")
        assert (await program.refused("GET", "/mailboxes"))["status"] == 401
    # Nor is a session's secret a token, nor a token a session.
    assert (await desk.service.program(session).refused("GET", "/mailboxes"))["status"] == 401
    token = str(desk.program.client.headers["authorization"]).removeprefix("Bearer ")
    page = await desk.service.program(cookie=f"inbox_session={token}").client.get("/conversations")
    assert page.headers["location"].startswith("/sign-in")


async def test_wrong_and_ended_tokens_open_nothing(desk: Desk) -> None:
    at = await desk.hears()
    token = await desk.service.token(desk.ann, "ended")
    program = desk.service.program(token)
    await program.gets(f"/conversations/{at}")
    async with desk.service.company.database.write() as db:
        await revoke_token(db, desk.ann, "ended", now=datetime.now(UTC))
    wrong = desk.service.program(token[:-1] + ("x" if token[-1] != "x" else "y"))
    for other in (program, wrong):
        response = await other.asks("GET", f"/conversations/{at}")
        assert response.status_code == 401
        assert 'error="invalid_token"' in response.headers["www-authenticate"]
    await desk.program.gets(f"/conversations/{at}")


async def test_who_is_shut_out_has_no_program_either(desk: Desk) -> None:
    await desk.hears()
    async with desk.service.company.database.write() as db:
        await disable_agent(db, desk.ann.email, now=datetime.now(UTC))
    for method, path, _permission in CLOSED[:12]:
        assert (await ask(desk.program, method, path)).status_code == 401, (method, path)


async def test_wrong_tokens_wait_and_right_ones_never(desk: Desk) -> None:
    wrong = desk.service.program("inbox_" + "x" * 43)
    seen = [(await wrong.asks("GET", "/mailboxes")).status_code for _ in range(24)]
    assert set(seen[:20]) == {401}
    last = await wrong.asks("GET", "/mailboxes")
    assert last.status_code == 429
    assert 0 < int(last.headers["retry-after"]) <= 60
    assert last.json()["status"] == 429
    assert (await desk.program.gets("/mailboxes"))["items"]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER, Role.AGENT])
async def test_what_is_in_other_departments_does_not_exist(desk: Desk, role: Role) -> None:
    at = await desk.hears(subject="Secret", text="Secret words")
    await desk.hears(from_="Kim <kim@other.example>", subject="Secret too")
    company = desk.service.company
    press = await company.mailbox("press@us.example", "Press")
    ben = await desk.service.of(await company.agent("Ben Okafor", press.address, role=role.value))
    for method, path, permission in OF_ONE:
        if permission not in ALLOWED[role]:
            continue
        there = await ask(ben, method, path, at)
        nowhere = await ask(ben, method, path, 999_999)
        assert there.status_code == nowhere.status_code == 404, (method, path, there.text)
        assert there.json() == nowhere.json()
    for path, query in [
        ("/conversations", {}),
        ("/customers", {"address": "pat@customer.example"}),
    ]:
        assert (await ben.gets(path, **query))["items"] == []
    assert [one["name"] for one in (await ben.gets("/mailboxes"))["items"]] == ["Press"]
    other = await ben.asks("GET", "/conversations", params={"mailbox": desk.support.id})
    assert other.status_code == 404
    assert [one["text"] for one in await desk.messages(at)] == ["Secret words"]


async def test_each_role_may_what_it_may_on_the_web(desk: Desk) -> None:
    await desk.hears()
    await desk.hears(from_="Kim <kim@other.example>", subject="Laces")
    company = desk.service.company
    shared = {"query": "is:open", "mailbox": desk.support.id}
    await desk.program.does("POST", "/workspaces", shared)
    async with company.database.write() as db:
        now = datetime.now(UTC)
        await keep_text(db, Draft(name="a", language="en", body="a"), now=now)
        await add_rule(db, RuleDraft(name="Spam", document=SPAM), by=None, now=now)
        hook = WebhookDraft(name="CRM", url="https://crm.example/")
        await add_webhook(db, hook, networks=(), now=now, rng=bytes)
    for role in (Role.AGENT, Role.MANAGER, Role.ADMIN):
        person = await company.agent(f"{role.title()} Lee", desk.support.address, role=role.value)
        program = await desk.service.of(person)
        for method, path, permission in CLOSED:
            if method != "GET":
                continue
            status = (await ask(program, method, path)).status_code
            assert status == (200 if permission in ALLOWED[role] else 403), (role, path)


async def test_a_colleague_by_mail_alone_has_no_program(desk: Desk) -> None:
    async with desk.service.company.database.write() as db:
        await set_agent(db, desk.ann.email, {"role": "colleague"})
    for method, path, _permission in CLOSED:
        if method == "GET" or "/{" not in path:
            assert (await ask(desk.program, method, path)).status_code == 403, (method, path)


async def test_who_left_a_mailbox_is_out_at_once(desk: Desk) -> None:
    at = await desk.hears()
    async with desk.service.company.database.write() as db:
        await set_agent(db, desk.ann.email, {"mailboxes": ""})
    for method, path, permission in OF_ONE:
        if permission in ALLOWED[Role.AGENT]:
            assert (await ask(desk.program, method, path, at)).status_code == 404, (method, path)
