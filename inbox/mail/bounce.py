"""Delivery reports: who was not reached, why, for good or not, and which mail of ours it is about.

First RFC 3464 as written, then what flufl.bounce knows of servers that never read it. A report is a
claim by anybody: whether it is about a mail of ours is for the caller to check.
"""

from __future__ import annotations

import email
import logging
import re
from collections.abc import Iterator

from flufl.bounce import all_failures

from inbox.mail.bounce_text import UNDELIVERED, addresses_in_notice, failures_in_text, is_permanent
from inbox.mail.charset import decode_text
from inbox.mail.fields import split_fields, text_of
from inbox.mail.headers import Headers, message_ids, read_headers
from inbox.mail.tree import Part, Tree, content
from inbox.model.address import normalize
from inbox.model.mail import BouncedRecipient, BounceReport

# Its detectors stumble over odd mails one by one; each would print a traceback with mail text.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

MAX_RECIPIENTS = 100
_MAX_BYTES = 256 * 1024
_DAEMON = re.compile(
    r"(?i)^[\s\"']*(?:mailer-daemon|mail-daemon|mailerdaemon|postmaster|mdaemon|"
    r"mail delivery|mailsystem|mail-system)\b"
)
_DAEMON_ADDRESS = re.compile(r"(?i)(?:mailer-daemon|post_?master|mail-daemon)@")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[^\s<>\"(),;:\[\]]{1,128}@[^\s<>\"(),;:\[\]]{1,255}")
_COPIES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
_MAX_NOTICE = 64 * 1024


def looks_like_report(headers: Headers, tree: Tree) -> bool:
    """True if the mail may report a delivery: its type, its sender or a server's header says so."""
    if tree.root.content_type == "multipart/report":
        return True
    if headers.first("x-failed-recipients") or headers.first("return-path").strip() == "<>":
        return True
    if any(leaf.content_type == "message/delivery-status" for leaf in tree.leaves[:20]):
        return True
    return is_daemon(headers)


def is_daemon(headers: Headers) -> bool:
    """True if the author calls itself a mail server."""
    sender = headers.first("from")[:300]
    return bool(_DAEMON.search(sender) or _DAEMON_ADDRESS.search(sender))


def read_report(raw: bytes, tree: Tree, headers: Headers, text: str) -> BounceReport | None:
    """What a delivery report says; None if it names no recipient."""
    recipients = _by_rfc3464(raw, tree) or _by_patterns(raw, tree, headers, text)
    if not recipients:
        return None
    return BounceReport(
        recipients=tuple(recipients[:MAX_RECIPIENTS]),
        permanent=any(one.permanent for one in recipients),
        original_message_id=_original_id(raw, tree, headers, text),
    )


def _by_rfc3464(raw: bytes, tree: Tree) -> list[BouncedRecipient]:
    found: dict[str, BouncedRecipient] = {}
    for leaf in tree.leaves:
        if leaf.content_type not in ("message/delivery-status", "message/global-delivery-status"):
            continue
        for group in _groups(content(raw, leaf)[:_MAX_BYTES]):
            recipient = _recipient(group)
            if recipient and recipient.address not in found:
                found[recipient.address] = recipient
    return list(found.values())


def _groups(data: bytes) -> Iterator[Headers]:
    """The blocks of a delivery-status body (RFC 3464 §2.1), the one about the message too."""
    for block in re.split(rb"\r?\n[ \t]*\r?\n", data.strip())[: MAX_RECIPIENTS * 2]:
        if block.strip():
            yield read_headers(split_fields(block.strip() + b"\n\n"))


