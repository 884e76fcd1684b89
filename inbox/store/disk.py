"""How much room is left where we keep mail."""

from __future__ import annotations

import shutil
from typing import Final

from inbox.settings import Settings
from inbox.store.embedded import is_embedded

# Below it somebody should make room, long before no mail is taken any more.
LITTLE_ROOM: Final = 2 * 1024**3


def free_room(settings: Settings) -> int | None:
    """Bytes that are free on the disk of the embedded database; None where it is not ours."""
    if settings.database_url and not is_embedded(settings):
        return None
    try:
        return shutil.disk_usage(settings.data).free
    except OSError:  # there is no such folder yet
        return None
