"""Delivery reports: who was not reached, why, for good or not, and which mail of ours it is about.

First RFC 3464 as written, then what flufl.bounce knows of servers that never read it, then their
words. A report is a claim by anybody: whether it is about a mail of ours is for the caller to
check.
"""

from __future__ import annotations

import email
import logging
import re
from dataclasses import replace

from flufl.bounce import all_failures

from inbox.mail.bounce_status import (
    ADDRESS,
    MAX_RECIPIENTS,
    recipients_in,
    recipients_in_text,
)
from inbox.mail.bounce_text import (
    addresses_in_notice,
    failures_in_text,
    generated_from,
    gives_up,
    heads_in_notice,
    is_named_aside,
    returned_to,
    split_notice,
)
from inbox.mail.charset import decode_text
from inbox.mail.fields import split_fields, text_of
from inbox.mail.headers import Headers, message_ids, read_headers
from inbox.mail.notice_subjects import UNDELIVERED
from inbox.mail.ses_notice import read_ses_notice
from inbox.mail.tree import Part, Tree, content
from inbox.model.address import normalize
from inbox.model.mail import BouncedRecipient, BounceReport

# Its detectors stumble over odd mails one by one; each would print a traceback with mail text.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

_MAX_BYTES = 256 * 1024
_MAX_NOTICE = 64 * 1024
_DAEMON = re.compile(
    r"(?i)^[\s\"']*(?:mailer-daemon|mail-daemon|mailerdaemon|maildaemon|postmaster|mdaemon|"
    r"mail delivery|mailsystem|mail-system|mail system|mail administrator|internet mail delivery|"
    r"mmsc ndr|system administrator|systemadministrator|double-bounce)\b"
)
_DAEMON_ADDRESS = re.compile(
    r"(?i)(?:\b(?:mailer-?daemon|mail-?daemon|post_?master|mdaemon|double-bounce)|"
    r"microsoftexchange[0-9a-f]{32})@"
)
_ROBOT_LOCAL = re.compile(r"(?i)(?:no-?_?reply|do-?not-?reply|sysadmin|ndr|bounces?)")
_WRITTEN_ID = re.compile(
    r"(?im)^[ \t>|*]{0,8}(?:original[- ])?message-id:\**\s{0,8}<([^<>\s]{3,500})>"
)
_COPIES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")


def looks_like_report(headers: Headers, tree: Tree) -> bool:
    """True if the mail may report a delivery: its type, its sender or a server's header says so."""
    if tree.root.content_type == "multipart/report" or headers.first("x-amz-sns-message-id"):
        return True
    if any(leaf.content_type in _STATUS_TYPES for leaf in tree.leaves[:20]):
        return True
    return _is_server(headers) or _is_nobody(headers)


def is_daemon(headers: Headers) -> bool:
    """True if the author calls itself a mail server."""
    sender = headers.text("from")[:300]
    return bool(_DAEMON.search(sender) or _DAEMON_ADDRESS.search(sender))


def read_report(raw: bytes, tree: Tree, headers: Headers, text: str) -> BounceReport | None:
    """What a delivery report says; None if it names no recipient."""
    if told := read_ses_notice(headers, text):
        return told
    notice, copy = split_notice(text)
    recipients = _by_rfc3464(raw, tree, notice) or _in_words(raw, tree, headers, notice, copy)
    if not recipients:
        return None
    return BounceReport(
        recipients=tuple(recipients[:MAX_RECIPIENTS]),
        permanent=any(one.permanent for one in recipients),
        original_message_id=_original_id(raw, tree, headers, text),
    )


def _is_server(headers: Headers) -> bool:
    return bool(
        headers.first("x-failed-recipients")
        or headers.first("return-path").strip() == "<>"
        or headers.first("from").strip() == "<>"
        or is_daemon(headers)
    )


def _is_nobody(headers: Headers) -> bool:
    """True if nobody could answer the author: no address, or one that says so itself."""
    found = ADDRESS.search(headers.text("from")[:1000])
    return found is None or bool(_ROBOT_LOCAL.fullmatch(found.group().partition("@")[0]))


def _by_rfc3464(raw: bytes, tree: Tree, notice: str) -> list[BouncedRecipient]:
    found: dict[str, BouncedRecipient] = {}
    for leaf in tree.leaves:
        if leaf.content_type in _STATUS_TYPES:
            found = recipients_in(content(raw, leaf)[:_MAX_BYTES], notice) | found
    return list(found.values())


