"""How urgent a conversation is, and whether what is due presses, in words."""

from __future__ import annotations

import gettext
from datetime import datetime, timedelta
from typing import Final

from inbox.model.marks import Urgency

# What is due within this time stands out.
SOON: Final = timedelta(hours=1)


def urgency_names(texts: gettext.NullTranslations) -> dict[str, str]:
    """By the word that programs use what people read, the lowest first."""
    return {
        Urgency.LOW.word: texts.pgettext("priority", "Low"),
        Urgency.NORMAL.word: texts.pgettext("priority", "Normal"),
        Urgency.HIGH.word: texts.pgettext("priority", "High"),
        Urgency.URGENT.word: texts.pgettext("priority", "Urgent"),
    }


def target_names(texts: gettext.NullTranslations) -> dict[str, str]:
    """By the word of `sla.targets` what people read, in its order."""
    _ = texts.gettext
    return {
        "first": _("First answer"),
        "next": _("Further answers"),
        "solution": texts.pgettext("target", "Solution"),
    }


def pressing(due: datetime | None, now: datetime) -> str:
    """Whether what is due is `late`, or due `soon`; empty where neither. Alike on every page."""
    if due is None or due >= now + SOON:
        return ""
    return "late" if due < now else "soon"
