"""Mails to one of us come back: nothing is lost, and an administrator hears of it once."""

from __future__ import annotations

from inbox.outbound.keyed import bounce_address
from inbox.store.unreachable import unreachable
from tests.intake.test_bounces import report
from tests.notify.asking import ANNA, KAREN
from tests.office import Office

NOBODY = "550 5.1.1 nobody of this name"


async def test_an_administrator_hears_once_of_who_cannot_be_reached(office: Office) -> None:
    await office.change("update agent set role = 'admin' where name = 'Anna Rossi'")
    office.relay.says(KAREN, NOBODY)
    for _ in range(2):
        await office.hears()
        await office.works()
    assert not [one for one in office.relay.to(ANNA) if "came back" in one.text]
    for _ in range(2):
        await office.hears()
        await office.works()
    [told] = [one for one in office.relay.to(ANNA) if "came back" in one.text]
    said = " ".join(told.text.split())
    assert str(told.mail["Subject"]) == "Mails to Karen Miller do not arrive"
    assert "The last mails to Karen Miller (karen@us.example) came back." in said
    assert "nobody of this name" in said
    async with office.database.read() as db:
        assert [one.email for one in await unreachable(db)] == [KAREN]


async def test_a_report_that_comes_later_counts_and_a_mail_that_arrives_ends_it(
    office: Office,
) -> None:
    for _ in range(3):
        await office.hears()
    await office.works()
    rows = await office.rows(
        "select o.id, o.header_id from outbound o join agent a on a.id = o.agent_id"
        " where a.email = :email",
        email=KAREN,
    )
    assert len(rows) == 3
    for row in rows:
        to = bounce_address("support@us.example", row.id, office.context.secret)
        await office.receives(report(row.header_id, KAREN), sender="", recipients=(to,))
    async with office.database.read() as db:
        assert [one.email for one in await unreachable(db)] == [KAREN]
    # Said once in the conversations, not under each mail that she did not get.
    told = "select count(*) from event where name in ('delivery.failed', 'message.automatic')"
    assert await office.one(told) == 2
    assert await office.one("select count(*) from spool where state <> 'done'") == 0
    await office.hears()
    await office.works()
    async with office.database.read() as db:
        assert await unreachable(db) == []
    office.relay.says(KAREN, NOBODY)
    for _ in range(2):
        await office.hears()
        await office.works()
    assert await office.one(told) == 3
    assert "message.held" not in await office.rows("select name from event")
