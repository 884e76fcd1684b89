"""Raw mail beside the database: what a place for it must do, how it is found, what it is called.

A blob is written once, under a name made of whose it is, its day and its content, and never
changed. It is on disk before the row that names it is committed, so there is never a row without
its blob. A blob without a row is what a crash leaves; `inbox.intake.sweep` deletes it. That cannot
meet a row that is just being committed: names of a day long past are not given any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from secrets import token_hex
from typing import Protocol

from inbox.errors import ConfigError, InboxError, Unreadable

# Every database has a name of its own, so that two of them can share a place by mistake and not
# sweep each other's mail.
HOUSE = """
insert into setting (key, value)
values ('house', jsonb_build_object('id', substr(gen_random_uuid()::text, 1, 8)))
on conflict (key) do update set key = excluded.key
returning value ->> 'id' as house
"""


class Blobs(Protocol):
    """A place where bytes are kept by name. A name is a path of plain words."""

    url: str

    async def put(self, name: str, content: bytes) -> None:
        """Keep a blob; returns once it outlives a power cut. Raises NoRoom, OutOfReach."""

    async def get(self, name: str) -> bytes:
        """Its bytes. Raises Unreadable where it is gone, OutOfReach where nobody can tell."""

    async def delete(self, names: Sequence[str]) -> None:
        """Forget blobs; those that are not there are no error. Raises OutOfReach."""

    async def names(self, folder: str) -> list[str]:
        """What is directly in a folder, whole names; empty if there is none. Raises OutOfReach."""

    async def has_room(self, size: int) -> bool:
        """False when it is known that a blob of `size` bytes could not be kept."""


@cache
def place(url: str) -> Blobs:
    """The place that a `file://` or `s3://` URL names; nothing is looked at yet."""
    if url.startswith("s3://"):
        from inbox.store.blob_bucket import Bucket  # noqa: PLC0415 - only where it is wanted

        return Bucket(url)
    from inbox.store.blob_folder import Folder  # noqa: PLC0415 - only where it is wanted

    return Folder(url)


def blob_name(house: str, content: bytes, now: datetime) -> str:
    """What a blob is called that is put now: the same again for the same bytes on the same day."""
    return f"{house}/{now.astimezone(UTC).date()}/{sha256(content).hexdigest()}"


def day_of(name: str) -> date | None:
    """The day in a blob's name, or in its folder's; None for what we have not named."""
    try:
        return date.fromisoformat(name.split("/")[1])
    except (ValueError, IndexError):
        return None


async def fetch(url: str, name: str) -> bytes:
    """The bytes that a row says are there. Raises Unreadable, OutOfReach."""
    content = await place(url).get(name)
    if sha256(content).hexdigest() != name.rpartition("/")[2]:
        raise Unreadable(f"{url}/{name} is damaged: bring it back from a backup")
    return content


async def check(blobs: Blobs) -> None:
    """Write, read and delete a blob. Raises ConfigError when one of that cannot be done."""
    content = token_hex(16).encode()
    name = f"check/{token_hex(8)}"
    try:
        await blobs.put(name, content)
        found = await blobs.get(name)
        await blobs.delete([name])
    except InboxError as error:
        raise ConfigError(f"raw mail cannot be kept in {blobs.url}: {error.public}") from error
    if found != content:
        raise ConfigError(f"raw mail cannot be kept in {blobs.url}: it gives back other bytes")
