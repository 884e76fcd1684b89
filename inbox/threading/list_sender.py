"""Who has written a mail whose From a mailing list has put its own address into.

Lists do so that the mail passes DMARC (RFC 7960 §4.1.3.3): Google Groups writes "Pat via Support",
Mailman and groups.io likewise; the real address is in X-Original-From, Reply-To, Cc or the address
itself. Groups of Microsoft 365 leave From as it is. Anybody can write these fields, so that what is
found here is for showing and for knowing a customer; it is never a proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox.mail.addresses import parse_list
from inbox.mail.header_values import is_sendable
from inbox.model.address import Address, normalize
from inbox.model.mail import ParsedMail
from inbox.threading.participants import organisation

# "Pat via Support", in the languages in which Google says it.
_VIA = re.compile(
    r"^\s*(?P<name>.{1,200}?)\s+(?:via|über|через|tramite|por|przez|via:)\s+\S|"
    r"^\s*(?P<behind>.{1,200}?)\s*\(via\s",
    re.IGNORECASE,
)
_MAILTO = re.compile(r"mailto:([^\s<>?,;]{3,320})", re.IGNORECASE)
_LIST_ID = re.compile(r"<\s*([\w.-]{3,255})\s*>\s*$")
_GOOGLE = re.compile(r"\blist\s+([^\s;,]{3,320}@[^\s;,]{3,255})", re.IGNORECASE)
_MOST = 5  # fields of one name that are looked at
_INSIDE = re.compile(r"^(?P<local>[^@]{1,200}?)(?:=40|=)(?P<domain>[\w-]+(?:\.[\w-]+)+)@")


def real_sender(mail: ParsedMail) -> Address | None:
    """Who wrote to a list that put itself into From; None where the headers do not agree on one."""
    if len(mail.from_) != 1:
        return None
    shown = mail.from_[0]
    if not _is_of_list(mail, normalize(shown.address)):
        return None
    named = list(_named(mail, shown))
    addresses = {normalize(one.address) for one in named}
    if len(addresses) != 1 or not is_sendable(found := addresses.pop()):
        return None
    if found == normalize(shown.address):
        return None
    name = next((one.name for one in named if one.name), "") or _name_before_via(shown.name)
    return Address(name=_plain(name), address=found)


def _is_of_list(mail: ParsedMail, address: str) -> bool:
    """Whether the list that the headers name is where From is."""
    domain = address.rpartition("@")[2]
    if not domain:
        return False
    posts = [normalize(one) for one in _MAILTO.findall(mail.header("List-Post")[:2000])]
    posts += [normalize(one) for one in _GOOGLE.findall(mail.header("Mailing-List")[:2000])]
    if any(one.rpartition("@")[2] == domain for one in posts):
        return True
    list_id = _LIST_ID.search(mail.header("List-Id")[:1000])
    if not list_id:
        return False
    name, own = list_id[1].lower(), organisation(address)
    return f".{name}".endswith(f".{domain}") or (own != "" and organisation(f"@{name}") == own)


def _named(mail: ParsedMail, shown: Address) -> Iterator[Address]:
    """The address that the list says it has replaced, from the field that says it best."""
    inside = _INSIDE.match(shown.address)
    if inside:
        yield Address(address=f"{inside['local']}@{inside['domain']}")
    sender = _said(mail, "X-Original-Sender")
    if original := _said(mail, "X-Original-From"):
        # Whoever posts can bring such a field along; what the list itself has seen is beside it.
        yield from (*original, *sender)
        return
    if inside or not (said := _name_before_via(shown.name)):
        return
    own = normalize(shown.address)
    answers = [one for one in mail.reply_to if normalize(one.address) != own]
    if sender and all(normalize(one.address) == normalize(sender[0].address) for one in answers):
        yield from sender
    if len(answers) == 1 and _plain(answers[0].name).casefold() in {"", _plain(said).casefold()}:
        yield answers[0]
    elif not answers and not sender:
        yield from _copied(mail, _plain(said).casefold())


def _copied(mail: ParsedMail, name: str) -> list[Address]:
    """Whom Mailman put into Cc, where answers go to its list: the name that stands before "via"."""
    return [one for one in mail.cc if name and _plain(one.name).casefold() == name]


def _said(mail: ParsedMail, header: str) -> list[Address]:
    """Every address in every field of this name."""
    values = [value for name, value in mail.headers if name.lower() == header.lower()]
    return [one for value in values[:_MOST] for one in parse_list(value[:2000]).addresses]


def _name_before_via(shown: str) -> str:
    found = _VIA.match(shown)
    return (found["name"] or found["behind"] or "") if found else ""


def _plain(name: str) -> str:
    return name.strip().strip("'\"").strip()
