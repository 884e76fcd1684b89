"""How we talk to a relay, with a relay that misbehaves as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from inbox.outbound.relay import Relay as Way
from inbox.outbound.relay import relay_of
from inbox.outbound.transport import RelayTrouble, SmtpReply, SmtpTransport
from inbox.settings import Settings
from tests.peers import Does, Relay, relay_peer

WIRE = b"Subject: hello\r\n\r\n.a line with a dot\r\nbye\r\n"
PAT, ANN = "pat@customer.example", "ann@customer.example"


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    async with relay_peer() as relay:
        yield relay


@pytest.fixture
async def transport(relay: Relay) -> AsyncIterator[SmtpTransport]:
    transport = SmtpTransport(Way(host="127.0.0.1", port=relay.port, start_tls=False))
    yield transport
    await transport.close()


async def _send(transport: SmtpTransport, *recipients: str) -> dict[str, SmtpReply]:
    return await transport.send(WIRE, sender="us@us.example", recipients=recipients or (PAT,))


async def test_mail_arrives_byte_for_byte(transport: SmtpTransport, relay: Relay) -> None:
    replies = await _send(transport, PAT, ANN)
    assert [reply.is_accepted for reply in replies.values()] == [True, True]
    (arrived,) = relay.arrived
    assert arrived.raw == WIRE
    assert (arrived.sender, arrived.recipients) == ("us@us.example", (PAT, ANN))


async def test_one_connection_serves_many_mails(transport: SmtpTransport, relay: Relay) -> None:
    for _ in range(3):
        await _send(transport)
    assert (len(relay.arrived), relay.connections) == (3, 1)


async def test_connection_closed_while_idle_costs_nothing(
    transport: SmtpTransport, relay: Relay
) -> None:
    await _send(transport)
    relay.hang_up()
    assert (await _send(transport))[PAT].is_accepted
    assert len(relay.arrived) == 2


async def test_each_recipient_has_an_answer(transport: SmtpTransport, relay: Relay) -> None:
    relay.says(ANN, "550 5.1.1 no such person")
    replies = await _send(transport, PAT, ANN)
    assert replies[PAT].is_accepted
    assert str(replies[ANN]) == "550 5.1.1 no such person"
    assert replies[ANN].is_final
    assert relay.arrived[0].recipients == (PAT,)


async def test_all_recipients_refused_is_no_error(transport: SmtpTransport, relay: Relay) -> None:
    relay.says(PAT, "451 4.2.1 later")
    reply = (await _send(transport))[PAT]
    assert not reply.is_accepted
    assert not reply.is_final
    relay.says(PAT, "250 ok")
    assert (await _send(transport))[PAT].is_accepted
    assert relay.connections == 1


async def test_a_refusal_counts_also_where_the_relay_hangs_up_after_it(
    transport: SmtpTransport, relay: Relay
) -> None:
    """Else nobody would hear of it for two days."""
    relay.says(PAT, "550 5.1.1 no such person")
    relay.will(Does.DROP_AT_RSET)
    assert (await _send(transport))[PAT].is_final
    assert (await _send(transport, ANN))[ANN].is_accepted
    assert relay.connections == 2


@pytest.mark.parametrize(
    ("step", "code"), [(Does.SAY_LATER, 451), (Does.REFUSE, 554), (Does.REFUSE_SENDER, 550)]
)
async def test_refusal_of_the_mail_counts_for_all(
    transport: SmtpTransport, relay: Relay, step: Does, code: int
) -> None:
    relay.will(step)
    replies = await _send(transport, PAT, ANN)
    assert [reply.code for reply in replies.values()] == [code, code]
    assert (await _send(transport))[PAT].is_accepted


@pytest.mark.parametrize(
    "step", [Does.DROP_BEFORE_354, Does.DROP_IN_DATA, Does.DROP_AFTER_DOT, Does.SWALLOW_250]
)
async def test_lost_connection_in_data_leaves_us_unsure(
    transport: SmtpTransport, relay: Relay, step: Does
) -> None:
    relay.will(step)
    with pytest.raises(RelayTrouble) as trouble:
        await _send(transport)
    assert trouble.value.is_unsure
    assert (await _send(transport))[PAT].is_accepted


async def test_silent_relay_is_given_up(
    transport: SmtpTransport, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.outbound.transport._COMMAND", 0.1)
    relay.will(Does.HANG)
    with pytest.raises(RelayTrouble):
        await _send(transport)


@pytest.mark.parametrize(("step", "is_unsure"), [(Does.HANG, True), (Does.SILENT, False)])
async def test_talk_that_does_not_end_can_be_cut(
    transport: SmtpTransport, relay: Relay, step: Does, is_unsure: bool
) -> None:
    relay.will(step)
    sending = asyncio.create_task(_send(transport))
    await relay.stuck.wait()
    transport.cut()
    with pytest.raises(RelayTrouble, match="the service was stopped") as trouble:
        await sending
    assert trouble.value.is_ours
    assert trouble.value.is_unsure is is_unsure


async def test_nothing_begins_after_the_cut(transport: SmtpTransport, relay: Relay) -> None:
    await _send(transport)
    transport.cut()
    with pytest.raises(RelayTrouble, match="the service was stopped"):
        await _send(transport)
    await transport.close()
    with pytest.raises(RelayTrouble, match="the service was stopped"):
        await _send(transport)
    assert len(relay.arrived) == 1


async def test_relay_that_greets_and_says_no_more_can_be_cut() -> None:
    heard, over = asyncio.Event(), asyncio.Event()

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        await reader.readline()
        heard.set()
        await over.wait()
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        transport = SmtpTransport(Way(host="127.0.0.1", port=port, start_tls=False))
        sending = asyncio.create_task(_send(transport))
        await heard.wait()
        transport.cut()
        with pytest.raises(RelayTrouble) as trouble:
            await sending
        over.set()
    assert trouble.value.is_ours
    assert not trouble.value.is_unsure


async def test_dead_relay_is_left_alone_for_a_moment(relay: Relay) -> None:
    transport = SmtpTransport(Way(host="127.0.0.1", port=1, start_tls=False))
    with pytest.raises(RelayTrouble):
        await _send(transport)
    with pytest.raises(RelayTrouble, match="a moment ago"):
        await _send(transport)


async def test_what_the_relay_said_instead_of_hello_is_told_for_every_mail() -> None:
    async def refuse(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"554 5.7.1 not from there\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        transport = SmtpTransport(Way(host="127.0.0.1", port=port, start_tls=False))
        for said in ("554 5.7.1 not from there", "554 5.7.1 not from there (a moment ago)"):
            with pytest.raises(RelayTrouble) as trouble:
                await _send(transport)
            assert str(trouble.value) == said


async def test_nothing_is_said_in_the_clear_where_tls_is_demanded(relay: Relay) -> None:
    transport = SmtpTransport(Way(host="127.0.0.1", port=relay.port, start_tls=True))
    with pytest.raises(RelayTrouble):
        await _send(transport)
    assert not relay.commands


async def test_signs_in_with_what_the_url_says() -> None:
    async with relay_peer(login=True) as relay:
        url = f"smtp://support%40us.example:open%20sesame@127.0.0.1:{relay.port}"
        way = relay_of(Settings(relay_url=url))
        assert way is not None
        transport = SmtpTransport(way)
        assert (await _send(transport))[PAT].is_accepted
        await transport.close()
    assert relay.logins == [("support@us.example", "open sesame")]


@pytest.mark.parametrize(
    ("url", "tls", "port", "is_tls", "start_tls"),
    [
        ("smtp://relay.example", None, 25, False, True),
        ("smtp://u:p@relay.example", None, 587, False, True),
        ("smtps://relay.example", None, 465, True, True),
        ("smtp://127.0.0.1:2526", None, 2526, False, False),
        ("smtp://[::1]", None, 25, False, False),
        ("smtp://localhost", "require", 25, False, True),
        ("smtp://relay.example", "off", 25, False, False),
        ("smtp://relay.example", "opportunistic", 25, False, None),
    ],
)
def test_relay_of_settings(
    url: str, tls: str | None, port: int, is_tls: bool, start_tls: bool | None
) -> None:
    relay = relay_of(Settings.model_validate({"relay_url": url, "relay_tls": tls}))
    assert relay is not None
    assert (relay.port, relay.is_tls, relay.start_tls) == (port, is_tls, start_tls)


def test_password_of_the_relay_is_in_no_text() -> None:
    relay = relay_of(Settings(relay_url="smtp://u:secret@relay.example"))
    assert "secret" not in repr(relay)
