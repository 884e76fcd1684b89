"""Blobs as objects of a bucket of S3, or of anything that speaks like it.

Keys, region and endpoint are read from the environment by the library, under the names that all
programs use: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL and so on.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from inbox.errors import InboxError, NoRoom, OutOfReach, Unreadable

# A peer waits for its 250 meanwhile: the whole must end before the receiver gives up.
_PATIENCE = timedelta(seconds=20)
_FULL = re.compile(r"status code: 507|StorageFull|QuotaExceeded|InsufficientStorage")
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE")


class Bucket:
    """A bucket, or what is below a prefix of it. Safe to use from several loops."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            # Whoever sets an endpoint without TLS means it.
            client_options={"allow_http": True, "connect_timeout": "5s", "timeout": "30s"},
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
        )

    async def put(self, name: str, content: bytes) -> None:
        """As Blobs.put."""
        try:
            await obstore.put_async(self._store, name, content)
        except (BaseError, OSError) as error:
            if _FULL.search(str(error)):
                raise NoRoom from error
            raise self._failed(error) from error

    async def get(self, name: str) -> bytes:
        """As Blobs.get."""
        try:
            found = await obstore.get_async(self._store, name)
            return bytes(await found.bytes_async())
        except (BaseError, OSError) as error:
            if isinstance(error, FileNotFoundError) and "NoSuchBucket" not in str(error):
                raise Unreadable(
                    f"{self.url}/{name} is gone: bring it back from a backup"
                ) from error
            raise self._failed(error) from error

    async def delete(self, names: Sequence[str]) -> None:
        """As Blobs.delete."""
        for name in names:
            try:
                await obstore.delete_async(self._store, name)
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                raise self._failed(error) from error

    async def names(self, folder: str) -> list[str]:
        """As Blobs.names."""
        try:
            found = await obstore.list_with_delimiter_async(self._store, prefix=folder)
        except (BaseError, OSError) as error:
            raise self._failed(error) from error
        return sorted([*found["common_prefixes"], *(one["path"] for one in found["objects"])])

    async def has_room(self, size: int) -> bool:
        """As Blobs.has_room: nobody can tell."""
        del size
        return True

    def _failed(self, error: Exception) -> InboxError:
        hint = "" if any(map(os.environ.get, _KEYS)) else "; AWS_ACCESS_KEY_ID is not set"
        return OutOfReach(f"{self.url}, set by INBOX_BLOBS, cannot be used ({_why(error)}){hint}")


def _why(error: Exception) -> str:
    text = str(error)
    if code := re.search(r"<Code>(\w+)</Code>", text):
        return code[1]
    # What it was about to do stands first, the fault itself last; the rest is for its developers.
    return text.partition("\n")[0].rpartition(" - ")[2][:200]
