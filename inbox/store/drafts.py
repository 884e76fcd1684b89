"""What one of us is still writing, as they alone may find it again.

Merges are followed, so that nothing that was typed is lost with the conversation it was typed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

MOST: Final = 500  # of one person


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileRow:
    """A file of a draft; its bytes are a blob."""

    sha256: bytes
    filename: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """What is written: an answer or a note in a conversation, `forward` of its mail `name`, or in a
    mailbox the first mail, `new`, of another one, by the `name` of its form.
    """

    kind: str
    conversation_id: int | None = None
    mailbox_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A draft as it was saved. `conversation_id` is where the conversation is by now."""

    conversation_id: int | None
    mailbox_id: int | None = None
    kind: str
    name: str = ""
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[DraftFileRow] = ()
    version: int
    updated_at: datetime


_FILES: Final = """
coalesce((select jsonb_agg(jsonb_build_array(encode(f.blob, 'hex'), f.filename, f.content_type,
                                             f.size) order by f.id)
            from draft_file f where f.draft_id = d.id), '[]') as files"""
_OF_CONVERSATION: Final = """
d.conversation_id in (select id from conversation
                       where id = :conversation_id or merged_into = :conversation_id)"""
_WORDS: Final = f"d.kind, d.name, d.mailbox_id, d.text, d.fields, d.version, d.updated_at, {_FILES}"
_READ = Statement(f"""
select coalesce(c.merged_into, c.id) as conversation_id, {_WORDS}
  from draft d join conversation c on c.id = d.conversation_id
 where d.agent_id = :agent_id and {_OF_CONVERSATION}
 order by d.updated_at desc, d.id desc
""")  # noqa: S608 - of constants
_OF_PERSON = Statement(f"""
select home.id as conversation_id, {_WORDS}
  from draft d left join conversation c on c.id = d.conversation_id
  left join conversation home on home.id = coalesce(c.merged_into, c.id)
 where d.agent_id = :agent_id
   and (coalesce(home.mailbox_id, d.mailbox_id) = any(cast(:boxes as bigint[]))
        or exists (select from conversation_mailbox m where m.conversation_id = home.id
                      and m.mailbox_id = any(cast(:boxes as bigint[]))))
 order by d.updated_at desc, d.id desc limit :most
""")  # noqa: S608 - of constants
_BEGUN = Statement(f"""
select d.conversation_id, {_WORDS} from draft d
 where d.agent_id = :agent_id and d.kind = 'new' and d.mailbox_id = any(cast(:boxes as bigint[]))
   and (cast(:name as text) is null or d.name = :name)
 order by d.updated_at desc, d.id desc
""")  # noqa: S608 - of constants
# What was saved since by another page is not overwritten: no row comes back then. Where nothing of
# it would be lost it may as well be a save of the same page, given up there on the way.
_SAVE_TEXT = """
insert into draft (agent_id, conversation_id, mailbox_id, kind, name, text, fields, version,
                   updated_at)
values (:agent_id, :conversation_id, :mailbox_id, :kind, :name, :text, cast(:fields as jsonb),
        (extract(epoch from cast(:now as timestamptz)) * 1000000)::bigint, :now)
    on conflict {same} do update
   set mailbox_id = excluded.mailbox_id, text = excluded.text, fields = excluded.fields,
       updated_at = excluded.updated_at,
       version = greatest(draft.version + 1, excluded.version)
 where cast(:version as bigint) is null or draft.version = :version
    or draft.text <> '' and starts_with(excluded.text, draft.text)
       and excluded.fields @> draft.fields
       and not exists (select from draft_file f where f.draft_id = draft.id
                          and encode(f.blob, 'hex') <> all(cast(:blobs as text[])))
returning id, version
"""
_SAVE = Statement(_SAVE_TEXT.format(same="(agent_id, conversation_id, kind, name)"))
_SAVE_BEGUN = Statement(_SAVE_TEXT.format(same="(agent_id, name) where kind = 'new'"))
_KEEP_FILES = Statement("""
with gone as (delete from draft_file where draft_id = :draft_id)
insert into draft_file (draft_id, blob, filename, content_type, size)
select :draft_id, decode(one.sha256, 'hex'), one.filename, one.content_type, one.size
  from jsonb_to_recordset(cast(:files as jsonb))
    as one(sha256 text, filename text, content_type text, size bigint)
""")
_DROP = Statement(f"""
delete from draft d where d.agent_id = :agent_id and d.kind = :kind and d.name = :name
   and (d.kind = 'new' or {_OF_CONVERSATION})
   and (cast(:version as bigint) is null or d.version <= :version
        or starts_with(cast(:sent as text), d.text))
returning id
""")  # noqa: S608 - of constants
_ALONE = Statement("select pg_advisory_xact_lock(28517, cast(:agent_id % 2147483647 as int))")
_COUNT = Statement("select count(*) as many from draft where agent_id = :agent_id")


