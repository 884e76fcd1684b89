"""Mail of our own people: answers, notes and decisions, out of the program that they work in.

To the address of a notice: the new words become an answer or a note by the verbs of the web view,
and what its first lines ask for is done, if token, address and proof agree; else they are held, and
the person is asked by mail. Without such
an address nothing is ever sent for anybody: what an agent wrote to the customer themselves is put
on record, and all else is kept where only we see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from inbox.desk.answer import Answer
from inbox.desk.append import append_mail
from inbox.desk.begin import begin, keep_for
from inbox.desk.letter import Kept, Letter
from inbox.desk.open import open_conversation
from inbox.intake.agent_answers import Mine, answered, ordered, spread
from inbox.intake.agent_away import is_machine, note_absence
from inbox.intake.agent_decides import decide
from inbox.intake.agent_desk import Desk, hold_back, tell
from inbox.intake.agent_digest import goes_to_digest, take_digest_answer
from inbox.intake.agent_often import is_robot
from inbox.intake.agent_orders import card_orders, meant_as_words, wish_of
from inbox.intake.agent_proof import Standing, doubts
from inbox.intake.agent_speaker import is_of_customer, speaker_of, standing_of
from inbox.intake.agent_task import take_task_answer
from inbox.intake.agent_words import answer_of
from inbox.intake.arrival import MailboxFacts
from inbox.intake.asked_anew import NOWHERE, ask_alone, ask_anew, asks_anew, is_about_themselves
from inbox.intake.here_already import Here, here_already, leave_it
from inbox.intake.newcomers import take_newcomer
from inbox.intake.passed_on import keep_passed_on, of_customer
from inbox.intake.starting import start_from_agent
from inbox.intake.strangers import take_from_stranger
from inbox.intake.submitted import answering_its_notice
from inbox.model.actor import SYSTEM, Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.held import HeldReason
from inbox.store.rights import by_address, by_tokens
from inbox.store.tables import Agent


async def take_from_agent(
    desk: Desk, letter: Letter, mailbox: MailboxFacts, raw: bytes
) -> Kept | None:
    """What became of a mail of one of us, or to an address that only they have; else None."""
    letter = await answering_its_notice(desk.db, letter, desk.context.secret)
    await note_absence(desk, letter)
    if kept := await take_task_answer(desk, letter, raw):
        return kept
    if letter.clues.tokens:
        rights = await by_tokens(
            desk.db,
            letter.clues.token_hashes,
            letter.clues.author,
            desk.now,
            submitter=letter.submitted.agent_id if letter.submitted else None,
        )
        if rights and is_of_customer(letter, rights):
            return None
        if rights:
            return await _by_token(desk, letter, raw, rights)
        if kept := await take_digest_answer(desk, letter, raw):
            return kept
    if letter.clues.author in letter.ours and not letter.is_automatic:
        started = await start_from_agent(desk, letter, raw, mailbox)
        return started or await _without_token(desk, letter, raw, mailbox)
    return await take_from_stranger(desk, letter, mailbox)


async def _by_token(desk: Desk, letter: Letter, raw: bytes, rights: Sequence[Row[Any]]) -> Kept:
    right = rights[0]
    if await is_machine(desk, letter, right.conversation_id):
        # An out-of-office must neither reach a customer nor be answered.
        aside = replace(letter, shape=MessageKind.AUTO)
        return await append_mail(desk.db, right.conversation_id, aside, now=desk.now, by=SYSTEM)
    if right.purpose == "release":
        return await decide(desk, letter, raw, right)
    home = right.conversation_id
    speaker = await speaker_of(desk, letter, right)
    agent = await desk.db.get_one(Agent, speaker.agent_id if speaker else right.agent_id)
    answer = await _answer(desk, letter, raw, home, agent, right.reader_id)
    if speaker is None:
        return await take_newcomer(desk, letter, answer, right)
    found = doubts(letter, speaker.standing)
    if not right.is_valid:
        found = (HeldReason.EXPIRED, *found)
    if not found and await is_robot(desk, speaker.agent_id, right.conversation_id):
        found = (HeldReason.TOO_MANY,)
    keys = [one.token_hash for one in rights] if speaker.may_order else []
    of_cards = await card_orders(desk.db, letter) if speaker.may_order else []
    wish = wish_of(letter, answer.text, keys, agent.name, of_cards=of_cards)
    wish = await meant_as_words(desk, wish, home)
    wish = replace(wish, is_note=wish.is_note or speaker.only_comments)
    found += speaker.doubt(wish, has_files=bool(answer.files))
    if not found and await goes_to_digest(desk, letter):
        return await spread(desk, Mine(letter, rights, answer, agent))
    if wish.asks:
        return await ordered(desk, Mine(letter, rights, answer, agent), wish, found)
    return await answered(desk, Mine(letter, rights, answer, agent), found, wish.is_note)


async def _answer(
    desk: Desk, letter: Letter, raw: bytes, conversation_id: int, agent: Agent, reader_id: int
) -> Answer:
    return await answer_of(
        desk.db,
        letter,
        raw,
        conversation_id,
        context=desk.context,
        agent=agent,
        reader_id=reader_id,
    )


async def _without_token(
    desk: Desk, letter: Letter, raw: bytes, mailbox: MailboxFacts
) -> Kept | None:
    home = letter.match.conversation_id
    outside = _outside(letter)
    there = None
    if not outside:
        there = await here_already(desk.db, letter, raw, mailbox.id, now=desk.now)
    row = await by_address(
        desk.db,
        letter.clues.author,
        mailbox_id=mailbox.id,
        conversation_id=home,
        told=[one.address for one in outside],
    )
    may_pass_on = row and row.is_enabled and not outside
    inner = of_customer(letter, raw) if may_pass_on else None
    if there and row and row.is_enabled and not row.is_customer:
        return await _leave_it(desk, letter, there, row, mailbox)
    if row is None or row.is_customer or (home is None and not row.is_member and not inner):
        # One of us who asks another department is its customer.
        return await _about_themselves(desk, letter, raw, mailbox, row) if not outside else None
    standing = standing_of(row)
    if home is not None and standing.is_member and not row.is_told and not inner:
        return await _without_right(desk, letter, raw, home, standing)
    # Without a token the address alone speaks for them, so that it must be proved in any case.
    found = doubts(letter, standing, strict=True)
    if home is None and not outside and not inner:
        asked = await _asked_anew(desk, letter, raw, mailbox, standing, found)
        if asked:
            return asked
    agent = None if found else await desk.db.get_one(Agent, standing.agent_id)
    letter = _on_record(letter, standing, told=bool(outside), is_theirs=not found)
    actor = Actor.agent(agent.id, agent.name) if agent else SYSTEM
    if inner:
        return await keep_passed_on(desk, letter, inner, mailbox, by=actor)
    return await _keep_record(desk, letter, outside, standing, actor)


async def _keep_record(
    desk: Desk, letter: Letter, outside: Sequence[Address], standing: Standing, by: Actor
) -> Kept:
    """What they wrote past us, or to us alone."""
    customer = outside[0] if letter.kind is MessageKind.REPLY else None
    if (home := letter.match.conversation_id) is not None:
        kept = await append_mail(desk.db, home, letter, now=desk.now, by=by)
    else:
        kept = await open_conversation(
            desk.db, letter, now=desk.now, rng=desk.rng, customer=customer, by=by
        )
    if letter.kind is MessageKind.REPLY:
        await keep_for(desk.db, kept.conversation_id, standing.agent_id)
    return kept


async def _asked_anew(
    desk: Desk,
    letter: Letter,
    raw: bytes,
    mailbox: MailboxFacts,
    standing: Standing,
    found: Sequence[HeldReason],
) -> Kept | None:
    """What became of a mail that answers nothing and asks for something; None for any other."""
    of_cards = await card_orders(desk.db, letter)
    if not asks_anew(wish_of(letter, letter.trimmed.new_text, of_cards=of_cards)):
        return None
    agent = await desk.db.get_one(Agent, standing.agent_id)
    subject = " ".join(letter.mail.subject.split())
    home = await begin(desk.db, mailbox.id, Address(), subject, now=desk.now, rng=desk.rng)
    answer = await _answer(desk, letter, raw, home, agent, agent.id)
    wish = wish_of(letter, answer.text, name=agent.name, of_cards=of_cards)
    mine = _on_record(letter, standing, told=False, is_theirs=not found)
    return await ask_anew(desk, mine, home, answer, wish, agent, found)


async def _about_themselves(
    desk: Desk, letter: Letter, raw: bytes, mailbox: MailboxFacts, row: Row[Any] | None
) -> Kept | None:
    """Who takes no part in the mailbox asks for what needs none, and for nothing else."""
    if row is None or row.is_customer or letter.match.conversation_id is not None:
        return None
    if doubts(letter, replace(standing_of(row), is_member=True), strict=True):
        return None
    of_cards = await card_orders(desk.db, letter)
    if not is_about_themselves(wish_of(letter, letter.trimmed.new_text, of_cards=of_cards)):
        return None
    agent = await desk.db.get_one(Agent, row.agent_id)
    answer = await _answer(desk, letter, raw, NOWHERE, agent, agent.id)
    wish = wish_of(letter, answer.text, name=agent.name, of_cards=of_cards)
    return await ask_alone(desk, letter, mailbox.id, answer, wish, agent)


async def _without_right(
    desk: Desk, letter: Letter, raw: bytes, home: int, standing: Standing
) -> Kept:
    """An answer that did not come to the address that a notice gives: its writer is asked."""
    agent = await desk.db.get_one(Agent, standing.agent_id)
    answer = await _answer(desk, letter, raw, home, agent, agent.id)
    of_cards = await card_orders(desk.db, letter)
    wish = wish_of(letter, answer.text, of_cards=of_cards)
    wish = await meant_as_words(desk, wish, home)
    reasons = [HeldReason.NO_TOKEN, *([HeldReason.ORDERS] if wish.asks else [])]
    is_note = wish.asks or standing.is_guest
    return await hold_back(desk, letter, home, answer, agent, reasons, is_note=is_note)


async def _leave_it(
    desk: Desk, letter: Letter, there: Here, row: Row[Any], mailbox: MailboxFacts
) -> Kept:
    """One of us passed on what is here already: they are told, and nothing is done twice."""
    standing = standing_of(row)
    is_theirs = not doubts(letter, standing, strict=True)
    agent = await desk.db.get_one(Agent, standing.agent_id)
    by = Actor.agent(agent.id, agent.name) if is_theirs else SYSTEM
    letter = _on_record(letter, standing, told=False, is_theirs=is_theirs)
    kept = await leave_it(desk.db, letter, there, by=by, now=desk.now)
    noted = {"noted": bool(there.above)}
    await tell(desk, letter, "here", agent, kept.conversation_id, kept.message_id, noted)
    return kept


def _on_record(letter: Letter, standing: Standing, *, told: bool, is_theirs: bool) -> Letter:
    """As their public words where they have told the customer and it is proved, else as a note."""
    if not is_theirs:
        # In nobody's name: that somebody of ours has said this is only claimed.
        return replace(letter, shape=MessageKind.NOTE, author_kind=ActorKind.SYSTEM)
    return replace(
        letter,
        shape=MessageKind.REPLY if told else MessageKind.NOTE,
        author_kind=ActorKind.AGENT,
        agent_id=standing.agent_id,
    )


def _outside(letter: Letter) -> list[Address]:
    people = [*letter.mail.to, *letter.mail.cc]
    return [
        one for one in people if letter.is_foreign(replace(one, address=normalize(one.address)))
    ]
