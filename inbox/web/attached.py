"""The page model of a mail within a mail. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from inbox.mail.invites import words_beside
from inbox.model.mail import ParsedMail
from inbox.web.dates import When
from inbox.web.natures import InvitationView, invitation_view, protection_words
from inbox.web.pages import Reader
from inbox.web.recipients import RecipientsView, recipients_view
from inbox.web.words import shown


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of the mail; one that is a mail in turn is saved, not opened."""

    name: str
    size: int  # bytes
    url: str


@dataclass(frozen=True, slots=True)
class AttachedView:
    """A mail as it is read."""

    subject: str
    author: str
    recipients: RecipientsView
    when: When | None
    words: Markup
    warning: str
    invitation: InvitationView | None
    files: list[AttachedFile]
    html_url: str
    file_url: str
    back_url: str


def is_mail(content_type: str, name: str) -> bool:
    """Whether a file is a mail that can be opened here."""
    return content_type in ("message/rfc822", "message/global") or name.lower().endswith(".eml")


def attached_view(mail: ParsedMail, reader: Reader, url: str, back_url: str) -> AttachedView:
    """The mail within the file at `url`, of the conversation at `back_url`."""
    return AttachedView(
        subject=mail.subject or reader.texts.gettext("(no subject)"),
        author=", ".join(map(str, mail.from_)),
        recipients=recipients_view(mail.to, mail.cc, reader.texts),
        when=reader.calendar.when(mail.date) if mail.date else None,
        words=shown(words_beside(mail.text, mail.invitation)),
        warning=protection_words(mail.protection or "", reader.texts),
        invitation=invitation_view(mail.invitation, reader),
        files=[
            AttachedFile(one.filename, one.size, f"{url}/mail/files/{one.part}")
            for one in mail.attachments
        ],
        html_url=f"{url}/mail/html" if mail.html else "",
        file_url=url,
        back_url=back_url,
    )
