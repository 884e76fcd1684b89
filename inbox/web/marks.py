"""How urgent a conversation is, in words."""

from __future__ import annotations

import gettext

from inbox.model.marks import Urgency


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
