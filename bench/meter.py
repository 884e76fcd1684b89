"""CPU time and memory of a service: of all its processes, its PostgreSQL apart."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import psutil


@dataclass
class Meter:
    """Samples a process tree; memory is PSS, so that shared pages count once."""

    root: int
    postgres: int  # its postmaster, which detaches itself from whoever starts it
    peak_ours: float = 0.0
    peak_all: float = 0.0
    _cpu: dict[tuple[int, float], float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to sample, four times a second."""
        self._before = self._total_cpu()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """End sampling; returns CPU seconds used since `start` by all processes."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        return self._total_cpu() - self._before

    def memory(self) -> tuple[float, float]:
        """MB of our processes, and of PostgreSQL's, now."""
        ours = postgres = 0.0
        for process in self._processes():
            try:
                size = process.memory_full_info().pss / 1e6
                is_postgres = process.name().startswith("postgres")
            except psutil.Error:
                continue
            if is_postgres:
                postgres += size
            else:
                ours += size
        return ours, postgres

    def _run(self) -> None:
        while not self._stop.wait(0.25):
            ours, postgres = self.memory()
            self.peak_ours = max(self.peak_ours, ours)
            self.peak_all = max(self.peak_all, ours + postgres)
            self._total_cpu()

    def _total_cpu(self) -> float:
        # A process that ended keeps what it had used when last seen.
        for process in self._processes():
            try:
                times = process.cpu_times()
                self._cpu[(process.pid, process.create_time())] = times.user + times.system
            except psutil.Error:
                continue
        return sum(self._cpu.values())

    def _processes(self) -> list[psutil.Process]:
        found = []
        for pid in (self.root, self.postgres):
            try:
                root = psutil.Process(pid)
                found += [root, *root.children(recursive=True)]
            except psutil.Error:
                continue
        return found
