"""A mail to an address that decides about an answer that is held: send, note, drop, show.

The token went to its writer alone. That they can read their own mail is the proof: to ask for more
would hold the answer for ever. Whatever does not come about, they are told. What they write in it
is a comment, as at every address that is a verb; what asks for more stops all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row

from inbox.desk.answer import Answer
from inbox.desk.append import append_mail
from inbox.desk.held import ask_again, drop, release
from inbox.desk.letter import Kept, Letter
from inbox.errors import Conflict, Forbidden, Invalid, NotFound
from inbox.intake.agent_desk import Desk, finish, hold_back, is_remembered, remember, say, tell
from inbox.intake.agent_orders import meant_as_words, wish_of
from inbox.intake.agent_proof import doubts
from inbox.intake.agent_speaker import may_speak_outside, standing_of
from inbox.intake.agent_stale import is_stale, meanwhile, seen_by
from inbox.intake.agent_words import answer_of
from inbox.intake.newcomers import decide_newcomer
from inbox.mail.tokens import Verb
from inbox.model.actor import SYSTEM
from inbox.model.conversation import MessageKind
from inbox.model.held import HeldReason
from inbox.model.outcome import Outcome
from inbox.orders.ending import says_nothing
from inbox.orders.judging import against
from inbox.orders.reading import BY_ADDRESS
from inbox.orders.trouble import Trouble, Why
from inbox.store.tables import Agent, Held

_DROP = "drop"
# Of several addresses in one mail the one that lets out least.
_ORDER: Final[tuple[Verb, ...]] = ("show", "drop", "n")


async def decide(desk: Desk, letter: Letter, raw: bytes, right: Row[Any]) -> Kept:
    """What the writer decides, if the mail is believed."""
    db = desk.db
    agent = await db.get_one(Agent, right.agent_id)
    held = await db.get_one(Held, right.held_id)
    standing = standing_of(right)
    found = doubts(letter, standing)
    wanted = _wanted(letter, right)
    if right.is_about_newcomer:
        is_refused = wanted == "drop"
        kept = await decide_newcomer(desk, letter, right, is_refused=is_refused)
        return kept or await _aside(desk, letter, right)
    if not right.is_valid:
        found = (HeldReason.EXPIRED, *found)
    if wanted == "send" and held.verb == "reply" and not may_speak_outside(standing):
        found = (*found, HeldReason.ONLY_COMMENTS)
    if wanted == "send" and held.verb == "reply" and HeldReason.TOKENS in held.reasons:
        found = (*found, HeldReason.TOKENS)
    if against := [one for one in found if one is not HeldReason.UNPROVED]:
        reasons = [one.value for one in against]
        await _tell(desk, letter, right, agent, held, Outcome.NOT_THEIRS, reasons=reasons)
        return await _aside(desk, letter, right)
    said = await _said_with_it(desk, letter, raw, right, agent, wanted)
    return await _believed(desk, letter, right, agent, held, wanted, said)


async def _believed(
    desk: Desk,
    letter: Letter,
    right: Row[Any],
    agent: Agent,
    held: Held,
    wanted: Verb,
    said: Answer | None,
) -> Kept:
    home = right.conversation_id
    if await is_remembered(desk, letter):
        return await finish(desk, letter, home, held.message_id)
    if trouble := await _stopped_by(desk, letter, right, said):
        said = said or Answer(text="", idempotency=f"mail:{letter.clues.identity.hex()}")
        about = {"orders": [trouble.row()]}
        reasons = [HeldReason.ORDERS]
        return await hold_back(desk, letter, home, said, agent, reasons, is_note=True, about=about)
    if not await remember(desk, letter, home, agent, [wanted]):
        return await finish(desk, letter, home, held.message_id)
    if wanted == "show":
        await _tell(desk, letter, right, agent, held, Outcome.SHOWN)
        await _comment(desk, home, said, agent)
        return await finish(desk, letter, home, held.message_id)
    try:
        message_id = await _do(desk, right, agent, held, wanted)
    except Conflict as error:
        if not is_stale(error):
            await _tell(desk, letter, right, agent, held, _before(held))
            return await _aside(desk, letter, right)
        message_id = await _ask(desk, right, agent, held)
    except (Forbidden, Invalid, NotFound):
        await _tell(desk, letter, right, agent, held, Outcome.NOBODY)
        return await _aside(desk, letter, right)
    await _comment(desk, home, said, agent)
    return await finish(desk, letter, home, message_id)


async def _said_with_it(
    desk: Desk, letter: Letter, raw: bytes, right: Row[Any], agent: Agent, wanted: Verb
) -> Answer | None:
    """What they write besides deciding: more than the word for it, a greeting and their name."""
    answer = await answer_of(
        desk.db,
        letter,
        raw,
        right.conversation_id,
        context=desk.context,
        agent=agent,
        reader_id=right.reader_id,
    )
    lines = answer.text.split("\n")
    if wanted == _DROP:
        lines = [line for line in lines if line.strip().casefold() != _DROP]
    words = "\n".join(lines).strip()
    if says_nothing(words, agent.name):
        words = ""
    return replace(answer, text=words) if words or answer.files else None


async def _order_in(desk: Desk, letter: Letter, said: Answer, home: int) -> str:
    """A line of it that asks for something else: nobody would see that it was not done."""
    wish = await meant_as_words(desk, wish_of(letter, said.text), home)
    lines = [*(one.line for one in wish.orders), *(one.line for one in wish.unclear)]
    return lines[0] if lines else ""


async def _stopped_by(
    desk: Desk, letter: Letter, right: Row[Any], said: Answer | None
) -> Trouble | None:
    """An address that decides nothing, or a line that asks for something else."""
    tokens = [one for one in letter.clues.tokens if one.key == right.token_hash]
    if word := next((one.word for one in tokens if one.word), ""):
        return Trouble(line=f"{word}{BY_ADDRESS}", why=Why.WHICH_DECISION)
    order = await _order_in(desk, letter, said, right.conversation_id) if said else ""
    return against(order) if order else None


async def _comment(desk: Desk, home: int, said: Answer | None, agent: Agent) -> None:
    if said:
        await say(desk, home, said, agent, is_note=True)


def _wanted(letter: Letter, right: Row[Any]) -> Verb:
    verbs = [one.verb for one in letter.clues.tokens if one.key == right.token_hash]
    for verb in _ORDER:
        if verb in verbs:
            return verb
    said = f"{letter.mail.subject}\n{letter.trimmed.new_text}".casefold()
    return "drop" if any(line.strip() == _DROP for line in said.splitlines()) else "send"


async def _do(desk: Desk, right: Row[Any], agent: Agent, held: Held, wanted: Verb) -> int:
    db, now = desk.db, desk.now
    if wanted == "drop":
        return (await drop(db, held.id, by=agent, now=now)).message_id
    message = await release(
        db,
        held.id,
        by=agent,
        now=now,
        context=desk.context,
        as_note=wanted == "n",
        # The mail that asked them knew a state as well.
        expected_last_event=seen_by([right]),
        rng=desk.rng,
    )
    return message.id


async def _ask(desk: Desk, right: Row[Any], agent: Agent, held: Held) -> int:
    """It has moved on once more since they were asked: they are shown what is new."""
    about = await meanwhile(desk, right.conversation_id, seen_by([right]), agent)
    reasons = [HeldReason.MOVED_ON.value]
    return (await ask_again(desk.db, held.id, reasons, now=desk.now, about=about)).message_id


def _before(held: Held) -> Outcome:
    if held.state == "dropped":
        return Outcome.DROPPED_BEFORE
    return Outcome.NOTED_BEFORE if held.verb == "note" else Outcome.SENT_BEFORE


async def _tell(
    desk: Desk,
    letter: Letter,
    right: Row[Any],
    agent: Agent,
    held: Held,
    outcome: Outcome,
    **about: Sequence[str],
) -> None:
    # Whom a robot answers to is nobody to be told, nor who has the address of somebody else.
    is_robot = HeldReason.AUTOMATIC.value in about.get("reasons", ())
    if agent.id != held.agent_id or is_robot:
        return
    at = {"at": held.ended_at.isoformat()} if held.ended_at else {}
    draft = {"outcome": outcome.value, "held": held.id, **at, **about}
    await tell(desk, letter, "outcome", agent, right.conversation_id, held.message_id, draft=draft)


async def _aside(desk: Desk, letter: Letter, right: Row[Any]) -> Kept:
    """The mail itself stays to be seen."""
    aside = replace(letter, shape=MessageKind.AUTO)
    return await append_mail(desk.db, right.conversation_id, aside, now=desk.now, by=SYSTEM)
