"""Addresses as people type them into a field, and as they find them there. Pure."""

from __future__ import annotations

from email.utils import quote
from unicodedata import category

from inbox.errors import Invalid
from inbox.mail.addresses import parse_list
from inbox.mail.header_values import is_sendable
from inbox.model.address import Address
from inbox.refusals import Refusal


def addresses_in(typed: str) -> tuple[Address, ...]:
    """Each address of a field. Raises Invalid where one is none, or nothing is there."""
    if any(category(one) in ("Cc", "Zl", "Zp") for one in typed):
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=" ".join(typed.split()))
    found = parse_list(typed).addresses
    wrong = [one.address or one.name for one in found if not is_sendable(one.address)]
    if wrong or not found:
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=", ".join(wrong) or typed)
    return found


def written(address: Address) -> str:
    """The address as a field takes it."""
    name = address.name
    if set(name) & set('()<>[]:;@\\,."'):  # RFC 5322 §3.2.3: these need quotes
        name = f'"{quote(name)}"'
    return str(Address(name=name, address=address.address))
