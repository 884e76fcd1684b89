"""What answers by itself: an out-of-office, a receipt, a mail server that knows no such address.

Exchange and Google answer the address in From, those by Sieve the sender of the envelope
(RFC 5230 §4.6), none of them Reply-To.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from tests.clients.notice import Seen

_AWAY = {
    "en": "I am out of the office until {day}.",
    "de": "Ich bin bis einschließlich {day} nicht im Büro.",
    "it": "Sono fuori ufficio fino al {day}.",
    "ru": "Меня не будет в офисе до {day} включительно.",
    "ja": "{day}まで不在にしております。",
}
# What Exchange writes before the subject, and a person into Google's settings.
_SUBJECTS = {
    "en": ("Automatic reply", "Away"),
    "de": ("Automatische Antwort", "Nicht da"),
    "it": ("Risposta automatica", "Non ci sono"),
    "ru": ("Автоматический ответ", "Меня нет"),
    "ja": ("自動応答", "お知らせ"),
}
_EXCHANGE = frozenset(
    ("outlook", "outlook-new", "outlook-web", "outlook-mobile", "samsung", "blackberry")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What answers mails to this person."""

    program: str
    name: str
    address: str
    language: str

    def away(self, seen: Seen, until: date) -> tuple[bytes, str]:
        """Their out-of-office, and where it goes."""
        language = self.language if self.language in _AWAY else "en"
        day = format_date(until, "long", locale="en_GB" if language == "en" else language)
        words = _AWAY[language].format(day=day)
        by_exchange, by_google = _SUBJECTS[language]
        subject = str(seen.message["Subject"])
        if self.program in _EXCHANGE:
            own = {
                "X-Auto-Response-Suppress": "All",
                "X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent",
                "auto-submitted": "auto-generated",
            }
            subject = f"{by_exchange}: {subject.removeprefix('Re: ')}"
            return self._mail(seen, subject, words, seen.from_, own), seen.from_
        if self.program == "gmail":
            own = {"X-Autoreply": "yes", "Auto-Submitted": "auto-replied", "Precedence": "bulk"}
            page = f'<div dir="ltr">{words}</div>'
            return self._mail(
                seen, f"{by_google} {seen.subject}", words, seen.from_, own, page
            ), seen.from_
        own = {"X-Sieve": "Pigeonhole Sieve 2.4", "Auto-Submitted": "auto-replied (vacation)"}
        own |= {"Precedence": "bulk", "X-Auto-Response-Suppress": "All"}
        return self._mail(seen, f"Auto: {subject}", words, seen.sender, own), seen.sender

    def receipt(self, seen: Seen) -> tuple[bytes, str]:
        """That the mail was read (RFC 8098); it goes to where answers go."""
        report = (
            "Your message was read on Sunday, 22 November 2026, until 5 December.\r\n"
            "--r\r\nContent-Type: message/disposition-notification\r\n\r\n"
            f"Final-recipient: RFC822; {self.address}\r\nOriginal-Message-ID: {seen.id}\r\n"
            "Disposition: manual-action/MDN-sent-manually; displayed\r\n--r--\r\n"
        )
        subject = f"Read: {seen.message['Subject']}"
        return self._report(
            seen, subject, str(self), seen.answer_to, "disposition-notification", report
        ), seen.answer_to

    def bounce(self, seen: Seen) -> tuple[bytes, str]:
        """That there is no such address any more (RFC 3464), to who sent the mail."""
        report = (
            "This is the mail system. The user you are trying to contact is unknown.\r\n"
            "--r\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.us.example\r\n\r\n"
            f"Final-Recipient: rfc822; {self.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
            "--r\r\nContent-Type: message/rfc822\r\n\r\n"
            f"{seen.raw.decode()}\r\n--r--\r\n"
        )
        daemon = f"Mail Delivery System <MAILER-DAEMON@{self.address.partition('@')[2]}>"
        subject = "Undelivered Mail Returned to Sender"
        return self._report(
            seen, subject, daemon, seen.sender, "delivery-status", report
        ), seen.sender

    def _mail(
        self,
        seen: Seen,
        subject: str,
        words: str,
        to: str,
        own: Mapping[str, str],
        page: str = "",
    ) -> bytes:
        forms = [("plain", words), *([("html", page)] if page else [])]
        parts = [
            f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(f"{said}\r\n".encode()).decode().replace("\n", "\r\n")
            for kind, said in forms
        ]
        body = parts[0]
        if page:
            pieces = "".join(f"--a\r\n{one}\r\n" for one in parts)
            body = f'Content-Type: multipart/alternative; boundary="a"\r\n\r\n{pieces}--a--\r\n'
        return (_head(seen, subject, str(self), to, "away", own) + body).encode()

    def _report(
        self, seen: Seen, subject: str, from_: str, to: str, kind: str, report: str
    ) -> bytes:
        head = _head(seen, subject, from_, to, kind, {"Auto-Submitted": "auto-replied"})
        kind = f'multipart/report; report-type={kind}; boundary="r"'
        plain = "Content-Type: text/plain; charset=utf-8"
        return f"{head}Content-Type: {kind}\r\n\r\n--r\r\n{plain}\r\n\r\n{report}".encode()

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


def _head(seen: Seen, subject: str, from_: str, to: str, kind: str, own: Mapping[str, str]) -> str:
    fields = {
        "From": from_,
        "To": to,
        "Subject": f"=?UTF-8?B?{base64.b64encode(subject.encode()).decode()}?=",
        "Message-ID": f"<{kind}.{seen.id.strip('<>')}>",
        "In-Reply-To": seen.id,
        "References": seen.references,
        "Date": "Sun, 22 Nov 2026 10:30:00 +0000",
        "MIME-Version": "1.0",
        **own,
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items())
