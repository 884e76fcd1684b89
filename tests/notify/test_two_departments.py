"""One letter to two departments: one matter, and both know that the other has it."""

from __future__ import annotations

from tests.desk.correcting import row
from tests.office import Office

KAREN, ANNA = "karen@us.example", "anna@us.example"
PAT = "Pat Lee <pat@shop.example>"


async def two_departments(office: Office) -> int:
    """One letter to Support and to Sales, in which Sam works."""
    sales = await office.mailbox("sales@us.example")
    await office.agent("sam@us.example", sales, name="Sam Okafor")
    mail = office.letter("For both", From=PAT, To="support@us.example, sales@us.example")
    kept = await office.receives(mail, recipients=("support@us.example", "sales@us.example"))
    assert kept
    return kept.conversation_id


async def test_both_departments_hear_that_the_other_has_the_letter_too(office: Office) -> None:
    conversation = await two_departments(office)
    await office.works()
    for address in (KAREN, ANNA, "sam@us.example"):
        arrived = office.mail_to(address)
        said = "Support and Sales have this conversation together: one answer is enough."
        assert said in arrived.text
        assert said in arrived.html
        assert "Support, Sales · nobody has it yet" in arrived.text
    # One answer is one for both: Sam's goes out, and Support hears of it.
    answer = office.letter("We do", answers=office.mail_to("sam@us.example").mail)
    to = str(office.mail_to("sam@us.example").mail["Reply-To"]).partition("<")[2].rstrip(">")
    del answer["From"], answer["To"]
    answer["From"], answer["To"] = "Sam Okafor <sam@us.example>", to
    assert await office.hears(answer) == conversation
    await office.works()
    assert "Sam Okafor answered Pat Lee on " in office.mail_to(KAREN).text


async def test_a_copy_that_comes_later_says_so_to_whom_it_is_new(office: Office) -> None:
    sales = await office.mailbox("sales@us.example")
    await office.agent("sam@us.example", sales, name="Sam Okafor")
    mail = office.letter("For both", From=PAT, To="support@us.example, sales@us.example")
    first = await office.receives(mail, recipients=("support@us.example",))
    await office.works()
    assert "together" not in office.mail_to(KAREN).text
    again = await office.receives(mail, recipients=("sales@us.example",), peer="203.0.113.10")
    await office.works()
    assert first
    assert again is None or again.conversation_id == first.conversation_id
    assert "Support and Sales have this conversation together" in (
        office.mail_to("sam@us.example").text
    )
    assert len(office.relay.to(KAREN)) == 1


async def test_what_one_department_may_see_is_not_told_to_two(office: Office) -> None:
    hint = await office.hears(words="My boots leak at the toe", From=PAT, Subject="Boots leak")
    await office.works()
    conversation = await two_departments(office)
    await office.works()
    assert await row(office, conversation, "is_shared") is True
    notice = office.mail_to("sam@us.example")
    assert f"/conversations/{hint}" not in notice.text
    assert "Boots leak" not in notice.text


async def test_the_people_of_a_second_mailbox_learn_of_its_copy(office: Office) -> None:
    sales = await office.mailbox("sales@us.example")
    await office.agent("sue@us.example", sales)
    mail = office.letter("Two boots", To="support@us.example, sales@us.example")
    await office.hears(mail)
    await office.works()
    assert [one.recipients for one in office.relay.arrived] == [(KAREN,), (ANNA,)]
    await office.receives(mail, recipients=("sales@us.example",))
    await office.works()
    assert [one.recipients for one in office.relay.arrived[2:]] == [("sue@us.example",)]
    assert "\n\nTwo boots\n" in office.mail_to("sue@us.example").text


async def test_both_copies_at_once_are_one_notice_for_each(office: Office) -> None:
    sales = await office.mailbox("sales@us.example")
    await office.agent("sue@us.example", sales)
    mail = office.letter("Two boots", To="support@us.example, sales@us.example")
    await office.hears(mail)
    await office.receives(mail, recipients=("sales@us.example",))
    await office.works()
    told = sorted(one.recipients[0] for one in office.relay.arrived)
    assert told == [ANNA, KAREN, "sue@us.example"]
