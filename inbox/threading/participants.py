"""Who may join a conversation by a matching header: a header is no permission."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

from inbox.threading.freemail import is_freemail


@lru_cache(maxsize=4096)
def organisation(address: str) -> str:
    """The registrable domain of an address of an organisation; "" for freemail and the like."""
    domain = address.rpartition("@")[2].strip("[]").rstrip(".").lower()
    registrable = _suffixes().privatesuffix(domain) if "." in domain else None
    if not registrable or is_freemail(domain, registrable):
        return ""
    return str(registrable)


def is_of_organisation(address: str, of: Iterable[str]) -> bool:
    """Whether the address belongs to the organisation of one of the others."""
    own = organisation(address)
    return bool(own) and any(own == organisation(other) for other in of)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=True)
