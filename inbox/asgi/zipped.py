"""Several files as one archive, written while it is sent: at most one of them is in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Final

from inbox.mail.attachments import safe_name

_OLDEST: Final = 1980  # no archive knows an earlier year
_PIECE: Final = 256 * 1024


async def zipped(files: AsyncIterator[tuple[str, bytes]], *, at: datetime) -> AsyncIterator[bytes]:
    """The archive piece by piece; names are made safe, and no two are the same."""
    pipe = _Pipe()
    taken: set[str] = set()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        async for name, content in files:
            own = free_name(name, taken)
            taken.add(own.casefold())
            info = zipfile.ZipInfo(own, (max(at.year, _OLDEST), *at.timetuple()[1:6]))
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=len(content) >= 1 << 31) as entry:
                for start in range(0, len(content), _PIECE):
                    entry.write(content[start : start + _PIECE])
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def free_name(name: str, taken: Collection[str]) -> str:
    """A name without path or tricks that is not among these, which are case-folded."""
    plain = safe_name(name).lstrip(".") or "file"
    stem, dot, extension = plain.rpartition(".") if "." in plain else (plain, "", "")
    found, number = plain, 2
    while found.casefold() in taken:
        found, number = f"{stem} ({number}){dot}{extension}", number + 1
    return found


class _Pipe(io.RawIOBase):
    """A file that can only be written; what was written is taken away again."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        kept = bytes(memoryview(piece))  # type: ignore[arg-type] # any buffer, as RawIOBase has it
        self._pieces.append(kept)
        return len(kept)

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        found, self._pieces = b"".join(self._pieces), []
        return found
