"""What a person is told about their own way in."""

from __future__ import annotations

from enum import StrEnum


class Told(StrEnum):
    """What has changed."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    SECOND_STEP_ON = "second_step_on"
    SECOND_STEP_OFF = "second_step_off"
    CODES = "codes"  # new ones for recovery
    ADDRESS_ADDED = "address_added"  # about: the address
    ADDRESS_GONE = "address_gone"
    NEW_BROWSER = "new_browser"  # about: what it calls itself, and from where
