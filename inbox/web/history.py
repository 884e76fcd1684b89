"""Everything that happened to a conversation, as its page lists it. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inbox.model.actor import SYSTEM
from inbox.store.tables import Event
from inbox.web.dates import When
from inbox.web.events import sentence
from inbox.web.facts import Fact
from inbox.web.pages import Reader


@dataclass(frozen=True, slots=True)
class PastView:
    """One thing: what, when, and by which way somebody asked for it."""

    text: str
    when: When
    way: str


def history_of(
    events: Sequence[Event], people: Mapping[int, str], viewer_id: int, reader: Reader
) -> list[PastView]:
    """The events in their order, each as a sentence that names who did it."""
    ways = way_names(reader.texts)
    found = []
    for event in events:
        fact = fact_of(event, people, viewer_id, reader)
        text = sentence(event.name, fact, reader.texts)
        way = event.via or str(event.payload.get("via", ""))
        if text:
            found.append(PastView(text, reader.calendar.when(event.at), ways.get(way, "")))
    return found


def fact_of(event: Event, people: Mapping[int, str], viewer_id: int, reader: Reader) -> Fact:
    """An event as its sentence needs it."""
    is_agent = event.actor_kind == "agent"
    who = event.actor_name or (people.get(event.actor_id or 0, "") if is_agent else "")
    if event.actor_name == SYSTEM.name and event.actor_kind == "system":
        who = reader.texts.gettext("The inbox")
    if event.actor_kind == "rule":
        who = reader.texts.gettext("The rule “%(name)s”") % {"name": who}
    is_own = is_agent and event.actor_id == viewer_id
    return Fact(who or "?", is_own, event.payload, people, viewer_id, reader.calendar.said)


def way_names(texts: gettext.NullTranslations) -> dict[str, str]:
    """By which way something was asked for, in words."""
    _ = texts.gettext
    return {
        "web": _("in the web view"),
        "api": _("by a program"),
        "mail": _("by mail"),
        "command": _("by a command"),
    }