async def drafts_in(db: Reader | Writer, agent_id: int, conversation_id: int) -> list[Kept]:
    """What this person is writing there, the newest first: an answer, a note, and forwards, at most
    one of each mail.
    """
    found: dict[tuple[str, str], Kept] = {}
    for row in await _READ.rows(db, agent_id=agent_id, conversation_id=conversation_id):
        found.setdefault((row["kind"], row["name"]), _kept(row))
    return list(found.values())


async def begun(
    db: Reader, viewer: Viewer, *, mailbox_id: int | None = None, name: str | None = None
) -> list[Kept]:
    """The first mails that this person is writing, in one of their mailboxes or all, newest first;
    with `name` that one.
    """
    boxes = viewer.mailboxes if mailbox_id is None else viewer.mailboxes & {mailbox_id}
    rows = await _BEGUN.rows(db, agent_id=viewer.id, boxes=sorted(boxes), name=name)
    return [_kept(row) for row in rows]


async def drafts_of(db: Reader, viewer: Viewer) -> list[Kept]:
    """Everything that this person is writing in conversations that exist for them, newest first."""
    rows = await _OF_PERSON.rows(db, agent_id=viewer.id, boxes=sorted(viewer.mailboxes), most=MOST)
    return [_kept(row) for row in rows]


async def save(
    db: Writer,
    agent_id: int,
    spot: Spot,
    *,
    text: str,
    fields: Mapping[str, Any],
    files: Sequence[DraftFileRow],
    version: int | None,
    now: datetime,
) -> int | None:
    """Save it over the version that its writer knew (None: over any); the new version.

    None where another page has saved a newer one since.
    """
    rows = await (_SAVE_BEGUN if spot.kind == "new" else _SAVE).rows(
        db,
        agent_id=agent_id,
        **asdict(spot),
        text=text,
        fields=json.dumps(dict(fields)),
        version=version,
        now=now,
        blobs=[one.sha256.hex() for one in files],
    )
    if not rows:
        return None
    named = [
        {
            "sha256": one.sha256.hex(),
            "filename": one.filename,
            "content_type": one.content_type,
            "size": one.size,
        }
        for one in files
    ]
    await _KEEP_FILES.rows(db, draft_id=rows[0]["id"], files=json.dumps(named))
    return int(rows[0]["version"])


async def alone(db: Writer, agent_id: int) -> None:
    """What one person's pages save and send comes one after the other from here on."""
    await _ALONE.rows(db, agent_id=agent_id)


async def drop(
    db: Writer, agent_id: int, spot: Spot, version: int | None = None, *, sent: str = ""
) -> bool:
    """Forget it; with a version only if nothing newer was saved that was not `sent`.

    Whether there was one.
    """
    values = {"conversation_id": spot.conversation_id, "kind": spot.kind, "name": spot.name}
    return bool(await _DROP.rows(db, agent_id=agent_id, **values, version=version, sent=sent))


async def count(db: Reader | Writer, agent_id: int) -> int:
    """How many a person has, wherever."""
    [row] = await _COUNT.rows(db, agent_id=agent_id)
    return int(row["many"])


def _kept(row: Any) -> Kept:
    return Kept(
        conversation_id=row["conversation_id"],
        mailbox_id=row["mailbox_id"],
        kind=row["kind"],
        name=row["name"],
        text=row["text"],
        fields=row["fields"],
        files=[
            DraftFileRow(
                sha256=bytes.fromhex(key), filename=name, content_type=content_type, size=size
            )
            for key, name, content_type, size in row["files"]
        ],
        version=row["version"],
        updated_at=row["updated_at"],
    )
