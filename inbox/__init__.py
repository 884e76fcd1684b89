"""A shared inbox that lives in e-mail."""

from __future__ import annotations

__version__ = "0.1.0"
