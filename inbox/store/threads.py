"""Everything that the store knows about a mail's clues, in one SELECT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from inbox.model.address import mailbox_behind, normalize
from inbox.model.conversation import Status
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.threading.above import Said, past_quarter
from inbox.threading.clues import Clues
from inbox.threading.known import Conversation, Found, Hit, How, Known
from inbox.threading.subject import is_one_of_series, is_unusual, part_of
from inbox.threading.verdict import QUOTE_DAYS

_LOOKUP = Statement("""
with hit as (
    select 'identity' as found, identity as key, conversation_id,
           null as how, null as purpose, true as is_valid
      from message where identity = :identity
    union all
    -- Who may say whether we have helped may write as well, as whoever got a mail of ours.
    select 'token', token_hash, conversation_id, null,
           case purpose when 'rating' then 'customer' else purpose end,
           revoked_at is null and expires_at > :now
      from reply_token where token_hash = any(cast(:tokens as bytea[]))
    union all
    select 'id', id_hash, conversation_id, how, null, true
      from message_ref where id_hash = any(cast(:ids as bytea[]))
    union all
    select 'root', thread_root, id, null, null, true
      from conversation where thread_root = cast(:root as bytea)
    union all
    select 'customer', null, id, null, null, true
      from (select id from (
                -- Not a join: so the index gives the newest first, of however many.
                (select id, last_message_at from conversation
                  where customer_id = (select customer_id from customer_address
                                        where address = :author)
                    and last_message_at > :since
                  order by last_message_at desc limit 20)
                union
                (select c.id, c.last_message_at
                   from participant p join conversation c on c.id = p.conversation_id
                  where p.address = :author and c.last_message_at > :since
                  order by c.last_message_at desc limit 20)) as theirs
             order by last_message_at desc limit 20) as newest
    union all
    select 'subject', null, id, null, null, true
      from (select id from conversation
             where base_subject = :subject and base_subject <> '' and last_message_at > :since
             order by last_message_at desc limit 20) as alike
    union all
    -- By the later subjects of conversations, and by the series of which they have parts.
    select how, id_hash, conversation_id, null, null, true
      from (select how, id_hash, conversation_id from message_ref
             where id_hash = any(cast(:topics as bytea[])) limit 60) as named
    union all
    -- Of large organisations only those who came last, so that nobody waits for them.
    select 'organisation', null, id, null, null, true
      from (select c.id from (
                select distinct customer_id from (
                    select customer_id from customer_address
                     where organisation = :organisation and organisation <> ''
                     order by created_at desc limit 100) as newest) as colleague
             cross join lateral (
                select id, last_message_at from conversation
                 where customer_id = colleague.customer_id and last_message_at > :since
                 order by last_message_at desc limit 5) as c
             order by c.last_message_at desc limit 20) as theirs
), barred_from as (
    -- Who answers a mail that was taken out of a conversation is kept out of it, whatever older
    -- mails are named besides; who answers a later mail of the conversation is not.
    select conversation_id, min(place) as place
      from unnest(cast(:ids as bytea[])) with ordinality as named(key, place)
      join barred on barred.id_hash = named.key
     group by conversation_id
), home as materialized (
    -- A merge leaves no chain behind: merged_into always names a conversation that stands.
    select was.id as hit_id, c.id, c.mailbox_id, c.status, c.base_subject, c.last_message_at,
           c.closed_at,
           array(select address from customer_address a
                  where a.customer_id = c.customer_id) as customer,
           array(select address from participant p
                  where p.conversation_id = c.id) as participants,
           case when :quotes then array(
               select m.text from message m
                where m.conversation_id = c.id and m.kind = 'reply' and m.visibility = 'public'
                order by m.received_at desc, m.id desc limit 5) end as texts,
           case when :quotes and alike.yes then array(
               select left(m.text, 10000) from message m
                where m.conversation_id = c.id and m.kind in ('mail', 'reply')
                  and m.visibility = 'public'
                order by m.received_at desc, m.id desc limit 8) end as words,
           case when :quotes and alike.yes then array(
               select left(m.quoted, 10000) from message m
                where m.conversation_id = c.id and m.kind in ('mail', 'reply')
                  and m.visibility = 'public'
                order by m.received_at desc, m.id desc limit 8) end as requoted,
           case when :names then (
               select jsonb_agg(jsonb_build_array(
                          author_name, author_address, coalesce(date, received_at),
                          kind = 'reply'))
                 from (select * from message m
                        where m.conversation_id = c.id and m.kind in ('mail', 'reply')
                          and m.visibility = 'public'
                        order by m.received_at desc, m.id desc limit 30) as newest
                where cast(:minutes as int[]) is null
                   or extract(minute from coalesce(date, received_at) at time zone 'UTC')::int % 15
                      = any(cast(:minutes as int[]))) end as said,
           case when :names then (
               select array[name, address] from mailbox where id = c.mailbox_id) end as desk
      from conversation was join conversation c on c.id = coalesce(was.merged_into, was.id)
           -- Everybody's words are compared only under the subject of the mail.
           cross join lateral (
               select c.base_subject = :under or was.id in (
                   select conversation_id from hit where found = 'subject') as yes) as alike
     where was.id in (select conversation_id from hit)
)
select us.is_ours, hit.found, hit.key, hit.how, hit.purpose, hit.is_valid,
       case hit.found when 'identity' then false
            -- One of ours says to whom we wrote, and not whose mail it is.
            when 'token' then hit.purpose <> 'customer' and barred_from.place is not null
            when 'id' then barred_from.place <= array_position(cast(:ids as bytea[]), hit.key)
            else barred_from.place is not null end as is_barred, home.*
  from (select exists (select from agent_address join agent on agent.id = agent_id
                        where address = :author and disabled_at is null) as is_ours) as us
  left join (hit join home on home.hit_id = hit.conversation_id
             left join barred_from on barred_from.conversation_id = home.id) on true
