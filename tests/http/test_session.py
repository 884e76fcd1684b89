"""Signing in, staying signed in, signing out."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx2
import pytest

from inbox.desk.people import disable_agent
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.web.app import create_app
from tests.http.company import PASSWORD, SECRET, Company
from tests.http.conftest import OURS, Browser, Clock

EMAIL = "ann@us.example"


@pytest.fixture(autouse=True)
async def ann(company: Company) -> None:
    await company.mailbox("support@us.example", "Support")
    await company.agent("Ann Berg", "support@us.example")


async def sign_in(browser: Browser, password: str = PASSWORD, **more: str) -> int:
    form = {"email": EMAIL, "password": password, **more}
    return int((await browser.post("/sign-in", form)).status_code)


async def test_a_stranger_is_led_to_the_form_and_back(stranger: Browser) -> None:
    response = await stranger.get("/conversations?in=mine")
    assert response.url.path == "/sign-in"
    assert "/conversations?in=mine" in response.text
    response = await stranger.post(
        "/sign-in",
        {"email": EMAIL, "password": PASSWORD, "next": "/conversations?in=mine#message-3"},
    )
    assert str(response.url).endswith("/conversations?in=mine#message-3")


@pytest.mark.parametrize(
    ("asked", "target", "back"),
    [
        ("/conversations/7?in=open", "section#conversation", "/conversations/7%3Fin%3Dopen"),
        ("/news?in=open", "div#rows", "/conversations/3%3Fin%3Dopen#message-5"),
    ],
)
async def test_who_is_signed_out_meanwhile_goes_on_where_they_wanted(
    stranger: Browser, asked: str, target: str, back: str
) -> None:
    part = {"hx-request": "true", "hx-target": target}
    at = {"hx-current-url": "https://inbox.example/conversations/3?in=open#message-5"}
    response = await stranger.client.get(asked, headers=part | at)
    assert response.status_code == 401
    assert response.headers["hx-redirect"] == f"/sign-in?next={back}"
    page = await stranger.get(response.headers["hx-redirect"])
    assert "what you wanted to see comes right after" in page.text


@pytest.mark.parametrize(
    "target",
    ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:1", "/%0d\n"],
)
async def test_nobody_is_led_elsewhere(stranger: Browser, target: str) -> None:
    response = await stranger.post(
        "/sign-in", {"email": EMAIL, "password": PASSWORD, "next": target}
    )
    assert response.url.host == "inbox.example"
    assert response.url.path == "/conversations"


async def test_the_cookie_is_for_us_alone(stranger: Browser) -> None:
    response = await stranger.client.post(
        "/sign-in", data={"email": EMAIL, "password": PASSWORD}, follow_redirects=False
    )
    cookie = next(c for c in response.headers.get_list("set-cookie") if "inbox_session" in c)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Domain" not in cookie


async def test_a_session_chosen_by_somebody_else_is_not_taken(stranger: Browser) -> None:
    stranger.client.cookies.set("inbox_session", "A" * 43)
    await sign_in(stranger)
    assert {c.value for c in stranger.client.cookies.jar if c.name == "inbox_session"} - {"A" * 43}
    stranger.client.cookies.clear()
    stranger.client.cookies.set("inbox_session", "A" * 43)
    assert (await stranger.get("/conversations")).url.path == "/sign-in"


async def test_wrong_name_and_wrong_password_sound_alike(stranger: Browser) -> None:
    known = await stranger.post("/sign-in", {"email": EMAIL, "password": "wrong"})
    unknown = await stranger.post("/sign-in", {"email": "no@us.example", "password": "wrong"})
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace(EMAIL, "") == unknown.text.replace("no@us.example", "")
    described = 'required aria-invalid="true" aria-describedby="why"'
    assert known.text.count(described) == 2  # neither field says that it is the other one
    assert 'role="alert" id="why"' in known.text


async def test_a_password_without_end_is_not_hashed(stranger: Browser) -> None:
    assert await sign_in(stranger, "x" * 2000) == 401
    assert (await stranger.post("/sign-in", {"password": "x" * 200_000})).status_code == 413


async def test_guessing_becomes_slow_and_ends_by_itself(stranger: Browser, clock: Clock) -> None:
    for _ in range(5):
        assert await sign_in(stranger, "wrong") == 401
    refused = await stranger.post("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 60
    clock.now += timedelta(seconds=61)
    assert await sign_in(stranger) == 200


async def test_guessing_elsewhere_does_not_lock_out_a_known_browser(
    stranger: Browser, doors: object, clock: Clock
) -> None:
    assert await sign_in(stranger) == 200
    mine = dict(stranger.client.cookies)
    stranger.client.cookies.clear()
    for _ in range(6):
        await sign_in(stranger, "wrong")
    assert await sign_in(stranger) == 429
    stranger.client.cookies.set("inbox_device", mine["inbox_device"])
    assert await sign_in(stranger) == 200


async def test_signing_out_ends_the_session_everywhere(stranger: Browser) -> None:
    await sign_in(stranger)
    kept = dict(stranger.client.cookies)
    await stranger.post("/session?_method=delete")
    stranger.client.cookies.set("inbox_session", kept["inbox_session"])
    assert (await stranger.get("/conversations")).url.path == "/sign-in"


async def test_looking_at_the_address_of_signing_out_does_nothing(stranger: Browser) -> None:
    await sign_in(stranger)
    assert (await stranger.get("/session?_method=delete")).status_code == 405
    assert (await stranger.get("/conversations")).url.path == "/conversations"


async def test_who_is_disabled_is_out_at_once(
    stranger: Browser, company: Company, clock: Clock
) -> None:
    await sign_in(stranger)
    async with company.database.write() as db:
        await disable_agent(db, EMAIL, now=clock.now)
    assert (await stranger.get("/conversations")).url.path == "/sign-in"
    assert await sign_in(stranger) == 401


async def test_a_colleague_has_no_web_view(stranger: Browser, company: Company) -> None:
    await company.agent("Cleo Papas", "support@us.example", role="colleague")
    response = await stranger.post("/sign-in", {"email": "cleo@us.example", "password": PASSWORD})
    assert response.status_code == 401


async def test_a_session_ends_when_it_is_not_used(stranger: Browser, clock: Clock) -> None:
    await sign_in(stranger)
    clock.now += timedelta(days=13)
    assert (await stranger.get("/conversations")).url.path == "/conversations"
    clock.now += timedelta(days=13)
    assert (await stranger.get("/conversations")).url.path == "/conversations"
    clock.now += timedelta(days=15)
    assert (await stranger.get("/conversations")).url.path == "/sign-in"


async def test_whoever_guesses_all_at_once_waits_as_well(stranger: Browser) -> None:
    said = await asyncio.gather(*(sign_in(stranger, f"wrong {one}") for one in range(8)))
    assert sorted(said) == [401] * 5 + [429] * 3


async def test_under_https_nothing_is_kept_or_asked_for_in_the_clear(
    database: Database, clock: Clock
) -> None:
    settings = Settings(web_url="https://inbox.example", relay_url=None)
    app = create_app(settings, database, SECRET, asyncio.Event())
    app.state.house.clock = clock
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=settings.public_url) as client:
        form = {"email": EMAIL, "password": PASSWORD}
        response = await client.post("/sign-in", data=form, headers=OURS)
        kept = response.headers.get_list("set-cookie")
        assert len(kept) > 1
        assert all(one.startswith("__Host-") and "; Secure" in one for one in kept)
        assert not any("Domain" in one for one in kept)
        assert response.headers["strict-transport-security"].startswith("max-age=31536000")
        assert (await client.get("/conversations")).status_code == 200


async def test_whoever_signs_in_anew_leaves_no_session_behind(stranger: Browser) -> None:
    await sign_in(stranger)
    before = stranger.client.cookies["inbox_session"]
    await sign_in(stranger)
    stranger.client.cookies.clear()
    stranger.client.cookies.set("inbox_session", before)
    assert (await stranger.get("/conversations")).url.path == "/sign-in"
