"""Mail addresses as values: one normal form for comparing, the written form for showing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from unicodedata import normalize as normalize_text

# RFC 5894 §7.2: today's names keep these; Python's codec writes others (IDNA 2003), which may be
# somebody else's.
_DEVIATING = frozenset("ßς")
_DOTLESS = ("gmail.com", "googlemail.com")  # one and the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox of RFC 5322 §3.4: `name` as shown, `address` in the normal form of `normalize`."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """The part after the last @, or an empty string."""
        return self.address.rpartition("@")[2] if "@" in self.address else ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def normalize(address: str) -> str:
    """The form in which addresses are compared: ASCII letters lower case, domain as IDNA A-labels.

    Only ASCII case is folded and nothing else: Unicode folding makes two people's addresses equal
    (CVE-2019-19844). An address that cannot be normalised comes back trimmed and lower-cased.
    """
    local, at, domain = address.strip().strip("<>").rpartition("@")
    if not at:
        return _ascii_lower(address.strip())
    return f"{_ascii_lower(local)}@{_to_ascii(domain)}"


def base_address(address: str) -> str:
    """The address without its sub-address (`+detail`, RFC 5233)."""
    local, at, domain = normalize(address).rpartition("@")
    return f"{local.partition('+')[0] or local}{at}{domain}"


def mailbox_behind(address: str) -> str:
    """The address by which to count what one person gets, however it is written: without its
    sub-address, and at Gmail without the dots, which mean nothing there.
    """
    local, at, domain = base_address(address).rpartition("@")
    if domain in _DOTLESS:
        return f"{local.replace('.', '') or local}{at}{_DOTLESS[0]}"
    return f"{local}{at}{domain}"


def _ascii_lower(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if c.isascii() else c for c in text)


def _to_ascii(domain: str) -> str:
    if domain.isascii():
        return domain.lower().rstrip(".")
    labels = normalize_text("NFC", domain.lower()).rstrip(".").split(".")
    try:
        return ".".join(map(_label, labels))
    except UnicodeError:
        return _ascii_lower(domain)


def _label(label: str) -> str:
    if not label or label.isascii() or not _DEVIATING & set(label):
        return label.encode("idna").decode("ascii").lower()
    return "xn--" + label.encode("punycode").decode("ascii")


def is_within(address: str, domains: Collection[str]) -> bool:
    """Whether an address in normal form is of one of the domains, or of one below it."""
    domain = address.rpartition("@")[2]
    return bool(domain) and any(domain == one or domain.endswith(f".{one}") for one in domains)
