"""What our mails to our own people said is known in their answers to these."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inbox.mail.compose import Draft
from inbox.notify.commands import help_mail
from inbox.store.tables import Outbound
from tests.intake.house import House

pytestmark = pytest.mark.database

KAREN = "Karen Miller <karen@us.example>"


async def asked_for_help(house: House) -> tuple[str, Draft]:
    """The address for comments, and the mail that lists what can be asked for."""
    karen = await house.agent("karen@us.example", 1)
    opened = await house.receives(house.letter("My boots broke."))
    assert opened
    address = await house.token(opened.conversation_id, karen, "n")
    await house.receives(house.letter("@help", From=KAREN, To=address))
    async with house.database.read() as db:
        outbound = (await db.scalars(select(Outbound).where(Outbound.kind == "help"))).one()
        return address, await help_mail(db, house.context, outbound)


@pytest.mark.parametrize("mark", ["", "> "])
async def test_a_comment_has_nothing_of_the_mail_that_it_answers(house: House, mark: str) -> None:
    address, draft = await asked_for_help(house)
    quoted = "\n".join(mark + line for line in draft.text.split("\n"))
    kept = await house.receives(
        house.letter(
            f"She needs size 42.\n\n{quoted}",
            From=KAREN,
            To=address,
            In_Reply_To=f"<{draft.message_id}>",
        )
    )
    assert kept
    said = await house.one("select text from message where id = :id", id=kept.message_id)
    assert said == "She needs size 42."
