"""The octets of one DATA, taken up as they come: linear in time, bounded in memory.

Only CRLF.CRLF ends a mail; bare CR and bare LF are content (SMTP smuggling, CVE-2023-51764 and
after). No object is made per line: a mail of empty lines costs no more than its bytes.
"""

from __future__ import annotations

from inbox.smtp_in import replies
from inbox.smtp_in.limits import Gate

_END = b"\r\n.\r\n"
_TOP = 1 << 16


class Letter:
    """A mail under way. Its bytes are reserved at the gate until `release` or `hand_over`."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._content = bytearray()
        # DATA begins as if after a line end: a lone dot as first line ends an empty mail.
        self._held = b"\r\n"
        self._is_first = True
        self.received = 0
        self.refusal: str | None = None

    def feed(self, chunk: bytes) -> bytes | None:
        """Take octets up. Returns None until the end is seen, then what came after it."""
        self.received += len(chunk)
        window = self._held + chunk
        end = window.find(_END)
        if end >= 0:
            self._keep(window[: end + 2])
            return window[end + len(_END) :]
        cut = len(window) - _length_of_a_beginning(window)
        self._keep(window[:cut])
        self._held = window[cut:]
        return None

    def hand_over(self) -> tuple[bytes, int]:
        """The whole mail, and how many reserved bytes the taker has to give back."""
        content, self._content = bytes(self._content), bytearray()
        return content, len(content)

    def release(self) -> None:
        """Forget the content and give its memory back."""
        self._gate.give(len(self._content))
        self._content = bytearray()

    def _keep(self, text: bytes) -> None:
        # RFC 5321 §4.5.2: the first dot of a line was put there for transport only. `text` never
        # ends inside CRLF-dot, so no pair is torn by a chunk.
        text = text.replace(b"\r\n.", b"\r\n")
        if self._is_first and text:
            text, self._is_first = text[2:], False
        if self.refusal:
            return
        if len(self._content) + len(text) > self._gate.limits.message_bytes:
            self.refusal = replies.TOO_BIG
        elif not self._gate.take(len(text)):
            self.refusal = replies.BUSY
        if self.refusal:
            self.release()
        else:
            self._content += text


def _length_of_a_beginning(window: bytes) -> int:
    # How many octets at the end may be the beginning of the end.
    for length in range(len(_END) - 1, 0, -1):
        if window.endswith(_END[:length]):
            return length
    return 0


def hops(raw: bytes) -> int:
    """How many Received fields the header has (RFC 5321 §6.3); they stand on top."""
    end = raw.find(b"\r\n\r\n", 0, _TOP)
    header = b"\n" + raw[: end if end >= 0 else _TOP]
    return header.lower().count(b"\nreceived:")
