"""What customers' answers bring back of all the ways by which they find home: who destroys which.

Read from what was stored of each mail when it came, over the newest mails only: nothing is counted
while mail comes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from inbox.store.engine import Reader

NEWEST: Final = 50_000  # messages that are looked at
_ENOUGH: Final = 5  # answers from which on something is said of a mailbox
_MANY: Final = 0.2  # the share without any header, from which on a token is worth its looks

# An answer is a customer's mail in a conversation in which one of ours had answered before.
_ROWS = text("""
with answer as (
    select m.id, m.conversation_id, c.mailbox_id, m.in_reply_to, m."references", m.program,
           split_part(m.author_address, '@', 2) as domain, m.match -> 'evidence' as evidence
      from message m join conversation c on c.id = m.conversation_id
     where m.id > (select coalesce(max(id), 0) from message) - :newest
       and m.kind = 'mail' and m.author_kind = 'customer' and m.author_address <> ''
       and exists (select from message ours where ours.conversation_id = m.conversation_id
                    and ours.kind = 'reply' and ours.visibility = 'public'
                    and ours.received_at < m.received_at)
), seen as (
    select a.mailbox_id, a.domain, a.program,
           a.evidence @> '[{"rule": "token"}]' as token,
           exists (select from message_ref r
                    where r.id_hash = substring(sha256(convert_to(lower(a.in_reply_to), 'UTF8'))
                                                from 1 for 16)
                      and r.how = 'ours' and a.in_reply_to <> '') as in_reply_to,
           exists (select from unnest(a."references") as id join message_ref r
                       on r.id_hash = substring(sha256(convert_to(lower(id), 'UTF8'))
                                                from 1 for 16)
                    where r.how = 'ours') as refs,
           a.evidence @> '[{"rule": "thread_index"}]' as thread_index,
           a.evidence @> any(cast(array[
               '[{"rule": "quote"}]', '[{"rule": "attribution"}]'] as jsonb[])) as quote,
           a.evidence @> any(cast(array[
               '[{"rule": "subject"}]', '[{"rule": "colleague"}]', '[{"rule": "addressed"}]',
               '[{"rule": "series"}]'
           ] as jsonb[])) as subject
      from answer a
)
select mailbox.address as mailbox, mailbox.customer_token, domain, program, count(*) as answers,
       count(*) filter (where token) as token,
       count(*) filter (where in_reply_to) as in_reply_to,
       count(*) filter (where refs) as refs,
       count(*) filter (where thread_index) as thread_index,
       count(*) filter (where quote) as quote,
       count(*) filter (where subject) as subject,
       count(*) filter (where not coalesce(in_reply_to or refs or thread_index, false))
           as without_header
  from seen join mailbox on mailbox.id = mailbox_id
 group by mailbox.address, mailbox.customer_token, domain, program
 order by without_header desc, answers desc, domain, program
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Answers from one domain by one program, and how many of them brought what back."""

    mailbox: str
    customer_token: bool  # whether customers get an answer address of their own there
    domain: str
    program: str  # "" where nothing tells
    answers: int
    token: int
    in_reply_to: int  # our id there
    refs: int  # one of our ids in References
    thread_index: int
    quote: int  # found by the words that they quote
    subject: int
    without_header: int  # no header led home: found by token, words or subject, or by people


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A mailbox to whose customers an answer address would help, and of how many answers."""

    mailbox: str
    answers: int
    without_header: int


async def read_channels(db: Reader, *, newest: int = NEWEST) -> list[Channel]:
    """By mailbox, domain and program; who loses most first. `newest`: messages that count."""
    rows = (await db.execute(_ROWS, {"newest": newest})).mappings()
    return [Channel(**row) for row in rows]


def advice(channels: Iterable[Channel]) -> list[Advice]:
    """The mailboxes that should give customers an answer address; who needs it most first."""
    found: dict[str, list[Channel]] = {}
    for one in channels:
        if not one.customer_token:
            found.setdefault(one.mailbox, []).append(one)
    advised = [_sum(mailbox, rows) for mailbox, rows in found.items()]
    return sorted(filter(_is_worth_it, advised), key=lambda one: -one.without_header)


def _sum(mailbox: str, rows: Iterable[Any]) -> Advice:
    rows = list(rows)
    return Advice(
        mailbox=mailbox,
        answers=sum(one.answers for one in rows),
        without_header=sum(one.without_header for one in rows),
    )


def _is_worth_it(one: Advice) -> bool:
    return one.answers >= _ENOUGH and one.without_header >= _MANY * one.answers
