"""One of us asks for something in a mail of its own, which answers nothing.

There is no notice, so that nothing can be asked for about a conversation: they are told so. What is
about themselves is done where the mail is proved, as with `support+new@`. It is kept in a
conversation that is closed from the beginning and of which nobody hears.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from inbox.desk.answer import Answer
from inbox.desk.append import append_mail
from inbox.desk.begin import begin
from inbox.desk.letter import Kept, Letter
from inbox.intake.agent_desk import Desk, finish, hold_back, remember
from inbox.intake.agent_orders import Wish, carry_out, told_of, without_orders
from inbox.intake.confirmed import confirm
from inbox.intake.deeds.deed import Around, Step
from inbox.intake.deeds.table import DEEDS
from inbox.intake.wording import mailed_back, verbs_of, wording_of
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.held import HeldReason
from inbox.orders.judging import contradictions, not_understood
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.tables import Agent

# What needs no conversation.
OWN: Final = frozenset({Verb.FIND, Verb.HELP, Verb.AWAY, Verb.BACK})


NOWHERE: Final = 0  # no conversation


def is_about_themselves(wish: Wish) -> bool:
    """Whether all that a mail asks for is about its writer, and it says nothing else."""
    is_all = not wish.unclear and all(one.verb in OWN for one in wish.asked)
    return asks_anew(wish) and is_all and not wish.words.strip()


async def ask_alone(
    desk: Desk, letter: Letter, mailbox_id: int, answer: Answer, wish: Wish, agent: Agent
) -> Kept:
    """Do what is about its writer alone, whether or not they take part in the mailbox."""
    subject = " ".join(letter.mail.subject.split())
    home = await begin(desk.db, mailbox_id, Address(), subject, now=desk.now, rng=desk.rng)
    mine = replace(letter, author_kind=ActorKind.AGENT, agent_id=agent.id)
    return await ask_anew(desk, mine, home, answer, wish, agent, ())


def asks_anew(wish: Wish) -> bool:
    """Whether a mail asks for anything; a comment that begins a matter inside does not."""
    return any(one.verb is not Verb.NOTE for one in wish.orders)


async def ask_anew(
    desk: Desk,
    letter: Letter,
    home: int,
    answer: Answer,
    wish: Wish,
    agent: Agent,
    found: Sequence[HeldReason],
) -> Kept:
    """Do it, or tell why it is not done. `home`: an empty conversation; `found`: what speaks
    against the writer.
    """
    if not found and any(one.verb not in OWN for one in wish.asked):
        found = (HeldReason.NO_TOKEN,)
    if found:
        return await _told(desk, letter, home, answer, agent, found, ())
    aside = replace(letter, shape=MessageKind.AUTO)
    by = Actor.agent(agent.id, agent.name)
    around = Around(conversation_id=home)
    said = without_orders(answer, wish)
    wording = await wording_of(desk, wish, around, agent, said)
    steps, troubles = await _judged(desk, wish, around, agent)
    troubles = [*wording.troubles, *troubles]
    if said.text.strip() and not (troubles or wording.query):
        # Nobody would hear them: what is asked for leaves nothing to be seen but for its writer.
        troubles = [Trouble(line=" ".join(one.line for one in wish.asked), why=Why.ALONE)]
    if troubles:
        return await _told(desk, letter, home, answer, agent, (), told_of(steps, troubles))
    kept = await append_mail(desk.db, home, aside, now=desk.now, by=by)
    if back := await mailed_back(desk, letter, home, agent, wish, wording):
        return back
    if await remember(desk, letter, home, agent, verbs_of(wish.orders)):
        await carry_out(desk, home, steps, agent)
        await confirm(desk, letter, home, steps, agent)
    return await finish(desk, letter, home, kept.message_id)


async def _judged(
    desk: Desk, wish: Wish, around: Around, agent: Agent
) -> tuple[list[Step], list[Trouble]]:
    troubles = [not_understood(one) for one in wish.unclear]
    troubles += contradictions(list(wish.asked))
    steps: list[Step] = []
    for order in wish.deeds:
        if order.verb not in DEEDS:
            continue
        step = await DEEDS[order.verb].judge(desk, order, around, agent)
        if isinstance(step, Trouble):
            troubles.append(step)
        else:
            steps.append(step)
    return steps, troubles


async def _told(
    desk: Desk,
    letter: Letter,
    home: int,
    answer: Answer,
    agent: Agent,
    found: Sequence[HeldReason],
    troubles: Sequence[Trouble],
) -> Kept:
    return await hold_back(
        desk,
        letter,
        home,
        answer,
        agent,
        (*found, HeldReason.ORDERS),
        is_note=True,
        about={"orders": [one.row() for one in troubles]},
    )
