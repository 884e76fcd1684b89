"""What becomes of a mail of one of us: said, held back, or answered with what can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import text

from inbox.auth.parts import guest_facts
from inbox.desk.answer import Answer, Note
from inbox.desk.entry import same_entry
from inbox.desk.held import hold
from inbox.desk.letter import Kept, Letter
from inbox.desk.note import note
from inbox.desk.quiet import tell_later
from inbox.desk.repeated import Repeated, repeated_text
from inbox.desk.reply import reply
from inbox.errors import Invalid
from inbox.intake.agent_flood import refuse_flood, tell_of_flood
from inbox.intake.agent_leaks import leaks_of, refuse_leaks
from inbox.jobs.registry import Context
from inbox.leaks.guard import Leak, Source
from inbox.mail.header_values import takes_utf8
from inbox.model.held import HeldReason
from inbox.outbound.about import write_about
from inbox.store.asked import is_done, keep_done, newest_message
from inbox.store.engine import Writer
from inbox.store.often import told_lately
from inbox.store.signatures import learn_signature
from inbox.store.tables import Agent, Conversation, Message

_DONE = text("update spool set state = 'done', error = null where id = :spool_id")
_MOST_TOLD: Final = 10  # mails of a kind an hour to one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the verbs need."""

    db: Writer
    context: Context
    now: datetime
    rng: Callable[[int], bytes]


async def say(
    desk: Desk,
    conversation_id: int,
    answer: Answer,
    agent: Agent,
    is_note: bool,
    *,
    seen: int | None = None,
) -> Message:
    """The words become a comment or an answer.

    Raises Invalid where nobody can be answered, Leaking where an answer says what is only for us,
    Flooding where one person may write to no more for now, Repeated for a text that the customer
    has got twice, Conflict for an answer when others said something after the event `seen`.
    """
    if not is_note:
        await refuse_unfit(desk, conversation_id, answer, agent)
    if is_note:
        words = Note(
            text=answer.text,
            files=answer.files,
            cc=answer.cc or (),
            spool_id=answer.spool_id,
            has_html=answer.has_html,
            idempotency=answer.idempotency,
        )
        return await note(desk.db, conversation_id, words, by=agent, now=desk.now, rng=desk.rng)
    return await reply(
        desk.db,
        conversation_id,
        answer,
        by=agent,
        now=desk.now,
        context=desk.context,
        expected_last_event=seen,
        via="mail",
        rng=desk.rng,
    )


def nobody_by(error: Invalid) -> HeldReason:
    """Why there is nobody whom words could go to."""
    is_utf8 = takes_utf8(str(error.about.get("address", "")))
    return HeldReason.UNSENDABLE if is_utf8 else HeldReason.NO_RECIPIENT


async def refuse_unfit(desk: Desk, conversation_id: int, answer: Answer, agent: Agent) -> None:
    """Raises Flooding, Leaking or Repeated for words that should not go to the customer."""
    await refuse_flood(desk.db, answer, desk.context.settings, desk.now)
    await refuse_leaks(desk.db, conversation_id, answer, agent, desk.context.settings)
    if await repeated_text(desk.db, conversation_id, answer, by=agent):
        raise Repeated


async def hold_back(
    desk: Desk,
    letter: Letter,
    conversation_id: int,
    answer: Answer,
    agent: Agent,
    reasons: Sequence[HeldReason],
    *,
    is_note: bool,
    leaks: Sequence[Leak] = (),
    about: Mapping[str, object] | None = None,
) -> Kept:
    """Nothing is done, the words are kept, and the writer is told why; see `desk.held.hold`.

    An answer that is held for another reason is looked at as well: it may be let go by one word.
    """
    if there := await same_entry(desk.db, agent, answer.idempotency):
        return await finish(desk, letter, there.conversation_id, there.id)
    if not is_note and not leaks:
        leaks = await leaks_of(desk.db, conversation_id, answer, agent, desk.context.settings)
    if any(one.is_for_nobody for one in leaks):
        reasons = [*reasons, HeldReason.TOKENS]
    if any(one.source is Source.SEALED for one in leaks):
        reasons = [*reasons, HeldReason.SEALED]
    if any(one.source is not Source.SEALED for one in leaks):
        reasons = [*reasons, HeldReason.LEAK]
    if HeldReason.FLOOD in reasons:
        await tell_of_flood(desk.db, agent.id)
    held = await hold(
        desk.db,
        conversation_id,
        answer,
        verb="note" if is_note else "reply",
        reasons=[reason.value for reason in reasons],
        by=agent,
        now=desk.now,
        context=desk.context,
        about={
            **(about or {}),
            "leaks": [[one.source.value, one.said] for one in leaks],
        },
    )
    return await finish(desk, letter, conversation_id, held.message_id)


async def help_out(desk: Desk, letter: Letter, conversation_id: int, agent: Agent) -> Kept:
    """Tell by mail what can be asked for; not without end."""
    message_id = await newest_message(desk.db, conversation_id)
    if await remember(desk, letter, conversation_id, agent, ["help"]):
        facts = await guest_facts(desk.db, agent.id, conversation_id)
        await tell(desk, letter, "help", agent, conversation_id, message_id, draft=facts)
    return await finish(desk, letter, conversation_id, message_id)


async def tell(
    desk: Desk,
    letter: Letter,
    kind: str,
    agent: Agent,
    conversation_id: int,
    message_id: int,
    draft: Mapping[str, object] | None = None,
) -> None:
    """A mail of this kind to one of us, in answer to theirs.

    Beyond so many of a kind an hour they are told later, of all in one.
    """
    db = desk.db
    if await told_lately(db, agent.id, kind, now=desk.now) >= _MOST_TOLD:
        item = {"kind": kind, "conversation": conversation_id, "draft": dict(draft or {})}
        await tell_later(db, agent.id, now=desk.now, item=item)
        return
    await write_about(
        db,
        desk.context,
        await db.get_one(Conversation, conversation_id),
        agent,
        kind,
        letter.clues.identity.hex(),
        now=desk.now,
        message_id=message_id,
        draft=draft,
    )


async def is_remembered(desk: Desk, letter: Letter) -> bool:
    """Whether what this mail asks for is done, by another copy of it."""
    return await is_done(desk.db, _key(letter))


async def remember(
    desk: Desk, letter: Letter, conversation_id: int, agent: Agent, orders: Sequence[str]
) -> bool:
    """Keep that what this mail asks for is done; False where another copy of it was faster."""
    return await keep_done(
        desk.db,
        _key(letter),
        [str(one) for one in orders],
        conversation_id=conversation_id,
        agent_id=agent.id,
        spool_id=letter.spool_id,
        now=desk.now,
    )


def _key(letter: Letter) -> bytes:
    """Equal for all copies of a mail, also where a server on the way has added to one of them."""
    clues = letter.clues
    if not clues.message_id:
        return clues.identity
    return sha256(f"ordered\0{clues.message_id}\0{clues.author}".encode()).digest()


async def finish_said(
    desk: Desk, letter: Letter, conversation_id: int, message_id: int, answer: Answer, agent: Agent
) -> Kept:
    """The same for words that were said: how they end is learned."""
    if answer.ending:
        identity = letter.clues.identity
        await learn_signature(desk.db, agent.id, answer.ending, mail=identity, now=desk.now)
    return await finish(desk, letter, conversation_id, message_id)


async def finish(desk: Desk, letter: Letter, conversation_id: int, message_id: int) -> Kept:
    """The mail is worked off, and this became of it."""
    await desk.db.execute(_DONE, {"spool_id": letter.spool_id})
    return Kept(conversation_id=conversation_id, message_id=message_id)
