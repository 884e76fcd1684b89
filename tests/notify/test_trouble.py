"""Mails that say what did not happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.held import Verb, drop, hold, release
from inbox.errors import Conflict, Forbidden
from inbox.i18n import LANGUAGES, translations
from inbox.mail.tokens import find_token, hash_token
from inbox.model.address import Address
from inbox.model.held import HeldReason
from inbox.notify.reasons import reasons_in_words
from inbox.store.tables import Agent
from tests.office import Office

JANE, KAREN, ANNA = "jane@shop.example", "karen@us.example", "anna@us.example"


async def test_held_answer_is_shown_to_its_writer_alone(office: Office) -> None:
    conversation = await office.hears(From="Pat Lee <pat@shop.example>", Subject="Boots")
    await office.works()
    await _held(office, conversation, "The price is 12 €.")
    await office.works()
    assert not office.relay.to("pat@shop.example")
    assert len(office.relay.to(ANNA)) == 1
    arrived = office.mail_to(KAREN)
    assert arrived.text.startswith("Your answer to Pat Lee was not sent. It came from an address")
    assert "> The price is 12 €." in arrived.text
    assert "https://desk.us.example/conversations/1" in arrived.html
    assert arrived.mail["Subject"] == "Boots"
    assert arrived.mail["Auto-Submitted"] == "auto-generated"
    # Who answers "I did not write this" must not send it with that.
    assert "+n." in str(arrived.mail["Reply-To"])


async def test_release_address_is_good_for_this_answer(office: Office) -> None:
    conversation = await office.hears()
    held_id = await _held(office, conversation, "Hello")
    await office.works()
    words = office.mail_to(KAREN).text.split()
    (token,) = [found for word in words if (found := find_token(word)) and found.verb == "send"]
    (row,) = await office.rows(
        "select held_id, agent_id from reply_token where token_hash = :hash",
        hash=hash_token(token.token),
    )
    assert tuple(row) == (held_id, office.karen)


@pytest.mark.parametrize("reason", ["disabled", "not_member", "empty", "no_recipient"])
async def test_what_cannot_be_let_go_is_not_offered_to_be(office: Office, reason: str) -> None:
    conversation = await office.hears()
    await _held(office, conversation, "Hello", reasons=[reason])
    async with office.database.write() as db:
        (await db.get_one(Agent, office.karen)).disabled_at = office.now
    await office.works()
    arrived = office.mail_to(KAREN)
    assert "was not sent." in arrived.text
    assert "> Hello" in arrived.text
    assert "+send." not in arrived.text
    assert "+send." not in arrived.html


async def test_whom_a_held_answer_would_draw_in_is_shown_and_kept(office: Office) -> None:
    conversation = await office.hears()
    friend = Address(name="Friend", address="friend@other.example")
    held_id = await _held(office, conversation, "Hello", cc=(friend,))
    await office.works()
    assert "> Cc: friend@other.example\n" in office.mail_to(KAREN).text
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        await release(db, held_id, by=karen, now=office.now, context=office.context)
    await office.works()
    assert len(office.relay.to("friend@other.example")) == 1


async def test_released_answer_goes_out_with_its_files(office: Office) -> None:
    conversation = await office.hears()
    held_id = await _held(office, conversation, "Hello")
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        await release(db, held_id, by=karen, now=office.now, context=office.context)
    await office.works()
    arrived = office.mail_to(JANE)
    assert arrived.text.startswith("Hello\n")
    assert [part.get_filename() for part in arrived.mail.iter_attachments()] == ["a.txt"]
    assert "\n\nHello\n" in office.mail_to(ANNA).text
    assert await office.events(conversation) == [
        "conversation.opened",
        "message.held",
        "message.released",
    ]
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        with pytest.raises(Conflict):
            await release(db, held_id, by=karen, now=office.now, context=office.context)


async def test_released_note_stays_inside(office: Office) -> None:
    conversation = await office.hears()
    held_id = await _held(office, conversation, "He is difficult", verb="note")
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        message = await release(db, held_id, by=karen, now=office.now, context=office.context)
    assert (message.kind, message.visibility) == ("note", "internal")
    await office.works()
    assert not office.relay.to(JANE)


async def test_only_who_wrote_it_decides(office: Office) -> None:
    held_id = await _held(office, await office.hears(), "Hello")
    async with office.database.write() as db:
        anna, karen = [await db.get_one(Agent, one) for one in (office.anna, office.karen)]
        with pytest.raises(Forbidden):
            await drop(db, held_id, by=anna, now=office.now)
        await drop(db, held_id, by=karen, now=office.now)
        with pytest.raises(Conflict):
            await release(db, held_id, by=karen, now=office.now, context=office.context)
    await office.works()
    assert not office.relay.to(JANE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language: str) -> None:
    texts = translations(language)
    sentences = [reasons_in_words([reason], texts)[0] for reason in HeldReason]
    assert len(set(sentences)) == len(HeldReason)
    assert reasons_in_words(["something new"], texts)


async def _held(
    office: Office,
    conversation: int,
    words: str,
    verb: Verb = "reply",
    reasons: Sequence[str] = (HeldReason.UNKNOWN_SENDER,),
    **answer: Any,
) -> int:
    file = AnswerFile.uploaded("a.txt", "text/plain", b"a")
    async with office.database.write() as db:
        held = await hold(
            db,
            conversation,
            Answer(text=words, files=(file,), **answer),
            verb=verb,
            reasons=reasons,
            by=await db.get_one(Agent, office.karen),
            now=office.now,
            context=office.context,
        )
        return held.id


async def test_who_passes_on_what_is_here_already_is_told_so(office: Office) -> None:
    first = office.letter("The pump leaks since Friday.", From="Nina Berg <nina@farm.example>")
    conversation = await office.hears(first)
    await office.works()
    words = "Please.\n\n---------- Forwarded message ---------\nFrom: Nina Berg <nina@farm.example>"
    head = f"\nDate: Sat, 21 Nov 2026 at 18:00\nSubject: {first['Subject']}\n"
    body = f"{words}{head}To: <karen@us.example>\n\nThe pump leaks since Friday.\n"
    mail = office.letter(body, From=f"Karen <{KAREN}>", Subject=f"Fwd: {first['Subject']}")
    assert await office.hears(mail) == conversation
    await office.works()
    arrived = office.mail_to(KAREN)
    assert arrived.text.startswith("This mail of Nina Berg is here already: nothing was done twice")
    assert "What you wrote above it is a comment inside now" in arrived.text
    assert f"https://desk.us.example/conversations/{conversation}" in arrived.text
    assert not office.relay.to("nina@farm.example")
