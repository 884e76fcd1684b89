"""The post: every mail of everybody as a file, in a folder for each address.

`ADDRESS/in/STAMP.eml` came, `ADDRESS/out/STAMP.eml` was sent; an empty `STAMP.seen` beside a mail
says that it was opened. Names sort by time.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote

from inbox.mail.parse import parse
from inbox.model.address import normalize
from inbox.model.mail import ParsedMail

Side = Literal["in", "out"]
_LONGEST = 200  # characters of a folder's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A mail in somebody's mailbox."""

    name: str
    side: Side
    path: Path
    is_seen: bool

    @property
    def mail(self) -> ParsedMail:
        """The mail, read."""
        return _read(self.path)


class Post:
    """The folder of all mail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, address: str, side: Side, raw: bytes) -> str:
        """File a mail; its name. It is there whole or not at all."""
        folder = self._folder / _folder_of(address) / side
        folder.mkdir(parents=True, exist_ok=True)
        while (path := folder / f"{time.time_ns():020d}.eml").exists():
            pass
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(raw)
        draft.rename(path)
        return path.stem

    def addresses(self) -> list[str]:
        """Everybody who ever had mail."""
        if not self._folder.is_dir():
            return []
        return sorted(unquote(folder.name) for folder in self._folder.iterdir())

    def letters(self, address: str, side: Side) -> list[Filed]:
        """Somebody's mails, newest first."""
        folder = self._folder / _folder_of(address) / side
        names = sorted(os.listdir(folder), reverse=True) if folder.is_dir() else []
        seen = {name.removesuffix(".seen") for name in names if name.endswith(".seen")}
        return [
            Filed(name=stem, side=side, path=folder / name, is_seen=side == "out" or stem in seen)
            for name in names
            if (stem := name.removesuffix(".eml")) != name
        ]

    def find(self, address: str, name: str) -> Filed | None:
        """One mail of somebody's."""
        sides: tuple[Side, Side] = ("in", "out")
        for side in sides:
            for filed in self.letters(address, side):
                if filed.name == name:
                    return filed
        return None

    def unseen(self, address: str) -> int:
        """How many mails somebody has not opened."""
        return sum(not filed.is_seen for filed in self.letters(address, "in"))

    def see(self, filed: Filed) -> None:
        """Remember that a mail was opened."""
        with contextlib.suppress(OSError):
            filed.path.with_suffix(".seen").touch()


def _folder_of(address: str) -> str:
    # A slash is quoted, and without dots in front no name leads up.
    return quote(normalize(address), safe="@").lstrip(".")[:_LONGEST] or "nobody"


@lru_cache(maxsize=2000)
def _read(path: Path) -> ParsedMail:
    return parse(path.read_bytes())
