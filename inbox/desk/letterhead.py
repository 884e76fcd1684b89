"""What of a mailbox a mail carries that is to leave in its name."""

from __future__ import annotations

from inbox.approved.signing import signed
from inbox.store.tables import Agent, Mailbox


def letterhead(mailbox: Mailbox, by: Agent, language: str | None = None) -> dict[str, str]:
    """As an outbound row keeps it: settings may change, but a second try sends the same bytes."""
    own = signed(mailbox.signature, name=by.name, lines=by.own_lines)
    return {
        "from": f"{by.name} ({mailbox.name})",
        "address": mailbox.address,
        "signature": "\n\n".join(filter(None, (own, mailbox.footer))),
        "language": language or mailbox.language,
        "zone": mailbox.time_zone,
        **({"logo": mailbox.logo.hex()} if mailbox.logo else {}),
    }
