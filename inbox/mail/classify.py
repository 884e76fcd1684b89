"""ParsedMail + envelope → what sort of mail this is, with reasons. Total: every mail has a kind.

Headers decide (RFC 3834, RFC 3464, RFC 8098, RFC 5965, RFC 2369); a word alone never makes a person
a robot. Only `human` may open or continue anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from inbox.mail.notice_subjects import AUTO_REPLY, DELAYED, UNDELIVERED
from inbox.mail.params import parse_params
from inbox.mail.ses_notice import COMPLAINED
from inbox.model.mail import BounceReport, Envelope, Kind, ParsedMail, Verdict

MAX_RECEIVED = 50
LOOP_HEADER = "X-Inbox-Loop"

_ROBOT_HEADERS = frozenset(
    {"x-cron-env", "x-fc-machinegenerated", "x-out-of-office", "x-ebay-mailtracker", "x-vacation"}
)
# `X-Autoreply`, `X-Auto-Respond`, `X-Exim-Auto-Reply`, …: whatever the program is called.
_ROBOT_HEADER = re.compile(
    r"x-(?:\w{1,20}-){0,2}auto-?(?:repl(?:y|ied)|respon(?:se|d|der|ded)|answer|generated)"
    r"(?!-suppress)(?:-\w{1,20})?"
)
_BULK_HEADERS = (
    "list-unsubscribe-post",
    "feedback-id",
    "x-campaign",
    "x-campaign-id",
    "x-mailgun-tag",
    "x-csa-complaints",
)
_DAEMONS = frozenset(
    {"mailer-daemon", "mail-daemon", "mailerdaemon", "maildaemon", "mdaemon", "mailsystem"}
)
_SUPPRESSED = re.compile(r"(?i)\b(?:all|oof|autoreply)\b")
_DMARC_FILE = re.compile(r"[^!]{1,200}![^!]{1,200}!\d{6,12}!\d{6,12}(?:![^.]{0,60})?\.(?:xml|zip)")
_DMARC_SUBJECT = re.compile(r"(?i)\s*(?:\[[^\]]{1,20}\]\s*)?report domain:")
_NOBODY = re.compile(r"(?i)(?:no-?_?reply|do-?not-?reply|sysadmin|ndr|bounces?)(?:[-+.].{0,64})?")
_SERVER_NAME = re.compile(
    r"(?i)[\s\"']*(?:mail(?:er)?[- ]?(?:delivery|daemon|system|administrator)|"
    r"internet mail delivery|system administrator|mmsc\b|postmaster)"
)
_LIST_OWNER = re.compile(r"(?:owner-[^@]{1,80}|[^@]{1,80}-(?:owner|bounces))@")
_TRANSCRIPT = re.compile(r"(?im)^[ \t>]{0,8}(?:rcpt to|final-recipient|<<< 5\d\d)")
_TRIES_ON = re.compile(
    r"(?i)this is a warning message only|do not need to resend|"
    r"delivery attempts will continue|will (?:continue|keep) (?:to )?(?:re)?try|"
    r"still (?:being )?(?:retr|try)|will be retried"
)
# Publishing a calendar asks nothing: it is a file of somebody who writes.
_METHODS = frozenset({"request", "reply", "cancel", "counter", "declinecounter", "refresh", "add"})
_COMPLAINT = re.compile(r"(?i)\s*complaint about message from (?:\d{1,3}[.x]|[0-9a-f]{1,4}:)")


def classify(
    mail: ParsedMail,
    envelope: Envelope,
    own_addresses: Collection[str] = (),
    *,
    loop_values: Collection[str] = (),
) -> Verdict:
    """The kind of a mail; `loop_values` are values of our loop header that this service writes."""
    return (
        _loop(mail, own_addresses, loop_values)
        or _report(mail, envelope)
        or _bounce_without_report(mail, envelope)
        or _calendar(mail)
        or _robot(mail, envelope)
        or _bulk(mail)
        or Verdict(kind=Kind.HUMAN, reasons=("no sign of automation",))
    )


def _loop(mail: ParsedMail, own: Collection[str], values: Collection[str]) -> Verdict | None:
    if mail.received_count > MAX_RECEIVED:
        return _verdict(Kind.LOOP, f"{mail.received_count} Received fields")
    value = mail.header(LOOP_HEADER).strip()
    if not value:
        return None
    domains = {address.rpartition("@")[2] for address in own}
    if value in values or any(domain and domain in value.lower() for domain in domains):
        return _verdict(Kind.LOOP, f"{LOOP_HEADER}: ours")
    return None


def _report(mail: ParsedMail, envelope: Envelope) -> Verdict | None:
    content_type, params = parse_params(mail.header("Content-Type"))
    types = {one.content_type for one in mail.attachments[:50]}
    is_report = content_type == "multipart/report"
    report = params.get("report-type", "").lower() if is_report else ""
    if not (is_report or _is_machine(mail, envelope)):
        types = set()  # a person who passes a report on sends its parts along
    if report == "disposition-notification" or "message/disposition-notification" in types:
        return _verdict(Kind.RECEIPT, "disposition notification (RFC 8098)")
    if sign := _complaint(mail, report, types):
        return _verdict(Kind.ABUSE_REPORT, sign)
    is_dsn = report == "delivery-status" or "message/delivery-status" in types
    if is_dsn and mail.delivery is not None:
        return _delivery(mail.delivery, mail, "delivery status (RFC 3464)")
    if is_dsn and (report or _is_daemon(mail)):
        return _unreadable(mail, "delivery status without recipient")
    return None


def _complaint(mail: ParsedMail, report: str, types: set[str]) -> str:
    """Why a mail is what a mail provider reports about ours; empty if it is not."""
    if report == "feedback-report" or "message/feedback-report" in types:
        return "feedback report (RFC 5965)"
    if mail.header("X-HmXmrOriginalRecipient"):
        return "X-HmXmrOriginalRecipient"
    if any(one.content_type == "message/rfc822" for one in mail.attachments[:50]) and (
        _COMPLAINT.match(mail.subject)
    ):
        return "complaint of a mail provider"
    if report == "tlsrpt":
        return "TLS report (RFC 8460)"
    named = any(_DMARC_FILE.match(one.filename) for one in mail.attachments[:5])
    if named and (_DMARC_SUBJECT.match(mail.subject) or _is_nobody(mail) or not mail.text.strip()):
        return "DMARC report (RFC 7489)"
    return ""


def _delivery(report: BounceReport, mail: ParsedMail, reason: str) -> Verdict:
    actions = {one.action for one in report.recipients}
    if COMPLAINED in actions:
        return _verdict(Kind.ABUSE_REPORT, "complaint of a mail provider")
    if "failed" in actions or not actions & {"delayed", "delivered", "relayed", "expanded"}:
        kind = Kind.BOUNCE
    elif "delayed" in actions:
        kind = Kind.DELAY
    else:
        return _verdict(Kind.RECEIPT, "delivered (RFC 3464)")
    return Verdict(kind=kind, reasons=(reason,), bounce=report)


def _unreadable(mail: ParsedMail, reason: str) -> Verdict:
    kind = Kind.DELAY if DELAYED.search(mail.subject) else Kind.BOUNCE
    return Verdict(kind=kind, reasons=(reason,), bounce=BounceReport())


def _bounce_without_report(mail: ParsedMail, envelope: Envelope) -> Verdict | None:
    report = mail.delivery
    if report is not None and _is_nobody(mail):
        return _delivery(report, mail, "notice with the mail that it returns")
    is_null = _is_null_sender(mail, envelope)
    daemon = _is_daemon(mail) or (is_null and _is_postmaster(mail))
    if not (is_null or daemon):
        return None
    answers = _auto_submitted(mail) == "auto-replied" and not UNDELIVERED.search(mail.subject)
    if answers and not daemon:
        return None
    if report is not None:
        return _delivery(_waiting(report, mail), mail, "notice of a mail server")
    if UNDELIVERED.search(mail.subject) or (daemon and is_null):
        return _unreadable(mail, "notice of a mail server")
    return None


def _waiting(report: BounceReport, mail: ParsedMail) -> BounceReport:
    """The report of a notice in words: late, not failed, if it says that the server tries on."""
    if not _TRIES_ON.search(mail.text[:8000]):
        return report
    late = (replace(one, action="delayed", permanent=False) for one in report.recipients)
    return replace(report, recipients=tuple(late), permanent=False)


def _calendar(mail: ParsedMail) -> Verdict | None:
    content_type, _ = parse_params(mail.header("Content-Type"))
    method = mail.invitation.method if mail.invitation else ""
    if content_type == "text/calendar" or method in _METHODS:
        return _verdict(Kind.CALENDAR, f"calendar {method.upper()}".strip())
    return None


def _robot(mail: ParsedMail, envelope: Envelope) -> Verdict | None:
    submitted = _auto_submitted(mail)
    if submitted and submitted != "no":
        return _verdict(Kind.AUTO_REPLY, f"Auto-Submitted: {submitted}")
    if (precedence := _precedence(mail)) in ("auto_reply", "auto-reply", "autoreply"):
        return _verdict(Kind.AUTO_REPLY, f"Precedence: {precedence}")
    if sign := _robot_header(mail):
        return _verdict(Kind.AUTO_REPLY, sign)
    if precedence in ("bulk", "junk") and AUTO_REPLY.search(mail.subject):
        return _verdict(Kind.AUTO_REPLY, f"Precedence: {precedence}, and the subject says so")
    if mail.header("Delivered-To").strip().lower() == "autoresponder":
        return _verdict(Kind.AUTO_REPLY, "Delivered-To: Autoresponder")
    if _is_null_sender(mail, envelope):
        return _verdict(Kind.AUTO_REPLY, "null sender (RFC 3834 §3.3)")
    return None


def _robot_header(mail: ParsedMail) -> str:
    """The first header that only programs write when they answer by themselves; empty for none."""
    for name, value in mail.headers:
        lowered = name.lower()
        if not lowered.startswith("x-"):
            continue
        if (lowered in _ROBOT_HEADERS or _ROBOT_HEADER.fullmatch(lowered)) and (
            value.strip().lower() not in ("no", "false", "0")
        ):
            return name
        if lowered == "x-auto-response-suppress" and _SUPPRESSED.search(value):
            return f"{name}: {value[:40]}"
        if lowered == "x-apple-action" and value.strip().lower().startswith("vacation"):
            return f"{name}: {value[:40]}"
        if lowered == "x-post-messageclass" and "autoresponder" in value.lower():
            return name
    return ""


def _bulk(mail: ParsedMail) -> Verdict | None:
    """Newsletters, not discussion lists: a customer's mail may well come through a group
    address.
    """
    if _is_discussion(mail):
        return None
    if (precedence := _precedence(mail)) in ("bulk", "junk"):
        return _verdict(Kind.BULK, f"Precedence: {precedence}")
    if precedence == "list":
        return None
    if mail.header("List-Unsubscribe"):
        return _verdict(Kind.BULK, "List-Unsubscribe (RFC 2369)")
    names = {name.lower() for name, _ in mail.headers}
    for name in _BULK_HEADERS:
        if name in names and mail.header("List-Id"):
            return _verdict(Kind.BULK, name)
    return None


def _is_discussion(mail: ParsedMail) -> bool:
    """True for what people write to each other through a list, whatever its Precedence says."""
    if (post := mail.header("List-Post").strip().lower()) and post != "no":  # RFC 2369 §3.4
        return True
    if any(mail.header(name) for name in ("X-Mailing-List", "X-BeenThere", "Mailing-List")):
        return True
    return bool(mail.sender and _LIST_OWNER.match(mail.sender.address))


def _is_null_sender(mail: ParsedMail, envelope: Envelope) -> bool:
    return not envelope.sender.strip("<> ") or mail.header("Return-Path").strip() == "<>"


def _is_machine(mail: ParsedMail, envelope: Envelope) -> bool:
    """True if no person could have sent it: null sender, a server, or nobody to answer."""
    return _is_null_sender(mail, envelope) or _is_daemon(mail) or _is_nobody(mail)


def _is_nobody(mail: ParsedMail) -> bool:
    return mail.author is None or bool(_NOBODY.fullmatch(_local(mail)))


def _is_daemon(mail: ParsedMail) -> bool:
    author = mail.author
    if author is None:
        sender = mail.header("From").strip().lower()
        return sender == "<>" or "mailer-daemon" in sender
    if _local(mail) in _DAEMONS:
        return True
    named = _is_postmaster(mail) or bool(_SERVER_NAME.match(author.name))
    told = mail.delivery is not None and bool(_TRANSCRIPT.search(mail.text[:8000]))
    return named and (told or bool(UNDELIVERED.search(mail.subject)))


def _is_postmaster(mail: ParsedMail) -> bool:
    return _local(mail) in ("postmaster", "post_master")


def _local(mail: ParsedMail) -> str:
    return mail.author.address.partition("@")[0].lower() if mail.author else ""


def _auto_submitted(mail: ParsedMail) -> str:
    return mail.header("Auto-Submitted").partition(";")[0].partition("(")[0].strip().lower()


def _precedence(mail: ParsedMail) -> str:
    return mail.header("Precedence").strip().lower()


def _verdict(kind: Kind, reason: str) -> Verdict:
    return Verdict(kind=kind, reasons=(reason,))
