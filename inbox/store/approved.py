"""Approved texts as they are read: of a mailbox together with those of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, update

from inbox.approved.naming import Titled
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Mailbox, Template, TemplateText


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An approved text with all its languages."""

    template: Template
    mailbox: str  # its address; "" for all of them
    texts: tuple[TemplateText, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it is written."""
        return tuple(one.language for one in self.texts)


def of_mailboxes(mailboxes: Iterable[int]) -> ColumnElement[bool]:
    """When an approved text exists for these mailboxes: it is theirs, or everybody's."""
    return or_(Template.mailbox_id.is_(None), Template.mailbox_id.in_(tuple(mailboxes)))


async def titles(db: Reader | Writer, mailbox_id: int, kind: str) -> list[Titled]:
    """What can be named in a mailbox, by name."""
    rows = await db.execute(
        select(Template.id, Template.name, Template.mailbox_id)
        .where(of_mailboxes([mailbox_id]), Template.kind == kind)
        .order_by(Template.name_key, Template.id)
    )
    return [Titled(id=row.id, name=row.name, is_own=row.mailbox_id is not None) for row in rows]


async def written(
    db: Reader | Writer,
    *,
    mailboxes: Iterable[int] | None = None,
    kind: str | None = None,
    id: int | None = None,  # noqa: A002 - as its column is called
) -> list[Written]:
    """Approved texts, by name; `mailboxes` None for all that there are."""
    wanted = select(Template, Mailbox.address).outerjoin(Mailbox, Mailbox.id == Template.mailbox_id)
    if mailboxes is not None:
        wanted = wanted.where(of_mailboxes(mailboxes))
    if kind is not None:
        wanted = wanted.where(Template.kind == kind)
    if id is not None:
        wanted = wanted.where(Template.id == id)
    rows = (await db.execute(wanted.order_by(Template.kind.desc(), Template.name_key))).all()
    texts = await db.scalars(
        select(TemplateText)
        .where(TemplateText.template_id.in_([row.Template.id for row in rows]))
        .order_by(TemplateText.language)
    )
    by_template: dict[int, list[TemplateText]] = {}
    for one in texts:
        by_template.setdefault(one.template_id, []).append(one)
    return [
        Written(
            template=row.Template,
            mailbox=row.address or "",
            texts=tuple(by_template.get(row.Template.id, ())),
        )
        for row in rows
    ]


_MOST_USED: Final = Statement("""
select id, name, mailbox_id is not null as is_own from template
 where (mailbox_id is null or mailbox_id = :mailbox)
   and (cast(:kind as text) is null or kind = :kind)
 order by used desc, name_key, id limit :most
""")


async def most_used(
    db: Reader | Writer, mailbox_id: int, kind: str | None = None, *, most: int
) -> list[Titled]:
    """What stands in most answers of a mailbox, and what does not yet, by name."""
    rows = await _MOST_USED.rows(db, mailbox=mailbox_id, kind=kind, most=most)
    return [Titled(**row) for row in rows]


async def count_uses(
    db: Writer, template_ids: Sequence[int], mailbox_id: int, now: datetime
) -> None:
    """An answer of a mailbox has them in it; those that are another mailbox's do not count."""
    if template_ids:
        await _count(db, and_(Template.id.in_(template_ids), of_mailboxes([mailbox_id])), now)


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
