"""The department in which these stories happen."""

from __future__ import annotations

from tests.office import office

__all__ = ["office"]
