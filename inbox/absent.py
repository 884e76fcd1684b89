"""Imports without a library that another one would load only because it is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(name: str) -> Iterator[None]:
    """Importing `name` fails in here with `ImportError`, unless it is loaded already."""
    if name in sys.modules:
        yield
        return
    # What Python's import system documents for a module that is not to be found.
    sys.modules[name] = None  # type: ignore[assignment] # typeshed knows modules only
    try:
        yield
    finally:
        del sys.modules[name]
