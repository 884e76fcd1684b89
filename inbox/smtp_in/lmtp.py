"""LMTP (RFC 2033): LHLO instead of EHLO, and one reply a recipient after the final dot."""

from __future__ import annotations

from types import MappingProxyType

from inbox.smtp_in.receiver import Receiver
from inbox.smtp_in.transaction import Transaction


class LmtpReceiver(Receiver):
    """A session of a local mail server. The mail is kept once, whoever it is for."""

    source = "lmtp"
    greeting = "LMTP"
    hello = MappingProxyType({"LHLO": True})
    has_tls = False

    def _verdict(self, reply: str, transaction: Transaction) -> str:
        return "\r\n".join([reply] * len(transaction.recipients))
