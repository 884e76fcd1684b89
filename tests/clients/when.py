"""The moment at which all answers of the test clients are written."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
