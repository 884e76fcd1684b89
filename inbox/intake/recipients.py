"""Whose mail an address is: mailboxes, aliases, sub-addresses, tokens, postmaster and abuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inbox.mail.tokens import find_token, find_written_token
from inbox.model.address import base_address, normalize

# One row an address; the oldest mailbox of a domain comes first and answers for its postmaster.
ADDRESSES = """
select mailbox_address.address, mailbox_id
  from mailbox_address join mailbox on mailbox.id = mailbox_id
 where removed_at is null
 order by mailbox_id, mailbox_address.address
"""
OWNER = """
select conversation.mailbox_id
  from reply_token join conversation on conversation.id = conversation_id
 where token_hash = $1
union all select mailbox_id from digest where token_hash = $1
"""

# RFC 5321 §4.5.1 and RFC 2142: every domain that takes mail has these.
_DUTIES = frozenset({"postmaster", "abuse"})


@dataclass(frozen=True, slots=True)
class AddressBook:
    """All addresses that lead to a mailbox, at one moment."""

    mailboxes: Mapping[str, int]
    domains: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int]], *, domain: str | None = None) -> AddressBook:
        """From the rows of ADDRESSES; `domain` is ours, too, even without an address there."""
        mailboxes: dict[str, int] = {}
        domains: dict[str, int] = {}
        for address, mailbox in rows:
            mailboxes[normalize(address)] = mailbox
            domains.setdefault(normalize(address).rpartition("@")[2], mailbox)
        if domain and domains:
            domains.setdefault(domain.lower(), next(iter(domains.values())))
        return cls(mailboxes, domains)

    def mailbox_of(self, recipient: str) -> int | None:
        """The mailbox that an address leads to by its name alone; None for tokens and strangers."""
        address = self.whole(recipient)
        if (found := self.mailboxes.get(address)) is not None:
            return found
        local, _, domain = address.rpartition("@")
        token = find_token(address)
        if token is not None:
            # A bounce counts only where its token is verified; it is taken in all the same.
            return self.domains.get(domain) if token.verb == "b" else None
        if (found := self.mailboxes.get(base_address(address))) is not None:
            return found
        return self.domains.get(domain) if local in _DUTIES else None

    def token_of(self, recipient: str) -> str | None:
        """The reply token in an address of ours, whose row decides; None if there is none."""
        address = self.whole(recipient)
        token = find_written_token(address)
        if token is None or token.verb == "b" or address.rpartition("@")[2] not in self.domains:
            return None
        return token.token

    def whole(self, recipient: str) -> str:
        """The address in normal form, with our domain where it is `postmaster` alone."""
        address = normalize(recipient)
        if address == "postmaster" and self.domains:
            return f"{address}@{next(iter(self.domains))}"
        return address
