"""A mail in answer to a digest: each number is done by itself, and one mail back says what became
of each.

The proof is that of an answer to a notice. Where it fails nothing is done and nothing is kept: the
reader is told at their registered address. An item that has moved on since the digest was made is
not done, and neither is one of which anything is not understood; the others are. A file goes with
the number to which it belongs; where that cannot be told, nothing is said that may need it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from inbox.desk.collision import moved_on
from inbox.desk.letter import Kept, Letter
from inbox.desk.quiet import tell_later
from inbox.intake.agent_desk import Desk, finish, is_remembered, remember
from inbox.intake.agent_flood import tell_of_flood
from inbox.intake.agent_proof import Standing, doubts, teaches
from inbox.intake.digest_deeds import Asked, do_all
from inbox.intake.digest_files import Sorted, sorted_files, with_marks
from inbox.intake.digest_item import Result, stop_answer, undo_deed
from inbox.intake.digest_whole import asks_for_help, for_all
from inbox.mail.ids import new_message_id
from inbox.model.held import HeldReason
from inbox.notify.digest_result import lines_told
from inbox.notify.listed import listed
from inbox.orders.numbered import Numbered, Part, read_numbered
from inbox.orders.verbs import Verb
from inbox.outbound.keyed import derived
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.asked import newest_message, within_reach
from inbox.store.digests import believed_since, digest_by_token, people_beside, told_since
from inbox.store.locks import lock
from inbox.store.rights import learn_proof
from inbox.store.signatures import signature_of
from inbox.store.tables import Agent, Digest, Event, Mailbox

_MOST_TOLD: Final = 20  # mails an hour to one person
_DAY: Final = timedelta(days=1)
_MOST_A_DAY: Final = 60  # beyond which a program answers what a program says
_MOST_KEPT: Final = 20  # numbers of one of which they are told later


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """A mail to the address of a digest, of one who is believed."""

    letter: Letter
    digest: Digest
    agent: Agent
    said: Sorted


async def take_digest_answer(desk: Desk, letter: Letter, raw: bytes) -> Kept | None:
    """What became of a mail to the address of a digest; None for any other mail."""
    db = desk.db
    right = await digest_by_token(db, letter.clues.token_hashes, letter.clues.author, desk.now)
    if right is None:
        return None
    home = right["items"][0]["conversation"]
    newest = await newest_message(db, home)
    if letter.is_automatic or await is_remembered(desk, letter):
        return await finish(desk, letter, home, newest)
    agent = await db.get_one(Agent, right["agent_id"])
    digest = await db.get_one(Digest, right["id"])
    found = _doubts(letter, right)
    if not found and (told := await believed_since(db, agent.id, desk.now - _DAY)) >= _MOST_A_DAY:
        found = (HeldReason.TOO_MANY,)
        if told > _MOST_A_DAY:  # it was said
            return await finish(desk, letter, home, newest)
    results: list[Result] | None = []
    said = Sorted(read=Numbered(), files={}, loose=())
    if not found:
        said = await _read(desk, letter, raw, digest, agent)
        mail = _Mail(letter=letter, digest=digest, agent=agent, said=said)
        if (results := await _done(desk, mail, home)) is None:
            return await finish(desk, letter, home, newest)
    await _tell(desk, letter, digest, agent, results or [], said, found)
    return await finish(desk, letter, home, newest)


async def _done(desk: Desk, mail: _Mail, home: int) -> list[Result] | None:
    """What became of each number, and of the rest; None where another copy was faster."""
    if teaches(mail.letter.proof):
        await learn_proof(desk.db, mail.letter.clues.author, desk.now)
    numbers = by_number(mail.said.read)
    orders = [f"{one}" for one, _ in numbers]
    if not await remember(desk, mail.letter, home, mail.agent, orders):
        return None
    results = [await _result(desk, mail, *one) for one in numbers]
    # Last: who does anything is not away.
    results += await for_all(desk, mail.digest, mail.agent, mail.said.read.whole)
    if any(one.why == "flood" for one in results):
        await tell_of_flood(desk.db, mail.agent.id)
    return results


async def goes_to_digest(desk: Desk, letter: Letter) -> bool:
    """Whether a mail went to the address of a digest, besides others."""
    keys = [one.key for one in letter.clues.tokens if one.verb == "d"]
    if not keys:
        return False
    return await digest_by_token(desk.db, keys, letter.clues.author, desk.now) is not None


def _doubts(letter: Letter, right: Mapping[str, Any]) -> tuple[HeldReason, ...]:
    submitted = letter.submitted
    if submitted and submitted.agent_id != right["agent_id"]:
        return (HeldReason.UNKNOWN_SENDER,)  # a colleague's digest
    standing = Standing(
        agent_id=right["agent_id"],
        is_enabled=right["is_enabled"],
        is_member=True,  # asked for each conversation by itself
        is_registered=right["is_registered"] or submitted is not None,
        proved_at=right["proved_at"],
        strictness="strict" if right["is_strict"] else "learned",
    )
    found = doubts(letter, standing)
    return found if right["is_valid"] else (HeldReason.EXPIRED, *found)


async def _read(desk: Desk, letter: Letter, raw: bytes, digest: Digest, agent: Agent) -> Sorted:
    there = await listed(desk.db, desk.context, digest)
    text, own = with_marks(letter.mail, letter.trimmed.new_text)
    read = read_numbered(
        text,
        own,
        there.items,
        (*there.around, *await lines_told(desk.db, there.voice, digest)),
        subject=there.subject,
        name=agent.name,
        people=await people_beside(desk.db, agent.id),
    )
    signed = await signature_of(desk.db, agent.id)
    return sorted_files(read, letter.mail, raw, signed.pictures)


def by_number(read: Numbered) -> list[tuple[int, list[Part]]]:
    """All that is said of each number, in the order of the numbers."""
    found: dict[int, list[Part]] = {}
    for part in read.parts:
        for number in part.numbers:
            found.setdefault(number, []).append(part)
    return sorted(found.items())


async def _result(desk: Desk, mail: _Mail, number: int, parts: Sequence[Part]) -> Result:
    items, agent = mail.digest.items, mail.agent
    if not 0 < number <= len(items):
        return Result(number=number, why="unknown")
    item = items[number - 1]
    result = Result(number=number, subject=item["subject"])
    there = await within_reach(desk.db, item["conversation"], agent.id)
    if there is None:
        result.why = "gone"
    elif any(order.verb is Verb.STOP for part in parts for order in part.orders):
        await stop_answer(desk, result, there, parts, agent)
    elif any(order.verb is Verb.UNDO for part in parts for order in part.orders):
        await undo_deed(desk, result, there, parts, agent)
    elif moved := await _moved(desk, there, item["event"], agent):
        result.why, result.moved = "moved", moved
    elif mail.said.are_missing and any(part.words for part in parts):
        result.why = "files"
    else:
        files = mail.said.files.get(number, ())
        ask = Asked(desk=desk, letter=mail.letter, agent=agent, there=there, shown=item["event"])
        await do_all(ask, result, parts, files)
    return result


async def _moved(desk: Desk, there: int, shown: int, agent: Agent) -> dict[str, Any] | None:
    """The newest thing that others did since the digest was made; None for nothing."""
    conversation = await lock(desk.db, there)
    changed = await moved_on(desk.db, conversation, shown, agent, in_list=True)
    if not changed:
        return None
    event = await desk.db.get_one(Event, changed[-1].id)
    return {"name": event.name, "actor_name": event.actor_name, "at": event.at.isoformat()}


async def _tell(
    desk: Desk,
    letter: Letter,
    digest: Digest,
    agent: Agent,
    results: Sequence[Result],
    said: Sorted,
    found: Sequence[HeldReason],
) -> None:
    """One mail back; beyond so many an hour they are told later, of all in one."""
    if agent.disabled_at:
        return
    rows = [one.row() for one in results]
    if await told_since(desk.db, agent.id, desk.now - timedelta(hours=1)) >= _MOST_TOLD:
        place = digest.items[0]["conversation"]
        draft = {"results": rows[:_MOST_KEPT], "reasons": [str(one) for one in found]}
        item = {"kind": "digested", "conversation": place, "draft": draft}
        await tell_later(desk.db, agent.id, now=desk.now, item=item)
        return
    mailbox = await desk.db.get_one(Mailbox, digest.mailbox_id)
    source = derived(desk.context.secret, "digested", letter.clues.identity.hex(), agent.id)
    header_id = new_message_id(mailbox.address.rpartition("@")[2], desk.context.secret, source)
    mail = NewMail(
        kind="digested",
        recipients=(agent.email,),
        header_id=header_id,
        sender=mailbox.address,
        mailbox_id=mailbox.id,
        agent_id=agent.id,
        draft={
            "digest": digest.id,
            "results": rows,
            "stray": said.read.stray[:2000],
            "help": asks_for_help(said.read.whole),
            "is_too_long": said.read.is_too_long,
            "loose": list(said.loose),
            "reasons": [str(one) for one in found],
            # Nothing of it was read, and nothing is lost.
            "words": letter.trimmed.new_text.strip()[:2000] if found else "",
        },
    )
    await enqueue_mail(desk.db, mail, desk.context.settings, now=desk.now)
