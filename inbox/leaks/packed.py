"""How files are handed to the process that opens them (`cage`).

Beside it and not in it: whoever hands them over need not know how they are read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from inbox.leaks.attached import Attached, Kind

# What is quick and sure first: the others may take all the time that there is.
_ORDER: Final = (Kind.COMPOUND, Kind.ARCHIVE, Kind.PDF)


def in_order(files: Sequence[Attached]) -> list[Attached]:
    """The files as the process is to read them, what is read fastest first."""
    return sorted(files, key=lambda one: _ORDER.index(one.kind) if one.kind in _ORDER else 0)


def packed(files: Sequence[Attached]) -> bytes:
    """The files, one behind the other, below what they are."""
    listed = [[one.filename, one.content_type, len(one.content)] for one in files]
    return b"".join((json.dumps(listed).encode(), b"\n", *(one.content for one in files)))
