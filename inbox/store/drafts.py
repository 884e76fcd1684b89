"""What one of us is still writing, as they alone may find it again.

Merges are followed, so that nothing that was typed is lost with the conversation it was typed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
class Kept:
    """A draft as it was saved. `conversation_id` is where the conversation is by now."""

    conversation_id: int
    kind: str
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
_READ = Statement(f"""
select coalesce(c.merged_into, c.id) as conversation_id, d.kind, d.text, d.fields, d.version,
       d.updated_at, {_FILES}
  from draft d join conversation c on c.id = d.conversation_id
 where d.agent_id = :agent_id and {_OF_CONVERSATION}
 order by d.updated_at desc, d.id desc
""")  # noqa: S608 - of constants
_OF_PERSON = Statement(f"""
select home.id as conversation_id, d.kind, d.text, d.fields, d.version, d.updated_at, {_FILES}
  from draft d join conversation c on c.id = d.conversation_id
  join conversation home on home.id = coalesce(c.merged_into, c.id)
 where d.agent_id = :agent_id
   and (home.mailbox_id = any(cast(:boxes as bigint[]))
        or exists (select from conversation_mailbox m where m.conversation_id = home.id
                      and m.mailbox_id = any(cast(:boxes as bigint[]))))
 order by d.updated_at desc, d.id desc limit :most
""")  # noqa: S608 - of constants
# What was saved since by another page is not overwritten: no row comes back then.
_SAVE = Statement("""
insert into draft (agent_id, conversation_id, kind, text, fields, version, updated_at)
values (:agent_id, :conversation_id, :kind, :text, cast(:fields as jsonb),
        (extract(epoch from cast(:now as timestamptz)) * 1000000)::bigint, :now)
    on conflict (agent_id, conversation_id, kind) do update
   set text = excluded.text, fields = excluded.fields, updated_at = excluded.updated_at,
       version = greatest(draft.version + 1, excluded.version)
 where cast(:version as bigint) is null or draft.version = :version
returning id, version
""")
_KEEP_FILES = Statement("""
with gone as (delete from draft_file where draft_id = :draft_id)
insert into draft_file (draft_id, blob, filename, content_type, size)
select :draft_id, decode(one.sha256, 'hex'), one.filename, one.content_type, one.size
  from jsonb_to_recordset(cast(:files as jsonb))
    as one(sha256 text, filename text, content_type text, size bigint)
""")
_DROP = Statement(f"""
delete from draft d where d.agent_id = :agent_id and d.kind = :kind and {_OF_CONVERSATION}
   and (cast(:version as bigint) is null or d.version <= :version)
returning id
""")  # noqa: S608 - of constants
_COUNT = Statement("select count(*) as many from draft where agent_id = :agent_id")


async def drafts_in(db: Reader | Writer, agent_id: int, conversation_id: int) -> list[Kept]:
    """What this person is writing there, the newest first: at most one of each kind."""
    found: dict[str, Kept] = {}
    for row in await _READ.rows(db, agent_id=agent_id, conversation_id=conversation_id):
        found.setdefault(row["kind"], _kept(row))
    return list(found.values())


async def drafts_of(db: Reader, viewer: Viewer) -> list[Kept]:
    """Everything that this person is writing in conversations that exist for them, newest first."""
    rows = await _OF_PERSON.rows(db, agent_id=viewer.id, boxes=sorted(viewer.mailboxes), most=MOST)
    return [_kept(row) for row in rows]


async def save(
    db: Writer,
    agent_id: int,
    conversation_id: int,
    kind: str,
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
    rows = await _SAVE.rows(
        db,
        agent_id=agent_id,
        conversation_id=conversation_id,
        kind=kind,
        text=text,
        fields=json.dumps(dict(fields)),
        version=version,
        now=now,
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


async def drop(
    db: Writer, agent_id: int, conversation_id: int, kind: str, version: int | None = None
) -> bool:
    """Forget it; with a version only if nothing newer was saved. Whether there was one."""
    values = {"agent_id": agent_id, "conversation_id": conversation_id, "kind": kind}
    return bool(await _DROP.rows(db, **values, version=version))


async def count(db: Reader | Writer, agent_id: int) -> int:
    """How many a person has, wherever."""
    [row] = await _COUNT.rows(db, agent_id=agent_id)
    return int(row["many"])


def _kept(row: Any) -> Kept:
    return Kept(
        conversation_id=row["conversation_id"],
        kind=row["kind"],
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
