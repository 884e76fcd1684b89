"""Blobs as files of a folder, each whole and on disk, or not there at all."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex
from urllib.parse import unquote, urlsplit

from inbox.errors import NoRoom, OutOfReach, Unreadable

_FULL = (errno.ENOSPC, errno.EDQUOT)
_RESERVE = 32 << 20


class Folder:
    """A folder that exists; it is not made here, for it may be a mount that is missing today."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._root = Path(unquote(urlsplit(url).path))
        self._lasting: set[Path] = set()

    async def put(self, name: str, content: bytes) -> None:
        """As Blobs.put: the file, then its folder, are synced before this returns."""
        await asyncio.to_thread(self._put, self._root / name, content)

    async def get(self, name: str) -> bytes:
        """As Blobs.get."""
        return await asyncio.to_thread(self._get, self._root / name)

    async def delete(self, names: Sequence[str]) -> None:
        """As Blobs.delete; a folder that is empty then goes, too."""
        await asyncio.to_thread(self._delete, [self._root / name for name in names])

    async def names(self, folder: str) -> list[str]:
        """As Blobs.names; what a killed process left half written is among them."""
        return [f"{folder}/{name}" for name in await asyncio.to_thread(self._names, folder)]

    async def has_room(self, size: int) -> bool:
        """As Blobs.has_room, from what the file system says."""
        try:
            disk = os.statvfs(self._root)
        except OSError:
            return True  # then it is not room that is missing
        return disk.f_bavail * disk.f_frsize > size + _RESERVE

    def _put(self, path: Path, content: bytes) -> None:
        try:
            try:
                self._keep(path, content)
            except FileNotFoundError:
                self._lasting.clear()  # a folder that we knew was taken away
                self._keep(path, content)
        except OSError as error:
            if error.errno in _FULL:
                raise NoRoom from error
            raise self._out_of_reach(error) from error

    def _keep(self, path: Path, content: bytes) -> None:
        self._make(path.parent)
        if not _has_size(path, len(content)):
            _write(path, content)
        # Also for what was there: whoever wrote it may not have come so far.
        _sync(path.parent)

    def _make(self, folder: Path) -> None:
        if folder in self._lasting:
            return
        # From the top; that a level is there already does not mean that it is on disk.
        below = folder.relative_to(self._root)
        for level in reversed([below, *below.parents][:-1]):
            each = self._root / level
            each.mkdir(mode=0o700, exist_ok=True)
            _sync(each.parent)
        self._lasting.add(folder)

    def _get(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            if not self._root.is_dir():
                raise self._out_of_reach(error) from error
            raise Unreadable(f"{path} is gone: bring it back from a backup") from error
        except OSError as error:
            raise self._out_of_reach(error) from error

    def _delete(self, paths: list[Path]) -> None:
        try:
            for path in paths:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise self._out_of_reach(error) from error
        for folder in {path.parent for path in paths} - {self._root}:
            with contextlib.suppress(OSError):  # others are in it
                folder.rmdir()

    def _names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(self._root / folder))
        except FileNotFoundError as error:
            if self._root.is_dir():
                return []
            raise self._out_of_reach(error) from error
        except OSError as error:
            raise self._out_of_reach(error) from error

    def _out_of_reach(self, error: OSError) -> OutOfReach:
        if not self._root.is_dir():
            return OutOfReach(f"the folder {self._root}, set by INBOX_BLOBS, is not there")
        return OutOfReach(
            f"the folder {self._root}, set by INBOX_BLOBS, cannot be used ({error.strerror})"
        )


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name[:16]}.{token_hex(8)}")
    try:
        with open(draft, "xb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
