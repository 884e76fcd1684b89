"""Answers of our people of which it is not plain to whom, or with which files, they would go."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from inbox.outbound.keyed import release_token
from tests.intake.house import House

pytestmark = pytest.mark.database

KAREN = "Karen Miller <karen@us.example>"


async def test_an_answer_that_could_go_to_nobody_is_held(house: House) -> None:
    """Its writer hears that it was not sent; to let it go changes nothing while that is so."""
    karen = await house.agent("karen@us.example", 1)
    opened = await house.receives(house.letter("Help!", From=""), sender="")
    assert opened
    address = await house.token(opened.conversation_id, karen)
    await house.receives(house.letter("Who are you?", From=KAREN, To=address))
    assert await house.one("select reasons from held") == ["no_recipient"]

    token = release_token(house.context.secret, await house.one("select id from held"))
    release = house.letter("", From=KAREN, To=f"support+x.{token}@us.example")
    await house.receives(release)
    assert await house.one("select state from held") == "waiting"
    assert await house.one("select count(*) from outbound where kind = 'reply'") == 0


async def test_whom_an_agent_writes_to_gets_it_where_the_customer_is_unknown(house: House) -> None:
    karen = await house.agent("karen@us.example", 1)
    opened = await house.receives(house.letter("Help!", From=""), sender="")
    assert opened
    note = await house.token(opened.conversation_id, karen, "n")
    mail = house.letter("Is it you, Jane?", From=KAREN, To=note, Cc="jane@shop.example")
    kept = await house.receives(mail)
    assert kept
    # A comment stays inside, whoever is named beside it.
    assert await house.one("select kind from message where id = :id", id=kept.message_id) == "note"
    assert await house.one("select count(*) from outbound where kind = 'reply'") == 0


@pytest.mark.parametrize(
    "header", [{"Precedence": "bulk"}, {"List_Unsubscribe": "<mailto:off@us.example>"}]
)
async def test_what_looks_as_if_a_program_had_sent_it_is_held(
    house: House, header: dict[str, str]
) -> None:
    karen = await house.agent("karen@us.example", 1)
    question = house.letter("My boots broke.")
    opened = await house.receives(question)
    assert opened
    address = await house.token(opened.conversation_id, karen)
    await house.receives(
        house.letter("We send new ones.", answers=question, From=KAREN, To=address, **header)
    )
    assert await house.one("select reasons from held") == ["automatic"]
    assert await house.one("select count(*) from outbound where kind = 'reply'") == 0


async def test_a_picture_of_the_conversation_is_quoted_where_html_cannot_tell(house: House) -> None:
    """Text and HTML of the answer say different things, so that the bytes must decide."""
    karen = await house.agent("karen@us.example", 1)
    question = _with_pictures(house.letter("My boots broke."), theirs=b"broken boots")
    opened = await house.receives(question)
    assert opened
    address = await house.token(opened.conversation_id, karen)
    answer = house.letter("We send new ones.", answers=question, From=KAREN, To=address)
    kept = await house.receives(
        _with_pictures(answer, theirs=b"broken boots", ours=b"new boots"),
    )
    assert kept
    names = "select content_id from file where message_id = :id"
    assert [row.content_id for row in await house.rows(names, id=kept.message_id)] == ["ours"]


def _with_pictures(mail: EmailMessage, **pictures: bytes) -> EmailMessage:
    mail.add_alternative("<p>Quite another text than the plain one</p>", subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index] # a list since the line above
    for name, content in pictures.items():
        html.add_related(content, maintype="image", subtype="png", cid=f"<{name}>")  # type: ignore[union-attr] # likewise
    return mail
