"""Somebody outside writes to a mailbox, and beside it to an address that only we should have.

They take no part in the conversation to which that address leads: it was passed on to them, or it
is a try. Their mail is one to the mailbox like any other; what they have no right to is left out as
if it were not there, so that nobody hears of it, neither its owner nor the people of the mailbox.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from inbox.desk.letter import Letter
from inbox.intake.arrival import Arrival
from inbox.intake.recipients import AddressBook
from inbox.leaks.people import may_be_of
from inbox.mail.tokens import find_written_token
from inbox.store.digests import digest_by_token
from inbox.store.engine import Writer
from inbox.store.internal import names_of_people
from inbox.store.rights import by_tokens
from inbox.threading.clues import Clues
from inbox.threading.verdict import CUSTOMER, Match, Rule


async def clues_without(db: Writer, arrived: Arrival, letter: Letter, domain: str | None) -> Clues:
    """The clues without such addresses; as they are for every other mail.

    One that may be of one of us, by name or address, stays held for whom the address belongs to.
    """
    clues = letter.clues
    if not clues.tokens or _is_customers_own(letter) or not _is_stranger(letter):
        return clues
    if not named_mailboxes(arrived, letter, domain):
        return clues
    rights = await by_tokens(db, clues.token_hashes, clues.author, letter.received_at)
    if any(one.is_of_customer or one.is_registered for one in rights):
        return clues
    keys = {one.token_hash for one in rights}
    if not keys and await digest_by_token(db, clues.token_hashes, clues.author, letter.received_at):
        keys = set(clues.token_hashes)
    if not keys or _is_like(letter, await names_of_people(db)):
        return clues
    return replace(clues, tokens=tuple(one for one in clues.tokens if one.key not in keys))


def named_mailboxes(arrived: Arrival, letter: Letter, domain: str | None) -> tuple[int, ...]:
    """The mailboxes that are written to by addresses of their own.

    Also those of the header: servers hand one mail over in pieces, and the first decides.
    """
    book = AddressBook.of(arrived.mailbox_of.items(), domain=domain)
    people = (one.address for one in (*letter.mail.to, *letter.mail.cc))
    plain = [one for one in (*letter.recipients, *people) if not find_written_token(one)]
    found = [book.mailbox_of(one) for one in plain]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def strayed(letter: Letter, clues: Clues, mailboxes: tuple[int, ...], match: Match) -> Letter:
    """The letter to these mailboxes alone, in the place that it has without those addresses."""
    mail = letter.mail
    return replace(
        letter,
        clues=clues,
        match=match,
        mailboxes=mailboxes,
        recipients=tuple(one for one in letter.recipients if not find_written_token(one)),
        mail=replace(
            mail,
            to=tuple(one for one in mail.to if not find_written_token(one.address)),
            cc=tuple(one for one in mail.cc if not find_written_token(one.address)),
        ),
    )


def _is_customers_own(letter: Letter) -> bool:
    """Whether it has an address that we gave to a customer, as most that have any."""
    return any(one.rule is Rule.TOKEN and one.detail == CUSTOMER for one in letter.match.evidence)


def _is_stranger(letter: Letter) -> bool:
    is_plain = len(letter.mail.from_) == 1 and not letter.clues.real_sender
    is_person = is_plain and not letter.submitted and not letter.is_automatic
    return is_person and letter.is_foreign(letter.author)


def _is_like(letter: Letter, names: Collection[str]) -> bool:
    """Whether one of us may have written it, at home or on the way."""
    author = letter.author
    name = " ".join(author.name.casefold().split())
    return name in {one.casefold() for one in names} or may_be_of(author.address, names)
