"""One of us writes to people outside as a department: by `support+new@`, or as its address itself.

It becomes the department's own mail, from its address, on record, in a conversation that its writer
has. As no notice was answered there is no token, so that it must be proved in any case; else it is
held. What is written in the department's name by who signed in, and answers a mail of a
conversation, is an answer there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inbox.desk.answer import Answer, AnswerFile, Opening
from inbox.desk.begin import begin
from inbox.desk.entry import same_entry
from inbox.desk.leaking import Leaking
from inbox.desk.letter import Kept, Letter
from inbox.desk.repeated import Repeated
from inbox.errors import Invalid
from inbox.intake.agent_desk import Desk, finish, hold_back, nobody_by, say
from inbox.intake.agent_flood import Flooding
from inbox.intake.agent_proof import Standing, doubts, teaches
from inbox.intake.agent_words import answer_of
from inbox.intake.arrival import MailboxFacts
from inbox.mail.header_values import takes_utf8
from inbox.mail.to_lines import to_lines
from inbox.model.address import Address, normalize
from inbox.model.held import HeldReason
from inbox.store.rights import by_address, learn_proof
from inbox.store.tables import Agent

_NEW = "+new"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """Who is written to, and with which words."""

    to: tuple[Address, ...]
    bcc: tuple[str, ...]
    words: str
    is_unsendable: bool = False  # somebody is named to whom no mail of ours can go


async def start_from_agent(
    desk: Desk, letter: Letter, raw: bytes, mailbox: MailboxFacts
) -> Kept | None:
    """What became of a mail with which one of us begins; None where it is something else."""
    if not (is_to_new(letter) or _is_as_department(letter)):
        return None
    start = _read(letter)
    if not start.to and _had_it(letter):
        return None  # it is on record: who is named has the mail from their own server
    row = await by_address(
        desk.db,
        letter.clues.author,
        mailbox_id=mailbox.id,
        conversation_id=letter.match.conversation_id,
        told=[one.address for one in start.to],
    )
    if row is None or not row.is_member:
        return None  # like anybody who writes to a department
    standing = Standing(
        agent_id=row.agent_id,
        is_enabled=row.is_enabled,
        is_member=row.is_member,
        is_registered=row.is_registered,
        proved_at=row.proved_at,
        strictness=row.strictness,
    )
    agent = await desk.db.get_one(Agent, standing.agent_id)
    found = doubts(letter, standing, strict=True)
    home = letter.match.conversation_id
    if home is not None and row.is_told and not is_to_new(letter):
        answer = await answer_of(
            desk.db, letter, raw, home, context=desk.context, agent=agent, reader_id=agent.id
        )
        return await _say(desk, letter, home, replace(answer, bcc=start.bcc), agent, found)
    return await _open(desk, letter, mailbox, start, agent, found)


async def _open(
    desk: Desk,
    letter: Letter,
    mailbox: MailboxFacts,
    start: _Start,
    agent: Agent,
    found: Sequence[HeldReason],
) -> Kept:
    key = f"mail:{letter.clues.identity.hex()}"
    if there := await same_entry(desk.db, agent, key):
        return await finish(desk, letter, there.conversation_id, there.id)
    if start.is_unsendable:
        found = (*found, HeldReason.UNSENDABLE)
    elif not start.to:
        found = (*found, HeldReason.NO_RECIPIENT)
    first = start.to[0] if start.to else Address()
    subject = " ".join(letter.mail.subject.split())
    home = await begin(
        desk.db, mailbox.id, first, subject, now=desk.now, rng=desk.rng, is_open=bool(found)
    )
    answer = Answer(
        text=start.words,
        files=tuple(_files(letter)),
        cc=start.to[1:],
        bcc=start.bcc,
        opening=Opening(to=first, subject=subject) if start.to else None,
        spool_id=letter.spool_id,
        has_html=letter.mail.html is not None,
        idempotency=key,
    )
    return await _say(desk, letter, home, answer, agent, found)


async def _say(
    desk: Desk,
    letter: Letter,
    home: int,
    answer: Answer,
    agent: Agent,
    found: Sequence[HeldReason],
) -> Kept:
    if not answer.text.strip() and not answer.files:
        found = (*found, HeldReason.EMPTY)
    if found:
        return await hold_back(desk, letter, home, answer, agent, found, is_note=False)
    if teaches(letter.proof):
        await learn_proof(desk.db, letter.clues.author, desk.now)
    try:
        said = await say(desk, home, answer, agent, is_note=False)
    except Leaking as leaking:
        return await hold_back(
            desk, letter, home, answer, agent, (), is_note=False, leaks=leaking.leaks
        )
    except (Flooding, Invalid) as error:
        reasons = (HeldReason.FLOOD if isinstance(error, Flooding) else nobody_by(error),)
        return await hold_back(desk, letter, home, answer, agent, reasons, is_note=False)
    except Repeated:
        reasons = (HeldReason.REPEATED,)
        return await hold_back(desk, letter, home, answer, agent, reasons, is_note=False)
    return await finish(desk, letter, said.conversation_id, said.id)


def is_to_new(letter: Letter) -> bool:
    """Whether it went to the address with which one of us begins a conversation."""
    for address in map(normalize, letter.recipients):
        local, _, domain = address.rpartition("@")
        if local.endswith(_NEW) and f"{local.removesuffix(_NEW)}@{domain}" in letter.ours:
            return True
    return False


def _is_as_department(letter: Letter) -> bool:
    """By who signed in; from outside anybody can say that they write as we."""
    if letter.submitted is None:
        return False
    agent = letter.clues.author
    written_as = letter.submitted.written_as
    is_ours = written_as in letter.ours and written_as != agent
    return bool(_outside(letter, letter.recipients)) or (is_ours and bool(_named(letter)))


def _read(letter: Letter) -> _Start:
    # Nothing is answered, so that what is quoted was put there to be read.
    text = "\n\n".join(filter(None, (letter.trimmed.new_text, letter.trimmed.quoted_text)))
    lines = to_lines(text)
    people = {one.address: one for one in _named(letter)} if letter.submitted else {}
    had_it = _had_it(letter)
    for address in _outside(letter, (*lines.to, *lines.cc)):
        if address not in had_it:
            people.setdefault(address, Address(address=address))
    hidden = _outside(letter, letter.recipients) if letter.submitted else ()
    return _Start(
        to=tuple(people.values()),
        bcc=tuple(one for one in hidden if one not in people),
        words=lines.rest.strip("\n"),
        is_unsendable=any(takes_utf8(normalize(one)) for one in (*lines.to, *lines.cc))
        or bool(letter.submitted and any(map(takes_utf8, map(normalize, letter.recipients)))),
    )


def _had_it(letter: Letter) -> frozenset[str]:
    """Who outside has the mail already, from the server that brought it to us as well.

    What is handed to us alone goes to nobody else without us.
    """
    return frozenset(() if letter.submitted else (one.address for one in _named(letter)))


def _named(letter: Letter) -> list[Address]:
    people = [
        replace(one, address=normalize(one.address)) for one in (*letter.mail.to, *letter.mail.cc)
    ]
    return [one for one in people if letter.is_outside(one)]


def _outside(letter: Letter, addresses: Sequence[str]) -> tuple[str, ...]:
    found = dict.fromkeys(map(normalize, addresses))
    return tuple(one for one in found if letter.is_outside(Address(address=one)))


def _files(letter: Letter) -> list[AnswerFile]:
    return [
        AnswerFile(
            filename=file.filename,
            content_type=file.content_type,
            part=file.part,
            size=file.size,
            sha256=bytes.fromhex(file.sha256),
            content_id=file.content_id,
            inline=file.inline,
        )
        for file in letter.mail.attachments
    ]
