"""Archives that are written while they are sent."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from inbox.asgi.zipped import free_name, zipped


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("a.txt", (), "a.txt"),
        ("A.txt", ("a.txt",), "A (2).txt"),
        ("a.txt", ("a.txt", "a (2).txt"), "a (3).txt"),
        ("../../x", (), "x"),
        ("...", (), "file"),
        ("", ("file",), "file (2)"),
    ],
)
def test_a_name_is_free_and_leads_nowhere(name: str, taken: tuple[str, ...], free: str) -> None:
    assert free_name(name, taken) == free


async def test_no_more_than_one_file_is_in_memory() -> None:
    async def files() -> AsyncIterator[tuple[str, bytes]]:
        for n in range(12):
            yield f"{n}.bin", bytes(2_000_000)

    tracemalloc.start()
    size = 0
    async for piece in zipped(files(), at=datetime(1970, 1, 1, tzinfo=UTC)):
        size += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 24_000_000
    assert peak < 6_000_000


async def test_what_comes_out_is_an_archive() -> None:
    async def files() -> AsyncIterator[tuple[str, bytes]]:
        yield "Фото.jpg", b"1"

    whole = b"".join([one async for one in zipped(files(), at=datetime(2026, 1, 2, tzinfo=UTC))])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.read("Фото.jpg") == b"1"
