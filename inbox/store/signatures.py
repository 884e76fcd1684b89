"""What our people sign with, by how often their mails have ended so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from inbox.mail.signed import Ending, Known, fingerprint
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

# Three mails, and a fifth of those since it came first: a part of one's mails comes from a
# telephone. A picture that is pasted now and then is in fewer.
_IS_KNOWN = """
       seen.times >= 3
   and seen.times * case seen.kind when 'line' then 5 else 2 end > all_mails.times - seen.since
"""
_KNOWN = Statement(f"""
select seen.kind, seen.fingerprint, seen.words, seen.times, seen.last_seen_at
  from signature_seen seen
  join signature_seen all_mails on all_mails.agent_id = seen.agent_id and all_mails.kind = 'mails'
 where seen.agent_id = :agent_id and seen.kind <> 'mails' and {_IS_KNOWN}
 order by seen.kind, seen.since, seen.fingerprint
""")  # noqa: S608 - constants
_LEARN = Statement("""
with counted as (
    insert into signature_seen
           (agent_id, kind, fingerprint, times, since, last_mail, last_seen_at)
    values (:agent_id, 'mails', '', 1, 0, :mail, :now)
    on conflict (agent_id, kind, fingerprint) do update
       set times = signature_seen.times + 1, last_mail = excluded.last_mail,
           last_seen_at = excluded.last_seen_at
     where signature_seen.last_mail <> excluded.last_mail
    returning times
)
insert into signature_seen
       (agent_id, kind, fingerprint, words, times, since, last_mail, last_seen_at)
select :agent_id, ended.kind, ended.fingerprint, '', 1, counted.times, :mail, :now
  from counted, unnest(cast(:kinds as text[]), cast(:fingerprints as bytea[]))
       as ended (kind, fingerprint)
 order by ended.kind, ended.fingerprint
on conflict (agent_id, kind, fingerprint) do update
   set times = signature_seen.times + 1, last_mail = excluded.last_mail,
       last_seen_at = excluded.last_seen_at
returning kind, fingerprint, times
""")
_WRITE_DOWN = Statement("""
update signature_seen set words = told.words
  from unnest(cast(:fingerprints as bytea[]), cast(:words as text[])) as told (fingerprint, words)
 where agent_id = :agent_id and kind = 'line' and signature_seen.fingerprint = told.fingerprint
   and signature_seen.words <> told.words
""")
# What came once and never again was no signature; what was one is not kept for ever.
_FORGET_OLD = Statement("""
delete from signature_seen seen using signature_seen all_mails
 where seen.agent_id = :agent_id and all_mails.agent_id = :agent_id
   and seen.kind <> 'mails' and all_mails.kind = 'mails'
   and (seen.times < 3 and seen.since < all_mails.times - 20
        or seen.last_seen_at < cast(:now as timestamptz) - interval '400 days')
""")
_FORGET = Statement("delete from signature_seen where agent_id = :agent_id returning kind")
_LONGEST = 300  # characters of a line that is written down
_KNOWN_AFTER = 3


async def signature_of(db: Reader | Writer, agent_id: int) -> Known:
    """What is known to be a person's signature; nothing before three mails."""
    rows = await _KNOWN.rows(db, agent_id=agent_id)
    return Known(
        lines=frozenset(row["fingerprint"] for row in rows if row["kind"] == "line"),
        pictures=frozenset(row["fingerprint"].hex() for row in rows if row["kind"] == "picture"),
    )


async def shown_signature(db: Reader | Writer, agent_id: int) -> list[dict[str, Any]]:
    """The same for people: each line or picture, in how many mails, and when last."""
    rows = await _KNOWN.rows(db, agent_id=agent_id)
    return [
        {
            "kind": row["kind"],
            "words": row["words"] or row["fingerprint"].hex()[:12],
            "mails": row["times"],
            "last_seen_at": row["last_seen_at"],
        }
        for row in rows
    ]


async def learn_signature(
    db: Writer, agent_id: int, ending: Ending, *, mail: bytes, now: datetime
) -> None:
    """Count what a mail of theirs ends with. `mail` is its identity: the same again is not counted.

    Only for mail that is proved to be theirs.
    """
    lines = {key: line for line in ending.lines if (key := fingerprint(line))}
    pictures = dict.fromkeys(bytes.fromhex(one) for one in ending.pictures)
    counted = await _LEARN.rows(
        db,
        agent_id=agent_id,
        mail=mail,
        now=now,
        kinds=["line"] * len(lines) + ["picture"] * len(pictures),
        fingerprints=[*lines, *pictures],
    )
    again = [
        row["fingerprint"]
        for row in counted
        if row["kind"] == "line" and row["times"] >= _KNOWN_AFTER
    ]
    if again:
        words = [lines[key][:_LONGEST] for key in again]
        await _WRITE_DOWN.rows(db, agent_id=agent_id, fingerprints=again, words=words)
    await _FORGET_OLD.rows(db, agent_id=agent_id, now=now)


async def forget_signature(db: Writer, agent_id: int) -> int:
    """Begin anew: how many lines and pictures were forgotten."""
    rows = await _FORGET.rows(db, agent_id=agent_id)
    return sum(row["kind"] != "mails" for row in rows)