def _recipient(group: Headers) -> BouncedRecipient | None:
    address = _typed(group.text("final-recipient")) or _typed(group.text("original-recipient"))
    original = _typed(group.text("original-recipient"))
    if original and "@" in original and "@" not in address:
        address = original
    if not address:
        return None
    diagnostic = group.text("diagnostic-code")
    status = _STATUS.search(group.text("status"))
    code = status[1] if status else ""
    detailed = _STATUS.search(diagnostic)
    if detailed and (not code or code.endswith(".0.0")):
        code = detailed[1]
    action = group.text("action").lower().partition(" ")[0].strip(";,.")
    return BouncedRecipient(
        address=address,
        status=code,
        action=action,
        diagnostic=diagnostic[:1000],
        permanent=action != "delayed" and is_permanent(code, diagnostic),
    )


def _typed(value: str) -> str:
    """The address of `rfc822; user@example` (RFC 3464 §2.1.2)."""
    kind, semicolon, rest = value.partition(";")
    address = (rest if semicolon else kind).strip().strip("<>\"' ")
    found = _ADDRESS.search(address)
    return normalize(found.group() if found else address)[:320] if address else ""


def _by_patterns(raw: bytes, tree: Tree, headers: Headers, text: str) -> list[BouncedRecipient]:
    named = _ADDRESS.findall(" ".join(headers.all("x-failed-recipients"))[:8192])
    temporary, permanent = _flufl(raw)
    addresses = list(dict.fromkeys(normalize(one) for one in [*named, *permanent, *temporary]))
    if not addresses and (is_daemon(headers) or UNDELIVERED.search(headers.text("subject"))):
        addresses = addresses_in_notice(text, _own(headers)) or _addressee(raw, tree)
    found = failures_in_text(text[:_MAX_NOTICE], addresses)
    late = {normalize(one) for one in temporary} - {normalize(one) for one in permanent}
    return [
        BouncedRecipient(
            address=one.address,
            status=one.status,
            action="delayed" if one.address in late else "failed",
            diagnostic=one.diagnostic,
            permanent=one.permanent and one.address not in late,
        )
        for one in found
    ]


def _own(headers: Headers) -> frozenset[str]:
    """The addresses of the notice itself: it is not about them."""
    named = " ".join(headers.first(name)[:4096] for name in ("from", "to", "reply-to", "sender"))
    return frozenset(normalize(one) for one in _ADDRESS.findall(named))


def _addressee(raw: bytes, tree: Tree) -> list[str]:
    """Whom the returned mail was for, if that was one person."""
    for leaf in tree.leaves:
        if leaf.content_type in _COPIES:
            copy = split_fields(content(raw, leaf)[:_MAX_BYTES])
            named = _ADDRESS.findall(text_of(copy.first("to"))[:4096])
            return [normalize(named[0])] if len(set(named)) == 1 else []
    return []


def _flufl(raw: bytes) -> tuple[list[str], list[str]]:
    try:
        temporary, permanent = all_failures(email.message_from_bytes(raw[:_MAX_NOTICE]))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return [], []
    return [_text(one) for one in sorted(temporary)], [_text(one) for one in sorted(permanent)]


def _text(address: bytes | str) -> str:
    return address.decode("utf-8", "replace") if isinstance(address, bytes) else address


def _original_id(raw: bytes, tree: Tree, headers: Headers, text: str) -> str:
    """The Message-ID of the mail that was not delivered, from its copy, else from the report's
    own words.
    """
    for leaf in tree.leaves:
        if leaf.content_type in _COPIES and (found := _id_of(raw, leaf)):
            return found
    words = re.search(r"(?im)^[ \t>|]{0,8}message-id:\s{0,8}<([^<>\s]{3,500})>", text[:_MAX_BYTES])
    if words:
        return words[1]
    for name in ("in-reply-to", "references"):
        if ids := message_ids(headers, name):
            return ids[-1]
    return ""


def _id_of(raw: bytes, leaf: Part) -> str:
    data = decode_text(content(raw, leaf)[:_MAX_BYTES]).text.lstrip()
    fields = split_fields(data.encode("utf-8", "replace"))
    value = text_of(fields.first("message-id"))
    found = re.search(r"<([^<>\s]{3,900})>", value)
    return found[1] if found else ""
