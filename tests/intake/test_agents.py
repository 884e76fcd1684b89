"""What becomes of the mail that our own people write."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

import pytest

from inbox.desk.letter import Kept
from inbox.mail.tokens import hash_token
from inbox.outbound.keyed import release_token
from tests.intake.house import House, as_bytes
from tests.mail_auth.zone import Zone, shop, signed

CUSTOMER = "jane@shop.example"


@dataclass
class Story:
    """Jane has asked, and Karen has got a notice."""

    house: House
    karen: int
    question: EmailMessage
    conversation: int
    address: str

    def answer(self, words: str = "We send new ones.", **headers: str) -> EmailMessage:
        """What Karen's program sends; her words above the quote."""
        whole = {
            "From": "Karen Miller <karen@us.example>",
            "To": self.address,
            "References": "",
            "In-Reply-To": "",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        text = (
            f"{words}\n\nOn Sun, 22 Nov 2026 at 10:00, Jane via Support wrote:\n> My boots broke.\n"
        )
        return self.house.letter(text, answers=self.question, **whole)

    async def answers(self, words: str = "We send new ones.", **headers: str) -> Kept:
        kept = await self.house.receives(self.answer(words, **headers))
        assert kept
        return kept

    async def sent(self) -> list[str]:
        """Everybody outside who gets an answer."""
        sql = """select address from outbound_recipient join outbound on outbound.id = outbound_id
                  where kind = 'reply' order by address"""
        return [row.address for row in await self.house.rows(sql)]

    async def held(self) -> list[str]:
        """The reasons for which an answer waits; nothing was sent, and no customer can see it."""
        assert await self.sent() == []
        assert not await self.house.rows(
            "select 1 from message where author_kind = 'agent' and visibility = 'public'"
        )
        return list(await self.house.one("select reasons from held"))


@pytest.fixture
async def story(house: House) -> Story:
    mailbox = 1
    karen = await house.agent("karen@us.example", mailbox, name="Karen Miller")
    question = house.letter("My boots broke.", Cc="tom@shop.example", Subject="Boots")
    opened = await house.receives(question)
    assert opened
    address = await house.token(opened.conversation_id, karen)
    return Story(house, karen, question, opened.conversation_id, address)


async def test_an_answer_by_mail_goes_to_the_customer(story: Story) -> None:
    kept = await story.answers()
    [message] = await story.house.rows("select * from message where id = :id", id=kept.message_id)
    assert (message.kind, message.visibility, message.author_id) == ("reply", "public", story.karen)
    assert message.text == "We send new ones."
    assert await story.sent() == [CUSTOMER, "tom@shop.example"]
    assert await story.house.events(story.conversation) == [
        "conversation.opened",
        "message.replied",
    ]
    assert await story.house.one("select status from conversation") == "waiting"
    assert await story.house.one("select count(*) from spool where state <> 'done'") == 0


async def test_the_same_answer_twice_is_sent_once(story: Story) -> None:
    mail = story.answer()
    first = await story.house.receives(mail)
    raw = b"Received: from elsewhere\r\n" + as_bytes(mail)
    again = await story.house.receives(raw, sender="karen@us.example", recipients=(story.address,))
    assert first
    assert again
    assert again.message_id == first.message_id
    assert await story.house.one("select count(*) from outbound where kind = 'reply'") == 1


async def test_an_agent_draws_somebody_in_by_cc(story: Story) -> None:
    await story.answers(Cc="Ann <ann@partner.example>, support@us.example")
    assert await story.sent() == ["ann@partner.example", CUSTOMER, "tom@shop.example"]


async def test_a_file_of_the_answer_goes_along(story: Story) -> None:
    mail = story.answer()
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="label.pdf")
    kept = await story.house.receives(mail)
    assert kept
    assert (
        await story.house.one(
            "select filename from file where message_id = :id", id=kept.message_id
        )
        == "label.pdf"
    )


async def test_pictures_of_the_quote_stay_behind(story: Story) -> None:
    mail = story.answer("")
    mail.clear_content()
    mail.set_content("See:\n\n> secret\n")
    mail.add_alternative(
        "<p>See:</p><img src='cid:new'><div class=gmail_quote><img src='cid:old'></div>",
        subtype="html",
    )
    html = mail.get_payload()[1]  # type: ignore[index] # it has parts
    for name in ("new", "old"):
        html.add_related(name.encode(), maintype="image", subtype="png", cid=f"<{name}>")  # type: ignore[union-attr] # likewise
    kept = await story.house.receives(mail)
    assert kept
    names = await story.house.rows(
        "select content_id from file where message_id = :id", id=kept.message_id
    )
    assert [row.content_id for row in names] == ["new"]


