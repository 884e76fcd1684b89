"""Subjects of mails that answer: `Re:` before what the matter is, and nothing stacked."""

from __future__ import annotations

import re

from inbox.threading.subject import base_subject

_PREFIX = re.compile(r"\s*[^\s:：]{1,12}(?: ?\[\d+\])?\s?[:：]\s*")
_MOST_OCTETS = 2000  # an index of PostgreSQL takes no more
_RE = re.compile(r"\s*re\s*(?:\[\d+\])?\s*:", re.IGNORECASE)


def reply_subject(subject: str) -> str:
    """The subject of an answer: one that has `Re:` stays, other languages' prefixes make way."""
    subject = " ".join(subject.split())
    return subject if _RE.match(subject) else f"Re: {topic(subject)}".strip()


def topic(subject: str) -> str:
    """The subject as written, without the prefixes that programs put before it."""
    subject = " ".join(subject.split())
    about = base_subject(subject).text
    while found := _PREFIX.match(subject):
        rest = subject[found.end() :]
        if not rest or base_subject(rest).text != about:
            break
        subject = rest
    return subject


def indexed(base_subject: str) -> str:
    """As much of a base subject as can be looked up."""
    return base_subject.encode()[:_MOST_OCTETS].decode("utf-8", "ignore")
