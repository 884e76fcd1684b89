"""What the sink's pages show: plain values, made from the post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit
from zlib import crc32

from inbox.demo.company import AGENTS, CUSTOMERS, Person, person_of
from inbox.demo.letters import addressed
from inbox.demo.post import Filed, Post
from inbox.mail.trim import trim
from inbox.model.mail import ParsedMail
from inbox.web.dates import Calendar, When
from inbox.web.words import initials

_MAILTO = re.compile(r"""href\s*=\s*(["'])mailto:(.*?)\1""", re.IGNORECASE | re.DOTALL)
_CID = re.compile(r"""(["'(])cid:([^"')\s]{1,200})""", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)
# One doctype for all, so that a mail is as tall as its words; links open beside the demonstration.
_FRAME = (
    '<!doctype html><base target="_blank">'
    "<style>html { padding: 16px; font: 16px/25px system-ui, sans-serif }</style>"
)
_RULE = re.compile(r" ?_{10,}")  # what follows our mails' line is not their words
_MOST = 200  # mails in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody's mailbox in the list of all."""

    person: Person
    name: str
    initials: str
    hue: int
    url: str
    unseen: int
    count: int
    newest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A mail in a list."""

    url: str
    who: str
    subject: str
    snippet: str
    when: When
    is_seen: bool
    is_open: bool
    has_files: bool


def owner(post: Post, person: Person) -> Owner:
    """A mailbox as the overview shows it."""
    came = post.letters(person.address, "in")
    name = person.name or person.address
    return Owner(
        person=person,
        name=name,
        initials=initials(name),
        hue=crc32(person.address.encode()) % 360,
        url=f"/box/{quote(person.address)}",
        unseen=sum(not filed.is_seen for filed in came),
        count=len(came) + len(post.letters(person.address, "out")),
        newest=came[0].mail.subject if came else "",
    )


def customers(post: Post) -> list[Owner]:
    """The customers, and whoever else got mail."""
    known = {person.address for person in (*CUSTOMERS, *AGENTS)}
    others = [person_of(address) for address in post.addresses() if address not in known]
    return [owner(post, person) for person in (*CUSTOMERS, *others)]


def agents(post: Post) -> list[Owner]:
    """The people of the company."""
    return [owner(post, person) for person in AGENTS]


def lines(me: Person, letters: list[Filed], opened: str, calendar: Calendar) -> list[Line]:
    """A mailbox's list."""
    return [_line(me, filed, opened, calendar) for filed in letters[:_MOST]]


def _line(me: Person, filed: Filed, opened: str, calendar: Calendar) -> Line:
    mail = filed.mail
    people = mail.to if filed.side == "out" else mail.from_
    return Line(
        url=f"/box/{quote(me.address)}?side={filed.side}&mail={filed.name}",
        who=", ".join(one.name or one.address for one in people) or "nobody",
        subject=mail.subject or "(no subject)",
        snippet=_RULE.split(" ".join(trim(mail.text, mail.html).new_text.split()))[0][:120],
        when=calendar.when(
            mail.date or datetime.fromtimestamp(int(filed.name) / 1e9, calendar.zone)
        ),
        is_seen=filed.is_seen,
        is_open=filed.name == opened,
        has_files=any(not file.inline for file in mail.attachments),
    )


def answers_go_to(me: Person, mail: ParsedMail, *, to_all: bool) -> str:
    """Whom an answer would go to, as one reads it above the text."""
    to, cc = addressed(me, mail, to_all=to_all)
    return ", ".join(one.name or one.address for one in (*to, *cc))


def shown_html(me: Person, filed: Filed) -> str | None:
    """The mail's HTML with its pictures, and links to write to somebody leading to our form."""
    html = filed.mail.html
    if html is None:
        return None
    base = f"/box/{quote(me.address)}"
    parts = {file.content_id: file.part for file in filed.mail.attachments if file.content_id}

    def picture(found: re.Match[str]) -> str:
        part = parts.get(unquote(found[2]))
        return f"{found[1]}{base}/{filed.name}/file/{part}" if part is not None else found[0]

    def writing(found: re.Match[str]) -> str:
        return f'target="_top" href="{escape(write_url(me, unescape(found[2])))}"'

    shown = _MAILTO.sub(writing, _CID.sub(picture, _DOCTYPE.sub("", html)))
    return f"{_FRAME}{shown}"


def write_url(me: Person, mailto: str) -> str:
    """The form for a new mail that a `mailto:` link asks for (RFC 6068)."""
    parts = urlsplit(f"mailto:{mailto}")
    asked = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
    fields = {"to": unquote(parts.path), "subject": asked.get("subject"), "text": asked.get("body")}
    given = {name: value for name, value in fields.items() if value}
    return f"/box/{quote(me.address)}/write?{urlencode(given)}"
