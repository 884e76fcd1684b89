"""How a built mail becomes bytes: headers exactly as given, CRLF, seven bits, repeatable."""

from __future__ import annotations

import binascii
import re
from base64 import encodebytes
from collections.abc import Iterable, Sequence
from email.generator import BytesGenerator
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256
from io import BytesIO
from typing import Any

from inbox.mail.header_values import FOLD

_MOST_IDS = 21  # the first and the newest twenty
_IDS_OCTETS = 7600
_ID = re.compile(r"[!-;=?-~]{1,900}", re.ASCII)
_SOUND = re.compile(r"(?:[\t -~]|\r\n[\t ])*", re.ASCII)
_NAME = re.compile(r"[!-9;-~]{1,70}", re.ASCII)
_TEXT_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class WirePolicy(EmailPolicy):
    """Writes header values as they are, so that ids and our own folding stay whole.

    The standard policy turns long ids into encoded words (python/cpython#100991), after which
    Outlook loses the thread. A value that could end its header is a ValueError.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """The pair unchanged; raises ValueError unless it is ASCII and soundly folded."""
        if not _NAME.fullmatch(name) or not _SOUND.fullmatch(value):
            raise ValueError(f"not a header: {name[:70]!r}")
        return name, value

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The value as it was given."""
        return value

    def fold(self, name: str, value: str) -> str:
        """The header's lines."""
        return f"{name}: {value}\r\n"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header's lines as bytes."""
        return self.fold(name, value).encode("ascii")


WIRE = WirePolicy(linesep="\r\n", cte_type="7bit", max_line_length=None)


def to_bytes(mail: EmailMessage) -> bytes:
    """The mail as it is signed and sent."""
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=WIRE).flatten(mail)
    return out.getvalue()


def leaf(
    content_type: str, headers: Iterable[tuple[str, str]], encoding: str, body: str
) -> EmailMessage:
    """A part without parts; `body` is encoded already, with line feeds."""
    part = EmailMessage(policy=WIRE)
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = encoding
    for name, value in headers:
        part[name] = value
    part.set_payload(body)
    return part


def multipart(
    subtype: str, parts: Sequence[EmailMessage], seed: str, extra: str = ""
) -> EmailMessage:
    """A part of parts; its boundary follows from `seed` and can stand in no encoded body."""
    boundary = "=_" + sha256(f"{seed}/{subtype}".encode()).hexdigest()[:28]
    whole = EmailMessage(policy=WIRE)
    whole["Content-Type"] = f'multipart/{subtype}{extra};{FOLD}boundary="{boundary}"'
    whole.set_payload(list(parts))
    return whole


def encode_text(text: str) -> tuple[str, str]:
    """Text as (transfer encoding, lines of at most 76 ASCII characters ended by line feeds)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    octets = _TEXT_CONTROLS.sub("", text).encode("utf-8", "replace")
    if not octets.endswith(b"\n"):
        octets += b"\n"
    strange = sum(octets.translate(_IS_STRANGE))
    if strange * 3 > len(octets):
        # Base64 is of CRLF text (RFC 2045 §6.8), quoted-printable leaves line ends to the wire.
        return encode_octets(octets.replace(b"\n", b"\r\n"))
    return "quoted-printable", binascii.b2a_qp(octets, istext=True).decode("ascii")


def encode_octets(octets: bytes) -> tuple[str, str]:
    """Bytes as (transfer encoding, lines of at most 76 ASCII characters ended by line feeds)."""
    return "base64", encodebytes(octets).decode("ascii")


def is_id(message_id: str) -> bool:
    """Whether an id can be written between angle brackets without harm to the header."""
    return _ID.fullmatch(message_id) is not None


def ids(message_ids: Iterable[str]) -> str:
    """Ids in angle brackets, one a line, never encoded."""
    return FOLD.join(f"<{one}>" for one in message_ids)


def chain(references: Iterable[str], in_reply_to: str | None, own: str) -> list[str]:
    """References of a mail of ours: the conversation's chain, the answered mail, our own id last.

    Bounded to the first and the newest ids; those that cannot be written are left out. Our own id
    stands there because relays rewrite Message-ID but leave References alone.
    """
    wanted = [*references, *([in_reply_to] if in_reply_to else [])]
    seen = list(
        reversed(dict.fromkeys(one for one in reversed(wanted) if is_id(one) and one != own))
    )
    room = _IDS_OCTETS - len(own)
    first = seen[:1]
    room -= sum(map(len, first))
    newest: list[str] = []
    for one in reversed(seen[1:]):
        room -= len(one) + 5
        if room < 0 or len(newest) >= _MOST_IDS - 1:
            break
        newest.append(one)
    return [*first, *reversed(newest), own]


_IS_STRANGE = bytes(int(n > 0x7E or n == ord("=")) for n in range(256))
