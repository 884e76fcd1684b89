"""What one of us answers, in their calendar, to a conversation that they were given as a task.

Accepting keeps it, declining gives it back, another time is a promise by when they answer. It
counts by what an answer counts by; the UID of our invitation, which has a keyed check and leads to
its token, stands for the address, for programs answer to where they like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeGuard
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from inbox.auth.parts import allowed_there
from inbox.auth.permissions import Permission
from inbox.desk.answer import Note
from inbox.desk.append import append_mail
from inbox.desk.assign import assign
from inbox.desk.away import come_back
from inbox.desk.leave import give_back
from inbox.desk.letter import Kept, Letter
from inbox.desk.note import note
from inbox.desk.task import promise
from inbox.intake.agent_desk import Desk, finish, hold_back
from inbox.intake.agent_proof import Standing, doubts, teaches
from inbox.intake.agent_words import answer_of
from inbox.mail.ids import is_ours
from inbox.mail.invites import words_beside
from inbox.mail.tokens import hash_token
from inbox.model.actor import SYSTEM, Actor
from inbox.model.conversation import MessageKind
from inbox.model.held import HeldReason
from inbox.model.mail import Invitation, Moment
from inbox.model.zones import zone_called
from inbox.orders.when import FARTHEST
from inbox.outbound.keyed import reply_token
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.rights import by_tokens, learn_proof
from inbox.store.tables import Agent, Mailbox
from inbox.store.tasks import is_task

_ANSWERS: Final = frozenset({"reply", "counter"})
_LONGEST: Final = 2000  # characters of a reason
_LENGTH: Final = timedelta(minutes=30)  # of our invitations: they end when an answer is due
# What calendars write themselves below, or instead of, a person's words.
_BOILERPLATE = re.compile(
    r"(?im)^.{0,80}(?:\b(?:has|have) (?:tentatively )?(?:accepted|declined|proposed)\b|"
    r"\bhat (?:diese|ihre|die) .{0,20}(?:abgelehnt|angenommen)|\bha (?:accettato|rifiutato)\b|"
    r"\bотклонил|\bпринял|辞退|承諾|invitation from google calendar|"
    r"\*?(?:when|wann|quando|когда|日時)\*?\s*:).*"
)
_NOTED = re.compile(r'(?is)with this note:\s*"(.{1,2000}?)"\s*(?:\n|$)')


async def take_task_answer(desk: Desk, letter: Letter, raw: bytes) -> Kept | None:
    """What became of the answer to an invitation of ours; None for any other mail."""
    invitation = letter.mail.invitation
    secret = desk.context.secret
    if (
        invitation is None
        or invitation.method not in _ANSWERS
        or not is_ours(invitation.uid, secret)
    ):
        return None
    uid = invitation.uid.strip().lower()
    if not await is_task(desk.db, uid):  # ids of other mails of ours are seen by others
        return None
    key = hash_token(reply_token(secret, uid))
    rights = await by_tokens(desk.db, [key], letter.clues.author, desk.now)
    if not rights:
        return None
    right = rights[0]
    agent = await desk.db.get_one(Agent, right.agent_id)
    found = _doubts(letter, right)
    if found:
        home = right.conversation_id
        answer = await answer_of(
            desk.db,
            letter,
            raw,
            home,
            context=desk.context,
            agent=agent,
            reader_id=agent.id,
        )
        reasons = (*found, HeldReason.ORDERS)
        return await hold_back(desk, letter, home, answer, agent, reasons, is_note=True)
    if teaches(letter.proof):
        await learn_proof(desk.db, letter.clues.author, desk.now)
    return await _carry_out(desk, letter, right.conversation_id, agent, invitation)


def _doubts(letter: Letter, right: Row[Any]) -> Sequence[HeldReason]:
    standing = Standing(
        agent_id=right.agent_id,
        is_enabled=right.is_enabled,
        is_member=right.is_member,
        is_registered=right.is_registered,
        proved_at=right.proved_at,
        strictness=right.strictness,
    )
    # A calendar wrote it, as it should.
    found = [one for one in doubts(letter, standing) if one is not HeldReason.AUTOMATIC]
    return found if right.is_valid else (HeldReason.EXPIRED, *found)


async def _carry_out(
    desk: Desk, letter: Letter, home: int, agent: Agent, invitation: Invitation
) -> Kept:
    """Do what the answer means, and keep the answer itself beside it."""
    db, by = desk.db, Actor.agent(agent.id, agent.name)
    aside = replace(letter, shape=MessageKind.AUTO)
    kept = await append_mail(db, home, aside, now=desk.now, by=SYSTEM)
    conversation = await lock(db, home)
    await come_back(db, agent.id)
    status = invitation.answers[0].status if invitation.answers else ""
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    if invitation.method == "counter":
        due = _due(invitation, zone_called(mailbox.time_zone))
        if conversation.assignee_id == agent.id and is_time(due, desk.now):
            await promise(db, home, due, by=by, now=desk.now)
    elif status == "declined":
        if conversation.assignee_id == agent.id:
            await _give_back(db, desk, letter, home, agent, invitation)
    # Whoever is a guest has what is given to them, and takes nothing.
    elif (
        status in ("accepted", "tentative")
        and conversation.assignee_id is None
        and Permission.ASSIGN in await allowed_there(db, agent.id, home)
    ):
        await assign(db, home, agent.id, by=by, now=desk.now)
    return await finish(desk, letter, kept.conversation_id, kept.message_id)


async def _give_back(
    db: Writer, desk: Desk, letter: Letter, home: int, agent: Agent, invitation: Invitation
) -> None:
    await give_back(db, home, agent, now=desk.now)
    if words := reason_of(letter, invitation):
        await note(db, home, Note(text=words), by=agent, now=desk.now, rng=desk.rng)


def is_time(due: datetime | None, now: datetime) -> TypeGuard[datetime]:
    """Whether one can promise that: neither what is over, nor what nobody can plan."""
    return due is not None and now < due <= now + FARTHEST


def reason_of(letter: Letter, invitation: Invitation) -> str:
    """What a person wrote to their answer, without what their calendar says by itself."""
    if invitation.comment.strip():
        return invitation.comment.strip()[:_LONGEST]
    words = words_beside(letter.trimmed.new_text, invitation)
    if noted := _NOTED.search(words):
        return noted[1].strip()
    if found := _BOILERPLATE.search(words):
        words = words[: found.start()]
    described = invitation.description.strip()
    return (
        words.replace(described, "").strip()[:_LONGEST] if described else words.strip()[:_LONGEST]
    )


def _due(invitation: Invitation, zone: ZoneInfo) -> datetime | None:
    """By when: the end of the time that is proposed, as our invitations end when it is due."""
    end = _moment(invitation.end, zone)
    start = _moment(invitation.start, zone)
    return end or (start + _LENGTH if start else None)


def _moment(moment: Moment | None, zone: ZoneInfo) -> datetime | None:
    try:
        at = datetime.fromisoformat(moment.at) if moment else None
    except ValueError:
        return None
    return at.replace(tzinfo=zone) if at and at.tzinfo is None else at
