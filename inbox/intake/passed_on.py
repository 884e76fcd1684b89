"""A customer's mail that came to one of us, who passes it on to a mailbox.

It is kept where it would be if whoever wrote it had sent it here: what answers a mail on record is
with that one, all else begins a conversation of theirs. Their words stand as theirs, and may be
quoted when they are answered; what the one of us wrote above them is a note. That they wrote it is
only said, so that nothing counts as proved, and no confirmation is sent.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from inbox.desk.append import append_mail
from inbox.desk.letter import Kept, Letter
from inbox.desk.open import open_conversation
from inbox.intake.agent_desk import Desk
from inbox.intake.arrival import MailboxFacts
from inbox.intake.placing import Understood, place, policy_of
from inbox.mail.forwarded import is_forward
from inbox.mail.passed_on import passed_on
from inbox.mail.trim import trim
from inbox.model.actor import Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.mail import Envelope, Forwarded, Kind, Trimmed
from inbox.model.proof import Proof
from inbox.store.statement import Statement
from inbox.store.threads import hold
from inbox.threading.clues import find_clues
from inbox.threading.verdict import Match, Outcome

_SEEN = Statement("""
select from conversation c
 where c.id = :conversation_id
   and (c.mailbox_id = any(cast(:mailboxes as bigint[]))
        or exists (select from conversation_mailbox v
                    where v.conversation_id = c.id
                      and v.mailbox_id = any(cast(:mailboxes as bigint[]))))
""")


def of_customer(letter: Letter, raw: bytes) -> Forwarded | None:
    """The mail of somebody outside that one of us passes on; None where it is none, or unsure.

    Not what answers a mail of ours and does not say that it passes one on, nor what may be forged,
    nor what asks for answers elsewhere.
    """
    mail = letter.mail
    is_plain = letter.verdict.kind is Kind.HUMAN and len(mail.from_) == 1
    if not is_plain or letter.proof.is_failed or letter.clues.tokens:
        return None
    is_answer = any(one.is_ours for one in letter.clues.answers) and not is_forward(mail.subject)
    if is_answer or any(letter.is_outside(_normal(one)) for one in mail.reply_to):
        return None
    inner = passed_on(raw, mail)
    is_theirs = inner and inner.from_ and letter.is_outside(_normal(inner.from_))
    return inner if is_theirs else None


async def keep_passed_on(
    desk: Desk, letter: Letter, inner: Forwarded, mailbox: MailboxFacts, *, by: Actor
) -> Kept:
    """Keep it where it belongs. `letter` is the mail of the one of us, as the note that it would
    be by itself.
    """
    db, now = desk.db, desk.now
    author = _normal(inner.from_ or Address())
    theirs = _theirs(letter, inner, author)
    match = await _place(desk, theirs, inner, mailbox)
    theirs = replace(theirs, match=match)
    if match.conversation_id is None:
        kept = await open_conversation(db, theirs, now=now, rng=desk.rng, customer=author, by=by)
    else:
        theirs = replace(theirs, trimmed=trim(inner.text, None))
        kept = await append_mail(db, match.conversation_id, theirs, now=now, by=by)
    if inner.above:
        await append_mail(db, kept.conversation_id, _note(letter, inner.above), now=now, by=by)
    return kept


async def _place(desk: Desk, theirs: Letter, inner: Forwarded, mailbox: MailboxFacts) -> Match:
    """Where it would be, of what the mailbox may see; nothing leads anywhere else."""
    mail = replace(
        theirs.mail,
        text=inner.text,
        html=None,
        in_reply_to=inner.in_reply_to,
        references=inner.references,
        thread_index=None,
    )
    envelope = Envelope(sender=theirs.author.address, recipients=())
    secret, now = desk.context.secret, desk.now
    clues = find_clues(mail, envelope, secret, verdict=theirs.verdict, ours=theirs.ours)
    understood = Understood(
        mail=mail, verdict=theirs.verdict, trimmed=trim(inner.text, None), clues=clues
    )
    await hold(desk.db, clues, is_answer=understood.is_answer)
    match = await place(desk.db, understood, Proof(), policy_of(mailbox, theirs.mailboxes), now)
    at = match.conversation_id
    if at is None:
        return match
    seen = await _SEEN.rows(desk.db, conversation_id=at, mailboxes=list(theirs.mailboxes))
    return match if seen else Match(conversation_id=None, outcome=Outcome.NEW)


def _theirs(letter: Letter, inner: Forwarded, author: Address) -> Letter:
    mail = replace(
        letter.mail,
        from_=(author,),
        to=inner.to,
        cc=inner.cc,
        subject=inner.subject or letter.mail.subject,
        date=None,
        # Their own, for the thread in their program when it is answered; that of the mail around
        # it is nobody's business outside. It leads nowhere here: it may be forged.
        message_id=inner.message_id,
        in_reply_to=(),
        references=(),
        # As it came it has our own words in it.
        html=None if inner.above else letter.mail.html,
    )
    return replace(
        letter,
        mail=mail,
        trimmed=Trimmed(new_text=inner.text),
        proof=Proof(),
        shape=MessageKind.MAIL,
        author_kind=ActorKind.CUSTOMER,
        agent_id=None,
    )


def _note(letter: Letter, words: str) -> Letter:
    # A second entry out of the same mail, whose identity the first one has.
    identity = sha256(letter.clues.identity + b"above").digest()
    return replace(
        letter,
        mail=replace(letter.mail, attachments=()),
        trimmed=Trimmed(new_text=words),
        clues=replace(letter.clues, identity=identity),
        shape=MessageKind.NOTE,
    )


def _normal(person: Address) -> Address:
    return replace(person, address=normalize(person.address))
