"""The durable point: a mail is ours when its spool row is committed, and nothing is ours before.

bytes and envelope -> a spool row and its job, in the caller's transaction. Where raw mail lies
beside the database (`INBOX_BLOBS`), it is on disk there before. The same bytes for the same
recipients within a week make no second row: a peer that lost our 250 sends again (RFC 1047).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from inbox.mail.tokens import find_token
from inbox.model.mail import Envelope
from inbox.model.rank import Rank
from inbox.store.blobs import HOUSE, Blobs, blob_name
from inbox.threading.references import hash_id, ids_in

if TYPE_CHECKING:  # so that a mail server's pipe need not load an ORM for each mail
    from inbox.store.engine import Writer

HEADER_OCTETS: Final = 65_536
_END: Final = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID: Final = re.compile(
    rb"^message-id[ \t]*:([^\r\n]{0,998}(?:\r?\n[ \t][^\r\n]{0,998}){0,2})", re.I | re.M
)

# One statement, so that the receiver's way to the disk is one round trip and one commit. Two peers
# with the same mail at the same moment meet at the job's key: the second waits for the first's
# commit and then finds nothing left to do.
ACCEPT = """
with fresh as (
    select nextval(pg_get_serial_sequence('spool', 'id')) as id,
           array_agg(address order by place) as recipients
      from unnest($4::text[]) with ordinality as given(address, place)
     where not exists (
            select from spool
             where sha256 = $2::bytea and received_at > $9::timestamptz - interval '7 days'
               and address = any(spool.recipients)
               -- What somebody says without proof is no repeat of what they prove, nor the reverse.
               and spool.submitted_by is not distinct from $18::bigint)
    having count(*) > 0
), job as (
    insert into job (kind, args, key, rank)
    select 'intake.process', jsonb_build_object('spool_id', id), $11, $16::smallint from fresh
    on conflict (key) where done_at is null and key is not null do nothing
    returning (args ->> 'spool_id')::bigint as id
)
insert into spool (id, raw, sha256, size, sender, recipients, mailboxes,
                   source, peer, helo, received_at, store, blob, head, id_hash, submitted_by)
overriding system value
select fresh.id, $1::bytea, $2, $12::bigint, $3,
       fresh.recipients, $5::int[], $6, $7, $8, $10::timestamptz, $13, $14, $15::bytea, $17::bytea,
       $18::bigint
  from fresh join job using (id)
returning id
"""


@dataclass(frozen=True, slots=True)
class Lies:
    """Where raw mail has been put: the URL of the place, and its name there."""

    store: str
    blob: str


async def accept(
    db: Writer,
    raw: bytes,
    envelope: Envelope,
    *,
    now: datetime,
    mailboxes: Collection[int] = (),
    blobs: Blobs | None = None,
) -> int | None:
    """Keep a mail for the recipients that do not have it yet; its spool id, None for a repeat.

    Raises NoRoom and OutOfReach where `blobs` cannot take it.
    """
    connection = await db.connection()
    lies = None
    if blobs is not None:
        house = (await connection.exec_driver_sql(HOUSE)).scalar_one()
        lies = await put_aside(blobs, house, raw, now)
    result = await connection.exec_driver_sql(
        ACCEPT, values(raw, envelope, now=now, mailboxes=mailboxes, lies=lies)
    )
    spool_id: int | None = result.scalar_one_or_none()
    return spool_id


async def put_aside(blobs: Blobs, house: str, raw: bytes, now: datetime) -> Lies:
    """Put raw mail where it is to lie; before its row, never after. Raises NoRoom, OutOfReach."""
    name = blob_name(house, raw, now)
    await blobs.put(name, raw)
    return Lies(blobs.url, name)


def identity(raw: bytes) -> bytes:
    """SHA-256 of a mail without the line ends at its end: some peers add one when they repeat.

    A signature does not cover them either (RFC 6376 §3.4.3).
    """
    return sha256(raw.rstrip(b"\r\n")).digest()


def values(
    raw: bytes,
    envelope: Envelope,
    *,
    now: datetime,
    mailboxes: Collection[int] = (),
    lies: Lies | None = None,
) -> tuple[Any, ...]:
    """The parameters of ACCEPT, in order."""
    digest = identity(raw)
    recipients = [_storable(address) for address in envelope.recipients]
    whom = sha256("\n".join([*sorted(recipients), *_signed(envelope)]).encode()).hexdigest()[:16]
    return (
        None if lies else raw,
        digest,
        _storable(envelope.sender),
        recipients,
        sorted(mailboxes),
        envelope.source,
        envelope.peer,
        _storable(envelope.helo),
        now,
        envelope.received_at or now,
        f"intake:{digest.hex()}:{whom}",
        len(raw),
        lies and lies.store,
        lies and lies.blob,
        raw[:HEADER_OCTETS].partition(b"\r\n\r\n")[0] if lies else None,
        _rank(recipients),
        _id_hash(raw),
        envelope.submitted_by,
    )


def _signed(envelope: Envelope) -> list[str]:
    return [] if envelope.submitted_by is None else [str(envelope.submitted_by)]


def _rank(recipients: Collection[str]) -> Rank:
    # To a reply address writes one of us, and somebody waits for it. A bounce can wait.
    tokens = map(find_token, recipients)
    is_ours = any(token and token.verb != "b" for token in tokens)
    return Rank.AWAITED if is_ours else Rank.COMING


def _id_hash(raw: bytes) -> bytes | None:
    # Read again, and better, when the mail is worked off: until then its answers know what to wait
    # for.
    end = _END.search(raw, 0, HEADER_OCTETS)
    found = _MESSAGE_ID.search(raw, 0, end.start() if end else HEADER_OCTETS)
    ids = ids_in(found[1].decode("ascii", "replace")) if found else ()
    return hash_id(ids[0]) if ids else None


def _storable(text: str) -> str:
    # PostgreSQL refuses both: a NUL in text, and what is not UTF-8 (a pipe's arguments may be so).
    return text.replace("\0", "").encode("utf-8", "replace").decode()
