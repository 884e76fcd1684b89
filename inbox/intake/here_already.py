"""A customer's mail that one of us passes on, and that is here already: nothing is done twice.

What they wrote above it becomes a comment inside, and they are told by mail. A mail whose words are
not all here is none of these: it is held, or begins a conversation, as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from inbox.desk.append import append_mail
from inbox.desk.letter import Kept, Letter
from inbox.mail.passed_on import passed_on
from inbox.model.actor import Actor
from inbox.model.address import normalize
from inbox.model.conversation import MessageKind
from inbox.model.mail import Forwarded, Kind, Trimmed
from inbox.store.engine import Writer
from inbox.store.statement import Statement

_BACK: Final = timedelta(days=90)
_MOST: Final = 50
_LEAST: Final = 20  # letters from which on words are known again

# Only what the mailbox that got it may see anyway.
_SAID = Statement("""
select m.conversation_id, m.text
  from customer_address a join conversation c on c.customer_id = a.customer_id
  join message m on m.conversation_id = c.id
 where a.address = :author and m.author_address = :author and m.kind = 'mail'
   and m.received_at > :since
   and (c.mailbox_id = :mailbox_id
        or exists (select from conversation_mailbox v
                    where v.conversation_id = c.id and v.mailbox_id = :mailbox_id))
 order by m.received_at desc, m.id desc limit :most
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where the mail that is passed on lies, and what was written above it."""

    conversation_id: int
    above: str


async def here_already(
    db: Writer, letter: Letter, raw: bytes, mailbox_id: int, *, now: datetime
) -> Here | None:
    """Where a mail lies that one of us passes on; None where it is none, or new to the mailbox."""
    inner = _inner(letter, raw)
    if inner is None or inner.from_ is None:
        return None
    rows = await _SAID.rows(
        db,
        author=normalize(inner.from_.address),
        since=now - _BACK,
        mailbox_id=mailbox_id,
        most=_MOST,
    )
    said = [(int(row["conversation_id"]), str(row["text"])) for row in rows]
    at = _found(inner.text, said)
    return Here(conversation_id=at, above=inner.above.strip()) if at else None


async def leave_it(db: Writer, letter: Letter, here: Here, *, by: Actor, now: datetime) -> Kept:
    """Keep the mail of the one of us, as the note that it would be: its words, not the customer's.

    Without any it is only put aside, and nobody else hears of it.
    """
    shape = MessageKind.NOTE if here.above else MessageKind.AUTO
    mail = replace(letter.mail, attachments=(), html=None)
    aside = replace(letter, mail=mail, trimmed=Trimmed(new_text=here.above), shape=shape)
    return await append_mail(db, here.conversation_id, aside, now=now, by=by)


def _inner(letter: Letter, raw: bytes) -> Forwarded | None:
    mail = letter.mail
    is_plain = letter.verdict.kind is Kind.HUMAN and len(mail.from_) == 1
    if not is_plain or letter.proof.is_failed or letter.clues.tokens:
        return None
    inner = passed_on(raw, mail)
    if inner is None or inner.from_ is None:
        return None
    author = replace(inner.from_, address=normalize(inner.from_.address))
    return inner if letter.is_outside(author) else None


def _found(text: str, said: Sequence[tuple[int, str]]) -> int | None:
    """The conversation in which all of these words were said, the newest first."""
    whole = _plain(text)
    for conversation_id, words in said:
        own = _plain(words)
        if own and (own == whole or (len(own) >= _LEAST and whole.startswith(own))):
            return conversation_id
    return None


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
