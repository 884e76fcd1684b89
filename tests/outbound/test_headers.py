"""What stands in the head of every mail that leaves: exactly this, whatever people write."""

from __future__ import annotations

from sqlalchemy import update

from inbox.store.tables import Agent, Mailbox
from tests.office import Office

BODY = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
ANSWER = BODY | {
    "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
    "Thread-Index", "Thread-Topic",
}  # fmt: skip
NOTICE = ANSWER | {"Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Inbox-Loop"}
EVIL = "x\r\nBcc: v@evil.example\r\n\r\n<b>\x1b[2J\u202e"
LETTER = b"""From: =?utf-8?Q?Pat=0D=0ABcc=3A_v=40evil.example?= <pat@shop.example>
To: support@us.example
Subject: =?utf-8?Q?a=0D=0ABcc:_v@evil.example?=
Message-ID: <1@shop.example>

Hello
"""


async def test_nobody_adds_a_header(office: Office) -> None:
    async with office.database.write() as db:
        await db.execute(update(Agent).values(name=EVIL))
        await db.execute(update(Mailbox).values(name=EVIL, signature=EVIL))
    kept = await office.receives(
        LETTER, sender="pat@shop.example", recipients=("support@us.example",)
    )
    assert kept is not None
    conversation = kept.conversation_id
    await office.works()
    await office.replies(conversation, EVIL, by=office.anna)
    await office.works()
    assert len(office.relay.arrived) == 4
    for arrived in office.relay.arrived:
        names = set(arrived.mail.keys())
        assert len(arrived.mail.keys()) == len(names)
        assert names <= (ANSWER if "pat@shop.example" in arrived.recipients else NOTICE)
        assert "v@evil.example" not in arrived.recipients
        assert arrived.raw.isascii()
        assert b"\r" not in arrived.raw.replace(b"\r\n", b"")
        assert max(map(len, arrived.raw.split(b"\r\n"))) <= 998
