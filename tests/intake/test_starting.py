"""One of us begins: as a department, by signing in or by `+new`, or with the mailbox in Cc."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

from inbox.desk.letter import Kept
from inbox.model.address import normalize
from tests.intake.house import House, as_bytes
from tests.mail_auth.zone import PUBLIC, signed
from tests.office import Office

JANE, KAREN, ANNA = "jane@shop.example", "karen@us.example", "anna@us.example"
NEW, SUPPORT = "support+new@us.example", "support@us.example"


async def submits(office: Office, mail: EmailMessage, *recipients: str, by: int = 0) -> Kept:
    kept = await office.receives(
        mail,
        recipients=recipients,
        sender=str(mail["From"]),
        submitted_by=by or office.karen,
        source="submission",
    )
    assert kept
    return kept


async def test_a_department_writes_first(office: Office) -> None:
    mail = office.letter("Your boots are back.", From=SUPPORT, To=f"Jane Doe <{JANE}>",
                         Subject="Your boots")  # fmt: skip
    kept = await submits(office, mail, JANE)
    await office.works()
    got = office.mail_to(JANE)
    assert str(got.mail["From"]) == f'"Karen Miller (Support)" <{SUPPORT}>'
    assert got.mail["Subject"] == "Your boots"
    assert "Your boots are back." in got.text
    assert "Support team" in got.text
    assert KAREN.encode() not in got.raw
    # The others are told, who wrote has it, and it is the customer's turn.
    told = office.mail_to(ANNA).text
    assert "Your boots are back." in told
    assert "Karen Miller wrote to Jane Doe." in told
    assert not office.relay.to(KAREN)
    [row] = await office.rows("select status, assignee_id from conversation")
    assert tuple(row) == ("waiting", office.karen)
    # What the customer answers comes back to it.
    answer = office.letter("Thank you!", answers=got.mail)
    assert await office.hears(answer) == kept.conversation_id
    assert await office.one("select customer_id = 1 from conversation")


async def test_whom_no_mail_of_ours_can_reach_is_said(office: Office) -> None:
    """The domain is no trouble, it has a form in ASCII; what stands before the @ has none."""
    mail = office.letter(
        f"@to {JANE}, юля@почта.example\n\nHello.", From=KAREN, To=NEW, Subject="Boots"
    )
    await submits(office, mail, NEW)
    await office.works()
    assert not office.relay.to(JANE)
    assert "has other letters than English ones before its @" in office.mail_to(KAREN).text
    mail = office.letter("@to jane@магазин.example\n\nHello.", From=KAREN, To=NEW, Subject="Boots")
    await submits(office, mail, NEW)
    await office.works()
    assert office.mail_to(normalize("jane@магазин.example")).text.startswith("Hello.")
    # A customer who writes from there is told of as one who cannot be answered.
    raw = as_bytes(office.letter("Привет", Subject="Сапоги")).replace(
        JANE.encode(), "юля@почта.example".encode()
    )
    assert await office.receives(raw, sender="юля@почта.example", recipients=(SUPPORT,))
    await office.works()
    notice = office.mail_to(KAREN)
    assert "No mail of ours can go to юля@" in notice.text
    assert notice.text.startswith("Your answer is a comment that only we see.")
    address = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    mail = office.letter("@forward юля@почта.example\nLook!", From=KAREN, To=address)
    await office.receives(mail, sender=KAREN, recipients=(address,))
    await office.works()
    assert "this address has other letters than English ones" in office.mail_to(KAREN).text


async def test_the_same_first_mail_again_is_sent_once(office: Office) -> None:
    mail = office.letter("Hello.", From=SUPPORT, To=JANE)
    await submits(office, mail, JANE)
    raw = b"Received: from elsewhere\r\n" + as_bytes(mail)
    await office.receives(
        raw, recipients=(JANE,), submitted_by=office.karen, source="submission", sender=SUPPORT
    )
    assert await office.one("select count(*) from conversation") == 1
    assert await office.one("select count(*) from outbound where kind = 'reply'") == 1


async def test_copies_and_hidden_copies(office: Office) -> None:
    mail = office.letter("Hello.", From=SUPPORT, To=JANE, Cc="Tom <tom@shop.example>")
    await submits(office, mail, JANE, "tom@shop.example", "boss@shop.example")
    await office.works()
    assert office.mail_to("boss@shop.example").raw == office.mail_to(JANE).raw
    assert b"boss@shop.example" not in office.mail_to(JANE).raw
    assert "tom@shop.example" in str(office.mail_to(JANE).mail["Cc"])


async def test_a_mail_in_a_conversation_is_an_answer_there(office: Office) -> None:
    question = office.letter("My boots broke.", Subject="Boots")
    home = await office.hears(question)
    mail = office.letter("New ones come.", From=SUPPORT, To=JANE, answers=question)
    kept = await submits(office, mail, JANE)
    assert kept.conversation_id == home
    await office.works()
    assert "> My boots broke." in office.mail_to(JANE).text


async def test_who_is_not_in_a_department_does_not_write_as_it(office: Office) -> None:
    stranger = await office.agent("ivan@us.example", name="Ivan")
    await submits(office, office.letter("Buy!", From=SUPPORT, To=JANE), JANE, by=stranger)
    await office.works()
    assert not office.relay.to(JANE)


async def test_without_signing_in_nobody_writes_as_a_department(office: Office) -> None:
    await office.receives(office.letter("Buy!", From=SUPPORT, To=JANE), recipients=(SUPPORT,))
    await office.works()
    assert not office.relay.to(JANE)


async def test_a_colleague_follows_up_before_the_customer_has_written(office: Office) -> None:
    kept = await submits(office, office.letter("Hello.", From=SUPPORT, To=JANE), JANE)
    await office.works()
    await office.replies(kept.conversation_id, "One thing more.", by=office.anna)
    await office.works()
    got = office.mail_to(JANE)
    assert str(got.mail["Subject"]).startswith("Re: ")
    assert got.mail["In-Reply-To"] == office.relay.to(JANE)[0].mail["Message-ID"]
    assert KAREN.encode() not in got.raw


async def test_new_with_the_customer_named_in_the_first_line(checking: House) -> None:
    karen = await checking.agent(KAREN, 1, name="Karen Miller")
    mail = checking.letter(f"@to {JANE}\n\nYour boots are back.", From=KAREN, To=NEW)
    kept = await checking.receives(mail, submitted_by=karen, source="submission")
    assert kept
    [row] = await checking.rows('select text, "to" from message where id = :id', id=kept.message_id)
    assert row.text == "Your boots are back."
    assert row.to == [{"name": "", "address": JANE}]


async def test_new_without_proof_is_held_and_can_be_let_go(office: Office) -> None:
    mail = office.letter(f"@to {JANE}\n\nYour boots are back.", From=KAREN, To=NEW)
    await office.receives(mail, recipients=(NEW,))
    await office.works()
    assert not office.relay.to(JANE)
    assert await office.one("select reasons from held") == ["unproved"]
    told = office.mail_to(KAREN)
    assert told.text.startswith("Your answer to jane was not sent.")
    release = next(word for word in told.text.split() if "+x." in word or "+send." in word)
    await office.receives(office.letter("", From=KAREN, To=release))
    await office.works()
    assert "Your boots are back." in office.mail_to(JANE).text


async def test_who_had_it_from_the_agent_does_not_get_it_from_us(office: Office) -> None:
    """Karen's own server has brought it to Jane, and to `+new` as well."""
    office.context = replace(
        office.context, settings=office.context.settings.model_copy(update={"mail_auth": "direct"})
    )
    office.zone.txt("s._domainkey.us.example", f"v=DKIM1; k=ed25519; p={PUBLIC}")
    office.zone.txt("_dmarc.us.example", "v=DMARC1; p=none")
    tom = "tom@mill.example"
    for words, got in ((f"@to {JANE}, {tom}", [tom]), (f"@to {JANE}", [tom]), ("", [tom])):
        mail = office.letter(f"{words}\n\nOur offer.", From=KAREN, To=JANE, Cc=NEW)
        kept = await office.receives(
            signed(as_bytes(mail), "us.example"), sender=KAREN, recipients=(NEW,)
        )
        await office.works()
        assert kept
        [row] = await office.rows(
            "select status, assignee_id from conversation where id = :id", id=kept.conversation_id
        )
        assert tuple(row) == ("waiting", office.karen)
        assert not office.relay.to(JANE)
        assert [one for one in (tom,) if office.relay.to(one)] == got
    answer = office.letter("Yes, please.", answers=mail, To=KAREN, Cc=NEW)
    again = await office.receives(answer, recipients=(NEW,))
    assert kept
    assert again
    assert again.conversation_id == kept.conversation_id


