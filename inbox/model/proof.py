"""How sure we are of who wrote a mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Result(StrEnum):
    """A verdict of SPF, DKIM or DMARC (RFC 8601 §2.7), reduced to what we act on."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    NONE = "none"
    ERROR = "temperror"


def best(results: Iterable[Result]) -> Result:
    """What several verdicts of one kind come to: one that passes is enough, one unsure forgives."""
    found = set(results)
    order = (Result.PASS, Result.ERROR, Result.FAIL)
    return next((result for result in order if result in found), Result.NONE)


SUBMISSION: Final = "submission"  # the source of a proof: its writer has signed in


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One of us has signed in to hand a mail over: it is theirs, from whichever address."""

    agent_id: int
    written_as: str  # the one address that From names, in normal form; "" for none or several


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was checked about the sender. `aligned` is the DMARC sense: pass for the From domain."""

    spf: Result = Result.NONE
    dkim: Result = Result.NONE
    dmarc: Result = Result.NONE
    is_signed: bool = False  # a good signature of the author's own organisation is among them
    source: str = "none"  # direct, relay, exchange, google, submission, none: whose words these are
    detail: str = ""

    @property
    def is_failed(self) -> bool:
        """The domain's owner says that this mail is not theirs."""
        return self.dmarc is Result.FAIL

    @property
    def is_proved(self) -> bool:
        """An aligned pass for the domain of From, or its writer has signed in."""
        return self.dmarc is Result.PASS or self.is_submitted

    @property
    def is_submitted(self) -> bool:
        """Whoever wrote it has signed in to hand it over."""
        return self.source == SUBMISSION
