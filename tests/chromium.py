"""Which Chromium the tests drive."""

from __future__ import annotations

import os
import shutil
from typing import Final

# The one without windows does the same for a third of the CPU time.
_NAMES: Final = ("chromium-headless-shell", "chromium")


def chromium() -> str | None:
    """The path of the system's, or None for Playwright's own."""
    found = filter(None, map(shutil.which, _NAMES))
    return os.environ.get("INBOX_TEST_CHROMIUM") or next(found, None)
