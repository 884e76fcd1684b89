"""A mailbox → cards for the address book (vCard 3.0, RFC 2426, which Outlook reads). Pure.

A card for each address, so that all are found by name. Addresses of one conversation are not among
them: they are their reader's own, and stand in each notice.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from inbox.mail.content_lines import escaped, written


def vcard(name: str, address: str, note: str) -> str:
    """One card."""
    return written(
        [
            ("BEGIN", "VCARD"),
            ("VERSION", "3.0"),
            ("PRODID", "-//inbox//card//EN"),
            ("FN", escaped(name)),
            ("N", f"{escaped(name)};;;;"),
            ("ORG", escaped(name)),
            ("EMAIL;TYPE=INTERNET,PREF", escaped(address)),
            ("NOTE", escaped(note)),
            # Of the address, so that importing it again makes no second card (RFC 6352 §5.1).
            ("UID", uuid5(NAMESPACE_URL, f"mailto:{address}").urn),
            ("END", "VCARD"),
        ]
    )
