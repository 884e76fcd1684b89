"""Where raw mail lies beside the database: both kinds of places, and what they say when broken."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from inbox.errors import ConfigError, NoRoom, OutOfReach, Unreadable
from inbox.store.blob_bucket import Bucket
from inbox.store.blobs import Blobs, blob_name, check, day_of, fetch, place
from tests.places import S3Server

NOW = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
MAIL = b"From: <jane@shop.example>\r\n\r\n\x00\xff They leak.\r\n"
NAME = blob_name("a1b2c3d4", MAIL, NOW)


async def test_what_was_put_is_there_once_until_it_is_deleted(blobs: Blobs) -> None:
    assert await blobs.names("a1b2c3d4") == []
    for _ in range(2):
        await blobs.put(NAME, MAIL)
    assert await fetch(blobs.url, NAME) == MAIL
    assert await blobs.names("a1b2c3d4") == ["a1b2c3d4/2026-11-22"]
    assert await blobs.names("a1b2c3d4/2026-11-22") == [NAME]
    assert await blobs.names("another") == []
    for _ in range(2):
        await blobs.delete([NAME, "a1b2c3d4/2026-11-22/other"])
    with pytest.raises(Unreadable, match="is gone: bring it back") as gone:
        await blobs.get(NAME)
    assert not isinstance(gone.value, OutOfReach)
    assert await blobs.names("a1b2c3d4/2026-11-22") == []


@pytest.mark.parametrize("size", [0, 1, 12_000_000])
async def test_any_size(blobs: Blobs, size: int) -> None:
    content = os.urandom(size)
    name = blob_name("h", content, NOW)
    await blobs.put(name, content)
    assert await blobs.get(name) == content


async def test_ten_at_once_with_the_same_bytes(blobs: Blobs) -> None:
    await asyncio.gather(*(blobs.put(NAME, MAIL) for _ in range(10)))
    assert await fetch(blobs.url, NAME) == MAIL
    assert set(await blobs.names("a1b2c3d4/2026-11-22")) == {NAME}


async def test_a_sound_place_is_left_as_it_was(blobs: Blobs) -> None:
    await check(blobs)
    assert await blobs.names("check") == []
    assert await blobs.has_room(1)


def test_a_name_says_whose_when_and_what() -> None:
    assert f"a1b2c3d4/2026-11-22/{sha256(MAIL).hexdigest()}" == NAME
    assert day_of(NAME) == day_of("a1b2c3d4/2026-11-22") == date(2026, 11, 22)
    assert day_of("check/x") is day_of("x") is None


async def test_damage_is_noticed(folder: Path) -> None:
    await place(folder.as_uri()).put(NAME, MAIL)
    (folder / NAME).write_bytes(MAIL.replace(b"leak", b"peak"))
    with pytest.raises(Unreadable, match="is damaged"):
        await fetch(folder.as_uri(), NAME)
    await place(folder.as_uri()).put(NAME, MAIL)  # a repeat does not read it


async def test_a_file_is_on_disk_before_it_has_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File, name, folder: in any other order a power cut could leave a row without its mail."""
    steps: list[str] = []
    sync, rename = os.fsync, Path.rename

    def synced(descriptor: int) -> None:
        steps.append("sync " + os.readlink(f"/proc/self/fd/{descriptor}").rpartition("/")[2][:7])
        sync(descriptor)

    def renamed(draft: Path, path: Path) -> Path:
        steps.append("rename")
        return rename(draft, path)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", renamed)
    blobs, digest = place(folder.as_uri()), sha256(MAIL).hexdigest()[:6]
    await blobs.put(NAME, MAIL)
    folders = ["sync raw mai", "sync a1b2c3d"]  # the new names of folders, from the top
    assert steps == [*folders, f"sync .{digest}", "rename", "sync 2026-11"]
    steps.clear()
    await blobs.put(NAME, MAIL)
    assert steps == ["sync 2026-11"]
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("fault", "error"), [(errno.ENOSPC, NoRoom), (errno.EDQUOT, NoRoom), (errno.EIO, OutOfReach)]
)
async def test_a_disk_that_fails_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: int, error: type[Exception]
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(fault, os.strerror(fault))

    blobs = place(folder.as_uri())
    await blobs.put(blob_name("a1b2c3d4", b"before", NOW), b"before")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        with pytest.raises(error):
            await blobs.put(NAME, MAIL)
    assert len(await blobs.names("a1b2c3d4/2026-11-22")) == 1
    await blobs.put(NAME, MAIL)
    assert await blobs.get(NAME) == MAIL


async def test_a_folder_is_not_made_for_it_may_be_a_mount_that_is_missing(tmp_path: Path) -> None:
    blobs = place((tmp_path / "not mounted").as_uri())
    for work in (blobs.put(NAME, MAIL), blobs.get(NAME), blobs.names("a1b2c3d4")):
        with pytest.raises(OutOfReach, match=r"not mounted, set by INBOX_BLOBS, is not there"):
            await work
    with pytest.raises(ConfigError, match=r"raw mail cannot be kept in file://.*is not there"):
        await check(blobs)
    assert not (tmp_path / "not mounted").exists()


async def test_room_is_what_the_disk_has(folder: Path) -> None:
    assert not await place(folder.as_uri()).has_room(1 << 60)


async def test_a_bucket_that_is_not_there(s3: S3Server) -> None:
    with pytest.raises(ConfigError, match=r"cannot be used \(NoSuchBucket\)"):
        await check(place("s3://no-such-bucket/x"))


async def test_wrong_keys_are_named(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(ConfigError, match="SignatureDoesNotMatch"):
        await check(place(bucket))


@pytest.mark.slow
async def test_a_server_that_is_down(bucket: str, s3: S3Server) -> None:
    blobs = place(bucket)
    await blobs.put(NAME, MAIL)
    s3.stop()
    for work in (blobs.put(NAME, MAIL), blobs.get(NAME)):
        with pytest.raises(OutOfReach, match="/ours, set by INBOX_BLOBS, cannot be used"):
            await work


@pytest.fixture
async def refusing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[bytes]]:
    """An S3 server that answers everything with the same words, which the test chooses."""
    words: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(words[0] + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    async with server:
        yield words


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (b"HTTP/1.1 507 Insufficient Storage", NoRoom),
        (b"HTTP/1.1 403 Forbidden", OutOfReach),
        (b"HTTP/1.1 400 Bad Request", OutOfReach),
        (b"nonsense", OutOfReach),
    ],
)
async def test_what_a_server_refuses(
    refusing: list[bytes], words: bytes, error: type[Exception]
) -> None:
    refusing.append(words)
    with pytest.raises(error):
        await Bucket("s3://some-bucket").put(NAME, MAIL)
