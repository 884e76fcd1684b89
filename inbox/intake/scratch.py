"""The database on which an archive is gone through once more: what is put there as it is known."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from inbox.desk.participants import add_participants
from inbox.intake.archive import Happened, as_json, moment
from inbox.model.address import Address, normalize
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.references import hash_id

_PREPARE = (
    # In the order of things: what is read once more, and what has become of it.
    "create table todo (n bigint generated always as identity primary key, what text, key text)",
    """
create table done (live bigint primary key, was bigint not null, message_id bigint not null,
                   subject text not null, is_touched boolean not null)
""",
    "create index on done (was, live)",
)
_TODO = Statement("""
insert into todo (what, key) select * from unnest(cast(:whats as text[]), cast(:keys as text[]))
""")
_NEXT = Statement("select n, what, key from todo where n > :after order by n limit :most")
_SPOOL = Statement("""
insert into spool (id, raw, sha256, size, sender, recipients, mailboxes, source, peer, helo,
                   received_at)
overriding system value
select :id, :raw, :digest, :size, :sender, cast(:recipients as text[]),
       cast(:mailboxes as integer[]),
       :source, :peer, :helo, :received_at
    on conflict (id) do nothing
""")
_DONE = Statement("""
insert into done select :live, :was, :message_id, :subject, :is_touched on conflict do nothing
""")
_HOME = Statement("""
select coalesce(c.merged_into, c.id) as id
  from (select m.conversation_id, 0 as rank, 0 as live
          from done d join message m on m.id = d.message_id where d.live = :live
        union all
        (select r.conversation_id, 1, 0 from message_ref r
          where r.id_hash = :id_hash and r.how <> 'sibling' limit 1)
        union all
        (select m.conversation_id, 2, d.live
           from done d join message m on m.id = d.message_id
          where d.was = :was order by d.live desc limit 1)) as found
  join conversation c on c.id = found.conversation_id
 order by rank limit 1
""")
_SENT = Statement("""
with home as (
    update conversation
       set status = 'waiting', closed_at = null, message_count = message_count + 1,
           last_message_at = greatest(last_message_at, :at)
     where id = :home returning id
)
insert into message (conversation_id, kind, visibility, author_kind, text, message_id, received_at,
                     identity)
select id, 'reply', 'public', 'agent', :text, :message_id, :at, :identity from home
    on conflict do nothing
returning id
""")
_OURS = Statement("""
insert into message_ref (id_hash, conversation_id, how) select :key, cast(:home as bigint), 'ours'
    on conflict (id_hash, conversation_id) do update set how = 'ours'
""")
_TOKEN = Statement("""
insert into reply_token (token_hash, conversation_id, address, purpose, expires_at, revoked_at)
select :token_hash, :home, :address, 'customer', :expires_at, cast(:revoked_at as timestamptz)
    on conflict do nothing
""")
_CLOSE = Statement("""
update conversation set status = :status, closed_at = cast(:closed_at as timestamptz)
 where id = :home
""")
_TIDY = (
    "delete from job",
    "update spool set raw = '' where raw <> ''",  # the archive has it
)
_KNOWN: Final = ("token_hash", "address", "expires_at", "revoked_at")
_CAME: Final = (
    "size",
    "sender",
    "recipients",
    "mailboxes",
    "source",
    "peer",
    "helo",
    "received_at",
)


async def begin(db: Writer) -> None:
    """Make room for the list of what happened, and for what has become of it."""
    for statement in _PREPARE:
        await db.execute(text(statement))


async def tidy(db: Writer) -> None:
    """Throw away what is not needed any more."""
    for statement in _TIDY:
        await db.execute(text(statement))


async def add(db: Writer, batch: list[Happened]) -> None:
    """Put more on the list."""
    await _TODO.rows(db, whats=[one.what for one in batch], keys=[one.key for one in batch])


async def take(db: Writer, after: int, most: int) -> list[Any]:
    """The next of the list, with their number `n`."""
    return await _NEXT.rows(db, after=after, most=most)


async def put_known(db: Writer, one: Happened, row: Any) -> None:
    """Put a way back to us, or a change of the status, where its conversation is now."""
    home = await home_of(db, row, live=row["message_id"] if one.what == "id" else None)
    if home is None:
        return
    match one.what:
        case "id":
            await _OURS.rows(db, key=hash_id(row["header_id"]), home=home)
        case "token":
            await _TOKEN.rows(db, home=home, **{name: row[name] for name in _KNOWN})
        case _:
            status = "closed" if one.what == "closed" else "open"
            closed_at = row["at"] if status == "closed" else None
            await _CLOSE.rows(db, home=home, status=status, closed_at=closed_at)


async def put_mail(db: Writer, row: Any, raw: bytes) -> None:
    """Put a mail into the spool under the number that it has."""
    await _SPOOL.rows(
        db, id=row["spool_id"], raw=raw, digest=row["sha256"], **{name: row[name] for name in _CAME}
    )


async def put_done(db: Writer, row: Any, message_id: int) -> None:
    """Note which message here is which of the archive."""
    await _DONE.rows(
        db,
        live=row["id"],
        was=row["conversation_id"],
        message_id=message_id,
        subject=row["subject"] or row["matter"],
        is_touched=row["is_touched"] or "corrected" in as_json(row["match"]),
    )


async def put_sent(db: Writer, row: Any, home: int) -> int | None:
    """Put an answer of ours that came by no mail; its message."""
    rows = await _SENT.rows(
        db,
        home=home,
        text=row["text"],
        message_id=row["message_id"],
        at=moment(row),
        identity=row["identity"],
    )
    if row["message_id"]:
        await _OURS.rows(db, key=hash_id(row["message_id"]), home=home)
    people = [
        Address(name=one.get("name", ""), address=normalize(one["address"]))
        for one in (*as_json(row["to"]), *as_json(row["cc"]))
    ]
    await add_participants(db, home, people)
    return rows[0]["id"] if rows else None


async def home_of(
    db: Writer, row: Any, *, header_id: str = "", live: int | None = None
) -> int | None:
    """Where that is now: with the mail that it is about or answers, else with its kin of then."""
    rows = await _HOME.rows(
        db,
        live=live or 0,
        id_hash=hash_id(header_id) if header_id else b"",
        was=row["conversation_id"],
    )
    return rows[0]["id"] if rows else None
