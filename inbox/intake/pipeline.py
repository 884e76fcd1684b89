"""The way of a mail: spooled bytes -> a message in its conversation, and what follows from it.

parse → classify → prove → clues → lookup → choose → keep → route (rules) → acknowledge. Steps that
think do no I/O. The DNS is asked before anything is locked; from `hold` on, mails of one thread or
of one author are kept one after the other, so that many workers do what one would. One transaction,
which the worker commits: a mail is kept with all that follows, or tried again, or set aside where
people see it (`intake.quarantine`). Idempotent; raises only for our own faults.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.letter import Kept, Letter
from inbox.errors import Invalid, OutOfReach
from inbox.intake.agent_desk import Desk
from inbox.intake.agent_mail import take_from_agent
from inbox.intake.agent_unread import Taken, take_unread
from inbox.intake.arrival import Arrival, MailboxFacts, arrival, mailboxes_for
from inbox.intake.auto_reply import acknowledge
from inbox.intake.bounces import Returned, leave_out, take_bounce
from inbox.intake.keep import keep, keep_again
from inbox.intake.known_words import trimmed_by_reply
from inbox.intake.overtaken import wait_for_elders
from inbox.intake.placing import Understood, place, policy_of
from inbox.intake.quarantine import give_up, set_aside
from inbox.intake.rated import Left, take_rating
from inbox.intake.ruling import follow_rules
from inbox.intake.strayed import clues_without, named_mailboxes, strayed
from inbox.intake.submitted import as_theirs, submitted_as
from inbox.intake.trial import take_trial
from inbox.jobs.queue import Postponed
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.log import get_logger
from inbox.mail.classify import classify
from inbox.mail.parse import parse
from inbox.mail.pictures import suspects
from inbox.mail.trim import trim
from inbox.mail_auth.dns import Dns, resolver
from inbox.mail_auth.prove import prove
from inbox.model.mail import Kind
from inbox.model.proof import SUBMISSION, Proof
from inbox.outbound.keyed import loop_mark
from inbox.store.engine import VIA, Writer
from inbox.store.pictures import seen_before
from inbox.store.threads import hold
from inbox.threading.clues import find_clues
from inbox.threading.participants import organisation
from inbox.threading.verdict import Match, Outcome

log = get_logger("intake")

_OUT_OF_REACH: Final = timedelta(seconds=30)
_LARGE: Final = 256 * 1024  # octets, from which on reading a mail would hold up the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the way of a mail needs besides the mail."""

    context: Context
    dns: Dns
    now: datetime
    rng: Callable[[int], bytes] = token_bytes


@job("intake.process", retry=INTAKE, give_up=give_up)
async def process_spooled(db: Writer, context: Context, *, spool_id: int, **_: Any) -> None:
    """Work off one mail of the spool. Raises Postponed while nobody can get at its bytes."""
    try:
        await process(db, spool_id, Intake(context=context, dns=resolver(), now=utcnow()))
    except OutOfReach as error:
        # No fault of the mail: it would be set aside within minutes, and all others with it.
        log.warning("mail.out_of_reach", spool=spool_id, reason=error.public)
        raise Postponed(_OUT_OF_REACH, error.public) from error


async def process(db: Writer, spool_id: int, at: Intake) -> Kept | None:
    """Keep the mail and see to its consequences; None where it is done, or set aside for people."""
    db.info[VIA] = "mail"
    arrived = await arrival(db, spool_id)
    if arrived is None:
        return None
    understood = await _understand(arrived, at.context.secret)
    try:
        refuse_own(understood, arrived)
        mailboxes = mailboxes_for(arrived, understood.mail, at.context.settings.domain)
    except Invalid as error:
        if not await take_trial(db, understood.mail, arrived):
            await set_aside(db, spool_id, error.public)
        return None
    mailbox = arrived.mailboxes[mailboxes[0]]
    proof = await _proof(arrived, understood, at)
    await wait_for_elders(db, spool_id, understood.clues, age=at.now - arrived.received_at)
    await hold(db, understood.clues, is_answer=understood.is_answer)
    match = await place(db, understood, proof, policy_of(mailbox, mailboxes), at.now)
    letter = letter_of(arrived, understood, proof, match, mailboxes)
    letter = await _seen_whole(db, letter, arrived, understood, at)
    mailbox = arrived.mailboxes[letter.mailboxes[0]]
    if letter.match.outcome is Outcome.DUPLICATE:
        return await keep_again(db, letter, now=at.now)
    letter, left = await take_rating(db, letter, now=at.now)
    if left is Left.NOTHING:
        await leave_out(db, spool_id)
        return None
    if taken := await _take_ours(db, letter, mailbox, arrived.raw, at):
        return taken.kept
    about = await _returned(db, letter, arrived, at)
    if about and not about.is_news:
        await leave_out(db, spool_id)
        return None
    letter = await trimmed_by_reply(db, _of_bounce(letter, about))
    kept = await keep(db, letter, now=at.now, rng=at.rng)
    await _follow_up(db, letter, kept, arrived, at)
    return kept


