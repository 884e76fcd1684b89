"""The first start: whoever can read what the service printed makes the first administrator."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from inbox.auth.first import setup_token
from inbox.store.engine import Database
from inbox.store.tables import Agent, Mailbox
from tests.http.company import PASSWORD, SECRET, Company
from tests.http.conftest import Browser

FORM = {
    "token": setup_token(SECRET),
    "name": "Ann Berg",
    "email": "Ann@Us.example",
    "password": PASSWORD,
    "language": "en",
    "zone": "Europe/Rome",
}
MAILBOX = {"address": "support@us.example", "name": "Support", "language": "de", "zone": "UTC"}


async def test_the_first_start(stranger: Browser, database: Database) -> None:
    assert "Nobody is here yet" in (await stranger.get("/")).text
    page = await stranger.page(f"/setup?token={setup_token(SECRET)}")
    assert 'aria-current="step">You' in page
    response = await stranger.post("/setup", FORM)
    assert response.url.path == "/setup/mailbox"
    response = await stranger.post("/setup/mailbox", MAILBOX | {"address": "support"})
    assert response.status_code == 422
    assert 'value="support"' in response.text
    response = await stranger.post("/setup/mailbox", MAILBOX)
    assert response.url.path.endswith("/trials")
    assert "set INBOX_RELAY_URL" in response.text
    # Whoever went away in between goes on where they were.
    assert (await stranger.get("/setup/mailbox")).url.path.endswith("/trials")
    assert "To the inbox" in await stranger.page("/house/people/new?step=5")
    asked = await stranger.page("/house/people/new?email=bob%40corp.example&role=colleague")
    assert 'value="bob@corp.example"' in asked
    async with database.read() as db:
        agent = (await db.scalars(select(Agent))).one()
        mailbox = (await db.scalars(select(Mailbox))).one()
    assert (agent.email, agent.role) == ("ann@us.example", "admin")
    assert (agent.language, agent.time_zone) == ("en", "Europe/Rome")
    assert (mailbox.name, mailbox.language) == ("Support", "de")


async def test_only_with_the_token(stranger: Browser) -> None:
    assert (await stranger.get("/setup")).status_code == 403
    assert (await stranger.get("/setup?token=" + "0" * 32)).status_code == 403
    assert (await stranger.post("/setup", {**FORM, "token": ""})).status_code == 403
    assert (await stranger.post("/setup", {**FORM, "token": "é"})).status_code == 403


async def test_only_once(stranger: Browser, company: Company, database: Database) -> None:
    await company.agent("Ann Berg")
    assert (await stranger.get("/setup?token=" + "0" * 32)).status_code == 404
    # Who comes back, or comes second, goes on where the first start is: after signing in.
    for response in (
        await stranger.get(f"/setup?token={FORM['token']}"),
        await stranger.post("/setup", FORM | {"email": "ben@us.example"}),
    ):
        assert str(response.url).endswith("/sign-in?next=/setup/mailbox")
    async with database.read() as db:
        assert len((await db.scalars(select(Agent))).all()) == 1


async def test_without_a_mailbox_the_pages_of_mailboxes_lead_to_the_first(
    stranger: Browser,
) -> None:
    await stranger.post("/setup", FORM)
    assert (await stranger.get("/house/mailboxes")).url.path == "/setup/mailbox"
    response = await stranger.post("/setup/mailbox", MAILBOX | {"zone": "Asia/Tokyo", "name": ""})
    assert "<option selected>Asia/Tokyo" in response.text


async def test_what_was_typed_stays(stranger: Browser) -> None:
    response = await stranger.post("/setup", {**FORM, "password": "short"})
    assert response.status_code == 422
    at_field = r'name="password"[^>]*aria-invalid="true"[^>]*><span[^>]*>[^<]*at least 10'
    assert re.search(at_field, response.text)
    assert 'value="Ann@Us.example"' in response.text
    assert "short" not in response.text.replace("shortcut", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "kurz"}, "Das Passwort braucht mindestens 10 Zeichen."),
        ({"password": "lang" * 300}, "Das Passwort ist zu lang."),
        ({"email": "ann"}, "Das ist keine Mailadresse: ann"),
        ({"name": "Ann\x07"}, "Ein Name ist eine Zeile"),
    ],
)
async def test_what_is_wrong_is_said_in_the_language_of_the_browser(
    stranger: Browser, wrong: dict[str, str], said: str
) -> None:
    response = await stranger.post("/setup", {**FORM, **wrong}, headers={"accept-language": "de"})
    assert response.status_code == 422
    assert said in response.text
