"""Events as small grey lines: one renderer for every name there is."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from inbox.model.event import EventName


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as its renderer sees it."""

    who: str
    is_own: bool  # by the person who reads this
    payload: Mapping[str, Any]
    people: Mapping[int, str]
    reader: int

    @property
    def whom(self) -> str:
        """The person whom it is about, by name."""
        return self.people.get(self.whom_id or 0, "?")

    @property
    def whom_id(self) -> int | None:
        """The person whom it is about."""
        found = self.payload.get("to")
        return found if isinstance(found, int) else None


Renderer = Callable[[Fact, gettext.NullTranslations], str]

# These have an entry of their own in the conversation; a grey line would say it twice.
TOLD_BY_MESSAGE: Final = frozenset(
    {
        EventName.MESSAGE_RECEIVED,
        EventName.MESSAGE_REPLIED,
        EventName.MESSAGE_NOTED,
        EventName.MESSAGE_AUTOMATIC,
        EventName.MESSAGE_HELD,
    }
)


def sentence(name: str, fact: Fact, texts: gettext.NullTranslations) -> str:
    """What happened, in one sentence; an empty one for a name from a newer version."""
    renderer = RENDERERS.get(name)  # type: ignore[call-overload]
    return renderer(fact, texts) if renderer else ""


def _opened(_fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("The conversation began")


def _closed(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s closed the conversation") % {"who": fact.who}


def _reopened(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s reopened the conversation") % {"who": fact.who}


def _assigned(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "whom": fact.whom}
    if fact.is_own and fact.whom_id == fact.reader:
        return texts.gettext("You took the conversation")
    if fact.who == fact.whom:
        return texts.gettext("%(who)s took the conversation") % names
    return texts.gettext("%(who)s gave the conversation to %(whom)s") % names


def _unassigned(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s gave the conversation back") % {"who": fact.who}


def _merged(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s joined another conversation to this one") % {"who": fact.who}


def _unmerged(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s parted again what had been joined") % {"who": fact.who}


def _split(fact: Fact, texts: gettext.NullTranslations) -> str:
    moved = len(fact.payload.get("messages") or ())
    return texts.ngettext(
        "%(who)s made %(num)s message a conversation of its own",
        "%(who)s made %(num)s messages a conversation of their own",
        moved,
    ) % {"who": fact.who, "num": moved}


def _moved(fact: Fact, texts: gettext.NullTranslations) -> str:
    moved = len(fact.payload.get("messages") or ())
    return texts.ngettext(
        "%(who)s moved %(num)s message to another conversation",
        "%(who)s moved %(num)s messages to another conversation",
        moved,
    ) % {"who": fact.who, "num": moved}


def _spam(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s marked the conversation as spam") % {"who": fact.who}


def _not_spam(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s said that this is no spam") % {"who": fact.who}


def _shared(_fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("It came to another mailbox as well")


def _received(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s wrote") % {"who": fact.who}


def _replied(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s answered") % {"who": fact.who}


def _noted(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s wrote a note") % {"who": fact.who}


def _automatic(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("An automatic mail came from %(who)s") % {"who": fact.who}


def _held(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("An answer by mail from %(who)s is held back") % {"who": fact.who}


def _released(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s released the answer that was held back") % {"who": fact.who}


def _dropped(fact: Fact, texts: gettext.NullTranslations) -> str:
    if fact.payload.get("undone"):
        return texts.gettext("%(who)s took an answer back before it left") % {"who": fact.who}
    return texts.gettext("%(who)s dropped the answer that was held back") % {"who": fact.who}


def _learned(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "what": fact.payload.get("value", "")}
    return texts.gettext("%(who)s noted that the customer also has %(what)s") % names


def _forgot(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "what": fact.payload.get("value", "")}
    return texts.gettext("%(who)s noted that %(what)s is not the customer's") % names


def _one_person(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "what": fact.payload.get("value", "")}
    return texts.gettext("%(who)s said that the customer is the same person as %(what)s") % names


def _two_people(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "what": fact.payload.get("value", "")}
    return texts.gettext("%(who)s said that %(what)s is another person after all") % names


def _failed(_fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("A mail could not be delivered")


def _delayed(_fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("An answer has not gone out yet; it is tried again")


def _taken_out(fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("%(who)s took an answer out of the queue; it is not sent") % {
        "who": fact.who
    }


def _confirmed(_fact: Fact, texts: gettext.NullTranslations) -> str:
    return texts.gettext("The customer got a confirmation")


RENDERERS: Final[dict[EventName, Renderer]] = {
    EventName.CONVERSATION_OPENED: _opened,
    EventName.CONVERSATION_CLOSED: _closed,
    EventName.CONVERSATION_REOPENED: _reopened,
    EventName.CONVERSATION_ASSIGNED: _assigned,
    EventName.CONVERSATION_UNASSIGNED: _unassigned,
    EventName.CONVERSATION_MERGED: _merged,
    EventName.CONVERSATION_UNMERGED: _unmerged,
    EventName.CONVERSATION_SPLIT: _split,
    EventName.CONVERSATION_SPAM: _spam,
    EventName.CONVERSATION_NOT_SPAM: _not_spam,
    EventName.CONVERSATION_SHARED: _shared,
    EventName.MESSAGE_RECEIVED: _received,
    EventName.MESSAGE_REPLIED: _replied,
    EventName.MESSAGE_NOTED: _noted,
    EventName.MESSAGE_AUTOMATIC: _automatic,
    EventName.MESSAGE_MOVED: _moved,
    EventName.MESSAGE_HELD: _held,
    EventName.MESSAGE_RELEASED: _released,
    EventName.MESSAGE_DROPPED: _dropped,
    EventName.CUSTOMER_LEARNED: _learned,
    EventName.CUSTOMER_FORGOT: _forgot,
    EventName.CUSTOMER_MERGED: _one_person,
    EventName.CUSTOMER_PARTED: _two_people,
    EventName.DELIVERY_FAILED: _failed,
    EventName.DELIVERY_DELAYED: _delayed,
    EventName.DELIVERY_DROPPED: _taken_out,
    EventName.CONFIRMATION_SENT: _confirmed,
}
