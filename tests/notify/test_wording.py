"""Approved texts around somebody's words, what is looked for, and mails that are passed on."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import text, update

from inbox.auth.viewers import viewer_of_agent
from inbox.desk.answer import Answer
from inbox.desk.pass_on import pass_on
from inbox.desk.people import add_agent
from inbox.desk.templates import Draft, keep_text
from inbox.orders.verbs import Verb
from inbox.store.find import find_conversations
from inbox.store.tables import Agent, Follower, ListMember
from tests.indexed import indexes
from tests.leaks import files
from tests.notify.asking import JANE, KAREN, Desk
from tests.office import MONDAY
from tests.peers import Arrived

REFUND = """Dear {{ customer.name or "customer" }},

your money is on its way.

{{ agent.name }}"""


async def keeps(desk: Desk, name: str, body: str, **more: Any) -> int:
    """An approved text of all mailboxes."""
    draft = Draft(name=name, body=body, language=more.pop("language", "en"), **more)
    async with desk.office.database.write() as db:
        return (await keep_text(db, draft, now=MONDAY)).template.id


async def test_a_template_goes_out_around_the_words(desk: Desk) -> None:
    await keeps(desk, "Refund", REFUND)
    await desk.sends("@template refund\n\nI am sorry about the boots.")
    text = desk.office.mail_to(JANE).text
    assert text.index("Dear Jane") < text.index("I am sorry") < text.index("your money is")
    assert "@template" not in text
    assert await desk.stands() == ("waiting", desk.office.karen)
    [row] = await desk.office.rows("select used from template")
    assert row.used == 1


async def test_a_template_alone_is_an_answer_and_its_address_as_well(desk: Desk) -> None:
    await keeps(desk, "Refund", REFUND)
    await desk.sends("", "template-refund")
    assert desk.office.mail_to(JANE).text.startswith("Dear Jane Doe,\n\nyour money is on its way.")


async def test_a_template_speaks_the_customers_language(desk: Desk) -> None:
    await keeps(desk, "Refund", "Your money is on its way.")
    await keeps(desk, "refund", "**Ihr Geld** ist unterwegs.", language="de", form="markdown")
    german = "Guten Tag, ich habe das Geld noch nicht bekommen und warte seit einer Woche."
    home = await desk.office.hears(words=german, Subject="Mein Geld")
    await desk.office.works()
    await Desk(desk.office, home, desk.office.mail_to(KAREN)).sends("@vorlage refund")
    mail = desk.office.mail_to(JANE)
    assert mail.text.startswith("Ihr Geld ist unterwegs.")
    assert "<strong>Ihr Geld</strong>" in mail.html


async def test_a_name_that_is_not_clear_lists_what_there_is(desk: Desk) -> None:
    await desk.sends("@template refund")
    said = await desk.nothing_is_done()
    assert "“@template refund”: no text has been approved here yet." in said
    await keeps(desk, "Refund abroad", "a")
    await keeps(desk, "Refund at home", "b")
    await desk.sends("@template refund\n\nSorry.")
    said = await desk.nothing_is_done()
    assert "“@template refund” may mean Refund abroad and Refund at home." in said
    assert "Sorry." in said


async def test_a_text_with_a_hole_never_reaches_a_customer(desk: Desk) -> None:
    await keeps(desk, "Refund", "Dear {{ customer.name }},\n\nyour money is on its way.")
    async with desk.office.database.write() as db:
        await db.execute(text("update message set author_name = ''"))
        await db.execute(text("update customer set name = ''"))
    await desk.sends("@template refund\n\nSorry.")
    assert "“@template refund”: customer.name is not known" in await desk.nothing_is_done()


async def test_what_is_looked_for_comes_back_and_nothing_else_happens(desk: Desk) -> None:
    office = desk.office
    await keeps(desk, "Sole", "How soles are glued.", kind="article", title="Loose soles")
    await keeps(desk, "Sole refund", "The sole is paid for.")
    other = await office.hears(
        words="The left sole came off.", Subject="Sandals", From="Bob <bob@other.example>"
    )
    secret = await office.mailbox(address="board@us.example", name="Board")
    await office.hears(
        words="The sole shareholder.",
        Subject="Sole",
        From="eve@bank.example",
        To="board@us.example",
    )
    await keeps(desk, "Soles of the board", "hidden", mailbox="board@us.example")
    await office.works()
    await indexes(desk.office.database)
    await desk.sends("@find soles")
    assert secret
    mail = office.mail_to(KAREN)
    assert await desk.stands() == ("open", None)
    assert not office.relay.to(JANE)
    assert await desk.said() == []
    assert "This was found for “soles”." in mail.text
    assert "@article Sole" in mail.text
    assert "@template Sole refund" in mail.text
    assert f"https://desk.us.example/conversations/{other}" in mail.text
    assert "shareholder" not in mail.text
    assert "board" not in mail.text


async def test_a_text_that_was_found_is_one_mail_from_the_customer(desk: Desk) -> None:
    await keeps(desk, "Soles", "Rub them with wax.", kind="article")
    await desk.sends("@find soles")
    mail = desk.office.mail_to(KAREN)
    # An answer to the list itself would stay inside.
    assert "\nAn answer to this mail is a comment that only we see.\n" in mail.text
    [href] = re.findall(r'href="(mailto:[^"]*)"[^>]*><b>@article Soles', mail.html)
    ready = urlsplit(unescape(href))
    to, body = unquote(ready.path), parse_qs(ready.query)["body"][0]
    assert f"Answer Jane Doe: {to}\n" in mail.text
    answer = desk.office.letter(f"{body}This will help.", From=f"Karen <{KAREN}>", To=to)
    await desk.office.receives(answer, sender=KAREN, recipients=(to,))
    await desk.office.works()
    text = desk.office.mail_to(JANE).text
    assert text.index("This will help.") < text.index("Rub them with wax.")


async def test_words_beside_what_is_looked_for_are_not_lost(desk: Desk) -> None:
    await desk.sends("@find soles\n\nDear Jane, we will mend them.")
    said = await desk.nothing_is_done()
    assert "“@find soles” stands in a mail alone" in said
    assert "we will mend them" in said


SUPPLIER = "glue@supplier.example"


async def passes_on(desk: Desk, words: str = "Can you mend this?") -> Arrived:
    """Karen asks the supplier; the mail that they get."""
    await desk.sends(f"@forward {SUPPLIER}\n\n{words}")
    return desk.office.mail_to(SUPPLIER)


async def answers_of_supplier(desk: Desk, asked: Arrived, words: str) -> None:
    """The supplier answers, by any program."""
    mail = desk.office.letter(words, answers=asked.mail, From=f"Glue Ltd <{SUPPLIER}>")
    await desk.office.receives(mail, sender=SUPPLIER)
    await desk.office.works()


async def test_a_customers_mail_is_passed_on_in_a_thread_of_its_own(desk: Desk) -> None:
    office = desk.office
    await office.notes(desk.home, "A secret among us.")
    asked = await passes_on(desk)
    mail = asked.mail
    assert str(mail["From"]) == '"Karen Miller (Support)" <support@us.example>'
    assert str(mail["To"]) == SUPPLIER
    assert str(mail["Subject"]) == "Fwd: Boots"
    assert str(mail["References"]) == str(mail["Message-ID"])
    assert mail["In-Reply-To"] is None
    assert asked.text.startswith("Can you mend this?")
    assert "The boots are broken." in asked.text
    assert "From: Jane Doe" in asked.text
    for hidden in (JANE, KAREN, "secret", "@forward"):
        assert hidden not in asked.raw.decode()
    assert not office.relay.to(JANE)
    assert await desk.stands() == ("open", office.karen)


async def test_what_the_asked_one_says_is_for_us_alone(desk: Desk) -> None:
    office = desk.office
    asked = await passes_on(desk)
    await answers_of_supplier(desk, asked, "Costs 5 euros, but do not tell.")
    notice = office.mail_to(KAREN)
    assert "Your answer goes to Glue Ltd, not to Jane Doe." in notice.text
    assert "do not tell" in notice.text
    # The customer is still the customer, and whom the next answer goes to.
    await office.replies(desk.home, "We will mend them.")
    await office.works()
    assert "We will mend them." in office.mail_to(JANE).text
    assert "do not tell" not in office.mail_to(JANE).raw.decode()
    assert len(office.relay.to(SUPPLIER)) == 1
    # What the customer says then, the asked one never hears.
    await office.hears(words="Thank you!", answers=office.mail_to(JANE).mail)
    await office.works()
    assert len(office.relay.to(SUPPLIER)) == 1


async def test_an_answer_to_their_notice_goes_to_them_alone(desk: Desk) -> None:
    office = desk.office
    asked = await passes_on(desk)
    await answers_of_supplier(desk, asked, "Which size?")
    theirs = Desk(office, desk.home, office.mail_to(KAREN))
    assert "+f." in theirs.to("f")
    await theirs.sends("Size 42.", "f")
    got = office.mail_to(SUPPLIER)
    assert got.text.startswith("Size 42.")
    assert "> Which size?" in got.text
    assert "broken" not in got.text
    assert str(got.mail["Subject"]) == "Re: Fwd: Boots"
    assert not office.relay.to(JANE)


async def test_the_customer_can_be_answered_from_there_by_their_own_address(desk: Desk) -> None:
    office = desk.office
    asked = await passes_on(desk)
    await answers_of_supplier(desk, asked, "Which size?")
    notice = office.mail_to(KAREN)
    theirs = Desk(office, desk.home, notice)
    address = theirs.to().replace("+f.", "+r.")
    assert address in notice.text
    mail = office.letter("Which size do you have?", From=KAREN, To=address, Subject="Re: Boots")
    await office.receives(mail, sender=KAREN, recipients=(address,))
    await office.works()
    assert office.mail_to(JANE).text.startswith("Which size do you have?")
    assert len(office.relay.to(SUPPLIER)) == 1


async def test_an_unproved_answer_to_the_asked_one_can_never_reach_the_customer(desk: Desk) -> None:
    office = desk.office
    asked = await passes_on(desk)
    await answers_of_supplier(desk, asked, "Which size?")
    theirs = Desk(office, desk.home, office.mail_to(KAREN))
    await theirs.sends("Size 42.", "f", from_="Karen <karen@home.example>")
    assert len(office.relay.to(SUPPLIER)) == 1
    assert not office.relay.to(JANE)
    held = office.mail_to(KAREN).text
    assert "nothing was sent" in held
    assert "Send it now" not in held


async def test_only_somebody_outside_who_takes_no_part_is_asked(desk: Desk) -> None:
    for address in (JANE, KAREN, "support@us.example", "no address", "a@b.example c@d.example"):
        await desk.sends(f"@forward {address}\n\nWords.")
        assert not desk.office.relay.to(JANE)
    assert await desk.stands() == ("open", None)
    assert {kind for kind, _ in await desk.said()} == {"held"}


async def test_nothing_is_added_to_the_header_of_what_is_passed_on(desk: Desk) -> None:
    # A line ends where the order ends, whatever a program makes of a line's end.
    await desk.sends(f"@forward {SUPPLIER}\u2028Bcc: evil@x.example\n\nWords.")
    assert not desk.office.relay.to("evil@x.example")
    for sent in desk.office.relay.to(SUPPLIER):
        assert sent.mail["Bcc"] is None


async def test_a_colleague_finds_what_they_are_drawn_into_and_no_more(desk: Desk) -> None:
    office = desk.office
    pat = await office.agent("pat@us.example", office.support, name="Pat", role="colleague")
    await office.hears(words="Also broken boots.", Subject="Boots again", From="b@other.example")
    await indexes(office.database)
    async with office.database.write() as db:
        viewer = await viewer_of_agent(db, pat)
        assert await find_conversations(db, viewer, "boots", now=MONDAY) == []
        db.add(Follower(conversation_id=desk.home, agent_id=pat, how="mentioned"))
        await db.flush()
        found = await find_conversations(db, viewer, "broken boots", now=MONDAY)
        # What a department of theirs was asked about is theirs as long as there is one.
        lists = await add_agent(
            db, email="stores@us.example", name="Stores", role="colleague", is_list=True
        )
        speaker = ListMember(list_id=lists.id, agent_id=pat, created_at=MONDAY)
        db.add(speaker)
        await db.execute(update(Follower).values(agent_id=lists.id))
        assert await find_conversations(db, viewer, "broken boots", now=MONDAY) == found
        lists.disabled_at = MONDAY
        await db.flush()
        assert await find_conversations(db, viewer, "broken boots", now=MONDAY) == []
        # Nor is it theirs who was removed from the department.
        lists.disabled_at, speaker.removed_at = None, MONDAY
        await db.flush()
        assert await find_conversations(db, viewer, "broken boots", now=MONDAY) == []
    assert [one.id for one in found] == [desk.home]


async def test_what_holds_words_back_is_not_asked_for_with_words_to_the_asked_one(
    desk: Desk,
) -> None:
    # What is held is let go to the customer, and these words are not for the customer.
    asked = await passes_on(desk)
    await answers_of_supplier(desk, asked, "Which size?")
    theirs = Desk(desk.office, desk.home, desk.office.mail_to(KAREN))
    held_back = (str(verb) for verb in Verb if str(verb) in ("show", "stop", "find"))
    for verb in held_back:
        await theirs.sends(f"@{verb}\n\nSize 42.", "f")
        assert "Send it" not in desk.office.mail_to(KAREN).text
    assert len(desk.office.relay.to(SUPPLIER)) == 1
    assert not desk.office.relay.to(JANE)
    assert {row.verb for row in await desk.office.rows("select verb from held")} == {"note"}


async def test_an_approved_text_that_was_held_leaves_in_its_own_form(desk: Desk) -> None:
    await desk.office.change("update mailbox set undo_seconds = 3600")
    await keeps(desk, "Refund", "**Your money** is on its way.", form="markdown")
    await desk.sends("@show\n@template refund")
    assert not desk.office.relay.to(JANE)
    await desk.decides("send", works=False)
    await desk.sends("stop")
    await desk.office.change("update mailbox set undo_seconds = 0")
    await desk.decides("send")
    mail = desk.office.mail_to(JANE)
    assert mail.text.startswith("Your money is on its way.")
    assert "<strong>Your money</strong>" in mail.html


async def test_no_token_of_ours_goes_along_in_a_file_of_the_customers(desk: Desk) -> None:
    office = desk.office
    letter = office.letter("See the files.", Subject="Files", Message_ID="<files@shop.example>")
    shot, locked = files.png(desk.to()), files.pdf("x", is_locked=True)
    for name, content in (("shot.png", shot), ("locked.pdf", locked)):
        letter.add_attachment(content, maintype="application", subtype="x", filename=name)
    home = await office.hears(letter)
    await office.works()
    await Desk(office, home, office.mail_to(KAREN)).sends(f"@forward {SUPPLIER}\n\nLook!")
    assert not office.relay.to(SUPPLIER)
    assert "“shot.png” has an address in it" in " ".join(office.mail_to(KAREN).text.split())
    # Without that file, which a page lets her leave out; what nobody can open is the customer's.
    async with office.database.write() as db:
        passes = await db.scalar(text("select id from file where filename = 'locked.pdf'"))
        karen = await db.get_one(Agent, office.karen)
        words = Answer(text="Look!", passes=(passes,))
        await pass_on(db, home, words, SUPPLIER, by=karen, now=office.now, context=office.context)
    await office.works()
    names = [one.get_filename() for one in office.mail_to(SUPPLIER).mail.iter_attachments()]
    assert names == ["locked.pdf"]
