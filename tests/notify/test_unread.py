"""What our people answer to mails that tell them something and are about no conversation.

Nobody reads it there: they hear so, and nothing of it becomes a customer's mail.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from inbox import notify
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context
from inbox.settings import Settings
from inbox.store.sent import UNREAD
from tests.intake.house import as_bytes
from tests.mail_auth.zone import PUBLIC, signed
from tests.notify.asking import ANNA, JANE, KAREN, Desk
from tests.peers import Arrived

BOSS = "boss@us.example"
NOBODY = "nobody reads answers to that mail"


def test_each_mail_that_says_so_is_known_by_it() -> None:
    """An answer to any other would make one of us a customer of the mailbox."""
    say_so = {
        kind
        for path in Path(notify.__file__).parent.glob("*.py")
        if "read_by_nobody(" in (source := path.read_text())
        for kind in re.findall(r'@composer\("(\w+)"\)', source)
    }
    assert say_so == set(UNREAD)


@pytest.fixture
async def told(desk: Desk) -> Desk:
    """Karen, and an administrator who is in no mailbox, get a mail of most such kinds each."""
    office = desk.office
    await office.agent(BOSS, name="Boss", role="admin")
    office.zone.txt("s._domainkey.us.example", f"v=DKIM1; k=ed25519; p={PUBLIC}")
    office.zone.txt("_dmarc.us.example", "v=DMARC1; p=none")
    office.context = Context(
        settings=Settings(relay_url=office.relay.url, mail_auth="direct"),
        database=office.database,
        secret=office.context.secret,
    )
    async with office.database.write() as db:
        await enqueue(db, "notify.account", agent_id=office.karen, what="password", about="")
        await enqueue(db, "notify.flood", agent_id=office.karen)
        await enqueue(db, "notify.invitation", agent_id=office.karen, by="Boss")
    await office.works()
    return desk


def told_to(desk: Desk, address: str, subject: str) -> Arrived:
    [mail] = [one for one in desk.office.relay.to(address) if subject in str(one.mail["Subject"])]
    return mail


async def answers(desk: Desk, mail: Arrived, words: str, from_: str, **more: Any) -> list[str]:
    """An answer to it, proved; the texts of what comes back."""
    office = desk.office
    before = len(office.relay.to(from_))
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    letter = office.letter(
        f"{words}\n\nOn Mon, Mar 03, 2025 at 09:00 Support wrote:\n{quoted}",
        From=f"Somebody <{from_}>",
        Subject=f"Re: {mail.mail['Subject']}",
        In_Reply_To=str(mail.mail["Message-ID"]),
        **more,
    )
    to = ("support@us.example",)
    await office.receives(signed(as_bytes(letter), "us.example"), sender=from_, recipients=to)
    await office.works()
    return [one.text for one in office.relay.to(from_)[before:]]


async def conversations(desk: Desk) -> int:
    return int(await desk.office.one("select count(*) from conversation"))


@pytest.mark.parametrize(
    ("subject", "reader"),
    [
        ("password was changed", KAREN),
        ("not taken for now", KAREN),
        ("not taken for now", BOSS),
        ("You are invited", KAREN),
    ],
)
async def test_words_reach_nobody_and_their_writer_hears_so(
    told: Desk, subject: str, reader: str
) -> None:
    mail = told_to(told, reader, subject)
    assert "Nobody reads an answer to this mail." in mail.text
    anna, jane = len(told.office.relay.to(ANNA)), len(told.office.relay.to(JANE))
    for words in ("That was not me!", "@close\n\nThat was not me!"):
        [back] = await answers(told, mail, words, reader)
        assert NOBODY in back
        assert "> That was not me!" in back
        assert "support@us.example" in back
    assert await conversations(told) == 1
    assert len(told.office.relay.to(ANNA)) == anna
    assert len(told.office.relay.to(JANE)) == jane
    assert "held" not in {kind for kind, _ in await told.said()}


async def test_what_is_about_themselves_is_done_wherever_they_take_part(told: Desk) -> None:
    mail = told_to(told, BOSS, "not taken for now")
    [back] = await answers(told, mail, "@help", BOSS)
    assert back.startswith("This can be asked for by mail.")
    until = (told.office.now + timedelta(days=3)).date().isoformat()
    [back] = await answers(told, mail, f"@away {until}\n\n-- \nBoss", BOSS)
    assert back.startswith("You are away until")
    [row] = await told.office.rows("select away_until from agent where email = :it", it=BOSS)
    assert row.away_until is not None
    # About a conversation nothing can be asked for: which one is not said.
    [back] = await answers(told, mail, "@close", BOSS)
    assert NOBODY in back
    assert "@close" in back
    assert await told.stands() == ("open", None)


async def test_what_is_not_proved_is_not_done(told: Desk) -> None:
    mail = told_to(told, KAREN, "not taken for now")
    office = told.office
    letter = office.letter(
        "@away", From=f"Karen <{KAREN}>", In_Reply_To=str(mail.mail["Message-ID"])
    )
    await office.receives(letter)
    await office.works()
    assert "The mail system that it claims to be from says it is not." in office.mail_to(KAREN).text
    [row] = await office.rows("select away_until from agent where email = :it", it=KAREN)
    assert row.away_until is None


async def test_a_link_to_come_in_is_shown_to_nobody(told: Desk) -> None:
    """An answer quotes it: were it kept, whoever reads the mailbox could use it."""
    mail = told_to(told, KAREN, "You are invited")
    [back] = await answers(told, mail, "@help", KAREN)
    assert NOBODY in back
    assert "/invitations/" not in back
    assert await conversations(told) == 1


async def test_programs_that_answer_are_left_alone(told: Desk) -> None:
    mail = told_to(told, KAREN, "not taken for now")
    more = {"Auto_Submitted": "auto-replied"}
    assert await answers(told, mail, "I am out of the office.", KAREN, **more) == []
    assert await conversations(told) == 1
    # And one that says not that it is one is told of it, but not for ever.
    backs = [await answers(told, mail, f"Noted, {number}.", KAREN) for number in range(22)]
    assert [len(one) for one in backs[:2]] == [1, 1]
    assert backs[-1] == []
    assert await conversations(told) == 1


async def test_who_passes_it_on_to_the_department_means_it(told: Desk) -> None:
    """Written to somebody outside besides, it is their own mail as before."""
    mail = told_to(told, KAREN, "not taken for now")
    await answers(told, mail, "See below", KAREN, To=f"support@us.example, {JANE}")
    assert not [one for one in told.office.relay.to(KAREN) if NOBODY in one.text]


async def test_words_beside_what_is_about_themselves_are_not_lost(told: Desk) -> None:
    """A mail that answers nothing and asks for something is heard by nobody else."""
    office = told.office
    letter = office.letter("@away\n\nPlease see to Jane.", From=f"Karen <{KAREN}>")
    raw = signed(as_bytes(letter), "us.example")
    await office.receives(raw, sender=KAREN, recipients=("support@us.example",))
    await office.works()
    assert "“@away” stands in a mail alone" in office.mail_to(KAREN).text
    [row] = await office.rows("select away_until from agent where email = :it", it=KAREN)
    assert row.away_until is None


async def test_who_is_in_no_mailbox_asks_for_themselves_in_a_new_mail(told: Desk) -> None:
    """They would be the mailbox's customer, who says that they are away."""
    office = told.office
    for words in ("@help", "@away"):
        letter = office.letter(words, From=f"Boss <{BOSS}>")
        raw = signed(as_bytes(letter), "us.example")
        await office.receives(raw, sender=BOSS, recipients=("support@us.example",))
    await office.works()
    assert office.mail_to(BOSS).text.startswith("This can be asked for by mail.")
    [row] = await office.rows("select away_until from agent where email = :it", it=BOSS)
    assert row.away_until is not None
    assert not await office.rows(
        "select 1 from message where text in ('@help', '@away') and kind = 'mail'"
    )
    # Whatever else they write there is a question to that department, as before.
    letter = office.letter("Where is my parcel?", From=f"Boss <{BOSS}>")
    raw = signed(as_bytes(letter), "us.example")
    await office.receives(raw, sender=BOSS, recipients=("support@us.example",))
    assert await office.rows(
        "select 1 from message where text = 'Where is my parcel?' and kind = 'mail'"
    )
