"""The fields of a delivery status (RFC 3464) → recipients with their fate.

They are read from the part that is made for them, and from plain text where a server wrote them
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox.mail.bounce_words import STATUS, is_permanent, refused_command
from inbox.mail.fields import split_fields
from inbox.mail.headers import Headers, read_headers
from inbox.model.address import normalize
from inbox.model.mail import BouncedRecipient

MAX_RECIPIENTS = 100
_NOT_IN = r"\s<>\"(),;:\[\]：、。，；（）「」【】"
ADDRESS = re.compile(rf"[^{_NOT_IN}]{{1,128}}@[^{_NOT_IN}@]{{1,255}}")
_FIELD = re.compile(
    r"(?im)^[ \t]{0,8}(?:(?:final|original)-recipient|action|status|diagnostic-code|"
    r"remote-mta|reporting-mta|last-attempt-date|will-retry-until)[ \t]{0,4}:"
)
_RECIPIENT = re.compile(r"(?im)^[ \t]{0,8}(?:final|original)-recipient[ \t]{0,4}:")
_VAGUE = re.compile(r"(?:[45]\.0\.0|)")


def recipients_in(data: bytes, notice: str = "") -> dict[str, BouncedRecipient]:
    """The recipients of a delivery-status body by address; `notice` is what the server says
    beside it.
    """
    found: dict[str, BouncedRecipient] = {}
    for group in _groups(data):
        recipient = _recipient(group, notice)
        if recipient and recipient.address not in found and len(found) < MAX_RECIPIENTS:
            found[recipient.address] = recipient
    return found


def recipients_in_text(text: str) -> dict[str, BouncedRecipient]:
    """The same from a plain text in which a server wrote such fields; empty if it has none."""
    first = _RECIPIENT.search(text)
    if first is None:
        return {}
    above = text.rfind("\n\n", 0, first.start())
    lines = text[above + 1 : first.start() + 32_768].split("\n")
    kept = [line.strip() if _FIELD.match(line) else _unindented(line) for line in lines]
    return recipients_in("\n".join(kept).encode("utf-8", "replace"), text[: first.start()])


def _unindented(line: str) -> str:
    """A continuation stays one; what else stands between the fields ends their block."""
    return f" {line.strip()}" if line[:1] in (" ", "\t") and line.strip() else ""


def _groups(data: bytes) -> Iterator[Headers]:
    """The blocks of a delivery-status body (RFC 3464 §2.1), the one about the message too."""
    for block in re.split(rb"\r?\n[ \t]*\r?\n", data.strip())[: MAX_RECIPIENTS * 2]:
        if block.strip():
            yield read_headers(split_fields(block.strip() + b"\n\n"))


def _recipient(group: Headers, notice: str) -> BouncedRecipient | None:
    original = typed_address(group.text("original-recipient"))
    final = typed_address(group.text("final-recipient"))
    # What the mail was sent to is what its sender knows, not where it was passed on to.
    address = original if "@" in original else final or original
    if not address:
        return None
    diagnostic = group.text("diagnostic-code")
    status = STATUS.search(group.text("status")) or re.search(
        r"\b(2\.\d{1,3}\.\d{1,3})\b", group.text("status")
    )
    code = status[1] if status else ""
    detailed = STATUS.search(diagnostic)
    if detailed and _VAGUE.fullmatch(code):
        code = detailed[1]
    words = diagnostic.partition(";")[2] or diagnostic
    said = words if len(words.split()) > 2 else f"{words} {group.text('status')} {notice[:1500]}"
    action = group.text("action").lower().partition(" ")[0].strip(";,.")
    return BouncedRecipient(
        address=address,
        status=code,
        action=action,
        diagnostic=diagnostic[:1000],
        permanent=action not in ("delayed", "delivered", "relayed", "expanded")
        and is_permanent(code, said, command=refused_command(f"{diagnostic}\n{notice}")),
    )


def typed_address(value: str) -> str:
    """The address of `rfc822; user@example` (RFC 3464 §2.1.2), as good as it is; empty for none."""
    kind, semicolon, rest = value.partition(";")
    address = (rest if semicolon else kind).strip().strip("<>\"' ")
    found = ADDRESS.search(address)
    return normalize(found.group() if found else address)[:320] if address else ""
