"""What a notice may say of what happened besides."""

from __future__ import annotations

import pytest

from tests.office import Office


@pytest.mark.parametrize(("confirm", "is_promised"), [("all", True), ("proved", False)])
async def test_a_promise_is_named_only_where_the_customer_has_it(
    office: Office, confirm: str, is_promised: bool
) -> None:
    await office.change("update mailbox set confirm = :confirm", confirm=confirm)
    await office.hears(From="Pat Lee <pat@shop.example>")
    await office.change("delete from job where kind = 'confirmation.correct'")  # due by now
    await office.works()
    assert len(office.relay.to("pat@shop.example")) == is_promised
    assert ("answer promised until" in office.mail_to("karen@us.example").text) == is_promised


async def test_what_was_confirmed_is_promised_for_the_first_answer_alone(office: Office) -> None:
    await office.change("update mailbox set confirm = 'all', undo_seconds = 0")
    first = office.letter("Which size?", From="Pat Lee <pat@shop.example>")
    home = await office.hears(first)
    await office.change("delete from job where kind = 'confirmation.correct'")  # due by now
    await office.replies(home, "Nine.")
    await office.works()
    await office.hears(office.letter("And?", answers=first, From="Pat Lee <pat@shop.example>"))
    await office.works()
    told = office.mail_to("karen@us.example").text
    assert "And?" in told
    assert "answer promised until" not in told
