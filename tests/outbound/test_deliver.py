"""A mail on its way to the relay, through every kind of trouble."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from inbox.desk.assign import assign
from inbox.desk.delivery_dropped import drop_delivery
from inbox.mail.tokens import find_token
from inbox.model.actor import SYSTEM, Actor
from inbox.model.conversation import ActorKind
from inbox.outbound.deliver import give_up
from inbox.outbound.keyed import bounced
from inbox.outbound.queue import plan_waiting
from inbox.outbound.transport import close_transports, cut_transports
from inbox.settings import Settings
from inbox.store.tables import Mailbox
from tests.office import Office
from tests.peers import Does

JANE, TOM, KAREN = "jane@shop.example", "tom@shop.example", "karen@us.example"


async def test_mail_leaves_once(office: Office) -> None:
    await _answered(office)
    await office.works()
    await office.works()
    (mail,) = office.relay.to(JANE)
    assert await _state(office) == ("sent", False)
    assert await _recipients(office) == {JANE: ("sent", "250 2.0.0 taken")}
    header_id = await office.one("select header_id from outbound where kind = 'reply'")
    assert str(mail.mail["Message-ID"]) == f"<{header_id}>"


async def test_bounces_come_to_an_address_that_names_the_mail(office: Office) -> None:
    await _answered(office)
    await office.works()
    token = find_token(office.mail_to(JANE).sender)
    assert token is not None
    assert token.verb == "b"
    outbound_id = await office.one("select id from outbound where kind = 'reply'")
    assert bounced(token.token, office.context.secret) == outbound_id
    assert bounced(token.token[:-2] + "aa", office.context.secret) is None


async def test_later_is_tried_again_with_the_same_bytes(office: Office) -> None:
    conversation = await _answered(office)
    office.relay.says(JANE, "451 4.2.1 mailbox busy", "250 ok")
    await office.works()
    assert await _state(office) == ("waiting", False)
    assert await office.one("select error from outbound where kind = 'reply'")
    later = "select 1 from job where kind = 'outbound.deliver' and run_at > now()"
    assert len(await office.rows(later)) == 1
    await _time_passes(office)
    await office.works()
    assert await _state(office) == ("sent", False)
    assert len(office.relay.to(JANE)) == 1
    assert await office.events(conversation) == ["conversation.opened", "message.replied"]


async def test_only_who_has_it_not_yet_gets_it_again(office: Office) -> None:
    await _answered(office, Cc=TOM)
    office.relay.says(TOM, "450 4.2.0 later", "250 ok")
    await office.works()
    assert await _recipients(office) == {
        JANE: ("sent", "250 2.0.0 taken"),
        TOM: ("waiting", "450 4.2.0 later"),
    }
    await _time_passes(office)
    await office.works()
    assert [one.recipients for one in office.relay.arrived if JANE in one.recipients] == [(JANE,)]
    (again,) = office.relay.to(TOM)
    assert again.recipients == (TOM,)
    assert again.raw == office.mail_to(JANE).raw


async def test_refused_recipient_is_told_to_who_answered(office: Office) -> None:
    conversation = await _answered(office, Cc=TOM)
    office.relay.says(TOM, "550 5.1.1 no such person")
    await office.works()
    assert await _state(office) == ("sent", False)
    assert (await _recipients(office))[TOM] == ("failed", "550 5.1.1 no such person")
    assert await office.events(conversation) == [
        "conversation.opened",
        "message.replied",
        "delivery.failed",
    ]
    told = office.mail_to(KAREN)
    assert told.text.startswith(f"Your answer did not reach {TOM}.\n")
    assert "550 5.1.1 no such person" in told.text
    assert "> Which size?" in told.text
    assert not [one for one in office.relay.to("anna@us.example") if "not reach" in one.text]


async def test_refused_mail_has_failed(office: Office) -> None:
    await _answered(office)
    office.relay.says(JANE, "554 5.7.1 no")
    await office.works()
    assert await _state(office) == ("failed", False)
    await _time_passes(office)
    await office.works()
    assert not office.relay.to(JANE)


async def test_relay_that_wants_a_password_first_has_refused_nobody(office: Office) -> None:
    await _answered(office)
    office.relay.says(JANE, "530 5.7.0 Authentication required", "250 ok")
    await office.works()
    assert await _state(office) == ("waiting", False)
    assert await office.one("select error from outbound where kind = 'reply'") == (
        "530 5.7.0 Authentication required"
    )
    await _time_passes(office)
    await office.works()
    assert await _state(office) == ("sent", False)


async def test_notice_that_bounces_is_told_to_nobody(office: Office) -> None:
    office.relay.says("anna@us.example", "550 5.1.1 gone")
    await office.hears()
    await office.works()
    assert [str(one.mail["Subject"]) for one in office.relay.to(KAREN)] == ["Broken boots 1"]


async def test_swallowed_answer_of_the_relay_sends_the_same_bytes_again(office: Office) -> None:
    conversation = await _answered(office)
    await _only_to_customers(office)
    office.relay.will(Does.SWALLOW_250)
    await office.works()
    assert await _state(office) == ("waiting", True)
    # What the desk does meanwhile must not change a mail that may have arrived.
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).signature = "Another signature"
        await assign(db, conversation, office.anna, by=SYSTEM, now=office.now)
    await _time_passes(office)
    await office.works()
    first, second = office.relay.to(JANE)
    assert first.raw == second.raw
    assert await _state(office) == ("sent", True)


async def test_worker_that_died_while_talking_is_followed_by_another(office: Office) -> None:
    await _answered(office)
    async with office.database.write() as db:
        await db.execute(text("update outbound set state = 'sending' where kind = 'reply'"))
    await office.works()
    assert await _state(office) == ("sent", True)
    assert len(office.relay.to(JANE)) == 1


async def test_slow_worker_is_not_doubled(office: Office) -> None:
    await _answered(office)
    outbound_id = await office.one("select id from outbound where kind = 'reply'")
    async with office.database.write() as db:
        await db.execute(text("select pg_advisory_xact_lock(28001, :id)"), {"id": outbound_id})
        await office.works()
        assert not office.relay.to(JANE)
    await _time_passes(office)
    await office.works()
    assert len(office.relay.to(JANE)) == 1


async def test_without_a_relay_mails_are_kept_until_there_is_one(office: Office) -> None:
    with_relay = office.context
    office.context = type(with_relay)(
        settings=Settings(), database=office.database, secret=with_relay.secret
    )
    await _answered(office)
    await office.works()
    assert await _state(office) == ("waiting", False)
    assert not await office.rows("select 1 from job where kind = 'outbound.deliver'")
    office.context = with_relay
    async with office.database.write() as db:
        assert await plan_waiting(db) > 0
    await office.works()
    assert len(office.relay.to(JANE)) == 1


async def test_mail_that_was_tried_for_days_has_failed_and_is_told(office: Office) -> None:
    conversation = await _answered(office)
    outbound_id = await office.one("select id from outbound where kind = 'reply'")
    async with office.database.write() as db:
        await give_up(db, {"outbound_id": outbound_id}, "no answer for two days")
    await office.works()
    assert await _state(office) == ("failed", False)
    assert (await office.events(conversation))[-1] == "delivery.failed"
    assert "no answer for two days" in office.mail_to(KAREN).text


async def test_answer_that_waits_for_more_than_an_hour_is_told_of_once(office: Office) -> None:
    conversation = await _answered(office)
    office.relay.says(JANE, *["451 4.2.1 mailbox busy"] * 3, "250 ok")
    await office.works()
    assert "delivery.delayed" not in await office.events(conversation)
    await office.change("update outbound set run_at = run_at - interval '61 minutes'")
    for _ in range(2):
        await _time_passes(office)
        await office.works()
    assert (await office.events(conversation)).count("delivery.delayed") == 1
    told = office.mail_to(KAREN).text
    assert told.startswith(f"Your answer to {JANE} has not gone out yet.\n")
    assert "The other side said: 451 4.2.1 mailbox busy" in told
    assert "It is tried again for two days." in told
    assert not [one for one in office.relay.to("anna@us.example") if "not gone out" in one.text]
    await _time_passes(office)
    await office.works()
    assert await _state(office) == ("sent", False)


async def test_dropped_answer_is_told_to_who_wrote_it(office: Office) -> None:
    conversation = await _answered(office)
    office.relay.says(JANE, "451 4.2.1 mailbox busy")
    await office.works()
    outbound_id = await office.one("select id from outbound where kind = 'reply'")
    root = Actor(kind=ActorKind.SYSTEM, name="root")
    async with office.database.write() as db:
        await drop_delivery(db, outbound_id, by=root, now=office.now)
    await office.works()
    assert (await office.events(conversation))[-1] == "delivery.dropped"
    told = office.mail_to(KAREN).text
    assert told.startswith(f"Your answer to {JANE} is not sent: root took it out of the queue.\n")
    assert "> Which size?" in told
    assert not office.relay.to(JANE)


async def test_relay_that_is_down_loses_nothing(office: Office) -> None:
    await _answered(office)
    office.relay.will(*[Does.DROP_BEFORE_354] * 4)
    await office.works()
    assert await _state(office) == ("waiting", True)
    await _time_passes(office)
    await office.works()
    assert len(office.relay.to(JANE)) == 1


async def test_relay_that_said_nothing_is_asked_for_no_other_mail_for_a_moment(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.outbound.transport._COMMAND", 0.05)
    await _answered(office)
    office.relay.will(Does.SILENT)
    await office.works()
    rows = await office.rows("select state, error from outbound order by error")
    assert {row.state for row in rows} == {"waiting"}
    tried, *others = [row.error for row in rows]
    assert others
    assert set(others) == {f"{tried} (a moment ago)"}
    assert len(office.relay.commands) == 1


async def test_answer_that_came_while_the_relay_rested_leaves_soon_after(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.outbound.transport._COMMAND", 0.05)
    conversation = await office.hears()
    office.relay.will(Does.SILENT)
    await office.works()
    await office.replies(conversation, "Which size?")
    await office.change("update outbound set run_at = now() where kind = 'reply'")
    await office.change("update job set run_at = now() where rank = 0 and done_at is null")
    await office.works()
    (job,) = await office.rows(
        "select attempts, run_at < now() + interval '11 seconds' as is_soon from job "
        "where kind = 'outbound.deliver' and rank = 0 and done_at is null"
    )
    assert (job.attempts, job.is_soon) == (0, True)


async def test_mail_whose_talk_was_cut_is_taken_again_at_once(office: Office) -> None:
    await _answered(office)
    await _only_to_customers(office)
    office.relay.will(Does.HANG)
    working = asyncio.create_task(office.works())
    await office.relay.stuck.wait()
    cut_transports()
    await close_transports()
    await working
    assert await _state(office) == ("sent", True)
    assert await office.one("select attempts from job where kind = 'outbound.deliver'") == 1


async def _answered(office: Office, **letter: Any) -> int:
    conversation = await office.hears(**letter)
    await office.replies(conversation, "Which size?")
    # Just now, for a real relay: the office itself lives in another year.
    await office.change("update outbound set run_at = now() where kind = 'reply'")
    return conversation


async def _only_to_customers(office: Office) -> None:
    async with office.database.write() as db:
        await db.execute(text("update membership set notices = 'none'"))


async def _time_passes(office: Office) -> None:
    async with office.database.write() as db:
        await db.execute(text("update job set run_at = now() where done_at is null"))


async def _state(office: Office) -> tuple[str, bool]:
    (row,) = await office.rows("select state, maybe_twice from outbound where kind = 'reply'")
    return row.state, row.maybe_twice


async def _recipients(office: Office) -> dict[str, tuple[str, str]]:
    rows = await office.rows(
        "select address, r.state, reply from outbound_recipient r"
        " join outbound on outbound.id = outbound_id where kind = 'reply'"
    )
    return {row.address: (row.state, row.reply) for row in rows}
