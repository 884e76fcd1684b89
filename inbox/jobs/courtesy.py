"""Receiving goes first: while mail pours in, workers stand back, for a while.

Where there are fewer processors than processes that want them, whatever a worker does makes a peer
wait; and what a peer could not hand over is safe nowhere, what lies on the spool is safe.
"""

from __future__ import annotations

from typing import Final

from inbox.jobs.bell import PAUSE_S

# Fewer mails a second than this leave a worker enough to do beside them.
_MANY: Final = 60
_LULL_S: Final = 4 * PAUSE_S
# Looked at anew so often: the shower may be over.
_STEP_S: Final = 2 * PAUSE_S


class Courtesy:
    """How long a worker stands back now. It never does so for more than half of the time.

    `longest` is in seconds, 0 for never. Time comes as an argument, in seconds of one clock.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        # Earned by working: a worker that is started again and again would else do nothing else.
        self._credit = 0.0
        self._pours_until = float("-inf")
        self._looked: float | None = None
        self._stood_back = False

    def hear(self, mails: int, now: float) -> None:
        """The receiver says that it has taken so many mails since it last rang."""
        if mails >= _MANY * PAUSE_S:
            self._pours_until = now + _LULL_S

    def wait(self, now: float) -> float:
        """Seconds to wait before work is taken up; 0 when it is time to work."""
        passed = 0.0 if self._looked is None else now - self._looked
        self._looked = now
        self._credit += -passed if self._stood_back else passed
        self._credit = min(self._credit, self._longest)
        self._stood_back = now < self._pours_until and self._credit >= _STEP_S
        return _STEP_S if self._stood_back else 0.0
