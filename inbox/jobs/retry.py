"""When to try again: pure decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """`times` tries in all; a first pause of `first`, each next `factor` longer, up to `cap`."""

    times: int = 5
    first: timedelta = timedelta(seconds=2)
    factor: float = 4.0
    cap: timedelta = timedelta(hours=6)

    def pause(self, attempts: int) -> timedelta | None:
        """How long to wait after the `attempts`-th failure (from 1); None to give up."""
        if attempts >= self.times:
            return None
        return min(self.cap, self.first * self.factor ** (attempts - 1))


# SMTP: 5 min, doubled, capped at 6 h: about two days, as senders of mail do (RFC 5321 §4.5.4.1).
MAIL = Backoff(times=12, first=timedelta(minutes=5), factor=2.0)
# Other programs: half a minute, doubled, in all over four hours.
HOOK = Backoff(times=10, first=timedelta(seconds=30), factor=2.0)
INTAKE = Backoff(times=5, first=timedelta(seconds=1), factor=5.0)
NEVER = Backoff(times=1)
