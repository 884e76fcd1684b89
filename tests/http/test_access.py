"""Who may do what: every route names its permission, and what is not yours does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from inbox.asgi.deps import Allow
from inbox.auth.permissions import ALLOWED, Permission, may
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company
from tests.http.conftest import OURS, Browser, Doors
from tests.http.rights import rows

AS_PART = {"hx-request": "true"}


def routes(app: FastAPI) -> Iterator[tuple[str, str, Permission]]:
    """Each method and path with the one permission that it asks for."""
    for route in chain.from_iterable(_routes(one) for one in app.routes):
        assert isinstance(route, APIRoute), route
        asked = [d.call for d in route.dependant.dependencies if isinstance(d.call, Allow)]
        assert len(asked) == 1, f"{route.path} has to name one permission"
        for method in sorted(route.methods or ()):
            yield method, route.path, asked[0].permission


def _routes(found: Any) -> list[Any]:
    """FastAPI keeps the routers that were included, each with its routes."""
    router = getattr(found, "original_router", None)
    return list(router.routes) if router else [found]


def filled(path: str, conversation: int, message: int) -> str:
    known = {"conversation_id": conversation, "message_id": message, "file_id": 1, "part": 0}
    known["digest"] = 0
    return re.sub(r"\{(\w+)\}", lambda m: str(known.get(m[1], "x")), path)


def test_the_table() -> None:
    viewers = {role: Viewer(id=1, name="A", email="a@us.example", role=role) for role in Role}
    assert {p for p in Permission if may(None, p)} == {Permission.PUBLIC}
    assert {p for p in Permission if may(viewers[Role.COLLEAGUE], p)} == {Permission.PUBLIC}
    for role in (Role.AGENT, Role.MANAGER, Role.ADMIN):
        assert {p for p in Permission if may(viewers[role], p)} == ALLOWED[role]
        assert Permission.READ in ALLOWED[role]


async def test_every_route_with_every_role(
    stranger: Browser, doors: Doors, company: Company
) -> None:
    """Each knocks at whatever is not for them, and reads what is: the table says which.

    Changes: `tests/http/test_changes.py`.
    """
    support = await company.mailbox("support@us.example", "Support")
    ann = await company.agent("Ann Berg", support.address)
    at = await company.receives(support)
    knocking = {
        "nobody": stranger,
        "colleague": await doors.open(await company.agent("Cleo Papas", role=Role.COLLEAGUE)),
        "agent": await doors.open(ann),
        "manager": await doors.open(
            await company.agent("Mia Wolf", support.address, role="manager")
        ),
        "admin": await doors.open(await company.agent("Ada King", support.address, role="admin")),
    }
    for (method, path), least in rows().items():
        is_change = method != "GET" or path == "/live"  # or a stream, which never ends
        if is_change or path.startswith("/api/") or least in ("nobody", "monitor"):
            continue  # of programs: tests/api/test_rights.py
        is_in = False
        for role, browser in knocking.items():
            is_in = is_in or role == least
            # As a part of a page, which is refused in few words.
            response = await browser.client.request(
                method, filled(path, at, 1), headers=OURS | AS_PART
            )
            if is_in:
                assert response.status_code not in (401, 403, 500), (role, method, path)
                assert "/sign-in" not in response.headers.get("hx-redirect", ""), (method, path)
            elif role in ("nobody", "colleague"):
                assert response.status_code == 401, (role, method, path)
                assert response.headers["hx-redirect"].startswith("/sign-in"), (method, path)
            else:
                assert response.status_code == 403, (role, method, path)


async def test_other_departments_do_not_exist(app: FastAPI, doors: Doors, company: Company) -> None:
    support = await company.mailbox("support@us.example", "Support")
    press = await company.mailbox("press@us.example", "Press")
    await company.agent("Ann Berg", support.address)
    files = (("a.txt", "text/plain", b"secret"),)
    at = await company.receives(support, subject="Secret", text="Secret words", files=files)
    for role in (Role.ADMIN, Role.MANAGER, Role.AGENT):
        ben = await doors.open(await company.agent(f"{role.title()} Lee", press.address, role=role))
        for method, path, permission in routes(app):
            if "{conversation_id}" not in path:
                continue
            there = await _ask(ben, method, filled(path, at, 1))
            assert there.status_code == 404, (method, path, permission)
            if role is Role.AGENT:
                nowhere = await _ask(ben, method, filled(path, 999_999, 1))
                assert (there.status_code, there.text) == (nowhere.status_code, nowhere.text)
        for path in ("/conversations?in=all", "/news?in=all"):
            assert "Secret" not in await ben.page(path)
        assert (await ben.get(f"/conversations?mailbox={support.id}")).status_code == 404
        marked = await ben.post("/closures", {"conversation": [str(at)]})
        assert marked.status_code == 404


@pytest.mark.parametrize("role", Role)
async def test_settings_are_ones_own(
    app: FastAPI, doors: Doors, company: Company, role: Role
) -> None:
    """Every page and change of them, with every role; what is in an address is never another's."""
    ben = await doors.open(await company.agent("Ben Okafor", role=role))
    theirs = [one for one in routes(app) if one[1].startswith("/settings")]
    assert len(theirs) > 20
    for method, path, permission in theirs:
        response = await ben.client.request(
            method, filled(path, 1, 1), headers=OURS, data={}, follow_redirects=False
        )
        if role is Role.COLLEAGUE:
            assert response.headers["location"].startswith("/sign-in"), (method, path)
        elif "{" in path:
            assert response.status_code == 404, (method, path)
        else:
            assert response.status_code in (200, 303, 422), (method, path, permission)
            assert not response.headers.get("location", "").startswith("/sign-in"), (method, path)


