"""A mail that holds another one, in its text or attached → the other one."""

from __future__ import annotations

from dataclasses import replace

from inbox.mail.forwarded import find_forwarded
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.model.mail import Forwarded, ParsedMail


def passed_on(raw: bytes, mail: ParsedMail) -> Forwarded | None:
    """The mail passed on in the text, or the only one that is attached; pure."""
    found = find_forwarded(mail.text, mail.subject, is_answer=bool(mail.in_reply_to))
    attached = [one for one in mail.attachments if one.content_type == "message/rfc822"]
    if found is not None:
        # Programs name the mail that is passed on, and those that it answers.
        return replace(found, in_reply_to=mail.in_reply_to, references=mail.references)
    if len(attached) != 1:
        return None
    inner = parse(leaf_bytes(raw, attached[0].part))
    return Forwarded(
        from_=inner.author,
        date=inner.date.isoformat() if inner.date else "",
        subject=inner.subject,
        to=inner.to,
        cc=inner.cc,
        text=inner.text,
        above=mail.text.strip(),
        message_id=inner.message_id,
        in_reply_to=inner.in_reply_to,
        references=inner.references,
    )
