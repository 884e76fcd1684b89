"""The arguments of MAIL, RCPT and EHLO (RFC 5321 §4.1.2), read strictly.

text -> values; raises BadSyntax. Nothing with control characters, and no address with two readings,
ever gets past here (CVE-2026-23829: a CR in RCPT became a header).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from inbox.smtp_in import replies

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\xa1-\U0010ffff-]"
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~\xa1-\U0010ffff]|\\[ -~])*"')
_DOT_STRING = re.compile(rf"{_ATOM}+(?:\.{_ATOM}+)*")
# Some phone companies of Japan gave out `a..b@` and `a.@`: such people write to us, too.
_LOOSE_DOT_STRING = re.compile(rf"(?:{_ATOM}|\.)+")
_LETTER = r"[A-Za-z0-9_\xa1-\U0010ffff]"
_LABEL = rf"{_LETTER}(?:(?:{_LETTER}|-){{0,61}}{_LETTER})?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_PATH = re.compile(r" ?<([^<>]*)>(?: +(.*))?", re.DOTALL)
_HELO = re.compile(r"[A-Za-z0-9_.:\[\]-]{1,255}")
_PARAMETER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~]+)?")

_PATH_OCTETS = 254  # RFC 5321 §4.5.3.1.3, without the angle brackets
_LOCAL_OCTETS = 64  # §4.5.3.1.1; senders' return addresses are longer in practice


class BadSyntax(Exception):
    """The argument is not what RFC 5321 allows; `reply` says so to the peer."""

    def __init__(self, reply: str) -> None:
        self.reply = reply
        super().__init__(reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFrom:
    """What MAIL said. `sender` is "" for bounces; `size` is 0 when not declared."""

    sender: str
    size: int = 0
    utf8: bool = False


def read_helo(argument: str) -> str:
    """The name a peer gives itself. Raises BadSyntax."""
    if not _HELO.fullmatch(argument):
        raise BadSyntax(replies.BAD_ARGUMENT)
    return argument


def read_mail(argument: str, *, with_auth: bool = False) -> MailFrom:
    """`FROM:<path> parameters`, among them `AUTH=` where there is AUTH. Raises BadSyntax."""
    path, parameters = _split(argument, "FROM:", replies.BAD_SENDER)
    size, utf8 = 0, False
    for name, value in _parameters(parameters):
        match name:
            case "SIZE" if value.isdigit() and len(value) <= 20:
                size = int(value)
            case "BODY" if value.upper() in ("7BIT", "8BITMIME"):
                pass
            case "SMTPUTF8" if not value:
                utf8 = True
            case "AUTH" if with_auth and value:
                pass  # RFC 4954 §5: what somebody claims to have been told; we know it first-hand
            case "SIZE" | "BODY" | "SMTPUTF8":
                raise BadSyntax(replies.BAD_ARGUMENT)
            case _:
                raise BadSyntax(replies.BAD_PARAMETER)
    if path and not _is_mailbox(path, _LOOSE_DOT_STRING, _PATH_OCTETS):
        raise BadSyntax(replies.BAD_SENDER)
    _check_utf8(path, utf8)
    return MailFrom(sender=path, size=size, utf8=utf8)


def read_rcpt(argument: str, *, utf8: bool) -> str:
    """`TO:<path>`; no parameters are known. Raises BadSyntax."""
    path, parameters = _split(argument, "TO:", replies.BAD_RECIPIENT)
    if _parameters(parameters):
        raise BadSyntax(replies.BAD_PARAMETER)
    # RFC 5321 §4.5.1: the one local name that needs no domain.
    if path.lower() != "postmaster" and not _is_mailbox(path, _DOT_STRING, _LOCAL_OCTETS):
        raise BadSyntax(replies.BAD_RECIPIENT)
    _check_utf8(path, utf8)
    return path


def _split(argument: str, keyword: str, reply: str) -> tuple[str, str]:
    if argument[: len(keyword)].upper() != keyword:
        raise BadSyntax(replies.BAD_ARGUMENT)
    found = _PATH.fullmatch(argument[len(keyword) :])
    if not found:
        raise BadSyntax(reply)
    return found[1], found[2] or ""


def _parameters(text: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for word in text.split():
        name, _, value = word.partition("=")
        if not _PARAMETER.fullmatch(word) or name.upper() in found:
            raise BadSyntax(replies.BAD_ARGUMENT)
        found[name.upper()] = value
    return list(found.items())


def _is_mailbox(path: str, dot_string: re.Pattern[str], local_octets: int) -> bool:
    local, at, domain = path.rpartition("@")
    if not at or len(path.encode()) > _PATH_OCTETS or len(local.encode()) > local_octets:
        return False
    if not dot_string.fullmatch(local) and not _QUOTED.fullmatch(local):
        return False
    if domain.startswith("["):
        return _is_literal(domain)
    return bool(_DOMAIN.fullmatch(domain))


def _is_literal(domain: str) -> bool:
    inner = domain[1:-1] if domain.endswith("]") else ""
    try:
        if inner[:5].upper() == "IPV6:":
            return bool(IPv6Address(inner[5:]))
        return bool(IPv4Address(inner))
    except ValueError:
        return False


def _check_utf8(path: str, utf8: bool) -> None:
    if not utf8 and not path.isascii():
        raise BadSyntax(replies.NEEDS_UTF8)
