"""A mail that holds another one, in its text or attached → the other one."""

from __future__ import annotations

from inbox.mail.forwarded import find_forwarded
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.model.mail import Forwarded, ParsedMail


def passed_on(raw: bytes, mail: ParsedMail) -> Forwarded | None:
    """The mail passed on in the text, or the only one that is attached; pure."""
    found = find_forwarded(mail.text, mail.subject, is_answer=bool(mail.in_reply_to))
    attached = [one for one in mail.attachments if one.content_type == "message/rfc822"]
    if found is not None or len(attached) != 1:
        return found
    inner = parse(leaf_bytes(raw, attached[0].part))
    return Forwarded(
        from_=inner.author,
        date=inner.date.isoformat() if inner.date else "",
        subject=inner.subject,
        to=inner.to,
        cc=inner.cc,
        text=inner.text,
        above=mail.text.strip(),
    )
