"""Other programs hear of what happens: signed, until they take it, and only where they may be."""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
from operator import mul
from typing import cast

import pytest
from sqlalchemy.pool import QueuePool

from inbox.clock import utcnow
from inbox.desk.move import move
from inbox.desk.webhooks import (
    WebhookDraft,
    add_webhook,
    change_webhook,
    renew_secret,
    send_again,
    send_by_rule,
    try_webhook,
)
from inbox.errors import Conflict, Invalid
from inbox.jobs.queue import enqueue
from inbox.model.actor import SYSTEM
from inbox.outbound.target import NoTarget, is_open, post, target_of
from tests.office import Office, office

__all__ = ["office"]
HERE = ("127.0.0.0/8",)


@dataclass
class Program:
    """Another program, that answers as it is told."""

    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value for name, value in lines}
        self.got.append((headers, await reader.readexactly(int(headers["content-length"]))))
        writer.write(self.answer)
        writer.close()


@asynccontextmanager
async def program(answer: bytes = Program.answer) -> AsyncIterator[Program]:
    found = Program(answer)
    async with await asyncio.start_server(found.hear, "127.0.0.1", 0) as server:
        found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        yield found


async def add(office: Office, url: str, *events: str, mailbox: str = "") -> tuple[int, str]:
    settings = office.context.settings.model_copy(update={"webhook_networks": HERE})
    office.context = replace(office.context, settings=settings)
    office.now = utcnow() - timedelta(hours=1)  # older than three days it is not sent any more
    async with office.database.write() as db:
        draft = WebhookDraft(name="CRM", url=url, events=events, mailbox=mailbox)
        made = await add_webhook(db, draft, networks=HERE, now=office.now, rng=bytes)
        return made.id, made.secret


async def test_a_program_hears_of_what_it_asked_for_signed(office: Office) -> None:
    billing = await office.mailbox("billing@us.example", name="Billing")
    async with program() as crm:
        hook, secret = await add(
            office,
            crm.url,
            "conversation.opened",
            "conversation.moved",
            mailbox="support@us.example",
        )
        home = await office.hears(office.letter("My words.", Subject="Boots"))
        async with office.database.write() as db:
            await move(db, home, billing, by=SYSTEM, now=office.now)
            await move(db, home, office.support, by=SYSTEM, now=office.now)
            await try_webhook(db, hook, now=office.now)
        await office.works()
    said = [json.loads(body) for _, body in crm.got]
    # Also that it left the mailbox; and what comes back to it.
    assert [one["type"] for one in said] == [
        *("conversation.opened", "conversation.moved", "conversation.moved", "ping")
    ]
    assert said[0]["data"]["message"]["text"] == "My words."
    assert said[0]["data"]["conversation"]["mailbox"]["address"] == "support@us.example"
    headers, body = crm.got[0]
    signs = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = hmac.new(b64decode(secret.removeprefix("whsec_")), signs, sha256).digest()
    assert headers["webhook-signature"] == f"v1,{b64encode(made).decode()}"
    assert await office.rows("select id from webhook_delivery where state <> 'sent'") == []


