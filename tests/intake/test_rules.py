"""The rules of a house, followed for each mail that comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from inbox.desk.house_rules import RuleDraft, add_rule, change_rule, switch_rule
from inbox.desk.takeback import take_back
from inbox.desk.templates import Draft, keep_text
from inbox.desk.waiting_rules import find_due, follow_waiting, places_of
from inbox.model.actor import Actor
from inbox.store.rule_trials import due_for
from inbox.store.ruled import live_rules, stamp_rules
from inbox.store.statement import Statement
from tests.office import Office, office

__all__ = ["office"]
BILLING = "billing@us.example"
_SAYS = "Hello, we are {{ mailbox.name }}. About: {{ conversation.subject or 'it' }}"


async def rule(
    office: Office, *do: dict[str, Any], name: str = "Billing", mailbox: str = "", **more: Any
) -> int:
    """A rule that is switched on."""
    document = {"actions": list(do), **more}
    async with office.database.write() as db:
        draft = RuleDraft(name=name, mailbox=mailbox, document=document)
        made = await add_rule(db, draft, by=None, now=office.now)
        await switch_rule(db, made.id, on=True, by=None, now=office.now)
        return made.id


def about(what: str, *words: str) -> list[dict[str, Any]]:
    return [{"about": what, "any": list(words)}]


async def where(office: Office, home: int) -> Any:
    [row] = await office.rows(
        "select mailbox_id, assignee_id, tags, priority, status, promised_until from conversation"
        " where id = :id",
        id=home,
    )
    return row


async def test_a_letter_goes_where_it_belongs_and_can_be_put_back(office: Office) -> None:
    billing = await office.mailbox(BILLING, name="Billing", confirm="all")
    ben = await office.agent("ben@us.example", billing, name="Ben")
    await rule(
        office,
        {"do": "move", "mailbox": BILLING},
        {"do": "tag", "add": ["money"]},
        {"do": "priority", "value": "high"},
        conditions=about("words", "invoice"),
    )
    # Of the department where it went: its own rules are followed as well.
    await rule(office, {"do": "assign"}, name="In turn", mailbox=BILLING)
    home = await office.hears(office.letter("My invoice is wrong."))
    row = await where(office, home)
    assert (row.mailbox_id, row.assignee_id, row.tags, row.priority) == (billing, ben, ["money"], 1)
    by = {
        (one.name, one.actor_kind, one.actor_name)
        for one in await office.rows("select name, actor_kind, actor_name from event")
    }
    assert ("conversation.moved", "rule", "Billing") in by
    assert ("conversation.assigned", "rule", "In turn") in by
    # The confirmation speaks for the department that has it.
    confirmed = "select draft ->> 'from' from outbound where kind = 'confirmation'"
    assert await office.one(confirmed) == BILLING
    moved = await office.one("select id from event where name = 'conversation.moved'")
    async with office.database.write() as db:
        karen = Actor.agent(office.karen, "Karen")
        await take_back(db, moved, by=karen, now=office.now, secret=b"")
    assert (await where(office, home)).mailbox_id == office.support
    other = await office.hears(office.letter("Hello", From="x@else.example"))
    assert (await where(office, other)).tags == []


async def test_who_is_there_gets_it_in_turn_or_who_has_least(office: Office) -> None:
    number = await rule(office, {"do": "assign"})
    got = [
        (await where(office, await office.hears(From=f"c{one}@else{one}.example"))).assignee_id
        for one in range(3)
    ]
    assert got == [office.karen, office.anna, office.karen]
    document = {"actions": [{"do": "assign", "by": "load"}]}
    async with office.database.write() as db:
        draft = RuleDraft(name="Least", document=document)
        await change_rule(db, number, draft, by=None, now=office.now)
    home = await office.hears(From="c9@else9.example")
    assert (await where(office, home)).assignee_id == office.anna
    await office.change("update agent set skills = '{Routers}' where id = :id", id=office.karen)
    skilled = {"actions": [{"do": "assign", "by": "load", "skill": "routers"}]}
    async with office.database.write() as db:
        draft = RuleDraft(name="Least", document=skilled)
        await change_rule(db, number, draft, by=None, now=office.now)
    home = await office.hears(From="c10@else10.example")
    assert (await where(office, home)).assignee_id == office.karen
    assert await office.one("select fault from rule") == ""
    await office.change("update agent set skills = '{}'")
    await office.hears(From="c12@else12.example")
    assert await office.one("select fault from rule") == "assign: Nobody has the skill routers."
    await office.change("update agent set away_until = :at", at=office.now.replace(year=2030))
    home = await office.hears(From="c11@else11.example")
    assert (await where(office, home)).assignee_id is None


async def test_a_broken_rule_stops_nothing_and_is_told_once(office: Office) -> None:
    await office.change("update agent set role = 'admin' where id = :id", id=office.karen)
    move = {"do": "move", "mailbox": "support@us.example"}
    leads = await rule(office, move, {"do": "tag", "add": ["a"]})
    await office.change(  # the mailbox was there when the rule was switched on
        "update rule set document = jsonb_set(document, '{actions,0,mailbox}',"
        " '\"gone@us.example\"') where id = :id",
        id=leads,
    )
    damaged = await rule(office, {"do": "tag", "add": ["b"]}, name="Damaged")
    await office.change("update rule set document = '{\"actions\": 1}' where id = :id", id=damaged)
    for _ in range(2):
        home = await office.hears()
        assert (await where(office, home)).tags == ["a"]
    await office.works()
    faults = await office.rows("select fault from rule order by id")
    assert "gone@us.example" in faults[0].fault
    assert faults[1].fault
    told = [
        one
        for one in office.relay.to("karen@us.example")
        if "does not work" in str(one.mail["Subject"])
    ]
    assert len(told) == 2
    assert "/house/rules/" in told[0].text
    # What is mended is followed again, and says nothing any more.
    async with office.database.write() as db:
        draft = RuleDraft(name="Mended", document={"actions": [{"do": "tag", "add": ["c"]}]})
        await change_rule(db, damaged, draft, by=None, now=office.now)
    assert (await where(office, await office.hears())).tags == ["a", "c"]
    assert (await office.rows("select fault from rule order by id"))[1].fault == ""


@pytest.mark.parametrize(
    ("headers", "gets_it"),
    [
        ({}, True),
        ({"List-Id": "<boots.list.example>"}, False),
        ({"Auto-Submitted": "auto-replied"}, False),
        ({"From": "no-reply@shop.example"}, False),
    ],
)
async def test_a_machine_answers_as_a_machine_may(
    office: Office, headers: dict[str, str], gets_it: bool
) -> None:
    await office.hears()
    await office.change("update message set kind = 'reply'")  # whom we have answered is known
    async with office.database.write() as db:
        text = Draft(name="Hours", language="en", body=_SAYS)
        await keep_text(db, text, now=office.now)
    await rule(office, {"do": "answer", "template": "hours"})
    headers = {"Subject": "Buy now", **headers}
    first = office.letter("Hello", **headers)  # type: ignore[arg-type] # headers by name
    home = await office.hears(first)
    await office.hears(office.letter("Again.", answers=first, **headers))  # once in a conversation
    await office.works()
    got = [one for one in office.relay.to("jane@shop.example") if "we are" in one.text]
    assert len(got) == gets_it
    if gets_it:
        assert got[0].mail["Auto-Submitted"] == "auto-replied"
        # Whose address is only known, and not proved, gets no words of the mail.
        assert "Buy now" not in f"{got[0].mail['Subject']}{got[0].text}"
        assert got[0].mail["In-Reply-To"] == first["Message-ID"]
        assert "rule.answered" in await office.events(home)
        # It is nobody's answer.
        assert (await where(office, home)).status == "open"


async def test_what_else_a_rule_does(office: Office) -> None:
    await office.change("update membership set notices = 'none'")
    await rule(
        office,
        {"do": "note", "text": "@anna look at the contract first"},
        {"do": "notify", "whom": ["karen@us.example"]},
        {"do": "promise", "hours": 2},
        {"do": "webhook", "to": "crm"},
        name="Important",
    )
    home = await office.hears()
    await office.works()
    assert (await where(office, home)).promised_until is not None
    assert "rule “Important”" in office.mail_to("karen@us.example").text
    note = await office.rows("select author_kind, author_name, text from message where kind='note'")
    assert [(one.author_kind, one.author_name) for one in note] == [("rule", "Important")]
    # There is no such program: the rest is done, and the rule is named.
    assert "webhook" in await office.one("select fault from rule")


async def test_spam_is_the_end_of_it(office: Office) -> None:
    await office.change("update mailbox set confirm = 'all'")
    await rule(office, {"do": "spam"}, conditions=about("sender", "*@shop.example"))
    await rule(office, {"do": "tag", "add": ["seen"]}, name="Second")
    home = await office.hears()
    row = await where(office, home)
    assert (row.status, row.tags) == ("spam", [])
    assert await office.rows("select id from outbound where kind = 'confirmation'") == []


async def test_without_rules_nothing_is_asked_and_with_them_one_thing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fetch = Statement._fetch

    async def counted(self: Statement, connection: Any, values: dict[str, Any]) -> list[Any]:
        asked.append(self.sql)
        return await fetch(self, connection, values)

    monkeypatch.setattr(Statement, "_fetch", counted)
    await office.hears()
    without = len(asked)
    asked.clear()
    await office.hears(office.letter(From="tom@else.example"))
    assert len(asked) == without
    await rule(office, {"do": "tag", "add": ["x"]}, conditions=about("sender", "nobody@*"))
    await office.hears(office.letter(From="ann@third.example"))  # reads them once
    asked.clear()
    await office.hears(office.letter(From="pat@fourth.example"))
    assert len(asked) == without + 1


async def test_who_waits_long_enough_is_seen_to_once(office: Office) -> None:
    number = await rule(
        office,
        {"do": "tag", "add": ["late"]},
        name="Late",
        when="time",
        conditions=[{"about": "waiting", "minutes": 60}],
    )
    home = await office.hears()
    await rule(
        office,
        {"do": "tag", "add": ["never"]},
        name="None",
        when="time",
        conditions=[{"about": "waiting", "minutes": 60}, *about("tag", "gold")],
    )
    async with office.database.write() as db:
        live, other = await live_rules(db, office.database, await stamp_rules(db) or 0)
        later = office.now + timedelta(hours=2)
        places = await places_of(db, now=later)
        # No job each minute for what is nothing for it.
        assert await find_due(db, live, places, now=later) == [home]
        assert await find_due(db, other, places, now=later) == []

    async def follows(hours: int) -> bool:
        async with office.database.write() as db:
            now = office.now + timedelta(hours=hours)
            return await follow_waiting(db, live, home, context=office.context, now=now)

    assert not await follows(0)
    assert await follows(2)
    assert (await where(office, home)).tags == ["late"]
    async with office.database.write() as db:
        again = await due_for(db, number, None, since=office.now, after=0, most=9)
    assert again == []  # until they have waited anew
