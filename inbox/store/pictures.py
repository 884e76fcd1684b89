"""Which pictures of a mail came before: with it, the logo of a signature is no news."""

from __future__ import annotations

from inbox.mail.pictures import Suspects
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

# Only the newest mails with the same bytes: an icon of some network may be in a hundred thousand.
_SEEN = Statement("""
select encode(key, 'hex') as key
  from unnest(cast(:pictures as bytea[])) as key
 where exists (
       select from (select message_id from file
                     where sha256 = key and content_type like 'image/%'
                     order by id desc limit 200) as newest
         join message m on m.id = newest.message_id
        where m.conversation_id = cast(:conversation_id as bigint)
           or key = any(cast(:logos as bytea[]))
              and (m.author_address = :author
                   or :organisation <> '' and (
                      split_part(m.author_address, '@', 2) = :organisation
                      or split_part(m.author_address, '@', 2) like '%.' || :organisation)))
    or exists (select from logo where logo.sha256 = key)  -- quoted from an answer of ours
""")


async def seen_before(
    db: Reader | Writer,
    suspects: Suspects,
    *,
    conversation_id: int | None,
    author: str,
    organisation: str,
) -> frozenset[str]:
    """Those of the SHA-256 whose bytes this conversation has already, or which stand below the
    signature of a mailbox, or, of logos, this author or anybody at their organisation has sent.
    """
    rows = await _SEEN.rows(
        db,
        pictures=[bytes.fromhex(one) for one in sorted(suspects.pictures)],
        logos=[bytes.fromhex(one) for one in sorted(suspects.logos)],
        conversation_id=conversation_id,
        author=author,
        organisation=organisation,
    )
    return frozenset(row["key"] for row in rows)
