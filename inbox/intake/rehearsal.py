"""What would become of a stream of mails: the way of a mail, on a database that nobody keeps.

Mails that came go the whole way of the live ones. Mails that a mailbox has sent are put on record
in the conversation that they are said to answer, as a desk knows it of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.dialects.postgresql import insert

from inbox.desk.letter import Kept, Letter
from inbox.desk.mailboxes import add_mailbox, set_mailbox
from inbox.desk.sent import keep_sent
from inbox.errors import Invalid
from inbox.intake.arrival import Arrival, arrival
from inbox.intake.pipeline import Intake, process, understand
from inbox.intake.spool import accept, identity
from inbox.jobs.registry import Context
from inbox.mail.parse import parse
from inbox.mail_auth.dns import Dns
from inbox.model.mail import Envelope
from inbox.model.proof import Proof
from inbox.settings import expected
from inbox.store.engine import Database, Writer
from inbox.store.statement import Statement
from inbox.store.tables import MailboxAddress
from inbox.store.threads import hold, lookup
from inbox.threading.match import choose
from inbox.threading.verdict import Evidence, Join, Match, Outcome, Policy, Rule

_DESK = "desk"
_NOWHERE = "desk.invalid"  # RFC 2606: nobody's domain
_HOME = Statement("""
select m.id, coalesce(c.merged_into, c.id) as conversation_id, m.match
  from message m join conversation c on c.id = m.conversation_id
