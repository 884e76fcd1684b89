"""How the words of one of us go out: with an approved text around them, to somebody whom they ask,
or not at all, because they only look for something.

Judged before anything happens, as all that is asked for by mail: one trouble, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from inbox.approved.fill import Filled
from inbox.approved.naming import meant
from inbox.desk.afterwards import NOTHING_ELSE, Afterwards
from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.forward import answer_asked, forward
from inbox.desk.letter import Kept, Letter
from inbox.desk.template_files import text_files
from inbox.desk.templates import fill_text
from inbox.errors import Invalid
from inbox.intake.agent_desk import Desk, help_out, say
from inbox.intake.agent_flood import refuse_flood
from inbox.intake.agent_leaks import refuse_leaks
from inbox.intake.agent_orders import Wish
from inbox.intake.deeds.deed import Around, as_words, no
from inbox.intake.finding import find_out
from inbox.intake.sending import Leaving, leaving_of, send_later
from inbox.mail.header_values import is_sendable, takes_utf8
from inbox.model.address import normalize
from inbox.orders.judging import WITHOUT_DEED, against
from inbox.orders.reading import BY_ADDRESS, Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.refusals import Refusal
from inbox.store.approved import count_use, titles
from inbox.store.asked import asked_mail, customers_mail
from inbox.store.tables import Agent, Conversation, Message

TEXTS = {Verb.TEMPLATE: "template", Verb.ARTICLE: "article"}
_WITH_WORDS = frozenset({*TEXTS, Verb.FORWARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What becomes of the words, besides being said."""

    troubles: tuple[Trouble, ...] = ()
    template: int | None = None
    filled: Filled | None = None  # the approved text, with the words in it
    files: tuple[AnswerFile, ...] = ()  # that go along with it
    to: str = ""  # the address to which they go with a mail of the customer
    mail: int | None = None  # that mail, or the one of somebody asked that is answered
    query: str = ""
    suits: bool = False  # what suits the customer's mail is looked for
    leaving: Leaving | None = None

    @property
    def speaks(self) -> bool:
        """Whether something goes out though nobody wrote a word."""
        return bool(self.filled or self.to or (self.leaving and self.leaving.planned))


def goes_to_asked(wish: Wish) -> bool:
    """Whether the words go to somebody outside whom one of us has asked."""
    return wish.is_aside and not wish.is_note


async def wording_of(desk: Desk, wish: Wish, around: Around, agent: Agent, said: Answer) -> Wording:
    """What the mail asks for its words, judged."""
    if goes_to_asked(wish):
        mail = await asked_mail(desk.db, around.shown_event_id, around.conversation_id)
        # What holds words back would let them go to the customer later.
        has_words = bool(said.text.strip() or said.files)
        verbs = WITHOUT_DEED - {Verb.NOTE} if has_words else _WITH_WORDS
        orders = [one for one in wish.orders if one.verb in verbs]
        troubles = [against(one.line) for one in orders]
        if mail is None or wish.is_answer:
            lines = " ".join(one.line for one in wish.orders)
            troubles.append(Trouble(line=lines, why=Why.NO_MAIL))
        return Wording(troubles=tuple(troubles), mail=mail)
    found: list[Wording] = []
    for order in dict.fromkeys(wish.asked):
        match order.verb:
            case Verb.TEMPLATE | Verb.ARTICLE:
                found.append(await _text(desk, order, around, agent, said.text))
            case Verb.FORWARD:
                found.append(await _forward(desk, order, around, wish))
            case Verb.FIND:
                found.append(_find(order, wish, said))
    return await _with_time(desk, wish, around, agent, said, found)


async def _with_time(
    desk: Desk, wish: Wish, around: Around, agent: Agent, said: Answer, found: Sequence[Wording]
) -> Wording:
    """What was found of the words, with the time at which they leave."""
    wording = found[0] if found else Wording()
    speaks = bool(said.text.strip() or said.files or wording.speaks)
    leaving = await leaving_of(desk, wish, around, agent, speaks=speaks)
    wrong = [trouble for one in found for trouble in one.troubles]
    if isinstance(leaving, Trouble):
        wrong.append(leaving)
    elif leaving is not None:
        wording = replace(wording, leaving=leaving)
    return _trouble(*wrong) if wrong else wording


