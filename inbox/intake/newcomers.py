"""An answer to a department's notice from an address that is nobody's of ours.

Heard only where the address is the house's own and its domain says that the mail is from there;
then an administrator is asked, once about each address and not without end. All else is held.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, insert

from inbox.desk.answer import Answer
from inbox.desk.append import append_mail
from inbox.desk.entry import same_entry
from inbox.desk.letter import Kept, Letter
from inbox.desk.newcomers import confirm_author, hold_unknown, refuse_author
from inbox.errors import Conflict, Forbidden, Invalid, NotFound
from inbox.intake.agent_desk import Desk, finish
from inbox.intake.agent_proof import doubts
from inbox.intake.agent_speaker import standing_of
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.actor import SYSTEM
from inbox.model.address import Address, is_within
from inbox.model.conversation import MessageKind
from inbox.model.held import HeldReason
from inbox.outbound.keyed import TOKEN_LIFE, derived, question_token, reply_token
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.store.departments import (
    administrators,
    asked_since,
    held_since,
    house_addresses,
    newcomer_of,
)
from inbox.store.tables import Agent, Conversation, Held, Mailbox, Message, ReplyToken
from inbox.threading.participants import is_of_organisation

_DAY: Final = timedelta(days=1)
_MOST_QUESTIONS: Final = 10  # a day, about all departments together
_MOST_TOLD: Final = 3  # mails a day to a department about what was held
# That they are no member themselves changes nothing: their department is asked.
_THEIRS: Final = frozenset({HeldReason.UNKNOWN_SENDER})


async def take_newcomer(desk: Desk, letter: Letter, answer: Answer, right: Row[Any]) -> Kept:
    """Keep the words until it is known who wrote them, and ask where that is worth a question."""
    db, home = desk.db, right.conversation_id
    department = await db.get_one(Agent, right.agent_id)
    if there := await same_entry(db, department, answer.idempotency):
        return await finish(desk, letter, there.conversation_id, there.id)
    author = letter.author
    reasons = await _reasons(desk, letter, right)
    if not answer.text.strip() and not answer.files:
        reasons.append(HeldReason.EMPTY)
    if reasons:
        since = desk.now - _DAY
        tells = await held_since(db, department.id, since) < _MOST_TOLD
        reasons = [HeldReason.UNKNOWN_SENDER, *reasons]
        held = await _hold(desk, home, answer, author, reasons, department, tells=tells)
        return await finish(desk, letter, home, held.message_id)
    newcomer = await newcomer_of(db, author.address, author.name, department.id, now=desk.now)
    if newcomer.state == "refused":
        aside = replace(letter, shape=MessageKind.AUTO)
        return await append_mail(db, home, aside, now=desk.now, by=SYSTEM)
    known = [HeldReason.NEWCOMER]
    held = await _hold(desk, home, answer, author, known, department, tells=False)
    if newcomer.asked_at is None and await asked_since(db, desk.now - _DAY) < _MOST_QUESTIONS:
        newcomer.asked_at = desk.now
        await _ask(desk, held, department)
    return await finish(desk, letter, home, held.message_id)


async def decide_newcomer(
    desk: Desk, letter: Letter, right: Row[Any], *, is_refused: bool
) -> Kept | None:
    """An administrator says by mail who it is; None where this mail decides nothing."""
    standing = standing_of(right)
    if not (right.is_admin and right.is_valid):
        return None
    if set(doubts(letter, standing)) - {HeldReason.NOT_MEMBER}:
        return None
    held = await desk.db.get_one(Held, right.held_id)
    message = await desk.db.get_one(Message, held.message_id)
    by = await desk.db.get_one(Agent, right.agent_id)
    try:
        if is_refused:
            await refuse_author(desk.db, message, by=by, now=desk.now)
        else:
            await confirm_author(desk.db, message, by=by, now=desk.now)
    except (Conflict, Forbidden, Invalid, NotFound):
        return None
    return await finish(desk, letter, right.conversation_id, message.id)


async def _reasons(desk: Desk, letter: Letter, right: Row[Any]) -> list[HeldReason]:
    """What speaks against asking who it is."""
    found = [one for one in doubts(letter, standing_of(right), strict=True) if one not in _THEIRS]
    house = await house_addresses(desk.db, right.agent_id)
    author = letter.author.address
    if not (is_of_organisation(author, house) or is_within(author, letter.own_domains)):
        found.insert(0, HeldReason.OUTSIDE)
    return found if right.is_valid else [HeldReason.EXPIRED, *found]


async def _hold(
    desk: Desk,
    home: int,
    answer: Answer,
    author: Address,
    reasons: list[HeldReason],
    department: Agent,
    *,
    tells: bool,
) -> Held:
    return await hold_unknown(
        desk.db,
        home,
        answer,
        author,
        reasons=reasons,
        department=department,
        tells=tells,
        now=desk.now,
        context=desk.context,
    )


async def _ask(desk: Desk, held: Held, department: Agent) -> None:
    """One question to the administrators, each of whom can decide by mail."""
    db, secret = desk.db, desk.context.secret
    message = await db.get_one(Message, held.message_id)
    conversation = await db.get_one(Conversation, message.conversation_id)
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    mails = []
    for admin in await administrators(db):
        source = derived(secret, "newcomer", message.author_address, admin.id)
        header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, source)
        token = hash_token(question_token(secret, header_id))
        await _grant(desk, token, held, conversation.id, admin)
        mails.append(
            NewMail(
                kind="newcomer",
                recipients=(admin.email,),
                header_id=header_id,
                token_hash=hash_token(reply_token(secret, header_id)),
                sender=mailbox.address,
                mailbox_id=mailbox.id,
                conversation_id=conversation.id,
                message_id=message.id,
                agent_id=admin.id,
                draft={"department": department.name},
            )
        )
    await enqueue_mails(db, mails, desk.context.settings, now=desk.now)


async def _grant(
    desk: Desk, token_hash: bytes, held: Held, conversation_id: int, admin: Agent
) -> None:
    await desk.db.execute(
        insert(ReplyToken).values(
            token_hash=token_hash,
            conversation_id=conversation_id,
            agent_id=admin.id,
            address=admin.email,
            purpose="release",
            held_id=held.id,
            created_at=desk.now,
            expires_at=desk.now + TOKEN_LIFE,
        )
    )