async def test_the_address_for_notes_makes_a_note(story: Story) -> None:
    note = await story.house.token(story.conversation, story.karen, "n")
    kept = await story.answers("She is a difficult one.", To=note)
    [message] = await story.house.rows("select * from message where id = :id", id=kept.message_id)
    assert (message.kind, message.visibility) == ("note", "internal")
    assert await story.sent() == []
    assert await story.house.events(story.conversation) == ["conversation.opened", "message.noted"]


async def test_an_out_of_office_never_reaches_the_customer(story: Story) -> None:
    kept = await story.answers("I am away", Auto_Submitted="auto-replied")
    [message] = await story.house.rows("select * from message where id = :id", id=kept.message_id)
    assert (message.kind, message.visibility) == ("auto", "internal")
    assert await story.sent() == []
    assert await story.house.events(story.conversation) == [
        "conversation.opened",
        "message.automatic",
    ]


async def test_an_answer_without_new_words_is_held(story: Story) -> None:
    await story.answers("")
    assert await story.held() == ["empty"]


@pytest.mark.parametrize("line", ["Sent from my iPhone", "Get Outlook for iOS<https://aka.ms/o0>"])
async def test_an_answer_of_which_the_telephone_wrote_all_is_held(story: Story, line: str) -> None:
    await story.answers(f"{line}\n\n> On 22 Nov 2026, Jane via Support wrote:\n> My boots broke.")
    assert await story.held() == ["empty"]


async def test_a_notice_that_comes_back_without_a_word_is_held(story: Story) -> None:
    block = (
        "From: Jane via Support <support@us.example>\nSent: Sunday, November 22, 2026 10:12 AM\n"
        "To: Karen <karen@us.example>\nSubject: Boots\n\nMy boots broke.\n\nNote: difficult\n"
    )
    mail = story.answer()
    mail.clear_content()
    mail.set_content(f"\n\n{block}")
    await story.house.receives(mail)
    assert await story.held() == ["empty"]
    assert await story.house.one("select text from message where kind = 'held'") == ""


async def test_a_token_in_other_hands_is_held(story: Story) -> None:
    await story.answers("Send me your password", From="eve@evil.example")
    assert await story.held() == ["unknown_sender"]


async def test_two_authors_are_held(story: Story) -> None:
    await story.answers(From="karen@us.example, eve@evil.example")
    assert await story.held() == ["many_senders"]


async def test_who_works_here_no_more_is_held(story: Story) -> None:
    await story.house.change("update agent set disabled_at = now()")
    await story.answers()
    assert await story.held() == ["disabled"]


async def test_who_has_no_access_any_more_is_held(story: Story) -> None:
    await story.house.change("delete from membership")
    await story.answers()
    assert await story.held() == ["not_member"]


async def test_an_old_token_is_held(story: Story) -> None:
    await story.house.change("update reply_token set expires_at = :now", now=story.house.now)
    await story.answers()
    assert await story.held() == ["expired"]


async def test_a_forged_sender_is_held(story: Story, checking: House) -> None:
    checking.zone.txt("_dmarc.us.example", "v=DMARC1; p=none")
    await story.answers()
    assert await story.held() == ["failed"]


async def test_who_was_proved_once_must_be_proved_from_then_on(
    story: Story, checking: House
) -> None:
    checking.zone = _both_sign()
    raw = signed(as_bytes(story.answer()), "us.example")
    await story.house.receives(raw, sender="karen@us.example", recipients=(story.address,))
    assert await story.house.one("select proved_at from agent_address") == story.house.now
    assert len(await story.sent()) == 2
    await story.house.change("delete from outbound_recipient")
    await story.answers("And now without")
    assert await story.house.one("select reasons from held") == ["unproved"]
    assert await story.sent() == []


async def test_a_strict_mailbox_asks_for_proof_always(story: Story) -> None:
    await story.house.change("update mailbox set proof = 'strict'")
    await story.answers()
    assert await story.held() == ["unproved"]


