"""Where another program hears of something: only where it may be, and nowhere else.

Whoever names a URL may mean a machine that only we can reach. So the name is resolved once, each of
its addresses has to be one of the open internet (or of a network that a setting names), and the
connection goes to that address and no other. No redirect is followed, no proxy asked; what is
answered is read up to a bound, and all of it ends in time.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 10.0
_MOST_READ: Final = 65_536  # octets of an answer; nobody looks at them
_LONGEST: Final = 2000
_WELL_KNOWN: Final = 1024  # below it only those two: no mail server is ever spoken to
_WEB: Final = (80, 443)
_NAT64: Final = ip_network("64:ff9b::/96")
_ISATAP: Final = 0x5EFE  # RFC 5214 §6.1: an IPv4 address in the last 32 bits, this before them
# Not of the open internet, whatever Python's tables say: RFC 3879, RFC 6890, RFC 7526, and where
# clouds tell each machine its secrets.
_NEVER: Final = tuple(
    map(ip_network, ("fec0::/10", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))
)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class NoTarget(Exception):
    """A URL to which nothing is sent; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart."""

    url: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other program said; `error` where it did not take it."""

    status: int | None
    error: str = ""


def target_of(url: str, networks: Sequence[str] = ()) -> Target:
    """A URL that may be written to, as far as that can be seen in it. Raises NoTarget."""
    if len(url) > _LONGEST or not url.isprintable() or " " in url:
        raise NoTarget("it is no URL")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NoTarget("it is no URL") from error
    if parts.scheme not in ("http", "https") or not host:
        raise NoTarget("it does not begin with https://host")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise NoTarget("it has a password or a # in it")
    port = port or (443 if parts.scheme == "https" else 80)
    if port < _WELL_KNOWN and port not in _WEB:
        raise NoTarget(f"nothing is sent to port {port}")
    try:
        address = str(ip_address(host))
    except ValueError:
        return Target(url, host, port)
    if not is_open(address, networks):
        raise NoTarget(f"{address} is a private address")
    return Target(url, host, port)


def is_open(address: str, networks: Sequence[str] = ()) -> bool:
    """Whether an address is of the open internet, or of a network that is allowed."""
    found = _plain(ip_address(address.partition("%")[0]))
    if any(found in ip_network(one, strict=False) for one in networks):
        return True
    if any(found in one for one in _NEVER):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that one of IPv6 stands for, if it does (RFC 4291, 3056, 4380, 6052)."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64 or int(address) >> 32 & 0xFCFFFFFF == _ISATAP:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


async def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, as this machine finds them. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    networks: Sequence[str] = (),
    look_up: Resolve = resolve,
    seconds: float = SECONDS,
) -> Answered:
    """Hand something to another program, once. Never raises for what the other side does."""
    try:
        async with asyncio.timeout(seconds):
            target = target_of(url, networks)
            return await _post(target, await _pinned(target, networks, look_up), body, headers)
    except NoTarget as refused:
        return Answered(None, str(refused))
    except TimeoutError:
        return Answered(None, f"no answer within {seconds:.0f} seconds")
    except UnicodeError:  # a label of nothing, or longer than names can be (RFC 1035 §2.3.4)
        return Answered(None, "it is no name of a machine")
    except OSError as error:
        return Answered(None, f"it cannot be reached ({error.strerror or type(error).__name__})")


async def _pinned(target: Target, networks: Sequence[str], look_up: Resolve) -> str:
    found = await look_up(target.host, target.port)
    # One private address among open ones is how somebody gets in by asking twice.
    if closed := [one for one in found if not is_open(one, networks)]:
        raise NoTarget(f"{target.host} leads to the private address {closed[0]}")
    if not found:
        raise NoTarget(f"{target.host} has no address")
    return found[0]


async def _post(target: Target, address: str, body: bytes, headers: Mapping[str, str]) -> Answered:
    import httpx2  # noqa: PLC0415 - only where a house has webhooks

    url = httpx2.URL(target.url)
    named = {**headers, "Host": url.netloc.decode("ascii")}
    async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=None) as client:
        try:
            async with client.stream(
                "POST",
                url.copy_with(host=address.partition("%")[0]),
                content=body,
                headers=named,
                # The certificate is that of the name, not of the address.
                extensions={"sni_hostname": target.host},
            ) as answer:
                await _read_some(answer)
                return _answered(answer.status_code)
        except httpx2.HTTPError as error:
            why = str(error)[:200] or type(error).__name__
            return Answered(None, f"it cannot be reached ({why})")


async def _read_some(answer: object) -> None:
    read = 0
    async for piece in answer.aiter_raw():  # type: ignore[attr-defined] # loaded only here
        read += len(piece)
        if read > _MOST_READ:
            return


def _answered(status: int) -> Answered:
    if 200 <= status < 300:
        return Answered(status)
    if 300 <= status < 400:
        return Answered(status, f"it answered {status}, and leads elsewhere: not followed")
    return Answered(status, f"it answered {status}")
