"""What the rules of today would make of the archive: all mails once more, on a database of its own.

Mails of people and machines are understood and matched anew. What we sent, what our programs sent,
and when conversations were closed is put where it belongs by then, as it is known and not decided.
Whether a sender was proved is what was found when the mail came: the DNS may say otherwise by now.
Nothing is written to the archive.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_bytes
from typing import Any, Final

from sqlalchemy import text

from inbox.desk.letter import Letter
from inbox.desk.open import open_conversation
from inbox.desk.sent import keep_sent
from inbox.errors import Invalid, OutOfReach, Unreadable
from inbox.intake.archive import Happened, as_json, copy_people, happened, moment, row_of
from inbox.intake.arrival import Arrival, arrival, mailboxes_for
from inbox.intake.keep import keep, keep_again
from inbox.intake.pipeline import letter_of, understand
from inbox.intake.placing import place, policy_of
from inbox.intake.scratch import (
    add,
    begin,
    home_of,
    put_done,
    put_known,
    put_mail,
    put_sent,
    take,
    tidy,
)
from inbox.model.address import Address
from inbox.model.conversation import MessageKind
from inbox.model.mail import Kind
from inbox.model.proof import Proof, Result
from inbox.settings import Settings
from inbox.store.engine import Database, Writer, one_transaction
from inbox.store.raw import Raw
from inbox.threading.verdict import Match, Outcome

_AT_ONCE: Final = 100  # rows between two commits
# A conversation of now is the one of then of which it has the first mail that came.
_MOVES = text("""
with placed as (
    select d.live, d.was, d.subject, d.is_touched, coalesce(c.merged_into, c.id) as home, m.match,
           m.author_address
      from done d join message m on m.id = d.message_id
      join conversation c on c.id = m.conversation_id
), began as (
    select distinct on (home) home, was, live from placed order by home, live
), same as (
    select distinct on (was) was, home from began order by was, live
)
select p.live, p.was, s.was as now, p.home, p.subject, p.author_address, p.is_touched, p.match
  from placed p left join same s on s.home = p.home
 where s.was is distinct from p.was
 order by p.live
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A message that would be elsewhere. `to` is None for a conversation that is not there yet;
    mails with the same `group` would be together in it.
    """

    message: int
    subject: str
    sender: str
    was: int
    to: int | None
    group: int
    is_touched: bool  # people have moved mails there by hand; no rule knows of it
    rule: str  # what decides today; "" where nothing leads anywhere
    detail: str

    def as_dict(self) -> dict[str, Any]:
        """The line of `inbox reprocess --threads --json`."""
        return {
            "message": self.message,
            "subject": self.subject,
            "from_address": self.sender,
            "from": self.was,
            "to": self.to,
            "group": self.group,
            "corrected": self.is_touched,
            "rule": self.rule or None,
            "detail": self.detail,
        }


@dataclass(slots=True)
class Replay:
    """An archive under way. `scratch` is a database with our schema and nothing in it."""

    archive: Database
    scratch: Database
    settings: Settings
    secret: bytes
    skipped: int = 0  # mails whose bytes cannot be had

    async def prepare(self) -> int:
        """Copy who we are, and list what happened; how much that is."""
        count = 0
        async with self.archive.read() as source, self.scratch.write() as target:
            await begin(target)
            await copy_people(source, target)
            batch: list[Happened] = []
            async with one_transaction(source):
                async for one in happened(source):
                    batch.append(one)
                    count += 1
                    if len(batch) >= _AT_ONCE:
                        await add(target, batch)
                        batch.clear()
            await add(target, batch)
        return count

    async def run(self) -> AsyncIterator[int]:
        """Go through all of it; yields how much was done since the last time."""
        after = 0
        while True:
            async with self.scratch.write() as db:
                rows = await take(db, after, _AT_ONCE)
                for row in rows:
                    await self._do(db, Happened(row["what"], row["key"]))
                await tidy(db)
            if not rows:
                return
            after = rows[-1]["n"]
            yield len(rows)

    async def moves(self) -> AsyncIterator[Move]:
        """Every message that would be elsewhere, in the order in which they came."""
        async with self.scratch.read() as db, one_transaction(db):
            rows = await db.stream(_MOVES, execution_options={"yield_per": 1000})
            async for row in rows:
                evidence = (row.match or {}).get("evidence") or [{}]
                yield Move(
                    message=row.live,
                    subject=row.subject,
                    sender=row.author_address,
                    was=row.was,
                    to=row.now,
                    group=row.home,
                    is_touched=row.is_touched,
                    rule=evidence[0].get("rule", ""),
                    detail=evidence[0].get("detail", ""),
                )

    async def _do(self, db: Writer, one: Happened) -> None:
        # A transaction a row: the archive is at work, and must not keep old rows for us for hours.
        async with self.archive.read() as source:
            row = await row_of(source, one)
        if row is None:
            return
        if one.what not in {"mail", "sent"}:
            await put_known(db, one, row)
            return
        kept = await self._entry(db, row, is_sent=one.what == "sent")
        if kept is not None:
            await put_done(db, row, kept)

    async def _entry(self, db: Writer, row: Any, *, is_sent: bool) -> int | None:
        home = await home_of(db, row, header_id=row["in_reply_to"]) if is_sent else None
        if row["spool_id"] is None:
            return await put_sent(db, row, home) if home else None
        try:
            raw = await Raw(row["raw"], row["store"], row["blob"]).read()
        except (OutOfReach, Unreadable):
            self.skipped += 1
            return None
        await put_mail(db, row, raw)
        arrived = await arrival(db, row["spool_id"])
        return await self._kept(db, arrived, row, home, is_sent=is_sent) if arrived else None

    async def _kept(
        self, db: Writer, arrived: Arrival, row: Any, home: int | None, *, is_sent: bool
    ) -> int:
        understood = understand(arrived, self.secret)
        now, proof = moment(row), _proof(as_json(row["proof"]))
        try:
            mailboxes = mailboxes_for(arrived, understood.mail, self.settings.domain)
        except Invalid:
            mailboxes = (row["mailbox_id"],)
        if not is_sent and row["nature"] == Kind.BOUNCE:
            # It is about a mail that left us, which our own records told.
            home = await home_of(db, row)
        if home is not None:
            match = Match(conversation_id=home, outcome=Outcome.JOINED)
        elif mailboxes[0] in arrived.mailboxes and not is_sent:
            policy = policy_of(arrived.mailboxes[mailboxes[0]], mailboxes)
            match = await place(db, understood, proof, policy, now)
        else:
            match = Match(conversation_id=None, outcome=Outcome.NEW)
        letter = letter_of(arrived, understood, proof, match, mailboxes)
        return await _keep(db, letter, row, now, is_sent=is_sent)


async def _keep(db: Writer, letter: Letter, row: Any, now: datetime, *, is_sent: bool) -> int:
    if letter.match.outcome is Outcome.DUPLICATE:
        return (await keep_again(db, letter, now=now)).message_id
    if is_sent:
        return (await keep_sent(db, letter, now=now, rng=token_bytes)).message_id
    author = Address(name=row["author_name"], address=row["author_address"])
    if letter.author.address != author.address:
        # One of us has passed it on.
        letter = replace(
            letter,
            mail=replace(letter.mail, from_=(author,)),
            shape=MessageKind(row["kind"]),
        )
        if letter.match.conversation_id is None:
            made = await open_conversation(db, letter, now=now, rng=token_bytes, customer=author)
            return made.message_id
    return (await keep(db, letter, now=now, rng=token_bytes)).message_id


def _proof(found: dict[str, Any]) -> Proof:
    return Proof(
        spf=Result(found.get("spf", Result.NONE)),
        dkim=Result(found.get("dkim", Result.NONE)),
        dmarc=Result(found.get("dmarc", Result.NONE)),
        source=found.get("source", "none"),
        detail=found.get("detail", ""),
    )
