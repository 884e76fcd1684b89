"""Whose addresses are our own people's: INBOX_OWN_DOMAINS."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox.desk.held import release
from inbox.desk.newcomers import confirm, refuse
from inbox.desk.people import add_agent
from inbox.model.address import is_within
from inbox.outbound.scrub import named_after
from inbox.store.tables import Agent
from tests.intake.house import as_bytes
from tests.mail_auth.zone import PUBLIC, signed
from tests.office import Office

JANE, SUPPORT, KAREN = "jane@shop.example", "support@us.example", "karen@us.example"
OURS = ("corp.example",)


@pytest.fixture
async def office(office: Office) -> Office:
    """The department of a house whose people have addresses of another domain; Karen runs it."""
    settings = office.context.settings.model_copy(
        update={"mail_auth": "direct", "own_domains": OURS}
    )
    office.context = replace(office.context, settings=settings)
    for domain in ("corp.example", "shop.example"):
        office.zone.txt(f"s._domainkey.{domain}", f"v=DKIM1; k=ed25519; p={PUBLIC}")
        office.zone.txt(f"_dmarc.{domain}", "v=DMARC1; p=none")
    await office.change("update agent set role = 'admin' where id = :id", id=office.karen)
    return office


async def test_somebody_of_ours_whom_nobody_knows_is_no_customer(office: Office) -> None:
    for number in range(2):
        mail = office.letter(
            f"Here is our offer {number}.",
            From="Bob Stone <bob@corp.example>",
            To=f"Jane <{JANE}>",
            Cc=SUPPORT,
        )
        raw = signed(as_bytes(mail), "corp.example")
        await office.receives(raw, sender="bob@corp.example", recipients=(SUPPORT,))
    await office.works()
    assert await office.one("select count(*) from customer_address where address like 'bob@%'") == 0
    kinds = await office.rows("select kind, author_kind from message order by id")
    assert [tuple(one) for one in kinds] == [("note", "system")] * 2
    asked = [one.text for one in office.relay.to(KAREN) if "inbox agent add" in one.text]
    assert len(asked) == 1  # once about an address
    assert "Bob Stone (bob@corp.example) wrote to Jane with this mailbox in Cc." in asked[0]
    page = "/house/people/new?name=Bob+Stone&email=bob%40corp.example&role=colleague"
    assert page in asked[0]
    assert asked[0].count("Broken boots") == 0  # the subject says it
    assert not office.relay.to(JANE)
    # And a page lists them, until they are said to be nobody: then nobody is asked any more.
    [waiting] = await office.rows("select address, name, list_id, state from newcomer")
    assert tuple(waiting) == ("bob@corp.example", "Bob Stone", None, "waiting")
    async with office.database.write() as db:
        await refuse(db, "Bob@corp.example", by=None, now=office.now)
        other = await add_agent(db, email="ada@us.example", name="Ada", role="admin")
    assert other.role == "admin"
    mail = office.letter("A third.", From="bob@corp.example", To=JANE, Cc=SUPPORT)
    raw = signed(as_bytes(mail), "corp.example")
    await office.receives(raw, sender="bob@corp.example", recipients=(SUPPORT,))
    await office.works()
    assert not office.relay.to("ada@us.example")
    async with office.database.write() as db:
        person = await confirm(db, "bob@corp.example", by=None, now=office.now)
    assert (person.name, person.role) == ("Bob Stone", "colleague")


async def test_without_proof_or_to_us_alone_all_is_as_it_was(office: Office) -> None:
    bob = "Bob Stone <bob@corp.example>"
    await office.receives(office.letter("I claim to be Bob.", From=bob, To=JANE, Cc=SUPPORT),
                          recipients=(SUPPORT,))  # fmt: skip
    mail = office.letter("My printer broke.", From=bob, To=SUPPORT)
    raw = signed(as_bytes(mail), "corp.example")
    await office.receives(raw, sender="bob@corp.example", recipients=(SUPPORT,))
    assert await office.one("select count(*) from message where kind = 'mail'") == 2


async def test_people_of_ours_in_cc_take_no_part_as_customers(office: Office) -> None:
    mail = office.letter("Hello.", Cc="Bob <bob@corp.example>, Tom <tom@shop.example>",
                         Reply_To="bob@it.corp.example")  # fmt: skip
    raw = signed(as_bytes(mail), "shop.example")
    await office.receives(raw, sender=JANE, recipients=(SUPPORT,))
    rows = await office.rows("select address from participant order by address")
    assert [one.address for one in rows] == ["tom@shop.example"]
    assert await office.one("select count(*) from customer_address where address like 'bob@%'") == 0


async def test_the_writers_address_in_a_signature_stays_here(office: Office) -> None:
    home = await office.hears(words="The boots are broken.")
    words = "New ones come.\n\nKaren Miller\nkaren.miller@corp.example | jobs@corp.example"
    await office.replies(home, words)
    await office.works()
    got = office.mail_to(JANE).text
    assert "karen.miller@" not in got
    assert "jobs@corp.example" in got  # which is nobody's private one


async def test_among_the_words_the_same_address_holds_them(office: Office) -> None:
    await office.hears(words="The boots are broken.")
    await office.works()
    to = str(office.mail_to(KAREN).mail["Reply-To"].addresses[0].addr_spec)
    ending = "Best regards\nKaren Miller\nkaren.miller@corp.example"
    for words in (
        f"@forward glue@supplier.example\nWhich glue is it?\n\n{ending}",
        f"Please write to karen.miller@corp.example about it.\n\n{ending}",
    ):
        mail = office.letter(words, From=f"Karen <{KAREN}>", To=to)
        await office.receives(mail, sender=KAREN, recipients=(to,))
    await office.works()
    assert "karen.miller@" not in office.relay.to("glue@supplier.example")[0].raw.decode()
    assert not office.relay.to(JANE)
    assert "“karen.miller@corp.example” is where one of us reads" in office.mail_to(KAREN).text
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        held = await office.one("select id from held")
        await release(db, held, by=karen, now=office.now, context=office.context)
    await office.works()
    got = office.relay.to(JANE)[0].text
    assert "write to karen.miller@corp.example" in got  # told of it, she has let it go


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("k.miller@corp.example", ["k.miller@corp.example"]),
        ("karenm@corp.example, Karen2@corp.example",
         ["karenm@corp.example", "Karen2@corp.example"]),
        ("Karen@mail.corp.example,", ["Karen@mail.corp.example"]),
        ("sales@corp.example karen@home.example karen@notcorp.example", []),
    ],
)  # fmt: skip
def test_whose_address_it_is(text: str, found: list[str]) -> None:
    assert named_after(text, "Karen Miller", OURS) == found


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ann Lee", "planning@corp.example"),
        ("Tom Art", "customers@corp.example"),
        ("Art Lee", "parts@corp.example"),
        ("Lena Ross (Billing)", "billing@corp.example"),
    ],
)
def test_what_the_customer_is_told_to_write_to_is_nobodys_own(name: str, address: str) -> None:
    assert named_after(f"Write to {address}.", name, OURS) == []


def test_a_domain_and_those_below_it() -> None:
    assert is_within("bob@it.corp.example", OURS)
    assert not is_within("bob@notcorp.example", OURS)
    assert not is_within("", OURS)
