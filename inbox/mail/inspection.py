"""What the service understands of a mail, as plain data: the object of `inbox inspect --json`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inbox.mail.classify import classify
from inbox.mail.html import sanitize
from inbox.mail.invites import invitation_dict
from inbox.mail.language import language_of
from inbox.mail.parse import parse
from inbox.mail.passed_on import passed_on
from inbox.mail.trim import trim
from inbox.model.address import Address
from inbox.model.mail import BounceReport, Envelope, Forwarded, Kind, ParsedMail, Verdict


def inspect(
    raw: bytes, file: str = "", *, base_subject: Callable[[str], str] = str
) -> dict[str, Any]:
    """The understanding of a raw mail, JSON-serialisable; never raises. `base_subject` strips
    prefixes.
    """
    mail = parse(raw)
    trimmed = trim(mail.text, mail.html)
    verdict = classify(mail, _envelope(mail))
    thread_index = mail.thread_index
    shown = sanitize(mail.html) if mail.html is not None else None
    return {
        "file": file,
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "from": _person(mail.author),
        "reply_to": _people(mail.reply_to),
        "to": _people(mail.to),
        "cc": _people(mail.cc),
        "subject": mail.subject,
        "base_subject": base_subject(mail.subject),
        "text": mail.text,
        "html": shown.html if shown else None,
        "remote_images": len(shown.remote_images) if shown else 0,
        "tracking_images": list(shown.trackers) if shown else [],
        "new_text": trimmed.new_text,
        "quoted_text": trimmed.quoted_text,
        "signature": trimmed.signature,
        "attachments": [
            {
                "filename": one.filename,
                "content_type": one.content_type,
                "size": one.size,
                "sha256": one.sha256,
                "content_id": one.content_id,
                "inline": one.inline,
            }
            for one in mail.attachments
        ],
        "kind": str(verdict.kind),
        "reasons": list(verdict.reasons),
        "bounce": _bounce(verdict),
        "forwarded": _forwarded(_passed_on(raw, mail, verdict)),
        "protection": mail.protection and str(mail.protection),
        "invitation": invitation_dict(mail.invitation),
        # MS-OXOMSG 2.2.1.3: the conversation's GUID is bytes 6 to 21.
        "thread_index": thread_index[6:22].hex() if thread_index else None,
        "language": language_of(trimmed.new_text or mail.text),
        "defects": [{"code": d.code, "detail": d.detail, "lost": d.lost} for d in mail.defects],
    }


def _envelope(mail: ParsedMail) -> Envelope:
    """The envelope as far as the mail itself tells it."""
    returned = mail.header("Return-Path").strip()
    author = mail.author
    sender = returned.strip("<> ") if returned else (author.address if author else "unknown")
    return Envelope(sender=sender, recipients=mail.delivered_to, source="file")


def _person(address: Address | None) -> dict[str, str] | None:
    return {"name": address.name, "address": address.address} if address else None


def _people(addresses: tuple[Address, ...]) -> list[dict[str, str]]:
    return [{"name": one.name, "address": one.address} for one in addresses]


def _bounce(verdict: Verdict) -> dict[str, Any] | None:
    report: BounceReport | None = verdict.bounce
    if report is None or verdict.kind not in (Kind.BOUNCE, Kind.DELAY):
        return None
    return {
        "recipients": [
            {
                "address": one.address,
                "status": one.status,
                "action": one.action,
                "diagnostic": one.diagnostic,
                "permanent": one.permanent,
            }
            for one in report.recipients
        ],
        "permanent": report.permanent,
        "original_message_id": report.original_message_id,
    }


def _passed_on(raw: bytes, mail: ParsedMail, verdict: Verdict) -> Forwarded | None:
    """The mail passed on in the text, or the one attached mail of a person's."""
    if verdict.kind is not Kind.HUMAN:
        return None
    return passed_on(raw, mail)


def _forwarded(found: Forwarded | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        # Many programs show no address beside the name.
        "from": found.from_ and {"name": found.from_.name, "address": found.from_.address or None},
        "date": found.date,
        "subject": found.subject,
        "to": _people(found.to),
        "cc": _people(found.cc),
        "text": found.text,
    }
