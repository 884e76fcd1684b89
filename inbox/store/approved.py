"""Approved texts as they are read: of a mailbox and of a person, with those of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, update

from inbox.approved.naming import Titled
from inbox.approved.proposing import Candidate
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Mailbox, Template, TemplateFile, TemplateText


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An approved text with all its languages."""

    template: Template
    mailbox: str  # its address; "" for all of them
    texts: tuple[TemplateText, ...]
    files: tuple[TemplateFile, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether it is one person's alone."""
        return self.template.agent_id is not None

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it is written."""
        return tuple(one.language for one in self.texts)


def seen_by(mailboxes: Iterable[int], agent_id: int) -> ColumnElement[bool]:
    """When an approved text exists for a person in these mailboxes: theirs, or everybody's."""
    is_all = and_(Template.mailbox_id.is_(None), Template.agent_id.is_(None))
    of_theirs = Template.mailbox_id.in_(tuple(mailboxes))
    return or_(is_all, of_theirs, Template.agent_id == agent_id)


async def titles(db: Reader | Writer, mailbox_id: int, kind: str, *, agent_id: int) -> list[Titled]:
    """What a person can name in a mailbox, by name."""
    rows = await db.execute(
        select(Template.id, Template.name, Template.mailbox_id, Template.agent_id)
        .where(seen_by([mailbox_id], agent_id), Template.kind == kind)
        .order_by(Template.name_key, Template.id)
    )
    return [
        Titled(
            id=row.id,
            name=row.name,
            is_own=row.mailbox_id is not None,
            is_personal=row.agent_id is not None,
        )
        for row in rows
    ]


async def written(
    db: Reader | Writer,
    *,
    mailboxes: Iterable[int] | None = None,
    agent_id: int = 0,
    kind: str | None = None,
    id: int | None = None,  # noqa: A002 - as its column is called
) -> list[Written]:
    """Approved texts, by name, of mailboxes and of a person; `mailboxes` None for all there are."""
    wanted = select(Template, Mailbox.address).outerjoin(Mailbox, Mailbox.id == Template.mailbox_id)
    if mailboxes is not None:
        wanted = wanted.where(seen_by(mailboxes, agent_id))
    if kind is not None:
        wanted = wanted.where(Template.kind == kind)
    if id is not None:
        wanted = wanted.where(Template.id == id)
    rows = (await db.execute(wanted.order_by(Template.kind.desc(), Template.name_key))).all()
    numbers = [row.Template.id for row in rows]
    texts = await db.scalars(
        select(TemplateText)
        .where(TemplateText.template_id.in_(numbers))
        .order_by(TemplateText.language)
    )
    files = await files_of(db, numbers)
    by_template: dict[int, list[TemplateText]] = {}
    for one in texts:
        by_template.setdefault(one.template_id, []).append(one)
    return [
        Written(
            template=row.Template,
            mailbox=row.address or "",
            texts=tuple(by_template.get(row.Template.id, ())),
            files=tuple(one for one in files if one.template_id == row.Template.id),
        )
        for row in rows
    ]


async def files_of(db: Reader | Writer, template_ids: Sequence[int]) -> list[TemplateFile]:
    """The files that go along with approved texts, in the order in which they were added."""
    wanted = select(TemplateFile).where(TemplateFile.template_id.in_(template_ids))
    return list(await db.scalars(wanted.order_by(TemplateFile.id)))


_MOST_USED: Final = Statement("""
select id, name, mailbox_id is not null as is_own, agent_id is not null as is_personal
  from template
 where (mailbox_id = :mailbox or agent_id = :agent or (mailbox_id is null and agent_id is null))
   and (cast(:kind as text) is null or kind = :kind)
 order by used desc, name_key, id limit :most
""")


async def most_used(
    db: Reader | Writer, mailbox_id: int, kind: str | None = None, *, agent_id: int, most: int
) -> list[Titled]:
    """What stands in most answers of a mailbox, and what does not yet, by name."""
    about = {"mailbox": mailbox_id, "agent": agent_id, "kind": kind, "most": most}
    rows = await _MOST_USED.rows(db, **about)
    return [Titled(**row) for row in rows]


_CANDIDATES: Final = Statement("""
select t.id, t.name || ' ' || x.title as name, left(x.body, 2000) as body
  from template t join template_text x on x.template_id = t.id
 where (t.mailbox_id = any(cast(:boxes as bigint[])) or t.agent_id = :agent
        or (t.mailbox_id is null and t.agent_id is null))
   and t.kind = :kind
 order by t.used desc, t.id limit 600
""")


async def candidates(
    db: Reader | Writer, mailboxes: Iterable[int], agent_id: int, kind: str = "template"
) -> list[Candidate]:
    """What may be proposed to a person in these mailboxes, in all languages."""
    rows = await _CANDIDATES.rows(db, boxes=sorted(mailboxes), agent=agent_id, kind=kind)
    return [Candidate(**row) for row in rows]


async def named(db: Reader | Writer, template_ids: Sequence[int]) -> list[Titled]:
    """What these approved texts are called, in this order."""
    rows = await db.execute(select(Template.id, Template.name).where(Template.id.in_(template_ids)))
    found = {row.id: Titled(id=row.id, name=row.name) for row in rows}
    return [found[one] for one in template_ids if one in found]


async def count_uses(
    db: Writer, template_ids: Sequence[int], mailbox_id: int, agent_id: int, now: datetime
) -> None:
    """An answer of a mailbox has them in it; those that are another mailbox's do not count."""
    if template_ids:
        seen = seen_by([mailbox_id], agent_id)
        await _count(db, and_(Template.id.in_(template_ids), seen), now)


async def count_use(db: Writer, template_id: int, now: datetime) -> None:
    """An answer has it in it."""
    await _count(db, Template.id == template_id, now)


async def _count(db: Writer, which: ColumnElement[bool], now: datetime) -> None:
    await db.execute(
        update(Template)
        .where(which)
        .values(used=Template.used + 1, used_at=now)
        .execution_options(synchronize_session=False)
    )
