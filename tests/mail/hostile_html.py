"""Hostile HTML, one case a line: what has broken sanitisers and webmails, and ideas of our own.

`ran()` is what must never run, `t.example` what must never be asked.
"""

from __future__ import annotations

from pathlib import Path

_LINES = Path(__file__).with_suffix(".txt").read_text("utf-8").strip().split("\n")
# Two signs stand for characters that a line cannot hold.
CASES = [line.replace("\u2424", "\n").replace("\u2400", "\0") for line in _LINES]
