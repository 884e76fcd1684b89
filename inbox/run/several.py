"""Several processes of one role, forked from one that has loaded everything: it is in memory once.

Each speaks to that one as it would to the supervisor: the end of its standard input says that
nobody is there any more, and what it writes is read. To the supervisor all of them are one child.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import time
from dataclasses import dataclass
from typing import Final

from inbox.log import get_logger
from inbox.run.again import Again

log = get_logger("run.several")

_STDIN, _STDOUT = 0, 1
_TOLD: Final = (signal.SIGTERM, signal.SIGINT)
# A little less than the supervisor gives us: whoever was left would outlive the service.
_DRAIN: Final = 7.0


def fork_several(role: str, count: int) -> None:
    """Return in `count` new processes, and in another whenever one has ended; in this one never.

    Comes before the first thread and the first loop. Exits once told to stop and all have ended,
    or with the code of the first that ends before it was ready.
    """
    gc.freeze()  # else the first look for garbage would copy all that it looks at
    _Family(role, count).keep()


@dataclass(slots=True)
class _Place:
    """For one process at a time."""

    again: Again
    pid: int = 0
    due: float = 0.0  # when to fork, by time.monotonic


class _Family:
    def __init__(self, role: str, count: int) -> None:
        self._role = role
        self._places = [_Place(Again()) for _ in range(count)]
        self._ready = 0
        self._code: int | None = None  # once we end
        self._killing = 0.0
        self._was_told = False
        self._lifeline = os.pipe()  # nobody ever writes to it
        self._said = os.pipe()
        self._waking = os.pipe()
        self._half_a_line = b""

    def keep(self) -> None:
        """Return in each new process."""
        for end in self._waking:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._waking[1], warn_on_full_buffer=False)
        for signum in _TOLD:
            signal.signal(signum, self._note)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # that it wakes us is enough
        watched = [_STDIN, self._waking[0], self._said[0]]
        while not self._is_somebody_born():
            self._bury()
            if self._code is not None and not self._living():
                sys.exit(self._code)
            self._hear(watched)
            if self._was_told:
                self._end(0)
            self._kill_who_stays()

    def _note(self, *_: object) -> None:
        self._was_told = True

    def _is_somebody_born(self) -> bool:
        now = time.monotonic()
        for place in self._places:
            if place.pid or place.due > now or self._code is not None:
                continue
            place.again.begins()
            place.pid = os.fork()
            if place.pid == 0:
                self._leave_home()
                return True
        return False

    def _leave_home(self) -> None:
        signal.set_wakeup_fd(-1)
        for signum in (*_TOLD, signal.SIGCHLD):
            signal.signal(signum, signal.SIG_DFL)
        os.dup2(self._lifeline[0], _STDIN)
        os.dup2(self._said[1], _STDOUT)
        for pipe in (self._lifeline, self._said, self._waking):
            for end in pipe:
                os.close(end)

    def _bury(self) -> None:
        for place in self._living():
            pid, status = os.waitpid(place.pid, os.WNOHANG)
            if not pid:
                continue
            place.pid = 0
            code = os.waitstatus_to_exitcode(status)
            if self._ready < len(self._places):
                self._end(code)
            if self._code is None:
                wait = place.again.after_its_end()
                place.due = time.monotonic() + wait
                log.error("role.ended", role=self._role, code=code, again_in=wait)

    def _living(self) -> list[_Place]:
        return [place for place in self._places if place.pid]

    def _hear(self, watched: list[int]) -> None:
        readable, _, _ = select.select(watched, [], [], self._patience())
        if self._waking[0] in readable:
            os.read(self._waking[0], 1024)
        if self._said[0] in readable:
            self._pass_on(os.read(self._said[0], 1024))
        if _STDIN in readable and os.read(_STDIN, 1024) == b"":
            # The supervisor is gone: they hear it as they would from itself, and end in their time.
            watched.remove(_STDIN)
            os.close(self._lifeline[1])
            self._code, self._killing = 1, float("inf")

    def _patience(self) -> float | None:
        now = time.monotonic()
        if self._code is None:
            due = [place.due - now for place in self._places if not place.pid]
        else:
            due = [self._killing - now] if self._killing < float("inf") else []
        return max(0.0, min(due)) if due else None

    def _pass_on(self, said: bytes) -> None:
        *lines, self._half_a_line = (self._half_a_line + said).split(b"\n")
        for line in lines:
            if not line.startswith(b"ready"):
                os.write(_STDOUT, line + b"\n")
                continue
            self._ready += 1
            if self._ready == len(self._places):
                os.write(_STDOUT, f"ready {self._role}s={self._ready}\n".encode())

    def _end(self, code: int) -> None:
        if self._code is not None:
            return
        self._code = code
        self._killing = time.monotonic() + _DRAIN
        for place in self._living():
            os.kill(place.pid, signal.SIGTERM)

    def _kill_who_stays(self) -> None:
        if self._code is None or time.monotonic() < self._killing:
            return
        self._killing = float("inf")
        for place in self._living():
            log.error("role.killed", pid=place.pid)
            os.kill(place.pid, signal.SIGKILL)
