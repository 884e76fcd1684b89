"""In which language, and in whose time, a mail to one of us is said.

As it was when it was asked for: what it said is found again in an answer to it by making it again,
and its reader may have changed both since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from inbox.i18n import LANGUAGES
from inbox.model.zones import zone_called
from inbox.store.tables import Agent, Mailbox


def language_of(reader: Agent, draft: Mapping[str, Any]) -> str:
    """One of the languages that we speak; `draft` is what the mail kept."""
    language = draft.get("language", reader.language)
    return language if language in LANGUAGES else LANGUAGES[0]


def zone_of(reader: Agent, mailbox: Mailbox, draft: Mapping[str, Any]) -> ZoneInfo:
    """The reader's time zone, else the mailbox's."""
    return zone_called(draft.get("zone") or reader.time_zone or mailbox.time_zone)
