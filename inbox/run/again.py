"""How long to wait before something that has ended is started again."""

from __future__ import annotations

import time
from typing import Final

_FIRST: Final = 0.2
_LONGEST: Final = 10.0
_STABLE: Final = 30.0


class Again:
    """The pauses of one process: longer each time, from the start again once one has lasted."""

    def __init__(self) -> None:
        self._wait = _FIRST
        self._began = time.monotonic()

    def begins(self) -> None:
        """It is started now."""
        self._began = time.monotonic()

    def after_its_end(self) -> float:
        """Seconds to wait, now that it has ended."""
        wait = _FIRST if time.monotonic() - self._began > _STABLE else self._wait
        self._wait = min(_LONGEST, wait * 2)
        return wait