async def release_address(story: Story) -> str:
    held = await story.house.one("select id from held")
    token = release_token(story.house.context.secret, held)
    known = await story.house.rows(
        "select 1 from reply_token where token_hash = :hash", hash=hash_token(token)
    )
    assert known
    return f"support+x.{token}@us.example"


async def test_a_held_answer_is_released_by_mail(story: Story) -> None:
    await story.house.change("update mailbox set proof = 'strict'")
    await story.answers()
    await story.answers("", To=await release_address(story))
    assert await story.sent() == [CUSTOMER, "tom@shop.example"]
    assert await story.house.one("select state from held") == "released"
    # A second time changes nothing.
    await story.answers("", To=await release_address(story))
    assert await story.house.one("select count(*) from outbound where kind = 'reply'") == 1


async def test_a_held_answer_is_dropped_by_mail(story: Story) -> None:
    await story.house.change("update mailbox set proof = 'strict'")
    await story.answers()
    await story.answers("", To=await release_address(story), Subject="Drop")
    assert await story.house.one("select state from held") == "dropped"
    assert await story.sent() == []


async def test_nobody_else_can_release(story: Story) -> None:
    await story.answers(From="eve@evil.example")
    await story.answers("", To=await release_address(story), From="eve@evil.example")
    assert await story.held() == ["unknown_sender"]
    assert await story.house.one("select state from held") == "waiting"


async def test_an_answer_to_the_mailbox_instead_of_the_token_is_held(story: Story) -> None:
    kept = await story.answers(
        To="support@us.example", In_Reply_To=str(story.question["Message-ID"])
    )
    assert kept.conversation_id == story.conversation
    assert await story.held() == ["no_token"]


async def test_what_an_agent_wrote_to_the_customer_is_put_on_record(
    story: Story, checking: House
) -> None:
    checking.zone = _both_sign()
    mail = story.answer(
        To=CUSTOMER, Cc="support@us.example", In_Reply_To=str(story.question["Message-ID"])
    )
    kept = await story.house.receives(
        signed(as_bytes(mail), "us.example"),
        sender="karen@us.example",
        recipients=("support@us.example",),
    )
    assert kept
    [message] = await story.house.rows("select * from message where id = :id", id=kept.message_id)
    assert (message.kind, message.visibility, message.author_id) == ("reply", "public", story.karen)
    assert await story.sent() == []
    assert await story.house.one("select status from conversation") == "waiting"


async def test_what_only_claims_to_be_an_agents_is_a_note_of_nobody(story: Story) -> None:
    kept = await story.house.receives(
        story.answer(
            To=CUSTOMER, Cc="support@us.example", In_Reply_To=str(story.question["Message-ID"])
        ),
        recipients=("support@us.example",),
    )
    assert kept
    [message] = await story.house.rows("select * from message where id = :id", id=kept.message_id)
    assert (message.kind, message.author_kind, message.author_id) == ("note", "system", None)


async def test_an_agent_who_writes_to_their_own_mailbox_leaves_a_note(story: Story) -> None:
    mail = story.house.letter("Fwd: look", From="karen@us.example", Subject="Fwd: a customer")
    kept = await story.house.receives(mail)
    assert kept
    assert kept.is_new
    assert (
        await story.house.one("select kind from message where id = :id", id=kept.message_id)
        == "note"
    )


async def test_an_agent_is_a_customer_of_other_departments(story: Story) -> None:
    await story.house.mailbox("it@us.example", confirm="off")
    mail = story.house.letter("My mouse broke", From="karen@us.example", To="it@us.example")
    kept = await story.house.receives(mail)
    assert kept
    again = await story.house.receives(
        story.house.letter("Still", answers=mail, From="karen@us.example", To="it@us.example")
    )
    assert again
    assert again.conversation_id == kept.conversation_id
    assert (
        await story.house.one(
            "select distinct kind from message where conversation_id = :id", id=kept.conversation_id
        )
        == "mail"
    )


async def test_a_mailbox_is_nobodys_customer(story: Story) -> None:
    assert await story.house.receives(story.house.letter(From="support@us.example")) is None
    assert await story.house.one("select error from spool where state = 'set_aside'")


def _both_sign() -> Zone:
    """The DNS of a shop and of a house that sign with the same key."""
    zone = shop()
    zone.records["s._domainkey.us.example", "TXT"] = zone.records[
        "s._domainkey.shop.example", "TXT"
    ]
    return zone