async def test_a_stolen_password_does_not_reach_hundreds_by_new(office: Office) -> None:
    """The receiver sees `+new` alone; whom the mail goes to stands in it."""
    settings = office.context.settings.model_copy(update={"submission_people_per_hour": 3})
    office.context = replace(office.context, settings=settings)
    await office.change("update agent set role = 'admin' where id = :id", id=office.anna)
    for number in range(3):
        two = f"a{number}@spam.example, b{number}@spam.example"
        mail = office.letter(f"@to {two}\n\nBuy now.", From=KAREN, To=NEW)
        await submits(office, mail, NEW)
    await office.works()
    assert len([one for one in office.relay.arrived if b"Buy now." in one.raw]) >= 1
    assert not office.relay.to("a1@spam.example") + office.relay.to("b2@spam.example")
    assert await office.one("select reasons from held limit 1") == ["flood"]
    for reader in (KAREN, ANNA):  # each once
        told = [
            one
            for one in office.relay.to(reader)
            if "not taken for now" in str(one.mail["Subject"])
        ]
        assert len(told) == 1
        assert "somebody knows the password" in " ".join(told[0].text.split())


async def test_new_without_anybody_to_write_to_is_held_and_says_how(office: Office) -> None:
    mail = office.letter("For whom?", From=KAREN, To=NEW)
    await office.receives(mail, submitted_by=office.karen, source="submission", recipients=(NEW,))
    await office.works()
    assert await office.one("select reasons from held") == ["no_recipient"]
    told = " ".join(office.mail_to(KAREN).text.split())
    assert told.startswith("Your mail was not sent. There is nobody whom it could go to.")
    assert f"send it to {NEW} with “@to jane@customer.example” on its first line." in told


