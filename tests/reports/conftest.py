"""The department whose figures are counted."""

from __future__ import annotations

from tests.office import office

__all__ = ["office"]