async def utter(
    desk: Desk,
    conversation_id: int,
    said: Answer,
    agent: Agent,
    wish: Wish,
    wording: Wording,
    *,
    seen: int | None = None,
    then: Afterwards = NOTHING_ELSE,
) -> Message:
    """Say the words as they were judged, at their time; `then` is done when they leave.

    Raises as `say`, and NotFound.
    """
    if (goes_to_asked(wish) and wording.mail) or wording.to:
        await refuse_flood(desk.db, said, desk.context.settings, desk.now)
    if goes_to_asked(wish) and wording.mail:
        asked = (await desk.db.get_one(Message, wording.mail)).author_address
        await refuse_leaks(
            desk.db, conversation_id, said, agent, desk.context.settings, asked=asked
        )
        return await answer_asked(
            desk.db,
            conversation_id,
            said,
            wording.mail,
            by=agent,
            now=desk.now,
            context=desk.context,
            rng=desk.rng,
        )
    if wording.to:
        await refuse_leaks(
            desk.db, conversation_id, said, agent, desk.context.settings, asked=wording.to
        )
        return await forward(
            desk.db,
            conversation_id,
            # Who is on Cc of a mail to us is not asked by it.
            replace(said, cc=None, at=wording.leaving.at if wording.leaving else None),
            wording.to,
            by=agent,
            now=desk.now,
            context=desk.context,
            message_id=wording.mail,
            rng=desk.rng,
        )
    if wording.filled and wording.template:
        await count_use(desk.db, wording.template, desk.now)
    said = filled_in(said, wording)
    if wording.leaving:
        return await send_later(
            desk, conversation_id, said, agent, wording.leaving, then, seen=seen
        )
    return await say(desk, conversation_id, said, agent, wish.is_note, seen=seen)


def filled_in(said: Answer, wording: Wording) -> Answer:
    """The words within the approved text that was asked for, if one was."""
    if not wording.filled:
        return said
    return replace(
        said,
        text=wording.filled.text,
        html=wording.filled.html,
        has_html=False,
        files=(*said.files, *wording.files),
    )


async def _text(desk: Desk, order: Order, around: Around, agent: Agent, words: str) -> Wording:
    conversation = await desk.db.get_one(Conversation, around.conversation_id)
    there = await titles(desk.db, conversation.mailbox_id, TEXTS[order.verb], agent_id=agent.id)
    found = meant(as_words(order), there)
    if len(found) != 1:
        why = Why.SEVERAL_TEXTS if found else Why.NO_TEXT
        return _trouble(no(order, why, (one.name for one in found or there)))
    try:
        filled = await fill_text(desk.db, conversation, found[0].id, words, by=agent)
    except Invalid as error:
        if error.refusal is not Refusal.TEXT_UNFILLED:
            return _trouble(no(order, Why.REFUSED))
        return _trouble(no(order, Why.UNFILLED, [str(error.about["name"])]))
    files = tuple(await text_files(desk.db, [found[0].id]))
    return Wording(template=found[0].id, filled=filled, files=files)


async def _forward(desk: Desk, order: Order, around: Around, wish: Wish) -> Wording:
    address = normalize(order.argument)
    if not is_sendable(address):
        why = Why.UTF8_ADDRESS if takes_utf8(address) else Why.NO_ADDRESS
        return _trouble(no(order, why))
    if wish.is_note:
        return _trouble(against(order.line))
    mail = await customers_mail(desk.db, around.shown_event_id, around.conversation_id)
    return Wording(to=address, mail=mail) if mail else _trouble(no(order, Why.NO_MAIL))


def _find(order: Order, wish: Wish, said: Answer) -> Wording:
    by_address = order.line.endswith(BY_ADDRESS)
    query = as_words(order) or (" ".join(said.text.split()) if by_address else "")
    others = [one for one in wish.asked if one.verb not in (Verb.FIND, Verb.NOTE)]
    if others or (said.text.strip() and not (by_address and not order.argument)):
        return _trouble(no(order, Why.ALONE))
    return Wording(query=query[:200], suits=not query)


def _trouble(*troubles: Trouble) -> Wording:
    return Wording(troubles=troubles)


async def mailed_back(
    desk: Desk, letter: Letter, conversation_id: int, agent: Agent, wish: Wish, wording: Wording
) -> Kept | None:
    """What was asked for a mail alone, and that is sent; else None."""
    if wish.wants_help:
        return await help_out(desk, letter, conversation_id, agent)
    if wording.query or wording.suits:
        return await find_out(desk, letter, conversation_id, agent, wording.query)
    return None


def verbs_of(orders: Iterable[Order]) -> Sequence[str]:
    """What was asked for, once each, as it is remembered."""
    return list(dict.fromkeys(order.verb.value for order in orders))
