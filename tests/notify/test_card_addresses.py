"""Addresses of verbs that stand in the address book: beside an answer, or about oneself."""

from __future__ import annotations

import pytest

from tests.notify.asking import ANNA, FROM, JANE, KAREN, Desk


async def test_an_address_of_the_address_book_beside_the_answer(desk: Desk) -> None:
    cc = "Support close <support+close@us.example>, support+erledigt@us.example"
    await desk.sends("We send new ones.", Cc=cc)
    assert await desk.stands() == ("closed", desk.office.karen)
    got = desk.office.mail_to(JANE)
    assert got.text.startswith("We send new ones.\n")
    assert "close" not in got.raw.decode()
    assert not got.mail["Cc"]


@pytest.mark.parametrize(
    ("cc", "says"), [("support+assign@us.example", "assign+…@"), ("support+wait-x@us.example", "x")]
)
async def test_what_such_an_address_does_not_say_stops_all_of_it(
    desk: Desk, cc: str, says: str
) -> None:
    await desk.sends("We send new ones.", Cc=cc)
    assert await desk.stands() == ("open", None)
    assert says in desk.office.mail_to(KAREN).text
    assert not desk.office.relay.to(JANE)


async def test_such_an_address_alone_has_no_right(desk: Desk) -> None:
    """Anybody can write to it: it is what the mail answers that may be spoken about."""
    to = "support+close@us.example"
    mail = desk.office.letter("", From=FROM, To=to, In_Reply_To=str(desk.notice.mail["Message-ID"]))
    await desk.office.receives(mail, recipients=(to,))
    customer = desk.office.letter("Please.", From=f"Jane <{JANE}>", To=desk.to(), Cc=to)
    await desk.office.receives(customer, sender=JANE, recipients=(desk.to(), to))
    await desk.office.works()
    assert await desk.stands() == ("open", None)


async def test_what_is_about_oneself_needs_no_notice(desk: Desk) -> None:
    """In a mail of its own, by a line or an address of the address book; where it is proved."""
    office = desk.office
    signed_in = {"submitted_by": office.karen, "source": "submission", "sender": KAREN}
    for to, words in (
        ("support@us.example", "@find boots"),
        ("support+find@us.example", "boots"),
        ("support@us.example", "@help"),
    ):
        mail = office.letter(words, From=FROM, To=to, Subject="?")
        await office.receives(mail, recipients=(to,), **signed_in)
        await office.works()
        told = office.mail_to(KAREN).text
        assert "for “boots”" in told if words != "@help" else "@close: " in told
    mail = office.letter("", From=FROM, To="support+away@us.example", Subject="?")
    await office.receives(mail, recipients=("support+away@us.example",), **signed_in)
    assert await office.one(
        "select away_until is not null from agent where id = :k", k=office.karen
    )
    mail = office.letter("@close\n\nNew ones.", From=FROM, To="support@us.example", Subject="?")
    await office.receives(mail, **signed_in)
    await office.receives(office.letter("@find boots", From=FROM, Subject="?"), sender=KAREN)
    await office.works()
    last = [one.text for one in office.relay.to(KAREN)[-2:]]
    assert all("Nothing of what you asked for was done" in one for one in last)
    assert await desk.stands() == ("open", None)
    # Nobody else hears of any of it, and nothing of it is open.
    assert len(office.relay.to(ANNA)) == 1
    statuses = await office.rows("select status from conversation where id <> :h", h=desk.home)
    assert {one.status for one in statuses} == {"closed"}