async def test_a_customer_who_writes_to_new_is_a_customer(office: Office) -> None:
    mail = office.letter("Hello.", To=NEW, Cc="tom@shop.example")
    await office.receives(mail, recipients=(NEW,))
    assert await office.one("select kind from message") == "mail"


async def test_with_the_mailbox_in_cc_it_is_on_record_and_theirs(checking: House) -> None:
    karen = await checking.agent(KAREN, 1, name="Karen Miller")
    mail = checking.letter("Here is our offer.", From=KAREN, To=JANE, Cc=SUPPORT)
    kept = await checking.receives(
        mail, recipients=(SUPPORT,), submitted_by=karen, source="submission"
    )
    assert kept
    [row] = await checking.rows("select status, assignee_id from conversation")
    assert tuple(row) == ("waiting", karen)
    assert await checking.one("select count(*) from outbound where kind = 'reply'") == 0
    answer = checking.letter("Yes, please.", answers=mail, Cc=SUPPORT, To=KAREN)
    again = await checking.receives(answer, recipients=(SUPPORT,))
    assert again
    assert again.conversation_id == kept.conversation_id


async def test_no_token_leaves_with_what_one_of_us_begins(office: Office) -> None:
    home = await office.hears(office.letter("My boots broke.", From="tom@shop.example"))
    secret = await office.token(home, office.karen)
    mail = office.letter(
        f"See {secret} or <mailto:{secret}>.",
        From=SUPPORT,
        To=f'"{secret}" <{JANE}>',
        Subject=f"About {secret}",
    )
    await submits(office, mail, JANE)
    await office.works()
    got = office.mail_to(JANE)
    token = secret.partition("+r.")[2].partition("@")[0].encode()
    assert token not in got.raw
    assert token.decode() not in got.text + got.html
