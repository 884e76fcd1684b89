"""What a mail of ours says of an answer to it is what an answer does, whoever of us reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pytest
from sqlalchemy import select

from inbox.clock import utcnow
from inbox.outbound.about import write_about
from inbox.outbound.composers import kinds
from inbox.run.worker import know_all_jobs
from inbox.store.sent import UNREAD
from inbox.store.tables import Agent, Conversation
from tests.notify.asking import JANE, KAREN, Desk
from tests.peers import Arrived

BOSS, BOB, LEFT = "boss@us.example", "bob@us.example", "left@us.example"
# Whoever reads it, and what an answer of theirs must do to a mail that belongs to a conversation.
READERS: Final = {
    KAREN: "comment",
    BOSS: "held",  # an administrator who is in no mailbox
    BOB: "comment",  # a colleague who was asked
    LEFT: "held",  # a colleague who was, and is not any more
}
SAYS: Final = {
    "Your answer goes to ": "answer",
    "Your answer is a comment that only we see.": "comment",
    "An answer to this mail is a comment that only we see.": "comment",
    "an answer to this mail would be held back.": "held",
    "Nobody reads an answer to this mail.": "unread",
}
DEED: Final = {"verb": "tag", "line": "@tag vip", "back": ""}
# Of each kind that belongs to a conversation what its composer needs; and the kinds of notices.
ABOUT: Final[dict[str, dict[str, Any]]] = {
    "newcomer": {"department": "Logistics"},
    "stranger": {"name": "Nina", "address": "nina@us.example", "customer": "Jane"},
    "given_back": {"who": "Anna", "people": []},
    "given_away": {"name": "Anna", "until": "2026-12-01T00:00:00+00:00"},
    "help": {},
    "here": {"noted": False},
    "failure": {"address": JANE, "reply": "550 no"},
    "outcome": {"outcome": "no_answer"},
    "found": {"query": "x", "articles": [], "templates": [], "conversations": []},
    "held_more": {"count": 0, "places": [], "further": []},
    "done": {"deeds": [], "plain": [DEED]},
    "task": {
        "method": "CANCEL",
        "sequence": 1,
        "start": "2026-12-01T09:00:00+00:00",
        "end": "2026-12-01T10:00:00+00:00",
    },
}
NOTICES: Final = {"notice", "asked", "held"}
# Answered by their numbers, which their first lines say; `test_digest` and `test_away` hold it.
LISTS: Final = {"away", "digest", "digested"}
TO_CUSTOMERS: Final = {
    "closed", "confirmation", "correction", "forward", "moved", "reminder", "reply", "ruled",
    "satisfaction",
}  # fmt: skip


@pytest.fixture
async def peopled(desk: Desk) -> Desk:
    """Beside Karen and Anna: who is in no mailbox, who was asked, and who has left again."""
    office = desk.office
    await office.agent(BOSS, name="Boss", role="admin")
    await office.agent(BOB, name="Bob", role="colleague")
    await office.agent(LEFT, name="Lefty", role="colleague")
    await office.notes(desk.home, "@bob @lefty which boots are these?")
    await office.works()
    await office.change(
        "delete from follower using agent where agent.id = agent_id and email = :it", it=LEFT
    )
    return desk


def kinds_for(reader: str) -> Sequence[str]:
    """All of them; of those who differ from others by why alone, a few."""
    return [*ABOUT] if reader in (KAREN, BOSS) else ["done", "held_more", "outcome"]


def said_of(mail: Arrived) -> str:
    [said] = {does for line, does in SAYS.items() if line in " ".join(mail.text.split())}
    return said


async def became(desk: Desk, mail: Arrived, reader: str, number: int) -> str:
    """What becomes of an answer in words, to where the mail says."""
    words = f"These words are number {number}."
    to = str(mail.mail["Reply-To"].addresses[0].addr_spec)
    answer = desk.office.letter(
        words,
        From=f"Somebody <{reader}>",
        To=to,
        Subject=f"Re: {mail.mail['Subject']}",
        In_Reply_To=str(mail.mail["Message-ID"]),
    )
    await desk.office.receives(answer, sender=reader, recipients=(to,))
    kind = str(await desk.office.one("select kind from message where text = :it", it=words))
    return {"note": "comment", "reply": "answer"}.get(kind, kind)


async def test_each_kind_is_looked_at() -> None:
    know_all_jobs()
    assert ABOUT.keys() | NOTICES | {*UNREAD} | LISTS | TO_CUSTOMERS == kinds()


@pytest.mark.parametrize("reader", READERS)
async def test_a_mail_about_a_conversation_says_what_an_answer_does(
    peopled: Desk, reader: str
) -> None:
    desk, office = peopled, peopled.office
    async with office.database.write() as db:
        agent = (await db.scalars(select(Agent).where(Agent.email == reader))).one()
        about = await db.get_one(Conversation, desk.home)
        for kind in kinds_for(reader):
            draft = ABOUT[kind]
            await write_about(db, office.context, about, agent, kind, 1, now=utcnow(), draft=draft)
    await office.works()
    mails = office.relay.to(reader)[reader == LEFT :]  # they had a part when that notice came
    assert len(mails) == len(kinds_for(reader)) + (reader in (KAREN, BOB))
    for number, mail in enumerate(mails):
        said = said_of(mail)
        is_to_customer = reader == KAREN and not number  # the notice of her own customer's mail
        assert said == ("answer" if is_to_customer else READERS[reader])
        assert said == await became(desk, mail, reader, number)
        if said == "held":
            assert "/conversations/" not in mail.text  # which they could not open
    await office.works()
    if READERS[reader] == "held":  # and that mail says the same of itself
        told = office.mail_to(reader)
        assert told.text.startswith("Your comment was not added")
        assert said_of(told) == "held"
