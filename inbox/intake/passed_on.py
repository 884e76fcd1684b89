"""A customer's mail that came to one of us, who passes it on to a mailbox.

It begins a conversation of whoever wrote it: their words stand as theirs, and may be quoted when
they are answered; what the one of us wrote above them is a note. That they wrote it is only said,
so that nothing counts as proved, nothing joins by it, and no confirmation is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from inbox.desk.append import append_mail
from inbox.desk.letter import Kept, Letter
from inbox.desk.open import open_conversation
from inbox.mail.passed_on import passed_on
from inbox.model.actor import Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.mail import Forwarded, Kind, Trimmed
from inbox.model.proof import Proof
from inbox.store.engine import Writer


def of_customer(letter: Letter, raw: bytes) -> Forwarded | None:
    """The mail of somebody outside that one of us passes on; None where it is none, or unsure.

    Not what answers a mail of ours, nor what may be forged, nor what asks for answers elsewhere.
    """
    mail = letter.mail
    is_plain = letter.verdict.kind is Kind.HUMAN and len(mail.from_) == 1
    if not is_plain or letter.proof.is_failed or letter.clues.tokens:
        return None
    if any(one.is_ours for one in letter.clues.answers) or any(
        letter.is_outside(_normal(one)) for one in mail.reply_to
    ):
        return None
    inner = passed_on(raw, mail)
    is_theirs = inner and inner.from_ and letter.is_outside(_normal(inner.from_))
    return inner if is_theirs else None


async def open_passed_on(
    db: Writer,
    letter: Letter,
    inner: Forwarded,
    *,
    by: Actor,
    now: datetime,
    rng: Callable[[int], bytes],
) -> Kept:
    """Begin the conversation. `letter` is the mail of the one of us, as the note that it would be
    by itself.
    """
    author = _normal(inner.from_ or Address())
    kept = await open_conversation(
        db, _theirs(letter, inner, author), now=now, rng=rng, customer=author, by=by
    )
    if inner.above:
        await append_mail(db, kept.conversation_id, _note(letter, inner.above), now=now, by=by)
    return kept


def _theirs(letter: Letter, inner: Forwarded, author: Address) -> Letter:
    mail = replace(
        letter.mail,
        from_=(author,),
        to=inner.to,
        cc=inner.cc,
        subject=inner.subject or letter.mail.subject,
        date=None,
        # Of the mail around it: nobody's business outside, when this one is answered.
        message_id="",
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
