"""Every change, of pages and of programs, with every role: done, or refused and nothing touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from inbox.api.app import PATH, create_api
from inbox.auth.tokens import create_token
from inbox.desk.templates import Draft, keep_text
from inbox.store.departments import stranger_of
from inbox.store.tables import Agent, CustomerAddress, Mailbox, Message, Row
from tests.http.changes import given
from tests.http.company import Company
from tests.http.conftest import OURS, Browser, Doors
from tests.http.rights import rows

pytestmark = pytest.mark.slow

ROLES: Final = ("nobody", "colleague", "agent", "manager", "admin")
_OF = "/conversations/{conversation_id}"
_ANSWER = f"{_OF}/messages/{{message_id}}"
# After these a conversation is not where it was, or not what it was.
MOVES: Final = {
    *("/moves", "/merges", "/spam"),
    *(f"{_OF}{more}" for more in ("/mailbox", "/splits", "/merge", "/spam", "/closure", "/draft")),
    *(_ANSWER, f"{_ANSWER}/home"),
    *(f"{PATH}{_OF}{more}" for more in ("/mailbox", "/splits", "/merges", "/spam", "/closure")),
    f"{PATH}/messages/{{message_id}}/conversation",
}
_TAKEN_BACK = {f"{where}{_OF}/{what}" for where in ("", PATH) for what in ("spam", "closure")}
_TAKEN_BACK |= {f"{_OF}/draft"}
# What is removed after all else was done to it.
_LAST = (
    "/workspaces/{workspace_id}",
    *("/house/rules/{rule_id}", f"{PATH}/rules/{{rule_id}}"),
    *("/house/webhooks/{webhook_id}", f"{PATH}/webhooks/{{webhook_id}}"),
    *("/house/people/{agent_id}/access", f"{PATH}/people/{{person_id}}/access"),
    *("/house/mailboxes/{mailbox_id}", f"{PATH}/house/mailboxes/{{mailbox_id}}"),
    "/house/departments/{department_id}",
    "/session",
)
# What the company of this walk has not got, or says wrongly: each has tests of its own.
REFUSED: Final = {
    ("POST", "/set-aside/{spool_id}/tries"): 404,  # no mail that is set aside
    **{(one, f"{_ANSWER}/release"): 404 for one in ("POST", "DELETE")},
    **{(one, f"{_ANSWER}/pictures"): 404 for one in ("POST", "DELETE")},
    ("DELETE", f"{_OF}/followers"): 404,  # nobody was drawn in
    ("DELETE", f"{PATH}{_OF}/followers/me"): 404,
    ("DELETE", f"{_OF}/corrections/{{event_id}}"): 404,  # nothing was put right
    ("DELETE", f"{PATH}{_OF}/corrections/{{correction_id}}"): 404,
    ("PUT", "/settings/password"): 422,  # without the old one
    **{(one, "/settings/second-step"): 422 for one in ("PUT", "DELETE")},  # without a code
    ("POST", "/settings/recovery-codes"): 422,
    ("DELETE", "/settings/sessions/{name}"): 404,  # there is no other
    ("POST", "/house/texts/imports"): 422,  # without a file
    ("POST", "/house/mailboxes/{mailbox_id}/logo"): 422,
    ("POST", "/setup/mailbox"): 422,  # without its name
    ("POST", "/house/mailboxes/{mailbox_id}/trials"): 422,
}
# The newest of each thing, which the walk itself has made, or what a conversation began with.
_NUMBERS: Final = {
    "message_id": "select min(id) from message where conversation_id = :at",
    "newest": "select max(id) from message where conversation_id = :at",
    "answer": "select max(id) from message"
    " where conversation_id = :at and author_kind = 'agent' and visibility = 'public'",
    "event_id": "select max(id) from event where conversation_id = :at",
    "correction_id": "select max(id) from event where conversation_id = :at",
    "note_id": "select max(id) from customer_note where removed_at is null",
    "merge_id": "select max(id) from customer_merge",
    "customer_id": "select customer_id from conversation where id = :at",
    "spool_id": "select max(id) from spool",
    "workspace_id": "select max(id) from workspace where agent_id = :me",
    "text_id": "select max(id) from template",
    "template_id": "select max(id) from template",
    "rule_id": "select max(id) from rule where removed_at is null",
    "webhook_id": "select max(id) from webhook",
    "delivery_id": "select max(id) from webhook_delivery",
    "token_id": "select max(id) from api_token where agent_id = :me",
    "password_id": "select max(id) from mail_password where agent_id = :me",
    "agent_id": "select max(id) from agent where name in ('New', 'Newer', 'Other')",
    "person_id": "select max(id) from agent where name in ('New', 'Newer', 'Other')",
    "department_id": "select max(id) from agent where name = 'Stores'",
    "mailbox_id": "select max(id) from mailbox where removed_at is null",
}
_SAID: Final = {
    "number": "+49 30 1234567",
    "letter": "a-letter",
    "kind": "reply",
    "version": "1",
    "alone": "me",  # what a form says for one's own
}


_TAGS: Final = {  # as they are called when their turn has come
    ("PUT", "/house/tags/{name}"): "vip",
    ("DELETE", "/house/tags/{name}"): "important",
    ("PUT", f"{PATH}/tags/{{name}}"): "glue",
    ("DELETE", f"{PATH}/tags/{{name}}"): "other",
}


@dataclass(slots=True)
class Walker:
    """Somebody with a browser and a program, and the conversation that they try it on."""

    company: Company
    support: Mailbox
    named: dict[str, Any]
    client: httpx2.AsyncClient
    token: str = ""

    async def ask(self, method: str, path: str) -> httpx2.Response:
        """The change, asked for as a page or a program does."""
        here = dict(self.named)
        if path.endswith("/sending") or (method, path) == ("DELETE", _ANSWER):
            here["message_id"] = here["answer"]
        here["message"], here["event"] = here["message_id"], here["event_id"]
        here["name"] = _TAGS.get((method, path), "x")
        here["address"] = "pat@home.example" if "/customers/" in path else here["max"]
        url = re.sub(r"\{(\w+)\}", lambda found: str(here[found[1]]), path)
        body = {name: _meant(value, here) for name, value in given(method, path).items()}
        if path.startswith(PATH):
            said = {"authorization": f"Bearer {self.token}"} if self.token else {}
            return await self.client.request(method, url, json=body, headers=said)
        headers = OURS | {"hx-request": "true"}
        return await self.client.request(
            method, url, data=body, headers=headers, follow_redirects=False
        )

    async def begin_anew(self) -> None:
        """A conversation of two mails that nobody has touched."""
        subject = f"Boots {self.named['me']} after {self.named.get('conversation')}"
        at = await self.company.receives(self.support, subject=subject)
        await self.company.receives(self.support, subject=subject, text="Still?", into=at)
        self.named |= {"conversation": at, "conversation_id": at}

    async def look(self) -> None:
        """Learns the numbers of what is there now."""
        asked = ", ".join(f"({one}) as {name}" for name, one in _NUMBERS.items())
        values = {"at": self.named["conversation"], "me": self.named["me"]}
        async with self.company.database.read() as db:
            self.named |= (await db.execute(text(f"select {asked}"), values)).mappings().one()


def _meant(value: object, here: dict[str, Any]) -> object:
    if isinstance(value, list):
        return [_meant(one, here) for one in value]
    return here.get(value, value) if isinstance(value, str) else value


async def _untouched(company: Company) -> dict[str, str]:
    """A fingerprint of every table but those that say who came by."""
    asked = " union all ".join(
        f"select '{name}', md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
        f' from "{name}" t'
        for name in Row.metadata.tables
        if name not in ("session", "login_attempt", "api_token")
    )
    async with company.database.read() as db:
        return {name: seen for name, seen in await db.execute(text(asked))}


async def _walker(company: Company, doors: Doors, role: str, **shared: Any) -> Walker:
    support: Mailbox = shared["support"]
    is_here = role not in ("nobody", "colleague")
    person = await company.agent(
        f"{role.title()} Lee",
        *((support.address, "billing@us.example") if is_here else ()),
        role=role if is_here else "colleague",
    )
    browser = await doors.open(person)
    strangers = {one: f"{one}.{person.email}" for one in ("lee", "liz", "max")}
    walker = Walker(
        company, support, _SAID | shared | strangers | {"me": person.id}, browser.client
    )
    async with company.database.write() as db:
        for address in strangers.values():
            await stranger_of(db, address, "Lee", shared["first"], now=company.now)
        if is_here:
            one = await db.get_one(Agent, person.id)
            walker.token = await create_token(db, one, "walk", now=company.now)
    await walker.begin_anew()
    walker.named["into"] = walker.named["conversation"]
    await walker.begin_anew()
    return walker


CHANGES: Final = sorted(
    (one for one in rows() if one[0] != "GET"),
    key=lambda one: _LAST.index(one[1]) + 1 if one[0] == "DELETE" and one[1] in _LAST else 0,
)


async def _shared(company: Company) -> dict[str, Any]:
    support = await company.mailbox("support@us.example", "Support")
    billing = await company.mailbox("billing@us.example", "Billing")
    await company.receives(support, from_="Kim <kim@other.example>")
    async with company.database.write() as db:
        draft = Draft(name="Hello", language="en", body="Hello")
        kept = await keep_text(db, draft, now=company.now)
        kim = await db.scalar(select(CustomerAddress.customer_id))
        first = await db.scalar(select(Message.id))
        text_id = kept.template.id
    numbers = {"mailbox": support.id, "billing": billing.id, "kim": kim, "text": text_id}
    return numbers | {"support": support, "first": first}


async def test_every_change_by_who_may_and_by_who_may_not(
    app: FastAPI, doors: Doors, company: Company, stranger: Browser
) -> None:
    """Who may not touches nothing; who may is heard, or told in words what was wrong with it."""
    app.mount(PATH, create_api(app.state.house))
    shared = await _shared(company)
    least = {one: ROLES.index(role) for one, role in rows().items() if role in ROLES}
    for rank, role in enumerate(ROLES):
        walker = await _walker(company, doors, role, **shared)
        if role == "nobody":
            walker.client, walker.token = stranger.client, ""
        await walker.look()
        before = await _untouched(company)
        for one in CHANGES:
            if least.get(one, -1) > rank:
                response = await walker.ask(*one)
                assert response.status_code == (403 if rank > 1 else 401), (role, one)
        assert await _untouched(company) == before, role
        # A manager may what an agent and an administrator may (`test_the_table`): theirs alone.
        lowest = rank if role == "manager" else 1
        heard = [one for one in CHANGES if lowest <= least.get(one, -1) <= rank]
        wrong = [said for one in heard if (said := await _is_wrong(walker, one))]
        assert not wrong, f"as {role}: give each something in tests/http/changes.py"


async def _is_wrong(walker: Walker, one: tuple[str, str]) -> str:
    """Why a change is not as it should be for somebody who may make it; nothing when it is."""
    method, path = one
    await walker.look()
    response = await walker.ask(method, path)
    if path in MOVES and (method == "DELETE" or path not in _TAKEN_BACK):
        await walker.begin_anew()
    status, wanted = response.status_code, REFUSED.get(one)
    is_led_away = "/sign-in" in response.headers.get("location", "") and path != "/session"
    is_right = status == wanted if wanted else 200 <= status < 400
    return "" if is_right and not is_led_away else f"{method} {path} {status}"
