"""`inbox doctor`: what it looks at, and what it calls broken."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP
from sqlalchemy import text

from inbox.auth.mail_passwords import add_mail_password
from inbox.clock import utcnow
from inbox.desk.mailboxes import add_mailbox
from inbox.desk.people import add_agent, set_agent, the_agent
from inbox.intake.spool import accept
from inbox.mail_auth.dns import Lookup, Temporary, Value
from inbox.model.mail import Envelope
from inbox.run.doctor import examine
from inbox.run.doctor_proof import examine_certificate, examine_proof
from inbox.run.finding import Finding, State
from inbox.run.ports import Ports
from inbox.settings import Settings
from inbox.store.blobs import place
from inbox.store.engine import Database
from inbox.store.rights import learn_proof, proved_addresses
from tests.service import free_listen, inbox

pytestmark = pytest.mark.database


class NoDns:
    """A machine without a name server."""

    def until(self, deadline: float) -> Lookup:
        """Nobody answers."""

        def ask(name: str, kind: str) -> list[Value]:
            raise Temporary("no name server")

        return ask


def _settings(url: str, **changed: str) -> Settings:
    listen = {"smtp_listen": free_listen(), "web_listen": free_listen()}
    return Settings.model_validate({"database_url": url, **listen, **changed})


async def _examined(settings: Settings) -> dict[str, Finding]:
    findings = await asyncio.to_thread(examine, settings, NoDns())
    return {finding.what: finding for finding in findings}


async def test_a_database_that_may_lose_mail_is_broken(database_url: str) -> None:
    """The tests' own server: it has fsync off, because nothing on it has to last."""
    found = await _examined(_settings(database_url))
    assert found["database"].state is State.BROKEN
    assert "fsync" in found["database"].says


async def test_people_and_mailboxes(database: Database) -> None:
    settings = _settings(database.url)
    found = await _examined(settings)
    assert found["mailboxes"].state is State.DOUBTFUL
    async with database.write() as db:
        await add_mailbox(db, address="support@shop.example", name="Support")
        await add_mailbox(db, address="sales@shop.example", name="Sales")
        await add_agent(
            db,
            email="ann@shop.example",
            name="Ann",
            role="admin",
            mailboxes=["sales@shop.example"],
            password_hash="a hash",
        )
    found = await _examined(settings)
    assert found["schema"].state is State.GOOD
    assert found["mailboxes"].says == "support@shop.example, sales@shop.example"
    assert found["support@shop.example"].says == "nobody is told of its mail"
    assert "administrator" not in found
    assert found["DNS of shop.example"].state is State.DOUBTFUL


async def test_where_raw_mail_lies(database: Database, tmp_path: Path) -> None:
    now, was, gone = (place((tmp_path / name).as_uri()) for name in ("now", "was", "gone"))
    for each in ("now", "was", "gone"):
        (tmp_path / each).mkdir()
    envelope = Envelope(sender="jane@shop.example", recipients=("support@us.example",))
    async with database.write() as db:
        for blobs in (was, gone):
            await accept(db, blobs.url.encode(), envelope, now=utcnow(), blobs=blobs)
    (tmp_path / "gone").rename(tmp_path / "elsewhere")
    found = await asyncio.to_thread(examine, _settings(database.url, blobs=now.url), NoDns())
    told = [one for one in found if one.what in ("INBOX_BLOBS", "raw mail")]
    assert {(one.state, one.says) for one in told} == {
        (State.GOOD, f"{now.url} can be written, read and cleared"),
        (State.GOOD, f"1 mails lie in {was.url}"),
        (State.BROKEN, f"the folder {tmp_path / 'gone'}, set by INBOX_BLOBS, is not there"),
    }
    found = await asyncio.to_thread(examine, _settings(database.url, blobs=gone.url), NoDns())
    assert [one.state for one in found if one.what == "INBOX_BLOBS"] == [State.BROKEN]


async def test_the_relay(database_url: str) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(object(), loop=loop), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        found = await _examined(_settings(database_url, relay_url=f"smtp://127.0.0.1:{port}"))
        assert found["relay"].state is State.GOOD
        demanding = _settings(
            database_url, relay_url=f"smtp://127.0.0.1:{port}", relay_tls="require"
        )
        assert (await _examined(demanding))["relay"].state is State.BROKEN
    assert (await _examined(_settings(database_url)))["relay"].state is State.DOUBTFUL


async def test_our_web_view_is_known_though_it_says_its_words_one_by_one(
    database_url: str,
) -> None:
    """And our receiver, which is about to listen, is nobody else's program."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in (b"HTTP/1.1 200 OK\r\n", b"content-length: 3\r\n\r\n", b"ok\n"):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.01)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        listen = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        settings = _settings(database_url, web_listen=listen)
        with Ports() as ports:
            ports.hold(settings, ("smtp_listen",))
            found = await _examined(settings)
    assert found["INBOX_WEB_LISTEN"].says == f"the service listens on {listen}"
    assert found["INBOX_SMTP_LISTEN"].state is State.DOUBTFUL
    assert "starting" in found["INBOX_SMTP_LISTEN"].do


def test_the_command_ends_with_one_when_something_is_broken(database_url: str) -> None:
    end = inbox("doctor", "--json", database_url="postgresql://x@127.0.0.1:1/x")
    assert end.returncode == 1
    states = {finding["what"]: finding["state"] for finding in json.loads(end.stdout)}
    assert states["database"] == "broken"
    assert states["settings"] == "good"


async def test_the_certificate_under_which_people_sign_in(tmp_path: Path) -> None:
    listen = {"submission_listen": free_listen()}
    [missing] = examine_certificate(Settings.model_validate(listen))
    assert missing.state is State.BROKEN
    pem = Path(__file__).parents[1] / "wire/mail.test.pem"
    [own] = examine_certificate(
        Settings.model_validate({**listen, "tls_certificate": pem, "tls_key": pem})
    )
    assert own.state is State.DOUBTFUL
    assert "self-signed certificate" in own.says
    assert examine_certificate(Settings()) == []


async def test_who_is_ready_for_strict(database: Database) -> None:
    async with database.write() as db:
        await add_mailbox(db, address="support@shop.example", name="Support")
        for name in ("ann", "bob", "cleo"):
            await add_agent(
                db,
                email=f"{name}@shop.example",
                name=name.title(),
                role="agent",
                mailboxes=["support@shop.example"],
            )
        await learn_proof(db, "ann@shop.example", utcnow())
        bob = await the_agent(db, "bob@shop.example")
        await add_mail_password(db, bob, "phone", now=utcnow())
        await db.execute(text("update mail_password set used_at = now()"))
    checking = Settings(mail_auth="direct")
    [found] = await examine_proof(database, checking)
    assert found.says == "2 of 3 have been; not yet cleo@shop.example"
    assert found.state is State.DOUBTFUL
    async with database.write() as db:
        await learn_proof(db, "cleo@shop.example", utcnow())
    [found] = await examine_proof(database, checking)
    assert found.state is State.GOOD
    [found] = await examine_proof(database, Settings(mail_auth="exchange"))
    assert found.state is State.BROKEN
    [found] = await examine_proof(database, Settings())
    assert "nobody checks who wrote" in found.says
    async with database.write() as db:
        await set_agent(db, "ann@shop.example", {"proved": "off"})
        assert await proved_addresses(db, 1) == []
