"""A mail out of the spool, with what is needed to know who is who in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.errors import Invalid
from inbox.intake.recipients import AddressBook
from inbox.mail.tokens import find_written_token
from inbox.model.address import base_address, normalize
from inbox.model.mail import Envelope, ParsedMail
from inbox.store.engine import Writer
from inbox.store.raw import Raw
from inbox.store.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxFacts:
    """What a mailbox wants of the mail that it gets."""

    id: int
    address: str
    name: str
    language: str
    confirm: str
    join_policy: str
    proof: str
    reopen_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """The one of us who has signed in to hand a mail over."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A spooled mail and the addresses that are ours at this moment."""

    spool_id: int
    raw: bytes
    envelope: Envelope
    received_at: datetime
    mailbox_ids: tuple[int, ...]  # as the receiver saw them; may be empty
    mailboxes: dict[int, MailboxFacts]
    mailbox_of: dict[str, int]  # every address that leads to a mailbox
    agents: frozenset[str]  # every registered address of an agent
    submitter: Submitter | None = None
    rules: int | None = None  # which rules there are now; None: none that is switched on

    @property
    def ours(self) -> frozenset[str]:
        """Addresses that are nobody's outside."""
        return self.agents | self.mailbox_of.keys()

    def is_own(self, address: str) -> bool:
        """Whether the address is one of a mailbox: mail from there is our own."""
        address = normalize(address)
        return address in self.mailbox_of or base_address(address) in self.mailbox_of


_LOAD = Statement("""
select spool.id, raw, store, blob, sender, recipients, mailboxes, source, peer, helo, received_at,
       submitted_by, (select jsonb_build_object('id', id, 'name', name, 'email', email)
                        from agent where agent.id = spool.submitted_by) as submitter,
       array(select array[a.address, cast(mailbox_id as text)] from mailbox_address a
              join mailbox on mailbox.id = mailbox_id where removed_at is null
             order by mailbox_id, a.address) as addresses,
       array(select address from agent_address) as agents,
       (select jsonb_agg(jsonb_build_object(
            'id', id, 'address', address, 'name', name, 'language', language,
            'confirm', confirm, 'join_policy', join_policy, 'proof', proof,
            'reopen_days', reopen_days))
          from mailbox where removed_at is null) as facts,
       (select value from rule_stamp) as rules
  from spool where id = :spool_id and state <> 'done'
""")


async def arrival(db: Writer, spool_id: int) -> Arrival | None:
    """The mail that waits under this id, or None where it is done or gone.

    Raises Unreadable and OutOfReach where its bytes lie elsewhere and cannot be had.
    """
    found = await _LOAD.rows(db, spool_id=spool_id)
    if not found:
        return None
    row = found[0]
    facts = [MailboxFacts(**each) for each in row["facts"] or ()]
    return Arrival(
        spool_id=row["id"],
        raw=await Raw(row["raw"], row["store"], row["blob"]).read(),
        envelope=Envelope(
            sender=row["sender"],
            recipients=tuple(row["recipients"]),
            source=row["source"],
            submitted_by=row["submitted_by"],
            peer=row["peer"],
            helo=row["helo"],
            received_at=row["received_at"],
        ),
        received_at=row["received_at"],
        mailbox_ids=tuple(row["mailboxes"]),
        mailboxes={each.id: each for each in facts},
        mailbox_of={normalize(address): int(mailbox) for address, mailbox in row["addresses"]},
        agents=frozenset(row["agents"]),
        submitter=Submitter(**row["submitter"]) if row["submitter"] else None,
        rules=row["rules"],
    )


def mailboxes_for(arrived: Arrival, mail: ParsedMail, domain: str | None) -> tuple[int, ...]:
    """To which mailboxes a mail came, the first named first. Raises Invalid where to none.

    The envelope decides; where it does not say, as with mail fetched from elsewhere, the headers.
    """
    book = AddressBook.of(arrived.mailbox_of.items(), domain=domain)
    if arrived.submitter and (as_ours := _written_as(book, mail, arrived)):
        return tuple(dict.fromkeys([as_ours, *_named(book, arrived.envelope.recipients, arrived)]))
    if found := _named(book, arrived.envelope.recipients, arrived):
        return found
    for addresses in (mail.delivered_to, [one.address for one in (*mail.to, *mail.cc)]):
        if found := _named(book, addresses):
            return found
    raise Invalid("no mailbox of ours is among the recipients")


def _written_as(book: AddressBook, mail: ParsedMail, arrived: Arrival) -> int | None:
    """The mailbox in whose name one of us has written, if there is one."""
    for address in (*(one.address for one in mail.from_), arrived.envelope.sender):
        if (found := book.mailboxes.get(normalize(address))) is not None:
            return found
    return None


def _named(
    book: AddressBook, addresses: Sequence[str], arrived: Arrival | None = None
) -> tuple[int, ...]:
    found = [book.mailbox_of(address) for address in addresses]
    seen = [each for each in arrived.mailbox_ids if each in arrived.mailboxes] if arrived else []
    # A token leads to a conversation; where that is unknown, whoever has the address is asked.
    beside = [
        book.mailboxes.get(base_address(address)) or book.domains.get(address.rpartition("@")[2])
        for address in map(book.whole, addresses)
        if find_written_token(address)
    ]
    named = [each for each in (*found, *seen) if each is not None] or beside
    return tuple(dict.fromkeys(each for each in named if each is not None))
