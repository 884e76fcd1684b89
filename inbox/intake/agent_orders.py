"""What one of us asks for in an answer to a notice: judged as a whole, and done as a whole.

Lines at the top and addresses that are verbs become the verbs of the web view, in the transaction
of the mail. Where one of them is not understood or not possible, none of it is done and nothing is
said to the customer. Only for mail that is proved as an answer must be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from inbox.desk.answer import Answer
from inbox.desk.letter import Letter
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Step
from inbox.intake.deeds.table import DEEDS
from inbox.mail.tokens import find_written_token
from inbox.model.address import base_address, normalize
from inbox.orders.bare import bare_stop
from inbox.orders.ending import says_nothing
from inbox.orders.judging import contradictions, not_understood, sorted_out
from inbox.orders.mentions import mentions
from inbox.orders.names import is_name
from inbox.orders.reading import (
    BY_ADDRESS,
    Order,
    Reading,
    Unclear,
    by_address,
    by_written,
    read,
    without_blanks,
)
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.asked import has_unseen, said_outside
from inbox.store.engine import Writer
from inbox.store.followers import everybody
from inbox.store.people import mailboxes_among
from inbox.store.tables import Agent
from inbox.threading.clues import Token

# Of a notice the last two ask for nothing; they decide about an answer that is held.
_ANSWERS = frozenset(("r", "n", "x", "b", "f", "send", "drop"))
# Who writes to such an address says something to the customer.
_SPEAKING = frozenset({Verb.TEMPLATE, Verb.ARTICLE, Verb.SEND})
# Nobody looks at the conversation for a while, or ever again.
_HIDING = frozenset({Verb.CLOSE, Verb.SPAM, Verb.WAIT, Verb.SNOOZE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a mail asks for besides its words, and what is left of these."""

    orders: tuple[Order, ...]
    words: str
    unclear: tuple[Unclear, ...]
    is_note: bool  # the words are for us alone
    is_answer: bool = False  # they went to the address for the customer
    is_aside: bool = False  # they went to the address for somebody whom we have asked
    further: tuple[Order, ...] = ()  # below what is unclear: judged, so that all is said at once

    @property
    def asked(self) -> tuple[Order, ...]:
        """Everything that is understood, though nothing of it may be done."""
        return (*self.orders, *self.further)

    @property
    def deeds(self) -> tuple[Order, ...]:
        """What is to be done, in its order."""
        return sorted_out(self.asked)

    @property
    def wants_help(self) -> bool:
        """Whether it asks what can be asked for."""
        return any(order.verb is Verb.HELP for order in self.asked)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything, understood or not."""
        return bool(self.orders or self.unclear or self.is_aside)


def wish_of(
    letter: Letter,
    text: str,
    keys: Collection[bytes] = (),
    name: str = "",
    *,
    of_cards: Sequence[Order | Unclear] = (),
) -> Wish:
    """What the first lines of the text and the addresses with these tokens ask for, and those of
    cards beside them (`card_orders`).

    `name` of the writer: below orders their signature alone says nothing.
    """
    found = read(without_blanks(text))
    if stop := bare_stop(text, name):
        found = Reading(orders=(stop,))
    tokens = [one for one in letter.clues.tokens if one.key in keys]
    written_out = [*(by_written(one.word) for one in tokens if one.word), *of_cards]
    known = [one for one in tokens if not one.word]
    verbs = ["n" if _decides(one) else str(one.verb) for one in known]
    verbs += [str(one.verb) for one in written_out]
    asked = [by_address(one.verb, one.argument) for one in known if not _answers(one)]
    asked += written_out
    by_verb = tuple(one for one in asked if isinstance(one, Order))
    written = [found.unclear] if found.unclear else []
    unclear = [one for one in (*written, *found.further, *asked) if isinstance(one, Unclear)]
    orders = (*found.orders, *by_verb)
    is_signed_only = bool(asked or found.orders) and not found.unclear
    is_signed_only = is_signed_only and says_nothing(found.rest, name)
    return Wish(
        orders=orders,
        words="" if is_signed_only else found.rest,
        unclear=tuple(unclear),
        further=tuple(one for one in found.further if isinstance(one, Order)),
        # Whoever has both addresses in one mail gets the one that stays inside, and whoever wrote
        # to neither as well.
        is_note="n" in verbs
        or (bool(verbs) and not {"r", "f", *_SPEAKING} & set(verbs))
        or any(order.verb is Verb.NOTE for order in orders),
        is_answer="r" in verbs,
        is_aside="f" in verbs,
    )


async def card_orders(db: Writer, letter: Letter) -> list[Order | Unclear]:
    """What the addresses of verbs ask for that stand in the address book, without a token:
    `support+close@`. Whoever asks for the same twice asks once.
    """
    people = (one.address for one in (*letter.mail.to, *letter.mail.cc))
    named = dict.fromkeys(map(normalize, (*letter.recipients, *people)))
    found = {one: order for one in named if (order := _of_card(one))}
    ours = set(await mailboxes_among(db, found)) if found else set()
    told = {one: order for one, order in found.items() if base_address(one) in ours}
    return list(dict.fromkeys(order for one, order in told.items() if one not in ours))


def _of_card(address: str) -> Order | Unclear | None:
    """What is behind the sign, where it is a verb; a mailbox has other such addresses as well."""
    if find_written_token(address):
        return None
    word = address.rpartition("@")[0].partition("+")[2]
    order = by_written(word) if word else None
    return order if order and order.verb else None


def _answers(one: Token) -> bool:
    """Whether an address only says for whom words are; `send-tomorrow` asks for something."""
    return one.verb in _ANSWERS and not one.argument


def _decides(one: Token) -> bool:
    return one.verb == "send" and not one.argument


def without_orders(answer: Answer, wish: Wish) -> Answer:
    """The answer with the words alone; a picture of a signature is no answer."""
    if not wish.orders:
        return answer
    is_silent = not wish.words.strip()
    files = tuple(one for one in answer.files if not (is_silent and one.inline))
    return replace(answer, text=wish.words, files=files)


async def meant_as_words(desk: Desk, wish: Wish, conversation_id: int) -> Wish:
    """The wish, where its unclear line only speaks to somebody by name: that is no order."""
    if all(one.verb for one in wish.unclear):
        return wish
    ours = await everybody(desk.db, conversation_id)
    _, outside = await said_outside(desk.db, conversation_id)
    names = [*(one.name for one in ours), *outside]

    def speaks_to_somebody(line: Unclear) -> bool:
        is_named = is_name(line.said, names) or bool(mentions(line.line, ours).people)
        return line.verb is None and is_named and not line.line.endswith(BY_ADDRESS)

    first, *_ = wish.unclear
    if speaks_to_somebody(first):
        # The words begin there, and what is below is among them.
        by_addresses = tuple(one for one in wish.unclear if one.line.endswith(BY_ADDRESS))
        return replace(wish, unclear=by_addresses, further=())
    return replace(wish, unclear=tuple(one for one in wish.unclear if not speaks_to_somebody(one)))


async def plan(
    desk: Desk, wish: Wish, rights: Iterable[Row[Any]], agent: Agent, *, speaks: bool
) -> tuple[list[Step], list[Trouble]]:
    """The steps that are to be done; or why none of them is. `speaks`: words go along."""
    rights = list(rights)
    right = rights[0]
    troubles = [not_understood(one) for one in wish.unclear]
    deeds = wish.deeds
    lines = " ".join(dict.fromkeys(order.line for order in wish.orders))
    if len({one.conversation_id for one in rights}) > 1:
        troubles.append(Trouble(line=lines, why=Why.ELSEWHERE))
    if wish.wants_help and (deeds or speaks):
        troubles.append(Trouble(line=lines, why=Why.ASKED_FOR_HELP))
    troubles += contradictions([one for one in wish.asked if one.verb is not Verb.NOTE])
    if speaks and not wish.is_note and any(order.verb is Verb.SPAM for order in deeds):
        troubles.append(Trouble(line=lines, why=Why.SPAM_ANSWERED))
    troubles += await _quoted(desk, wish, right.conversation_id)
    # Words for the customer are held for that with all that is asked for beside them.
    if wish.is_note or not speaks:
        troubles += await _unseen(desk, deeds, right)
    around = Around(
        conversation_id=right.conversation_id,
        shown_event_id=right.shown_event_id,
        reader_id=right.reader_id,
    )
    steps = []
    for order in deeds:
        step = await DEEDS[order.verb].judge(desk, order, around, agent)
        if isinstance(step, Trouble):
            troubles.append(step)
            continue
        steps.append(step)
        if order.verb is Verb.MOVE:
            around = replace(around, mailbox_id=step.target)
    return steps, troubles


async def _unseen(desk: Desk, deeds: Iterable[Order], right: Row[Any]) -> list[Trouble]:
    """Orders that would put out of sight what their writer has not seen."""
    lines = [order.line for order in deeds if order.verb in _HIDING]
    if not lines or not await has_unseen(desk.db, right.shown_event_id, right.conversation_id):
        return []
    return [Trouble(line=" ".join(lines), why=Why.UNSEEN)]


async def _quoted(desk: Desk, wish: Wish, conversation_id: int) -> list[Trouble]:
    """Orders that stand in a customer's mail as well: it may be quoted where nothing says so."""
    written = [order for order in wish.orders if not order.line.endswith(BY_ADDRESS)]
    if not written:
        return []
    texts, _ = await said_outside(desk.db, conversation_id)
    theirs = {
        order.verb
        for text in texts
        for line in text.split("\n")
        for order in read(line.lstrip("> ")).orders
    }
    return [Trouble(line=one.line, why=Why.QUOTED) for one in written if one.verb in theirs]


def told_of(steps: Iterable[Step], troubles: Sequence[Trouble]) -> list[Trouble]:
    """What was understood, and then what was not, each line once."""
    wrong = [word for trouble in troubles for word in trouble.line.split()]
    lines = dict.fromkeys(step.order.line for step in steps)
    fine = [line for line in lines if line.split()[0] not in wrong]
    return [*(Trouble(line=line, why=Why.FINE) for line in fine), *troubles]


async def carry_out(desk: Desk, conversation_id: int, steps: Iterable[Step], agent: Agent) -> int:
    """Do all steps, each with an event of its own; the conversation that it is now.

    Raises Invalid, NotFound.
    """
    for step in steps:
        deed = DEEDS[step.order.verb]
        conversation_id = await deed.do(desk, conversation_id, step, agent)
    return conversation_id
