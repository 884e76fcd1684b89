"""To whom an answer goes: a pure decision over the mail that is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inbox.mail.header_values import is_sendable
from inbox.mail.tokens import find_token
from inbox.model.address import Address, normalize

_MOST_REPLY_TO = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The addresses of the mail that is answered. `is_forged`: its domain disowns it."""

    author: Address
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    is_forged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Who gets the answer."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[str, ...] = ()


def addressed(
    mail: Answered, is_ours: Callable[[str], bool], cc: Iterable[Address] | None = None
) -> Addressed:
    """The recipients of an answer to all, none of them one of us; `to` may be empty.

    A mail that is not proved to be of its domain names nobody new: neither Reply-To nor Cc of it
    is followed, so that a forger cannot have a copy (Zendesk CVE-2024-49193).
    """
    to = () if mail.is_forged else _reply_to(mail, is_ours)
    to = to or ((mail.author,) if is_sendable(mail.author.address) else ())
    if cc is None:
        cc = () if mail.is_forged else (*mail.to, *mail.cc)
    taken = {normalize(one.address) for one in to}
    kept = {
        normalize(one.address): one
        for one in cc
        if normalize(one.address) not in taken and _is_outside(one, is_ours)
    }
    return Addressed(to=to, cc=tuple(kept.values()))


def _reply_to(mail: Answered, is_ours: Callable[[str], bool]) -> tuple[Address, ...]:
    if len(mail.reply_to) > _MOST_REPLY_TO:
        return ()
    sound = [one for one in mail.reply_to if _is_outside(one, is_ours)]
    return tuple(
        one if one.name or one.address != mail.author.address else mail.author for one in sound
    )


def _is_outside(person: Address, is_ours: Callable[[str], bool]) -> bool:
    return (
        is_sendable(person.address)
        and find_token(person.address) is None
        and not is_ours(person.address)
    )
