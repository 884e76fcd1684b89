"""What the doctor says of the places where raw mail lies."""

from __future__ import annotations

from sqlalchemy import text

from inbox.errors import ConfigError, Unreadable
from inbox.run.finding import Finding, broken, good
from inbox.settings import Settings
from inbox.store.blobs import check, fetch, place
from inbox.store.engine import Database

_PLACES = text("""
select store, max(blob) as blob, count(*) as mails
  from spool where blob is not null group by store order by store
""")


async def examine_place(settings: Settings) -> list[Finding]:
    """Whether raw mail can be kept where INBOX_BLOBS says; nothing where it says nothing."""
    if not settings.blobs:
        return []
    try:
        await check(place(settings.blobs))
    except ConfigError as error:
        do = "mail is refused until it can; see docs/administration.md"
        return [broken("INBOX_BLOBS", error.public, do)]
    return [good("INBOX_BLOBS", f"{settings.blobs} can be written, read and cleared")]


async def examine_mails(database: Database) -> list[Finding]:
    """Whether the mail that lies somewhere can be read there: one of each place."""
    async with database.read() as db:
        rows = (await db.execute(_PLACES)).all()
    findings = []
    for row in rows:
        try:
            await fetch(row.store, row.blob)
        except Unreadable as error:
            do = f"{row.mails} mails lie there: bring the place back, or its AWS_… variables"
            findings.append(broken("raw mail", error.public, do))
        else:
            findings.append(good("raw mail", f"{row.mails} mails lie in {row.store}"))
    return findings
