"""What Amazon's mail service tells by its notification service: JSON in the text of a mail.

`Bounce`, `Complaint` and `Delivery` say to whom a mail of ours went or did not go, and which one.
"""

from __future__ import annotations

import json
from typing import Any

from inbox.mail.bounce_words import STATUS, is_permanent
from inbox.mail.headers import Headers
from inbox.model.address import normalize
from inbox.model.mail import BouncedRecipient, BounceReport

COMPLAINED = "complained"
_MAX_CHARS = 256 * 1024
_MAX_RECIPIENTS = 100
_LISTS = {
    "bounce": ("bouncedRecipients", "failed"),
    "complaint": ("complainedRecipients", COMPLAINED),
    "delivery": ("recipients", "delivered"),
}


def read_ses_notice(headers: Headers, text: str) -> BounceReport | None:
    """The report in such a notification; None if the mail is none."""
    if not headers.first("x-amz-sns-message-id"):
        return None
    said = _object(text[:_MAX_CHARS].lstrip())
    if isinstance(inner := said.get("Message"), str):
        said = _object(inner)
    name = str(said.get("notificationType") or said.get("eventType") or "").lower()
    event, mail = _dict(said.get(name)), _dict(said.get("mail"))
    if name not in _LISTS or not event:
        return None
    key, action = _LISTS[name]
    named = event.get(key)
    recipients = [
        one
        for item in (named if isinstance(named, list) else [])[:_MAX_RECIPIENTS]
        if (one := _recipient(item, action, str(event.get("bounceType") or "")))
    ]
    return BounceReport(
        recipients=tuple(recipients),
        permanent=any(one.permanent for one in recipients),
        original_message_id=_original_id(mail),
    )


def _object(text: str) -> dict[str, Any]:
    # Servers that split long lines leave marks (sendmail: "!", line end, space).
    try:
        return _dict(json.JSONDecoder(strict=False).raw_decode(text.replace("!\n ", ""))[0])
    except (ValueError, RecursionError):
        return {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _recipient(item: object, action: str, kind: str) -> BouncedRecipient | None:
    fields = _dict(item)
    address = item if isinstance(item, str) else str(fields.get("emailAddress") or "")
    if "@" not in address:
        return None
    diagnostic = str(fields.get("diagnosticCode") or "")
    status = STATUS.search(str(fields.get("status") or ""))
    code = status[1] if status else ""
    known = bool(diagnostic or code)
    return BouncedRecipient(
        address=normalize(address)[:320],
        status=code,
        action=action,
        diagnostic=diagnostic[:1000],
        permanent=action == "failed"
        and (is_permanent(code, diagnostic) if known else kind == "Permanent"),
    )


def _original_id(mail: dict[str, Any]) -> str:
    """The Message-ID as the sender wrote it, where the headers are told; else the service's own."""
    written = mail.get("headers")
    for header in (written if isinstance(written, list) else [])[:200]:
        if str(_dict(header).get("name")).lower() == "message-id":
            return str(_dict(header).get("value") or "").strip("<> ")[:900]
    return str(_dict(mail.get("commonHeaders")).get("messageId") or "").strip("<> ")[:900]