async def test_a_foreign_page_signs_nobody_in(app: FastAPI, stranger: Browser) -> None:
    """Else somebody would write under the name of whoever made that page."""
    for method, path, permission in routes(app):
        if method == "GET" or permission is not Permission.PUBLIC:
            continue
        for said in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.invalid"}):
            response = await stranger.client.request(method, filled(path, 1, 1), headers=said)
            assert response.status_code == 403, (method, path)


async def test_who_left_a_mailbox_is_out_at_once(doors: Doors, company: Company) -> None:
    from inbox.desk.people import set_agent

    support = await company.mailbox("support@us.example", "Support")
    ben = await company.agent("Ben Okafor", support.address)
    browser = await doors.open(ben)
    at = await company.receives(support)
    form = {**await browser.composer(at), "text": "Still me"}
    async with company.database.write() as db:
        await set_agent(db, ben.email, {"mailboxes": ""})
    assert (await browser.get(f"/conversations/{at}")).status_code == 404
    assert (await browser.post(f"/conversations/{at}/notes", form)).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.invalid"},
        {"origin": "null"},
        {"origin": "http://inbox.example.evil.invalid"},
        {},
    ],
)
async def test_changes_come_from_our_own_pages(
    app: FastAPI, doors: Doors, company: Company, headers: dict[str, str]
) -> None:
    browser, at = await _desk(doors, company)
    for method, path, permission in routes(app):
        if method == "GET" or permission is Permission.PUBLIC:
            continue
        response = await browser.client.request(method, filled(path, at, 1), headers=headers)
        assert response.status_code == 403, (method, path)
    assert "state-open" in await browser.page(f"/conversations/{at}")


async def test_a_client_that_says_nothing_shows_the_token_of_the_form(
    doors: Doors, company: Company
) -> None:
    browser, at = await _desk(doors, company)
    token = (await browser.composer(at))["csrf_token"]
    other = (await browser.composer(at))["csrf_token"]
    assert token != other
    path = f"/conversations/{at}/closure"
    assert (await browser.client.post(path, data={"csrf_token": "x" * 86})).status_code == 403
    assert (await browser.client.post(path, data={"csrf_token": token})).status_code == 200
    cleo = await doors.open(await company.agent("Cleo Papas", "support@us.example"))
    assert (await cleo.client.post(path, data={"csrf_token": token})).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/conversations/0",
        "/conversations/-1",
        "/conversations/99999999999999999999999",
        "/conversations/abc",
        "/conversations/1'",
        "/conversations/%F0%9F%92%A9",
        "/conversations/1/",
        "/conversations?page=nonsense",
        "/conversations?mailbox=99999999999999999999",
        "/conversations/1/news?after=99999999999999999999",
        "/conversations/1/news?after=-99999999999999999999",
        "/no-such-page<script>",
        "/static/../../etc/passwd",
        "/docs",
        "/openapi.json",
    ],
)
async def test_junk_is_answered_calmly(doors: Doors, company: Company, path: str) -> None:
    browser, _ = await _desk(doors, company)
    response = await browser.get(path)
    assert response.status_code in (200, 404, 422)
    assert "Traceback" not in response.text
    assert "<script>" not in response.text


async def _desk(doors: Doors, company: Company) -> tuple[Browser, int]:
    support: Mailbox = await company.mailbox("support@us.example", "Support")
    ann: Agent = await company.agent("Ann Berg", support.address)
    return await doors.open(ann), await company.receives(support)


async def _ask(browser: Browser, method: str, path: str) -> httpx2.Response:
    data = {"text": "x", "agent": "1"} if method != "GET" else None
    return await browser.client.request(
        method, path, data=data, headers={"sec-fetch-site": "same-origin"}
    )
