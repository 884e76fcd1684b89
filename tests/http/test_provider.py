"""Signing in at the organisation's provider."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import pytest

from inbox.settings import Settings
from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company
from tests.http.conftest import NOON, Browser
from tests.http.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider

HOME = "/conversations"


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with identity_provider(NOON) as provider:
        yield provider


@pytest.fixture
def settings(provider: IdentityProvider) -> Settings:
    return Settings(
        web_url="http://inbox.example",
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_name="Us SSO",
    )


async def leave(browser: Browser, target: str = "/") -> str:
    """To the provider, which agrees: the address at which the browser comes back."""
    away = await browser.get(f"/sign-in/provider?next={quote(target)}", follow_redirects=False)
    assert away.status_code == 303
    async with httpx2.AsyncClient() as client:
        agreed = await client.get(away.headers["location"])
    return str(agreed.headers["location"]).removeprefix("http://inbox.example")


async def arrives(browser: Browser, target: str = "/") -> httpx2.Response:
    return await browser.get(await leave(browser, target))


async def test_who_is_known_here_and_there_comes_in(
    stranger: Browser, ann: Agent, provider: IdentityProvider
) -> None:
    assert "Sign in with Us SSO" in await stranger.page("/sign-in")
    there = await arrives(stranger, "/conversations?in=mine#message-3")
    assert str(there.url).endswith("/conversations?in=mine#message-3")
    out = await stranger.post("/session?_method=delete")
    assert "/sign-in/provider/sign-out" in out.text
    gone = await stranger.get("/sign-in/provider/sign-out", follow_redirects=False)
    assert gone.headers["location"].startswith(f"{provider.url}/leave?client_id=inbox&")
    # Known by their id from now on, whatever address the provider tells, proved or not.
    provider.claims |= {"email": "ann.berg@us.example", "email_verified": False}
    assert (await arrives(stranger)).url.path == HOME


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email": "nobody@us.example"},
        {"email": "cleo@us.example"},  # a colleague, who works by mail alone
        {"email": ""},
        {"email": ["ann@us.example"]},
    ],
)
async def test_nobody_else_comes_in_and_nobody_is_made(
    stranger: Browser,
    company: Company,
    ann: Agent,
    provider: IdentityProvider,
    claims: dict[str, Any],
) -> None:
    await company.agent("Cleo Papas", role="colleague")
    provider.claims |= claims
    refused = await arrives(stranger)
    assert refused.status_code == 403
    assert "inbox_session" not in stranger.client.cookies


async def test_an_address_that_was_given_to_somebody_else_there_opens_nothing(
    stranger: Browser, ann: Agent, provider: IdentityProvider
) -> None:
    await arrives(stranger)
    stranger.client.cookies.clear()
    provider.claims |= {"sub": "another-ann"}
    assert (await arrives(stranger)).status_code == 403


@pytest.mark.parametrize(
    "lie",
    [
        {"signs_with": "somebody's"},
        {"algorithm": "none"},
        {"claims": {"aud": "another"}},
        {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
        {"claims": {"iss": "https://another.example"}},
        {"claims": {"nonce": "of another question"}},
        {"claims": {"exp": int(NOON.timestamp()) - 120}},
        {"claims": {"sub": ""}},
    ],
    ids=str,
)
async def test_an_id_token_that_does_not_count(
    stranger: Browser, ann: Agent, provider: IdentityProvider, lie: dict[str, Any]
) -> None:
    for name, value in lie.items():
        setattr(provider, name, provider.claims | value if name == "claims" else value)
    assert (await arrives(stranger)).status_code == 403
    assert "inbox_session" not in stranger.client.cookies


async def test_the_answer_to_a_question_of_another_browser_opens_nothing(
    stranger: Browser, ann: Agent
) -> None:
    """Else somebody could be signed in as whom they are not, and write under that name."""
    back = await leave(stranger)
    parcel = stranger.client.cookies["inbox_provider"]
    stranger.client.cookies.clear()
    assert (await stranger.get(back)).status_code == 403
    await leave(stranger)
    assert (await stranger.get(back)).status_code == 403
    stranger.client.cookies.clear()
    stranger.client.cookies.set("inbox_provider", parcel[:-9] + "A" * 9)
    assert (await stranger.get(back)).status_code == 403
    # The rest of it fits.
    back = re.sub(r"state=[^&]*", "state=x", await leave(stranger))
    assert (await stranger.get(back)).status_code == 403
    assert "inbox_session" not in stranger.client.cookies


async def test_an_answer_opens_once(stranger: Browser, ann: Agent) -> None:
    back = await leave(stranger)
    parcel = stranger.client.cookies["inbox_provider"]
    assert (await stranger.get(back)).url.path == HOME
    stranger.client.cookies.clear()
    stranger.client.cookies.set("inbox_provider", parcel)
    assert (await stranger.get(back)).status_code == 403


async def test_the_provider_learns_what_it_needs_and_leads_nobody_elsewhere(
    stranger: Browser, ann: Agent
) -> None:
    away = await stranger.get(
        "/sign-in/provider?next=https://evil.invalid/", follow_redirects=False
    )
    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert asked["redirect_uri"] == ["http://inbox.example/sign-in/provider/callback"]
    assert asked["scope"] == ["openid email"]
    assert asked["code_challenge_method"] == ["S256"]
    async with httpx2.AsyncClient() as client:
        agreed = await client.get(away.headers["location"])
    there = await stranger.get(agreed.headers["location"])
    assert there.url.host == "inbox.example"


async def test_new_keys_are_asked_for(
    stranger: Browser, ann: Agent, support: Mailbox, provider: IdentityProvider
) -> None:
    await arrives(stranger)
    stranger.client.cookies.clear()
    provider.published = provider.signs_with = "second"
    assert (await arrives(stranger)).url.path == HOME
    assert provider.requests.count("/keys") == 2


@pytest.mark.parametrize(
    ("more", "comes_in"),
    [
        ({"sub": "ann-1", "email": "ann@us.example", "email_verified": True}, True),
        ({"sub": "ann-1", "email": "ann@us.example", "email_verified": False}, False),
        ({"sub": "somebody-else", "email": "ann@us.example", "email_verified": True}, False),
        ({"sub": "ann-1"}, False),
    ],
    ids=str,
)
async def test_a_provider_whose_id_token_names_no_address_is_asked_for_it(
    stranger: Browser,
    ann: Agent,
    support: Mailbox,
    provider: IdentityProvider,
    more: dict[str, Any],
    comes_in: bool,
) -> None:
    """As OpenID Connect Core §5.4 has it, and the strict ones do."""
    provider.claims, provider.more = {"sub": "ann-1"}, more
    there = await arrives(stranger)
    assert (there.url.path == HOME) is comes_in


async def test_an_answer_that_names_another_provider_opens_nothing(
    stranger: Browser, ann: Agent
) -> None:
    """RFC 9207: else one provider could pass on what is meant for another."""
    back = await leave(stranger)
    assert (await stranger.get(f"{back}&iss=https://evil.invalid")).status_code == 403


async def test_a_provider_that_calls_itself_something_else(
    stranger: Browser, ann: Agent, provider: IdentityProvider
) -> None:
    provider.url = "http://127.0.0.2"
    assert (await stranger.get("/sign-in/provider")).status_code == 403