""")


def _with_zone(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


class Item(BaseModel):
    """One line of a stream: a mail in a file, and what a receiver would know of it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    raw: Path
    direction: Literal["in", "out"] = "in"
    received_at: Annotated[datetime, AfterValidator(_with_zone)]
    envelope_from: str | None = None  # "" is the null sender; who does not say means From
    rcpt: tuple[str, ...] = ()
    answers: str | None = Field(default=None, description="an earlier item of its conversation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a mail of the stream has ended; no conversation where it was set aside."""

    id: str
    conversation: int | None
    outcome: Outcome
    evidence: tuple[Evidence, ...]
    rejected: tuple[dict[str, Any], ...] = ()  # conversations, each with its rule and why

    def as_dict(self) -> dict[str, Any]:
        """The line of `inbox thread --json`."""
        return {
            "id": self.id,
            "conversation": None if self.conversation is None else f"c{self.conversation}",
            "evidence": [
                {"rule": one.rule.value, "weight": one.weight, "detail": one.detail}
                for one in self.evidence
            ],
            "rejected": [
                one | {"conversation": f"c{one['conversation']}"} for one in self.rejected
            ],
            "outcome": self.outcome.value,
        }


def items(lines: Iterable[str]) -> Iterator[Item]:
    """The lines of a stream. Raises Invalid with the number of a line that is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Item.model_validate_json(line)
        except ValidationError as error:
            where = ".".join(map(str, error.errors(include_url=False)[0]["loc"])) or "the line"
            raise Invalid(f"line {number}: {where}: {expected(error)}") from error


@dataclass(slots=True)
class Rehearsal:
    """A stream under way. `folder` is what the files of its lines are relative to."""

    database: Database
    context: Context
    dns: Dns
    folder: Path
    domains: tuple[str, ...] = ()
    join: Join = Join.PARTICIPANTS
    _mailbox: int = 0
    _address: str = ""
    _kept: list[tuple[str, Kept | None]] = field(default_factory=list)
    _homes: dict[str, int] = field(default_factory=dict)  # conversations, by the stream's ids
    _repeats: dict[bytes, Kept] = field(default_factory=dict)  # by the bytes of the mail

    async def prepare(self) -> None:
        """Make the one mailbox that all mail comes to."""
        address = f"{_DESK}@{self.domains[0] if self.domains else _NOWHERE}"
        async with self.database.write() as db:
            mailbox = await add_mailbox(db, address=address, name="Desk")
            await set_mailbox(db, address, {"join": self.join.value, "confirm": "off"})
            self._mailbox, self._address = mailbox.id, address

    async def take(self, item: Item) -> None:
        """The next mail. Raises Invalid where its file cannot be read."""
        try:
            raw = (self.folder / item.raw).read_bytes()
        except OSError as error:
            raise Invalid(f"{item.id}: {item.raw}: {error.strerror}") from error
        async with self.database.write() as db:
            await self._know(db, item.rcpt)
            kept = await self._keep(db, item, raw)
        if kept:
            self._homes[item.id] = kept.conversation_id
            self._repeats[identity(raw)] = kept
        self._kept.append((item.id, kept))

    async def places(self) -> list[Placed]:
        """Where all mails are now, merges followed, in the order in which they came."""
        async with self.database.read() as db:
            rows = {row["id"]: row for row in await _HOME.rows(db)}
        first: dict[int, str] = {}
        return [_placed(name, kept, rows, first) for name, kept in self._kept]

    async def _keep(self, db: Writer, item: Item, raw: bytes) -> Kept | None:
        if repeated := self._repeats.get(identity(raw)):
            return repeated
        envelope = Envelope(
            sender=_sender(raw) if item.envelope_from is None else item.envelope_from,
            recipients=item.rcpt or (self._address,),
            received_at=item.received_at,
        )
        spool_id = await accept(db, raw, envelope, now=item.received_at, mailboxes=[self._mailbox])
        if spool_id is None:
            return None
        if item.direction == "in":
            at = Intake(context=self.context, dns=self.dns, now=item.received_at)
            return await process(db, spool_id, at)
        arrived = await arrival(db, spool_id)
        return await self._keep_sent(db, item, arrived) if arrived else None

    async def _keep_sent(self, db: Writer, item: Item, arrived: Arrival) -> Kept:
        understood = understand(arrived, self.context.secret)
        clues = understood.clues
        await hold(db, clues)
        home = self._homes.get(item.answers or "")
        if home is None:
            policy = Policy(mailbox_ids=frozenset({self._mailbox}), join=Join.ANYONE)
            known = await lookup(db, clues, now=item.received_at)
            match = choose(clues, known, proof=Proof(), policy=policy, now=item.received_at)
        else:
            match = Match(conversation_id=home, outcome=Outcome.JOINED)
        letter = Letter(
            mail=understood.mail,
            trimmed=understood.trimmed,
            verdict=understood.verdict,
            proof=Proof(),
            clues=clues,
            match=match,
            spool_id=arrived.spool_id,
            mailboxes=(self._mailbox,),
            recipients=arrived.envelope.recipients,
            ours=arrived.ours,
            received_at=item.received_at,
        )
        return await keep_sent(db, letter, now=item.received_at, rng=token_bytes)

    async def _know(self, db: Writer, addresses: Iterable[str]) -> None:
        """Let addresses of our domains lead to the mailbox."""
        ours = [one.lower() for one in addresses if one.rpartition("@")[2].lower() in self.domains]
        if ours:
            rows = [{"address": one, "mailbox_id": self._mailbox} for one in ours]
            await db.execute(insert(MailboxAddress).values(rows).on_conflict_do_nothing())


def _sender(raw: bytes) -> str:
    author = parse(raw).author
    return author.address if author else ""


def _placed(name: str, kept: Kept | None, rows: dict[int, Any], first: dict[int, str]) -> Placed:
    if kept is None or kept.message_id not in rows:
        return Placed(id=name, conversation=None, outcome=Outcome.IGNORED, evidence=())
    row = rows[kept.message_id]
    if first.setdefault(kept.message_id, name) != name:
        return Placed(
            id=name,
            conversation=row["conversation_id"],
            outcome=Outcome.DUPLICATE,
            evidence=(Evidence.of(Rule.IDENTICAL),),
        )
    match = row["match"] if isinstance(row["match"], dict) else json.loads(row["match"] or "{}")
    evidence = tuple(
        Evidence(Rule(one["rule"]), one["weight"], one["detail"])
        for one in match.get("evidence", ())
    )
    return Placed(
        id=name,
        conversation=row["conversation_id"],
        outcome=Outcome(match.get("outcome", Outcome.NEW)),
        evidence=evidence,
        rejected=tuple(match.get("rejected", ())),
    )
