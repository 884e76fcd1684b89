"""The files of approved texts: kept with a text, and what goes along with an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select

from inbox.desk.answer import AnswerFile
from inbox.desk.entry import MOST_OCTETS
from inbox.desk.put_aside import keep_bytes
from inbox.errors import Invalid
from inbox.refusals import Refusal
from inbox.store.approved import files_of
from inbox.store.engine import Reader, Writer
from inbox.store.tables import TemplateFile
from inbox.store.timeline import blob_of

_MOST = 20


async def keep_text_files(
    db: Writer,
    template_id: int,
    files: Sequence[AnswerFile],
    *,
    keeping: Collection[int],
    by_id: int | None = None,
) -> None:
    """Add files to an approved text; of those that it has only the numbers `keeping` stay.

    Raises Invalid for more than an answer can take along, and as `keep_bytes` does.
    """
    await db.execute(
        delete(TemplateFile).where(
            TemplateFile.template_id == template_id, TemplateFile.id.not_in(keeping)
        )
    )
    await keep_bytes(db, files, by_id, is_named=True)
    for one in files:
        db.add(
            TemplateFile(
                template_id=template_id,
                blob=one.sha256,
                filename=one.filename,
                content_type=one.content_type,
                size=one.size,
            )
        )
    await db.flush()
    about = select(func.count(), func.coalesce(func.sum(TemplateFile.size), 0))
    count, size = (await db.execute(about.where(TemplateFile.template_id == template_id))).one()
    if count > _MOST or size > MOST_OCTETS:
        raise Invalid(Refusal.FILES_TOO_LARGE)


async def text_files(db: Reader | Writer, template_ids: Sequence[int]) -> list[AnswerFile]:
    """What goes along with an answer in which these approved texts stand, each file once."""
    found: dict[bytes, AnswerFile] = {}
    for one in await files_of(db, template_ids):
        content = await blob_of(db, one.blob)
        if content is not None:
            made = AnswerFile.uploaded(one.filename, one.content_type, content)
            found.setdefault(one.blob, made)
    return list(found.values())
