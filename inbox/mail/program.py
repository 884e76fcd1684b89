"""A mail → the program that wrote it, as people call it: by its own word, else by its habits."""

from __future__ import annotations

import re
from typing import Final

from inbox.model.mail import ParsedMail

_LONGEST: Final = 60
_SAYS: Final = ("User-Agent", "X-Mailer", "X-Newsreader", "X-MimeOLE")
# The words of a program that goes by another name, or by many.
_KNOWN: Final = (
    (
        re.compile(r"(?i)microsoft outlook express|outlook express|windows (?:live )?mail"),
        "Windows Mail",
    ),
    (re.compile(r"(?i)microsoft[- ]macoutlook|outlook for mac"), "Outlook for Mac"),
    (re.compile(r"(?i)outlook for (?:ios|android)|outlook-(?:ios|android)"), "Outlook mobile"),
    (re.compile(r"(?i)microsoft (?:office )?outlook|microsoft exchange|mimeole"), "Outlook"),
    (re.compile(r"(?i)iphone mail|ipad mail"), "Apple Mail (iOS)"),
    (re.compile(r"(?i)^apple mail|ios mail"), "Apple Mail"),
    (re.compile(r"(?i)thunderbird|icedove"), "Thunderbird"),
    (re.compile(r"(?i)yahoomail|webservice/\S+ yahoo"), "Yahoo"),
    (re.compile(r"(?i)samsung|sammy"), "Samsung Mail"),
    (re.compile(r"(?i)lotus notes|hcl notes|ibm notes|lotus domino"), "Notes"),
    (re.compile(r"(?i)k-?9 mail"), "K-9 Mail"),
    (re.compile(r"(?i)roundcube"), "Roundcube"),
)
# Programs and providers that do not name themselves know their own ids.
_IDS: Final = (
    (re.compile(r"(?i)@mail\.gmail\.com$"), "Gmail"),
    (
        re.compile(r"(?i)\.(?:prod\.outlook|protection\.outlook|eurprd\d\d)\.\S+$"),
        "Outlook (Exchange)",
    ),
    (re.compile(r"(?i)@(?:[\w.-]+\.)?mail\.yahoo\.(?:com|co\.jp)$"), "Yahoo"),
    (re.compile(r"(?i)\.javamail\.|javamail"), "JavaMail"),
    (re.compile(r"(?i)@(?:[\w.-]+\.)?amazonses\.com$"), "Amazon SES"),
)
_VERSION = re.compile(r"[\s/(\[,;]+v?\d[\w.+:-]*.*$|[/(\[].*$", re.DOTALL)


def program_of(mail: ParsedMail) -> str:
    """The program's name without its version, at most 60 characters; "" where nothing tells."""
    said = next((value for value in map(mail.header, _SAYS) if value.strip()), "")
    if said:
        known = next((name for words, name in _KNOWN if words.search(said)), "")
        return known or _VERSION.sub("", said.strip()).strip()[:_LONGEST]
    if found := next((name for ids, name in _IDS if ids.search(mail.message_id)), ""):
        return found
    return "Outlook (Exchange)" if mail.thread_index else ""
