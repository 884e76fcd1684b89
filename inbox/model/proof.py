"""How sure we are of who wrote a mail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """A verdict of SPF, DKIM or DMARC (RFC 8601 §2.7), reduced to what we act on."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NONE = "none"
    ERROR = "temperror"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was checked about the sender. `aligned` is the DMARC sense: pass for the From domain."""

    spf: Result = Result.NONE
    dkim: Result = Result.NONE
    dmarc: Result = Result.NONE
    source: str = "none"  # direct, relay, pipe, none …: whose words these are
    detail: str = ""

    @property
    def is_failed(self) -> bool:
        """The domain's owner says that this mail is not theirs."""
        return self.dmarc is Result.FAIL

    @property
    def is_proved(self) -> bool:
        """An aligned pass for the domain of From."""
        return self.dmarc is Result.PASS