def _in_words(
    raw: bytes, tree: Tree, headers: Headers, notice: str, copy: str
) -> list[BouncedRecipient]:
    """Who failed, from a text without a part for it: a server's, or one that returns a mail."""
    if not (_is_server(headers) or _returns_mail(raw, tree, headers, notice)):
        return []
    if written := recipients_in_text(notice) or recipients_in_text(copy):
        return list(written.values())
    addresses, late = _named(raw, headers, notice)
    own = _own(headers)
    if addresses and not headers.first("x-failed-recipients"):
        addresses = list(dict.fromkeys([*addresses, *heads_in_notice(notice, own)]))
    elif not addresses and _tells_failure(raw, tree, headers):
        addresses = addresses_in_notice(notice, own)
        addresses = addresses or _only(_addressees(raw, tree), returned_to(copy))
    return _failed(notice, addresses, late)


def _returns_mail(raw: bytes, tree: Tree, headers: Headers, notice: str) -> bool:
    """True if nobody's mail has the fields of a report, or a mail that its reader has written."""
    if not _is_nobody(headers):
        return False
    if recipients_in_text(notice):
        return True
    copy = _copy(raw, tree)
    if copy is None:
        return False
    reader = _addresses(headers, "to", "delivered-to", "x-original-to")
    return bool(reader & _addresses(copy, "from", "return-path", "sender"))


def _tells_failure(raw: bytes, tree: Tree, headers: Headers) -> bool:
    return (
        is_daemon(headers)
        or bool(UNDELIVERED.search(headers.text("subject")))
        or headers.first("from").strip() == "<>"
        or _copy(raw, tree) is not None
    )


def _failed(
    notice: str, addresses: list[str], late: frozenset[str] = frozenset()
) -> list[BouncedRecipient]:
    first_written = generated_from(notice)
    found = [
        BouncedRecipient(
            address=one.address,
            status=one.status,
            action="delayed" if one.address in late else "failed",
            diagnostic=one.diagnostic,
            permanent=one.permanent and one.address not in late,
        )
        for one in failures_in_text(notice, addresses)
        if one.address not in first_written.values()
    ]
    return [replace(one, address=first_written.get(one.address, one.address)) for one in found]


def _named(raw: bytes, headers: Headers, notice: str) -> tuple[list[str], frozenset[str]]:
    """The addresses that a header or flufl.bounce names, and those of them that are only late."""
    named = ADDRESS.findall(" ".join(headers.all("x-failed-recipients"))[:8192])
    temporary, permanent = (
        [one for one in found if not is_named_aside(notice, one.lower())] for found in _flufl(raw)
    )
    addresses = list(dict.fromkeys(normalize(one) for one in [*named, *permanent, *temporary]))
    late = {normalize(one) for one in ([] if gives_up(notice) else temporary)}
    late -= {normalize(one) for one in permanent}
    return addresses, frozenset(late)


def _own(headers: Headers) -> frozenset[str]:
    """The addresses of the notice itself: it is not about them."""
    names = ("from", "to", "reply-to", "sender", "delivered-to", "x-original-to")
    return _addresses(headers, *names)


def _addresses(headers: Headers, *names: str) -> frozenset[str]:
    named = " ".join(headers.first(name)[:4096] for name in names)
    return frozenset(normalize(one) for one in ADDRESS.findall(named))


def _only(*lists: list[str]) -> list[str]:
    """The one address of the first list that has exactly one."""
    return next((one for one in lists if len(one) == 1), [])


def _addressees(raw: bytes, tree: Tree) -> list[str]:
    """Whom the returned mail was for."""
    copy = _copy(raw, tree)
    named = ADDRESS.findall(copy.text("to")[:4096]) if copy else []
    return list(dict.fromkeys(normalize(one) for one in named))


def _copy(raw: bytes, tree: Tree) -> Headers | None:
    """The headers of the returned mail, where it is a part of its own."""
    for leaf in tree.leaves:
        if leaf.content_type in _COPIES:
            return read_headers(split_fields(content(raw, leaf)[:_MAX_BYTES].lstrip()))
    return None


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
    if words := _WRITTEN_ID.search(text[:_MAX_BYTES]):
        return words[1]
    fields = [(_status(raw, tree), "x-original-message-id")]
    fields += [(headers, "in-reply-to"), (headers, "references")]
    return next((ids[-1] for one, name in fields if (ids := message_ids(one, name))), "")


def _status(raw: bytes, tree: Tree) -> Headers:
    """The fields about the message in the first delivery status."""
    for leaf in tree.leaves:
        if leaf.content_type in _STATUS_TYPES:
            return read_headers(split_fields(content(raw, leaf)[:_MAX_BYTES].lstrip()))
    return read_headers(split_fields(b""))


def _id_of(raw: bytes, leaf: Part) -> str:
    data = decode_text(content(raw, leaf)[:_MAX_BYTES]).text.lstrip()
    fields = split_fields(data.encode("utf-8", "replace"))
    found = re.search(r"<([^<>\s]{3,900})>", text_of(fields.first("message-id")))
    # Servers return broken headers too: lines that lost their indent end the block.
    found = found or _WRITTEN_ID.search(data[:16_384])
    return found[1] if found else ""
