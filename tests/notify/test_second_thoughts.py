"""An answer leaves after a while: until then its writer can look at it, and take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from inbox.desk.answer import Answer
from inbox.desk.held import hold, release
from inbox.store.tables import Agent
from tests.notify.asking import ANNA, JANE, KAREN, Desk


@pytest.fixture
async def slow(desk: Desk) -> Desk:
    """Answers leave after an hour."""
    await desk.office.change("update mailbox set undo_seconds = 3600")
    return desk


def told(desk: Desk) -> str:
    """The last mail to Karen, its lines made one."""
    return " ".join(desk.office.mail_to(KAREN).text.split())


async def test_an_answer_by_mail_waits_like_one_from_the_web(slow: Desk) -> None:
    await slow.sends("We send new ones.", works=False)
    late = await slow.office.one("select run_at - created_at from outbound where kind = 'reply'")
    assert late == timedelta(hours=1)


@pytest.mark.parametrize("way", ["@stop", "Stop\n\nKaren"])
async def test_it_is_taken_back(slow: Desk, way: str) -> None:
    await slow.sends("We send new ones.", works=False)
    await slow.sends(way)
    assert not slow.office.relay.to(JANE)
    assert await slow.stands() == ("open", None)
    assert await slow.said() == [("held", "We send new ones.")]
    assert told(slow).startswith("Your answer to Jane Doe was not sent. You stopped it before it")
    assert "> We send new ones." in told(slow)
    assert len(slow.office.relay.to(ANNA)) == 1  # of Jane's mail alone
    await slow.decides("send")
    assert slow.office.mail_to(JANE).text.startswith("We send new ones.\n")


async def test_an_address_takes_it_back(slow: Desk) -> None:
    await slow.sends("We send new ones.", works=False)
    await slow.sends("", "stop")
    assert not slow.office.relay.to(JANE)
    assert await slow.said() == [("held", "We send new ones.")]


async def test_a_copy_of_what_was_taken_back_is_not_sent(slow: Desk) -> None:
    await slow.sends("We send new ones.", works=False, Message_ID="<1@us.example>")
    await slow.sends("stop", works=False)
    await slow.sends("We send new ones.", Message_ID="<1@us.example>")
    assert not slow.office.relay.to(JANE)
    assert await slow.said() == [("held", "We send new ones.")]


async def test_what_is_said_with_it_waits_as_well(slow: Desk) -> None:
    await slow.sends("We send new ones.", works=False)
    await slow.sends("@stop\n\nWe send a repair kit.")
    assert not slow.office.relay.to(JANE)
    assert [text for _, text in await slow.said()] == [
        "We send new ones.",
        "We send a repair kit.",
    ]


async def test_what_was_let_go_can_be_taken_back(slow: Desk) -> None:
    await slow.sends("@show\nWe send new ones.")
    await slow.sends("stop")
    assert "There is no answer of yours here that could be taken back" in told(slow)
    await slow.decides("send", works=False)
    await slow.sends("stop")
    assert not slow.office.relay.to(JANE)
    assert await slow.office.one("select state from held") == "waiting"
    assert told(slow).startswith("Your answer to Jane Doe was not sent. You stopped it before it")


async def test_too_late(desk: Desk) -> None:
    await desk.sends("We send new ones.")
    await desk.sends("stop")
    assert told(desk).startswith("It could not be taken back: your answer to Jane Doe left")
    assert "> We send new ones." in told(desk)
    assert len(desk.office.relay.to(JANE)) == 1


async def test_only_ones_own_is_taken_back(slow: Desk) -> None:
    await slow.office.replies(slow.home, "Anna's.", by=slow.office.anna)
    await slow.sends("stop", works=False)
    assert await slow.said() == [("reply", "Anna's.")]
    await slow.sends("stop", from_="Anna <anna@us.example>", works=False)
    assert ("reply", "Anna's.") in await slow.said()


async def test_what_would_leave_is_shown(desk: Desk) -> None:
    html = "<p>@show</p><p>Take the <b>kit</b>.</p>"
    await desk.sends_rich("@show\n\nTake the kit.", html, "kit.pdf")
    assert not desk.office.relay.to(JANE)
    shown = desk.office.mail_to(KAREN)
    assert "You wanted to see first what the customer gets" in " ".join(shown.text.split())
    await desk.decides("send")
    arrived = desk.office.mail_to(JANE)
    assert arrived.text.strip() in shown.text
    for head in ("From", "To", "Subject"):
        assert str(arrived.mail[head]).replace('"', "") in shown.text.replace('"', "")
    assert "Files: kit.pdf" in shown.text
    assert "Take the <b>kit</b>" in shown.html
    assert "boots are broken" in shown.html.partition("Take the")[2]
    assert "@show" not in arrived.text + arrived.html


async def test_what_is_on_its_way_is_shown(slow: Desk) -> None:
    await slow.sends("We send new ones.", works=False)
    await slow.sends("", "show")
    assert "This is what Jane Doe gets. It leaves" in told(slow)
    assert "an answer “stop” takes it back" in told(slow)
    assert "Support team" in told(slow)


async def test_showing_and_doing_other_things_is_too_much(desk: Desk) -> None:
    await desk.sends("@show\n@close\n\nWe send new ones.")
    assert "“@show” and “@close” cannot be done together." in " ".join(
        (await desk.nothing_is_done()).split()
    )


@pytest.mark.parametrize("order", ["@show", "@stop", "stop"])
async def test_without_proof_nothing_is_shown_or_stopped(slow: Desk, order: str) -> None:
    await slow.sends("We send new ones.", works=False)
    await slow.sends(order, from_="Karen <mallory@evil.example>", works=False)
    assert [kind for kind, _ in await slow.said()] == ["reply", "held"]


async def test_two_copies_take_back_one_answer_and_show_once(slow: Desk) -> None:
    """A list server on the way has put its footer below one of them."""
    await slow.sends("We send new ones.", works=False)
    await slow.sends("And laces.", works=False)
    for footer in ("", "\n--\nSent by way of the list."):
        await slow.sends(f"@stop{footer}", Message_ID="<stop.1@us.example>")
    assert await slow.said() == [("reply", "We send new ones."), ("held", "And laces.")]
    before = len(slow.office.relay.to(KAREN))
    for footer in ("", "\n--\nSent by way of the list."):
        await slow.sends(f"@show{footer}", Message_ID="<show.1@us.example>")
    assert len(slow.office.relay.to(KAREN)) == before + 1
    assert told(slow).startswith("This is what Jane Doe gets.")


async def test_whom_nobody_else_sees_gets_what_was_held_as_well(slow: Desk) -> None:
    office = slow.office
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        answer = Answer(text="We send new ones.", bcc=("boss@shop.example",))
        about: dict[str, Any] = {"by": karen, "now": office.now, "context": office.context}
        held = await hold(db, slow.home, answer, verb="reply", reasons=["leak"], **about)
        await release(db, held.id, **about)
    await slow.sends("stop")
    assert await slow.said() == [("held", "We send new ones.")]
    await slow.decides("send")
    assert office.mail_to("boss@shop.example").text == office.mail_to(JANE).text
    assert "boss" not in office.mail_to(JANE).raw.decode()
