"""Somebody of our domains whom nobody has registered writes to a customer, a mailbox in Cc.

They are no customer of ours. Where their domain says that it is their mail, it is put on record in
a conversation of whom they wrote to, in nobody's name, an administrator is asked once, and a page
lists them until somebody says who they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from inbox.desk.letter import Kept, Letter
from inbox.desk.open import open_conversation
from inbox.intake.agent_desk import Desk
from inbox.intake.agent_proof import teaches
from inbox.intake.arrival import MailboxFacts
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.actor import SYSTEM
from inbox.model.address import Address, is_within, normalize
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.mail import Kind
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.store.asked import told_since
from inbox.store.departments import administrators, stranger_of

_DAY: Final = timedelta(days=1)
_MOST_QUESTIONS: Final = 10  # a day to one administrator


async def take_from_stranger(desk: Desk, letter: Letter, mailbox: MailboxFacts) -> Kept | None:
    """What became of such a mail; None for any other."""
    if not _is_stranger(letter) or letter.match.conversation_id is not None:
        return None
    told = [
        one for one in map(_normal, (*letter.mail.to, *letter.mail.cc)) if letter.is_foreign(one)
    ]
    if not told:
        return None  # who writes to us alone is a customer, like one of us in another department
    noted = replace(letter, shape=MessageKind.NOTE, author_kind=ActorKind.SYSTEM)
    kept = await open_conversation(
        desk.db, noted, now=desk.now, rng=desk.rng, customer=told[0], by=SYSTEM
    )
    await _ask(desk, letter, kept, mailbox, told[0])
    return kept


def _is_stranger(letter: Letter) -> bool:
    author = letter.author.address
    is_one = is_within(author, letter.own_domains) and author not in letter.ours
    is_plain = letter.verdict.kind is Kind.HUMAN and len(letter.mail.from_) == 1
    return is_one and is_plain and not letter.clues.tokens and teaches(letter.proof)


def _normal(person: Address) -> Address:
    return replace(person, address=normalize(person.address))


async def _ask(
    desk: Desk, letter: Letter, kept: Kept, mailbox: MailboxFacts, customer: Address
) -> None:
    """One mail about an address to each administrator, for ever; none once it was decided."""
    author = letter.author
    stranger = await stranger_of(
        desk.db, author.address, author.name, kept.message_id, now=desk.now
    )
    if stranger.state != "waiting":
        return
    secret, since = desk.context.secret, desk.now - _DAY
    mails = []
    for admin in await administrators(desk.db):
        if await told_since(desk.db, admin.id, "stranger", since) >= _MOST_QUESTIONS:
            continue
        source = derived(secret, "stranger", letter.author.address, admin.id)
        header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, source)
        mails.append(
            NewMail(
                kind="stranger",
                recipients=(admin.email,),
                header_id=header_id,
                token_hash=hash_token(reply_token(secret, header_id)),
                sender=mailbox.address,
                mailbox_id=mailbox.id,
                conversation_id=kept.conversation_id,
                message_id=kept.message_id,
                agent_id=admin.id,
                draft={
                    "name": letter.author.name,
                    "address": letter.author.address,
                    "customer": customer.name or customer.address,
                },
            )
        )
    await enqueue_mails(desk.db, mails, desk.context.settings, now=desk.now)
