"""One of us answers a mail that tells them something and is about no conversation: their account,
somebody whom no mail reaches, a link to sign in.

Nobody would read it there, and as a mail to the mailbox they would be its customer. What is about
themselves is done, as in a mail that answers nothing; of all else they hear that nobody reads it.
None of it is kept then: below it stands what they answer, which may be a link to come in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from inbox.desk.answer import Answer
from inbox.desk.letter import Kept, Letter
from inbox.intake.agent_away import note_absence
from inbox.intake.agent_desk import Desk, is_remembered
from inbox.intake.agent_orders import Wish, card_orders, meant_as_words, wish_of
from inbox.intake.agent_proof import doubts
from inbox.intake.agent_speaker import standing_of
from inbox.intake.agent_words import answer_of
from inbox.intake.asked_anew import NOWHERE, ask_alone, is_about_themselves
from inbox.intake.bounces import leave_out
from inbox.intake.starting import is_to_new
from inbox.mail.ids import new_message_id
from inbox.model.address import Address, normalize
from inbox.model.held import HeldReason
from inbox.outbound.keyed import derived
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.asked import told_since
from inbox.store.rights import by_address
from inbox.store.sent import Unread, unread_mail
from inbox.store.tables import Agent

# With a link that lets in whoever has it.
_SECRET: Final = frozenset({"invitation", "sign_in"})
_DAY: Final = timedelta(days=1)
_MOST_TOLD: Final = 20  # mails a day to one person: what answers without end is no person
_MOST_WORDS: Final = 24_000  # characters of theirs that come back


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of such an answer; `kept` where something was done."""

    kept: Kept | None = None


async def take_unread(desk: Desk, letter: Letter, raw: bytes) -> Taken | None:
    """Do or tell what there is to do or tell; None for any other mail."""
    about = await _answered(desk, letter)
    if about is None:
        return None
    if letter.is_automatic:
        await note_absence(desk, letter)
    elif not await is_remembered(desk, letter) and (kept := await _heard(desk, letter, raw, about)):
        return Taken(kept)
    await leave_out(desk.db, letter.spool_id)
    return Taken()


async def _answered(desk: Desk, letter: Letter) -> Unread | None:
    """The mail that it answers; asks nothing where that cannot be one of these."""
    ids = [one.message_id.lower() for one in letter.clues.answers if one.is_ours]
    if not ids or letter.clues.tokens or letter.clues.author not in letter.ours:
        return None
    people = (*letter.mail.to, *letter.mail.cc)
    if is_to_new(letter) or any(letter.is_outside(_normal(one)) for one in people):
        return None  # it is meant for somebody
    return await unread_mail(desk.db, ids)


def _normal(person: Address) -> Address:
    return replace(person, address=normalize(person.address))


async def _heard(desk: Desk, letter: Letter, raw: bytes, about: Unread) -> Kept | None:
    row = await by_address(
        desk.db,
        letter.clues.author,
        mailbox_id=about.mailbox_id,
        conversation_id=None,
        told=(),
    )
    if row is None:
        return None  # a mailbox of ours, which is not told of itself
    standing = replace(standing_of(row), is_member=True)  # nothing is asked about a mailbox
    found = doubts(letter, standing, strict=True)
    agent = await desk.db.get_one(Agent, standing.agent_id)
    answer = await _said(desk, letter, raw, agent)
    of_cards = await card_orders(desk.db, letter)
    wish = wish_of(letter, answer.text, name=agent.name, of_cards=of_cards)
    wish = await meant_as_words(desk, wish, NOWHERE)
    if not found and about.kind not in _SECRET and is_about_themselves(wish):
        return await ask_alone(desk, letter, about.mailbox_id, answer, wish, agent)
    await _tell(desk, letter, about, agent, answer, wish, found)
    return None


async def _said(desk: Desk, letter: Letter, raw: bytes, agent: Agent) -> Answer:
    """What they wrote; to whom it went besides is nobody who takes part in anything."""
    alone = replace(letter, mail=replace(letter.mail, to=(), cc=()))
    return await answer_of(
        desk.db, alone, raw, NOWHERE, context=desk.context, agent=agent, reader_id=agent.id
    )


async def _tell(
    desk: Desk,
    letter: Letter,
    about: Unread,
    agent: Agent,
    answer: Answer,
    wish: Wish,
    found: tuple[HeldReason, ...],
) -> None:
    """One mail back, however often the same comes."""
    db, secret = desk.db, desk.context.secret
    if await told_since(db, agent.id, "unread", desk.now - _DAY) >= _MOST_TOLD:
        return
    source = derived(secret, "unread", letter.clues.identity.hex(), agent.id)
    mail = NewMail(
        kind="unread",
        recipients=(agent.email,),
        header_id=new_message_id(about.address.rpartition("@")[2], secret, source),
        sender="",
        mailbox_id=about.mailbox_id,
        agent_id=agent.id,
        draft={
            "to": agent.email,
            "answers": letter.mail.message_id,
            "subject": letter.mail.subject[:200],
            "about": about.kind,
            "orders": [
                *(one.line[:200] for one in wish.orders),
                *(one.line[:200] for one in wish.unclear),
            ][:20],
            # Only where something could have been done for whom it is from.
            "reasons": [one.value for one in found] if wish.asks else [],
            "words": answer.text[:_MOST_WORDS],
        },
    )
    await enqueue_mail(db, mail, desk.context.settings, now=desk.now)
