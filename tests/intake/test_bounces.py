"""Delivery reports, true and forged."""

from __future__ import annotations

import random

from inbox.mail.ids import new_message_id
from inbox.outbound.keyed import bounce_address
from inbox.outbound.queue import NewMail, enqueue_mail
from tests.intake.house import House

JANE = "jane@shop.example"


async def sent_to_jane(house: House, *also: str) -> tuple[int, int, str]:
    """A conversation, and an answer that has left: (conversation, outbound, Message-ID)."""
    opened = await house.receives(house.letter())
    assert opened
    secret = house.context.secret
    mail = NewMail(
        kind="reply",
        recipients=(JANE, *also),
        header_id=new_message_id("us.example", secret, random.randbytes),
        sender="support@us.example",
        mailbox_id=1,
        conversation_id=opened.conversation_id,
        message_id=opened.message_id,
    )
    async with house.database.write() as db:
        outbound = await enqueue_mail(db, mail, house.context.settings, now=house.now)
    assert outbound
    return opened.conversation_id, outbound, mail.header_id


def report(original: str, recipient: str = JANE, *, action: str = "failed") -> bytes:
    status = "5.1.1" if action == "failed" else "4.2.2"
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.shop.example",
            "To: support@us.example",
            "Subject: Undelivered Mail Returned to Sender",
            f"Message-ID: <{random.randbytes(6).hex()}@mx.shop.example>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.shop.example",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: smtp; 550 {status} no such user",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: <{original}>",
            "Subject: Re: Boots",
            "",
            "--b--",
            "",
        ]
    ).encode()


async def comes(house: House, raw: bytes, recipient: str = "support@us.example") -> int:
    kept = await house.receives(raw, sender="", recipients=(recipient,))
    assert kept
    return kept.conversation_id


async def states(house: House) -> dict[str, str]:
    return {
        row.address: row.state
        for row in await house.rows("select address, state from outbound_recipient")
    }


async def test_a_bounce_is_told_where_the_answer_was_written(house: House) -> None:
    conversation, _, original = await sent_to_jane(house, "tom@shop.example")
    assert await comes(house, report(original)) == conversation
    assert await states(house) == {JANE: "failed", "tom@shop.example": "waiting"}
    assert await house.events(conversation) == [
        "conversation.opened",
        "delivery.failed",
        "message.automatic",
    ]
    assert (
        await house.one("select payload ->> 'address' from event where name = 'delivery.failed'")
        == JANE
    )
    said = "select payload ->> 'reply' from event where name = 'delivery.failed'"
    assert await house.one(said) == "550 5.1.1 no such user"
    assert await house.one("select status from conversation") == "open"


async def test_a_bounce_is_told_once(house: House) -> None:
    conversation, _, original = await sent_to_jane(house)
    await comes(house, report(original))
    await comes(house, report(original))
    assert (await house.events(conversation)).count("delivery.failed") == 1


async def test_a_bounce_by_its_address_needs_no_id(house: House) -> None:
    conversation, outbound, _ = await sent_to_jane(house)
    address = bounce_address("support@us.example", outbound, house.context.secret)
    raw = report("rewritten@provider.example", "jane@home.example")
    assert await comes(house, raw, address) == conversation
    assert await states(house) == {JANE: "failed"}


async def test_a_forged_report_changes_nothing(house: House) -> None:
    conversation, _, original = await sent_to_jane(house)
    await comes(house, report(original, "somebody@else.example"))
    unknown = new_message_id("us.example", house.context.secret, random.randbytes)
    await comes(house, report(unknown))
    await comes(house, report("1@shop.example"))
    await comes(house, report(unknown), f"support+b.{'a' * 26}@us.example")
    assert await states(house) == {JANE: "waiting"}
    assert "delivery.failed" not in await house.events(conversation)


async def test_a_delay_is_no_failure(house: House) -> None:
    conversation, _, original = await sent_to_jane(house)
    assert await comes(house, report(original, action="delayed")) == conversation
    assert await states(house) == {JANE: "waiting"}


async def test_a_report_about_nothing_of_ours_is_kept_closed(house: House) -> None:
    await comes(house, report("elsewhere@else.example"))
    assert await house.one("select status from conversation") == "closed"
