"""Addresses as people type them into a field, and as they find them there. Pure."""

from __future__ import annotations

import re
from email.utils import quote
from unicodedata import category

from inbox.errors import Invalid
from inbox.mail.addresses import parse_list
from inbox.mail.header_values import is_sendable
from inbox.model.address import Address
from inbox.refusals import Refusal


def addresses_in(typed: str) -> tuple[Address, ...]:
    """Each address of a field; none where nothing but commas stands there. Raises Invalid."""
    if any(category(one) in ("Cc", "Zl", "Zp") for one in typed):
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=" ".join(typed.split()))
    listed = parse_list(typed)
    found = listed.addresses
    wrong = [one.address or one.name for one in found if not is_sendable(one.address)]
    if listed.defects:  # a name alone is passed over in what comes in, and must not be here
        parts = map(str.strip, re.split("[,;]", typed))
        wrong += [one for one in parts if one and "@" not in one]
    if wrong or (not found and typed.strip(" ,;")):
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=", ".join(filter(None, wrong)) or typed)
    return found


def somebody_in(typed: str) -> tuple[Address, ...]:
    """The same of a field that may not stay empty. Raises Invalid where nobody is named."""
    if found := addresses_in(typed):
        return found
    raise Invalid(Refusal.NO_RECIPIENT)


def written(address: Address) -> str:
    """The address as a field takes it."""
    name = address.name
    if set(name) & set('()<>[]:;@\\,."'):  # RFC 5322 §3.2.3: these need quotes
        name = f'"{quote(name)}"'
    return str(Address(name=name, address=address.address))