""")


_LOCK = Statement("select pg_advisory_xact_lock(key) from unnest(cast(:keys as bigint[])) as key")


async def hold(db: Writer, clues: Clues, *, is_answer: bool = True) -> None:
    """Wait for everybody who is busy with a mail of this thread or of this author.

    Until this transaction ends. Mails that could find each other have an id, a root, the author,
    the whole that they are parts of or, of answers (`is_answer`), a telling subject in common, so
    that each sees what the other has kept. To be called before `lookup`, and with no lock of
    another kind held.
    """
    await _LOCK.rows(db, keys=_keys(clues, by_subject=is_answer))


async def hold_authors(db: Writer, addresses: Iterable[str]) -> None:
    """Wait for everybody who is busy with a mail from one of these addresses, likewise."""
    await _LOCK.rows(db, keys=sorted({_key(_author(one)) for one in addresses}))


def _keys(clues: Clues, *, by_subject: bool) -> list[int]:
    names = {*clues.id_hashes, clues.identity}
    names.add(_author(clues.author))
    if by_subject and is_unusual(clues.subject.text):
        names.add(sha256(b"subject:" + clues.subject.text.encode("utf-8", "replace")).digest())
    if part := part_of(clues.subject.text):
        names.add(part.key_of_all)
    if clues.thread_root:
        names.add(sha256(b"root:" + clues.thread_root).digest())
    # In the same order for everybody, so that two never wait for each other.
    return sorted(set(map(_key, names)))


def _author(address: str) -> bytes:
    # All ways to write it are one, for what is counted by the mailbox behind it (confirmations).
    return sha256(b"author:" + mailbox_behind(address).encode("utf-8", "replace")).digest()


def _key(name: bytes) -> int:
    return int.from_bytes(name[:8], "big", signed=True)


async def lookup(
    db: Reader | Writer, clues: Clues, *, now: datetime, subject_days: int = 30
) -> Known:
    """What is known of the clues, merges followed; `subject_days` is how long a subject counts."""
    # Without a subject and without quotes nothing is decided by who wrote. Words that are quoted
    # say more than a subject, and for longer.
    days = QUOTE_DAYS if clues.quotes else subject_days if clues.subject.text else 0
    is_answer = clues.subject.is_reply or clues.quotes
    is_part = is_one_of_series(clues.subject.text)
    minutes = past_quarter(clues.above)
    tells = is_answer and is_unusual(clues.subject.text)
    rows = await _LOOKUP.rows(
        db,
        identity=clues.identity,
        tokens=list(clues.token_hashes),
        ids=list(clues.id_hashes),
        topics=list(clues.topics),
        root=clues.thread_root or None,
        author=clues.author,
        since=now - timedelta(days=days),
        subject=clues.subject.text if tells or clues.quotes else "",
        organisation=clues.organisation if clues.quotes or is_part else "",
        quotes=bool(clues.quoted),
        names=bool(clues.above),
        minutes=None if minutes is None else sorted(minutes),
        under=clues.subject.text,
        now=now,
    )
    hits = [row for row in rows if row["found"] is not None]
    return Known(
        hits=tuple(map(_hit, hits)),
        conversations=_conversations(hits),
        author_is_ours=bool(rows and rows[0]["is_ours"]),
    )


def _said(told: Iterable[Any], desk: list[str] | None) -> Iterator[Said]:
    for name, address, moment, is_ours in told:
        at = datetime.fromisoformat(moment)
        yield Said(name, normalize(address), at, is_ours)
        if is_ours and desk:
            yield Said(
                desk[0], normalize(desk[1]), at, is_ours
            )  # what people see of who has answered


def _hit(row: Any) -> Hit:
    return Hit(
        found=Found(row["found"]),
        conversation_id=row["id"],
        key=row["key"] or b"",
        how=How(row["how"]) if row["how"] else None,
        is_barred=bool(row["is_barred"]),
        purpose=row["purpose"] or "",
        is_valid=row["is_valid"],
    )


def _conversations(rows: Iterable[Any]) -> tuple[Conversation, ...]:
    once = {row["id"]: row for row in rows}
    return tuple(
        Conversation(
            id=row["id"],
            mailbox_id=row["mailbox_id"],
            status=Status(row["status"]),
            customer=frozenset(row["customer"]),
            participants=frozenset(row["participants"]),
            base_subject=row["base_subject"],
            last_message_at=row["last_message_at"],
            closed_at=row["closed_at"],
            texts=tuple(row["texts"] or ()),
            words=tuple(row["words"] or ()),
            requoted=tuple(row["requoted"] or ()),
            said=tuple(_said(row["said"] or (), row["desk"])),
        )
        for row in once.values()
    )