async def _take_ours(
    db: Writer, letter: Letter, mailbox: MailboxFacts, raw: bytes, at: Intake
) -> Taken | None:
    """What became of a mail of one of us; None for what the mailbox is told from outside."""
    desk = Desk(db=db, context=at.context, now=at.now, rng=at.rng)
    if taken := await take_unread(desk, letter, raw):
        return taken
    kept = await take_from_agent(desk, letter, mailbox, raw)
    return Taken(kept) if kept else None


async def _follow_up(db: Writer, letter: Letter, kept: Kept, arrived: Arrival, at: Intake) -> None:
    """What the rules say, and the confirmation, in the name of where it is then."""
    followed = await follow_rules(
        db, letter, kept, arrived, context=at.context, now=at.now, rng=at.rng
    )
    if followed.may_confirm:
        await acknowledge(
            db, letter, kept, followed.mailbox, context=at.context, now=at.now, rng=at.rng
        )


def refuse_own(understood: Understood, arrived: Arrival) -> None:
    """Raises Invalid for a mail of our own that came back: it is nobody's question."""
    author = understood.clues.author
    if understood.verdict.kind is Kind.LOOP:
        raise Invalid("a mail of our own came back: " + ", ".join(understood.verdict.reasons))
    if author and understood.verdict.kind is not Kind.BOUNCE and arrived.is_own(author):
        raise Invalid("it says that a mailbox of ours has written it")


async def _understand(arrived: Arrival, secret: bytes) -> Understood:
    if len(arrived.raw) < _LARGE:
        return understand(arrived, secret)
    return await asyncio.to_thread(understand, arrived, secret)


def understand(arrived: Arrival, secret: bytes) -> Understood:
    """All that can be known of a mail without asking anybody. Never raises; pure."""
    mail, submitted = parse(arrived.raw), None
    if arrived.submitter:
        submitted = submitted_as(mail, arrived.submitter)
        mail = as_theirs(mail, arrived.submitter)
    own, loops = arrived.mailbox_of.keys(), {loop_mark(secret)}
    verdict = classify(mail, arrived.envelope, own, loop_values=loops)
    return Understood(
        mail=mail,
        verdict=verdict,
        trimmed=trim(mail.text, mail.html),
        clues=find_clues(mail, arrived.envelope, secret, verdict=verdict, ours=arrived.ours),
        submitted=submitted,
    )


async def _proof(arrived: Arrival, understood: Understood, at: Intake) -> Proof:
    if understood.submitted:
        return Proof(source=SUBMISSION)
    return await prove(
        arrived.raw, understood.mail, arrived.envelope, settings=at.context.settings, dns=at.dns
    )


def letter_of(
    arrived: Arrival,
    understood: Understood,
    proof: Proof,
    match: Match,
    mailboxes: tuple[int, ...],
) -> Letter:
    """A mail as it will be kept."""
    return Letter(
        mail=understood.mail,
        trimmed=understood.trimmed,
        verdict=understood.verdict,
        proof=proof,
        clues=understood.clues,
        match=match,
        spool_id=arrived.spool_id,
        mailboxes=mailboxes,
        recipients=arrived.envelope.recipients,
        ours=arrived.ours,
        received_at=arrived.received_at,
        submitted=understood.submitted,
    )


async def _seen_whole(
    db: Writer, letter: Letter, arrived: Arrival, understood: Understood, at: Intake
) -> Letter:
    """With what is known besides: whose people are ours, which pictures came before, and without
    addresses of which its writer must know nothing.
    """
    settings = at.context.settings
    letter = replace(letter, own_domains=frozenset(settings.own_domains))
    clues = await clues_without(db, arrived, letter, settings.domain)
    if clues is not letter.clues:
        mailboxes = named_mailboxes(arrived, letter, settings.domain)
        policy = policy_of(arrived.mailboxes[mailboxes[0]], mailboxes)
        match = await place(db, replace(understood, clues=clues), letter.proof, policy, at.now)
        letter = strayed(letter, clues, mailboxes, match)
    return replace(letter, seen=await _pictures_seen(db, letter))


async def _pictures_seen(db: Writer, letter: Letter) -> frozenset[str]:
    within = suspects(letter.mail)
    if not within.pictures:
        return frozenset()
    address = letter.author.address
    return await seen_before(
        db,
        within,
        conversation_id=letter.match.conversation_id,
        author=address,
        organisation=organisation(address),
    )


async def _returned(db: Writer, letter: Letter, arrived: Arrival, at: Intake) -> Returned | None:
    """What a mail of ours is whose delivery this reports; None for any other mail."""
    if letter.verdict.kind is not Kind.BOUNCE:
        return None
    return await take_bounce(
        db, letter.verdict, arrived.envelope, secret=at.context.secret, now=at.now
    )


def _of_bounce(letter: Letter, about: Returned | None) -> Letter:
    """The letter at the conversation whose mail it says was not delivered."""
    if about is None or about.conversation_id is None:
        return letter
    match = replace(letter.match, conversation_id=about.conversation_id, outcome=Outcome.JOINED)
    return replace(letter, match=match)
