"""An answer to a notice: said, and what it asks for done; or all of it held, and its writer told.

A notice knows the state that it showed. Where others have said something since, an answer to the
customer waits for its writer, who did not know; comments do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from inbox.auth.parts import allowed_there, guest_facts
from inbox.desk.afterwards import NOTHING_ELSE
from inbox.desk.answer import Answer
from inbox.desk.entry import same_entry
from inbox.desk.leaking import Leaking
from inbox.desk.letter import Kept, Letter
from inbox.desk.repeated import Repeated
from inbox.errors import Conflict, Invalid, NotFound
from inbox.intake.agent_desk import (
    Desk,
    finish,
    finish_said,
    hold_back,
    is_remembered,
    nobody_by,
    remember,
    say,
)
from inbox.intake.agent_flood import Flooding
from inbox.intake.agent_orders import Wish, carry_out, plan, told_of, without_orders
from inbox.intake.agent_proof import teaches
from inbox.intake.agent_speaker import misspoken
from inbox.intake.agent_stale import is_stale, meanwhile, seen_by
from inbox.intake.agent_thoughts import think_again, thinks_again
from inbox.intake.confirmed import confirm
from inbox.intake.deeds.allowed import refused
from inbox.intake.deeds.closing import why_open
from inbox.intake.deeds.deed import Around, Step
from inbox.intake.deeds.inverse import before
from inbox.intake.sending import as_told, put_off, refuse_unfinished
from inbox.intake.wording import TEXTS, Wording, filled_in, mailed_back, utter, verbs_of, wording_of
from inbox.leaks.guard import Leak
from inbox.model.held import HeldReason
from inbox.orders.trouble import Trouble, Why
from inbox.store.asked import newest_message
from inbox.store.rights import learn_proof
from inbox.store.tables import Agent


@dataclass(frozen=True, slots=True)
class Mine:
    """A mail of one of us to addresses of their notices, and what they wrote in it."""

    letter: Letter
    rights: Sequence[Row[Any]]
    answer: Answer
    agent: Agent

    @property
    def home(self) -> int:
        """The conversation of the notice."""
        return int(self.rights[0].conversation_id)


async def spread(desk: Desk, mine: Mine) -> Kept:
    """A mail that answers a list as well: nobody knows which of its words are for whom."""
    return await _held(desk, mine, (), [Trouble(line="", why=Why.ELSEWHERE)])


async def answered(desk: Desk, mine: Mine, found: Sequence[HeldReason], is_note: bool) -> Kept:
    """The words alone, as an answer or as a comment; `found` speaks against it."""
    letter, answer, agent = mine.letter, mine.answer, mine.agent
    seen = seen_by(mine.rights)
    if not answer.text.strip() and not answer.files:
        found = (*found, HeldReason.EMPTY)
    leaks: Sequence[Leak] = ()
    if not found and (unclear := await _unclear(desk, mine, is_note)):
        return await _held(desk, mine, (), unclear)
    if not found:
        await _learn(desk, letter)
        try:
            said = await say(desk, mine.home, answer, agent, is_note, seen=seen)
            return await finish_said(desk, letter, said.conversation_id, said.id, answer, agent)
        except Leaking as leaking:
            leaks = leaking.leaks
        except (Flooding, Repeated) as error:
            is_flood = isinstance(error, Flooding)
            found = (HeldReason.FLOOD if is_flood else HeldReason.REPEATED,)
        except Conflict:
            found = (HeldReason.MOVED_ON,)
        except Invalid as error:  # nobody to answer, or an address that cannot be written to
            found = (nobody_by(error),)
    about = {} if is_note else await meanwhile(desk, mine.home, seen, agent, found)
    return await hold_back(
        desk, letter, mine.home, answer, agent, found, is_note=is_note, leaks=leaks, about=about
    )


async def _unclear(desk: Desk, mine: Mine, is_note: bool) -> list[Trouble]:
    """Why nobody can say for whom the words are."""
    if len({one.conversation_id for one in mine.rights}) > 1:
        return [Trouble(line="", why=Why.ELSEWHERE)]
    return await misspoken(desk, mine.home, mine.answer.text, is_note=is_note)


async def ordered(desk: Desk, mine: Mine, wish: Wish, found: Sequence[HeldReason]) -> Kept:
    """All that a mail asks for and says, or nothing of it."""
    letter, home = mine.letter, mine.home
    if await is_remembered(desk, letter):
        return await finish(desk, letter, home, await newest_message(desk.db, home))
    if there := await same_entry(desk.db, mine.agent, mine.answer.idempotency):  # held before
        return await finish(desk, letter, there.conversation_id, there.id)
    if found:
        return await _held(desk, mine, found)
    await _learn(desk, letter)
    allowed = await allowed_there(desk.db, mine.agent.id, home)
    if against := refused(wish.orders, allowed):
        return await _held(desk, mine, (), against)
    said = without_orders(mine.answer, wish)
    around = Around(conversation_id=home, shown_event_id=mine.rights[0].shown_event_id)
    wording = await wording_of(desk, wish, around, mine.agent, said)
    if thinks_again(wish) and not wording.troubles:
        whole = filled_in(said, wording)
        return await think_again(desk, letter, mine.rights, mine.answer, whole, wish, mine.agent)
    return await _planned(desk, mine, said, wish, wording)


async def _planned(desk: Desk, mine: Mine, said: Answer, wish: Wish, wording: Wording) -> Kept:
    speaks = bool(said.text.strip() or said.files or wording.speaks)
    speaks = speaks and not (wording.query or wording.suits)
    steps, troubles = await plan(desk, wish, mine.rights, mine.agent, speaks=speaks)
    unclear = await misspoken(desk, mine.home, said.text, is_note=wish.is_note)
    troubles += [*wording.troubles, *unclear]
    if troubles:
        return await _held(desk, mine, (), told_of(steps, troubles))
    if kept := await mailed_back(desk, mine.letter, mine.home, mine.agent, wish, wording):
        return kept
    if not steps and not speaks:
        empty = (HeldReason.EMPTY,)
        return await hold_back(
            desk, mine.letter, mine.home, mine.answer, mine.agent, empty, is_note=True
        )
    try:
        return await _done(desk, mine, said if speaks else None, wish, wording, steps)
    except Leaking as leaking:
        return await _held(desk, mine, (), leaks=leaking.leaks)
    except (Flooding, Repeated) as error:
        return await _not_now(desk, mine, filled_in(said, wording), wish, error)
    except (Conflict, Invalid, NotFound) as error:
        if is_stale(error):
            return await _undone(desk, mine, filled_in(said, wording), wish, HeldReason.MOVED_ON)
        return await _held(desk, mine, (), told_of(steps, [why_open(wish.orders, error)]))


async def _done(
    desk: Desk,
    mine: Mine,
    said: Answer | None,
    wish: Wish,
    wording: Wording,
    steps: Sequence[Step],
) -> Kept:
    db, home, agent = desk.db, mine.home, mine.agent
    message = None
    stood = await before(desk, home, agent, steps)
    async with db.begin_nested():
        if not await remember(desk, mine.letter, home, agent, verbs_of(wish.orders)):
            return await finish(desk, mine.letter, home, await newest_message(db, home))
        # What goes to somebody else is no answer: what is asked for besides does not wait for it.
        is_put_off = wording.leaving and not wording.to
        now, then = put_off(steps) if is_put_off else (steps, NOTHING_ELSE)
        if said:
            seen = seen_by(mine.rights)
            message = await utter(desk, home, said, agent, wish, wording, seen=seen, then=then)
        there = await carry_out(desk, home, now, agent)
        await refuse_unfinished(desk, there, then)
        leaves = as_told(wording.leaving, steps, wording.to) if wording.leaving else []
        done = [one for one in steps if one in now or one.told]
        await confirm(desk, mine.letter, there, done, agent, leaves, stood)
    message_id = message.id if message else await newest_message(db, there)
    return await finish_said(desk, mine.letter, there, message_id, mine.answer, agent)


async def _undone(desk: Desk, mine: Mine, said: Answer, wish: Wish, reason: HeldReason) -> Kept:
    """Others were faster, or it was said twice: nothing is done; the words alone can go later."""
    about = await meanwhile(desk, mine.home, seen_by(mine.rights), mine.agent)
    undone = dict.fromkeys(order.line for order in wish.orders if order.verb not in TEXTS)
    return await hold_back(
        desk,
        mine.letter,
        mine.home,
        said,
        mine.agent,
        (reason,),
        is_note=False,
        about={**about, "undone": list(undone)},
    )


async def _not_now(
    desk: Desk, mine: Mine, said: Answer, wish: Wish, error: Flooding | Repeated
) -> Kept:
    if isinstance(error, Repeated):
        return await _undone(desk, mine, said, wish, HeldReason.REPEATED)
    return await _held(desk, mine, (HeldReason.FLOOD,))


async def _held(
    desk: Desk,
    mine: Mine,
    found: Sequence[HeldReason],
    troubles: Sequence[Trouble] = (),
    leaks: Sequence[Leak] = (),
) -> Kept:
    """As a comment: what was asked for must never go to the customer as words."""
    return await hold_back(
        desk,
        mine.letter,
        mine.home,
        mine.answer,
        mine.agent,
        (*found, HeldReason.ORDERS),
        is_note=True,
        leaks=leaks,
        about={
            "orders": [one.row() for one in troubles],
            **await guest_facts(desk.db, mine.agent.id, mine.home),
        },
    )


async def _learn(desk: Desk, letter: Letter) -> None:
    if teaches(letter.proof):
        await learn_proof(desk.db, letter.clues.author, desk.now)