async def test_who_does_not_answer_gets_it_later_and_the_same(office: Office) -> None:
    async with program(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n") as crm:
        hook, _ = await add(office, crm.url, "*")
        await office.hears()
        await office.works()
        [row] = await office.rows("select state, tries, status, error, body from webhook_delivery")
        assert (row.state, row.tries, row.status) == ("waiting", 1, 302)
        assert "not followed" in row.error
        await office.hears(From="tom@else.example")
        await office.works()
        assert len(crm.got) == 1  # it rests: what comes after waits, too
        crm.answer = Program.answer
        await office.change("update webhook set rests_until = null")
        await office.change("update job set run_at = now() where done_at is null")
        await office.works()
        assert crm.got[0][1] == crm.got[1][1]
        assert crm.got[0][0]["webhook-id"] == crm.got[1][0]["webhook-id"]
        assert len(crm.got) == 3
    long_ago = office.now - timedelta(days=4)
    await office.change(
        "update webhook_delivery set state = 'waiting', created_at = :at where id = 1", at=long_ago
    )
    async with office.database.write() as db:
        await enqueue(db, "webhooks.deliver", delivery_id=1)
    await office.works()
    assert await office.one("select state from webhook_delivery where id = 1") == "dead"
    async with program() as crm, office.database.write() as db:
        draft = WebhookDraft(name="CRM", url=crm.url, events=("*",))
        await change_webhook(db, hook, draft, networks=HERE, now=office.now)
        assert (await send_again(db, 1, now=office.now)).state == "waiting"


async def test_nobody_waits_for_a_program_that_says_nothing(office: Office) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def thinks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun.set()
        await go_on.wait()
        await Program().hear(reader, writer)

    async with await asyncio.start_server(thinks, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        hook, _ = await add(office, f"http://127.0.0.1:{port}/hook")
        async with office.database.write() as db:
            await try_webhook(db, hook, now=office.now)
        working = asyncio.create_task(office.works())
        await begun.wait()
        pool = cast(QueuePool, office.database.engine.pool)
        assert pool.checkedout() == 0
        # One event after the other: the next one stands back.
        async with office.database.write() as db:
            await try_webhook(db, hook, now=office.now)
        await office.works()
        states = "select state, tries, error from webhook_delivery order by id"
        assert [tuple(one) for one in await office.rows(states)] == [("waiting", 0, None)] * 2
        go_on.set()
        await working
        await office.change("update job set run_at = now() where done_at is null")
        await office.works()
    assert [tuple(one) for one in await office.rows(states)] == [("sent", 1, None)] * 2


async def test_an_old_secret_counts_for_a_day_beside_the_new_one(office: Office) -> None:
    async with program() as crm:
        hook, old = await add(office, crm.url)
        for until in (1, -1):
            async with office.database.write() as db:
                new = (await renew_secret(db, hook, now=office.now, rng=lambda n: b"x" * n)).secret
                await try_webhook(db, hook, now=office.now)
            at = utcnow() + timedelta(hours=until)
            await office.change(
                "update webhook set old_secret = :old, old_until = :at", old=old, at=at
            )
            await office.works()
    signs = [headers["webhook-signature"].split() for headers, _ in crm.got]
    assert [len(one) for one in signs] == [2, 1]
    for (headers, body), each in zip(crm.got, signs, strict=True):
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        for secret, sign in zip((new, old), each, strict=False):
            made = hmac.new(b64decode(secret.removeprefix("whsec_")), said, sha256).digest()
            assert sign == f"v1,{b64encode(made).decode()}"


async def test_a_secret_that_was_made_twice_by_mistake_cuts_nobody_off(office: Office) -> None:
    """The program knows the first one alone: the second was shown for a moment."""
    async with program() as crm:
        hook, first = await add(office, crm.url)
        for letter in (b"x", b"y", b"z"):
            async with office.database.write() as db:
                await renew_secret(db, hook, now=utcnow(), rng=partial(mul, letter))
        async with office.database.write() as db:
            await try_webhook(db, hook, now=office.now)
        await office.works()
    [(headers, body)] = crm.got
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = hmac.new(b64decode(first.removeprefix("whsec_")), said, sha256).digest()
    assert f"v1,{b64encode(made).decode()}" in headers["webhook-signature"].split()


async def test_what_one_department_tells_a_program_is_for_that_one(office: Office) -> None:
    await office.mailbox("billing@us.example", name="Billing")
    await add(office, "https://crm.example/hook", mailbox="billing@us.example")
    home = await office.hears()
    async with office.database.write() as db:
        with pytest.raises(Invalid):
            await send_by_rule(db, home, "CRM", by=SYSTEM, message_id=None, now=office.now)


async def test_what_programs_heard_of_goes_with_the_event(office: Office) -> None:
    await add(office, "https://crm.example/hook", "*")
    await office.hears()
    assert await office.one("select count(*) from webhook_delivery") > 0
    await office.change("delete from event")
    assert await office.one("select count(*) from webhook_delivery") == 0


async def test_what_cannot_be_kept(office: Office) -> None:
    hook, _ = await add(office, "https://crm.example/hook")
    home = await office.hears()
    async with office.database.write() as db:
        draft = WebhookDraft(name="crm", url="https://crm.example/hook")
        with pytest.raises(Conflict):
            await add_webhook(db, draft, networks=(), now=office.now, rng=bytes)
        for wrong in (
            WebhookDraft(name="", url="https://crm.example"),
            WebhookDraft(name="x", url="https://10.0.0.1/"),
            WebhookDraft(name="x", url="https://crm.example", events=("nothing.happened",)),
        ):
            with pytest.raises(Invalid):
                await change_webhook(db, hook, wrong, networks=(), now=office.now)
        with pytest.raises(Invalid):
            await send_by_rule(db, home, "other", by=SYSTEM, message_id=None, now=office.now)


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        *((one, False) for one in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1")),
        *((one, False) for one in ("0.0.0.0", "224.0.0.1", "240.0.0.1", "::1", "fe80::1%eth0")),
        *(
            (one, False)
            for one in ("fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")
        ),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
        *((one, False) for one in ("fec0::1", "2001:470:1:2:0:5efe:7f00:1", "192.0.0.192")),
        *((one, False) for one in ("2001:470:1:2:200:5efe:a00:1", "192.88.99.1", "168.63.129.16")),
        ("2001:470:1:2:200:5efe:5db8:d822", True),
    ],
)
def test_which_addresses_are_of_the_open_internet(address: str, is_so: bool) -> None:
    assert is_open(address) is is_so
    assert is_open("10.1.2.3", ["10.0.0.0/8"])


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://crm.example", "https://", "https://me:pw@crm.example", "http://crm.example:25/"),
        *("http://127.0.0.1/", "http://[::1]/", "https://crm.example/#x", "https://a b.example"),
        *("http://[::ffff:10.0.0.1]/", "https://crm.example:x/", "", "https://x/" + "a" * 3000),
    ],
)
def test_where_nothing_is_ever_sent(url: str) -> None:
    with pytest.raises(NoTarget):
        target_of(url)


async def test_a_name_that_leads_inside_is_not_followed() -> None:
    async def rebinds(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "127.0.0.1"]

    answered = await post("https://crm.example/", b"{}", {}, look_up=rebinds)
    assert answered.status is None
    assert "private address 127.0.0.1" in answered.error

    async def nowhere(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    answered = await post("https://crm.example/", b"{}", {}, look_up=nowhere, seconds=0.01)
    assert "no answer" in answered.error
