"""Mail of our people who have signed in: it is theirs, from whichever address and by any token."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from sqlalchemy import text

from inbox.desk.letter import Kept
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.outbound.keyed import reply_token
from tests.intake.house import House

CUSTOMER = "jane@shop.example"
HOME = "Karen <karen@home.example>"


@pytest.fixture
async def karen(checking: House) -> int:
    await checking.change("update mailbox set proof = 'strict'")
    return await checking.agent("karen@us.example", 1, name="Karen Miller")


@pytest.fixture
async def question(checking: House, karen: int) -> EmailMessage:
    question = checking.letter("My boots broke.", Subject="Boots")
    assert await checking.receives(question)
    return question


async def submits(house: House, mail: EmailMessage, agent: int, **envelope: object) -> Kept:
    kept = await house.receives(mail, submitted_by=agent, source="submission", **envelope)
    assert kept
    return kept


async def sent(house: House) -> list[str]:
    sql = """select address from outbound_recipient join outbound on outbound.id = outbound_id
              where kind = 'reply' order by address"""
    return [row.address for row in await house.rows(sql)]


async def test_signing_in_is_proof_from_any_address(
    checking: House, karen: int, question: EmailMessage
) -> None:
    address = await checking.token(1, karen)
    kept = await submits(checking, checking.letter("New ones come.", From=HOME, To=address), karen)
    [message] = await checking.rows("select * from message where id = :id", id=kept.message_id)
    assert (message.kind, message.author_id) == ("reply", karen)
    assert await sent(checking) == [CUSTOMER]
    # It says nothing of the mails that their own server sends.
    assert await checking.one("select proved_at from agent_address") is None


async def test_without_signing_in_the_same_mail_is_held(
    checking: House, karen: int, question: EmailMessage
) -> None:
    address = await checking.token(1, karen)
    await checking.receives(checking.letter("New ones come.", From=HOME, To=address))
    assert await checking.one("select reasons from held") == ["unknown_sender", "unproved"]
    assert await sent(checking) == []


async def test_a_token_of_somebody_else_names_the_conversation_alone(
    checking: House, karen: int, question: EmailMessage
) -> None:
    anna = await checking.agent("anna@us.example", 1, name="Anna Berg")
    address = await checking.token(1, karen)
    await submits(checking, checking.letter("It is me, Anna.", From=HOME, To=address), anna)
    assert await checking.one("select author_id from message where kind = 'reply'") == anna


async def test_who_has_no_access_gains_none_by_a_token(
    checking: House, karen: int, question: EmailMessage
) -> None:
    stranger = await checking.agent("ivan@us.example")
    address = await checking.token(1, karen)
    await submits(
        checking, checking.letter("Let me.", From="karen@us.example", To=address), stranger
    )
    assert await checking.one("select reasons from held") == ["not_member"]
    assert await sent(checking) == []


async def test_who_was_shut_out_meanwhile_says_nothing(
    checking: House, karen: int, question: EmailMessage
) -> None:
    address = await checking.token(1, karen)
    await checking.change("update agent set disabled_at = now()")
    await submits(checking, checking.letter("Still here.", To=address), karen)
    assert await checking.one("select reasons from held") == ["disabled"]


async def test_an_out_of_office_stays_inside_all_the_same(
    checking: House, karen: int, question: EmailMessage
) -> None:
    address = await checking.token(1, karen)
    mail = checking.letter("I am away.", To=address, Auto_Submitted="auto-replied")
    await submits(checking, mail, karen)
    assert await sent(checking) == []
    assert await checking.one("select count(*) from message where kind = 'auto'") == 1


@pytest.mark.parametrize(("about", "kind"), [("received", "reply"), ("noted", "note")])
async def test_the_notice_that_is_answered_says_which_conversation(
    checking: House, karen: int, question: EmailMessage, about: str, kind: str
) -> None:
    notice = await notice_of(checking, karen, about)
    mail = checking.letter("We look into it.", From=HOME, In_Reply_To=f"<{notice}>")
    kept = await submits(checking, mail, karen)
    assert await checking.one("select kind from message where id = :id", id=kept.message_id) == kind


async def test_an_id_of_a_notice_helps_nobody_who_has_not_signed_in(
    checking: House, karen: int, question: EmailMessage
) -> None:
    notice = await notice_of(checking, karen, "received")
    await checking.receives(
        checking.letter("All you have.", From="karen@us.example", In_Reply_To=f"<{notice}>")
    )
    assert await sent(checking) == []


async def notice_of(house: House, agent: int, about: str) -> str:
    """A notice that was sent to a person of ours; its id."""
    header_id = new_message_id("us.example", house.context.secret, lambda n: b"n" * n)
    async with house.database.write() as db:
        await db.execute(
            text("""
            insert into outbound (kind, header_id, sender, mailbox_id, conversation_id, message_id,
                                  agent_id, draft, run_at, created_at)
            values ('notice', :id, 'support@us.example', 1, 1, 1, :agent,
                    jsonb_build_object('about', cast(:about as text)), now(), now())"""),
            {"id": header_id, "agent": agent, "about": about},
        )
        await db.execute(
            text("""
            insert into reply_token (token_hash, conversation_id, agent_id, purpose, expires_at)
            values (:key, 1, :agent, 'notice', now() + interval '100 years')"""),
            {"key": hash_token(reply_token(house.context.secret, header_id)), "agent": agent},
        )
    return header_id
