"""What was undone, told as that: undoing records the event of the opposite, which is not meant."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from typing import Final

from inbox.model.event import EventName
from inbox.web.facts import N_, Fact, Renderer


def _given(fact: Fact, texts: gettext.NullTranslations) -> str:
    whom = fact.people.get(fact.payload.get("from") or 0, "?")  # who had it until then
    said = texts.gettext("%(who)s took back that %(whom)s has it")
    return said % {"who": fact.who, "whom": whom}


def _moved(fact: Fact, texts: gettext.NullTranslations) -> str:
    moved = len(fact.payload.get("messages") or ())
    return texts.ngettext(
        "%(who)s moved %(num)s message back to where it was",
        "%(who)s moved %(num)s messages back to where they were",
        moved,
    ) % {"who": fact.who, "num": moved}


def _to_mailbox(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = fact.payload.get("names") or ("?", "?")
    said = texts.gettext("%(who)s moved the conversation back from %(old)s to %(new)s")
    return said % {"who": fact.who, "old": names[0], "new": names[-1]}


_PARTED: Final = N_("%(who)s took the split back")
# By what was undone. Of the others (a tag, a note, whom it concerns) the opposite says it.
UNDONE: Final[Mapping[str, Renderer]] = {
    EventName.CONVERSATION_CLOSED: N_("%(who)s took the closing back"),
    EventName.CONVERSATION_REOPENED: N_("%(who)s took the reopening back"),
    EventName.CONVERSATION_ASSIGNED: _given,
    EventName.CONVERSATION_UNASSIGNED: N_("%(who)s took back that nobody has it"),
    EventName.CONVERSATION_PROMISED: N_("%(who)s took the promised time back"),
    EventName.CONVERSATION_UNPROMISED: N_("%(who)s promised the withdrawn time again"),
    EventName.CONVERSATION_CLASSIFIED: N_("%(who)s put category and solution back as they were"),
    EventName.CONVERSATION_UNMERGED: _PARTED,
    EventName.CONVERSATION_SPLIT: _PARTED,
    EventName.CONVERSATION_SPAM: N_("%(who)s took back that this is spam"),
    EventName.CONVERSATION_NOT_SPAM: N_("%(who)s took back that this is not spam"),
    EventName.CONVERSATION_WAITING: N_("%(who)s took back that we wait for the customer"),
    EventName.CONVERSATION_SNOOZED: N_("%(who)s took back that it was put off"),
    EventName.CONVERSATION_MOVED: _to_mailbox,
    EventName.MESSAGE_MOVED: _moved,
}
