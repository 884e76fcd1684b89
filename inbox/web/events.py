"""Events as small grey lines: one renderer for every name there is."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from typing import Final

from inbox.desk.satisfaction import rated_names
from inbox.model.event import EventName
from inbox.sla.deadlines import Timer
from inbox.web.facts import N_, Fact, Renderer
from inbox.web.marks import urgency_names
from inbox.web.undone import UNDONE

# These have an entry of their own in the conversation; a grey line would say it twice.
TOLD_BY_MESSAGE: Final = frozenset(
    {
        EventName.MESSAGE_RECEIVED,
        EventName.MESSAGE_REPLIED,
        EventName.MESSAGE_FORWARDED,
        EventName.MESSAGE_NOTED,
        EventName.MESSAGE_AUTOMATIC,
        EventName.MESSAGE_PLANNED,
        EventName.MESSAGE_HELD,
    }
)


def sentence(name: str, fact: Fact, texts: gettext.NullTranslations) -> str:
    """What happened, in one sentence; an empty one for a name from a newer version."""
    if name not in set(EventName):
        return ""
    render = UNDONE.get(fact.payload.get("undid", ""), RENDERERS[EventName(name)])
    return render(fact, texts)


def _assigned(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "whom": fact.whom, "num": len(fact.payload.get("moves") or ())}
    if names["num"]:
        return (
            texts.gettext("It was moved %(num)s times: %(whom)s decides now where it belongs")
            % names
        )
    if fact.is_own and fact.whom_id == fact.reader:
        return texts.gettext("You took the conversation")
    if fact.who == fact.whom:
        return texts.gettext("%(who)s took the conversation") % names
    return texts.gettext("%(who)s gave the conversation to %(whom)s") % names


def _unassigned(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {"who": fact.who, "whom": fact.people.get(fact.payload.get("from") or 0, fact.who)}
    if names["who"] == names["whom"]:
        return texts.gettext("%(who)s gave the conversation back") % names
    return texts.gettext("%(who)s took the conversation from %(whom)s; nobody has it") % names


def _removed(fact: Fact, texts: gettext.NullTranslations) -> str:
    if fact.who == fact.what:
        return texts.gettext("%(who)s left the conversation") % {"who": fact.who}
    about = {"who": fact.who, "what": fact.what}
    return texts.gettext("%(who)s removed %(what)s from the conversation") % about


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


def _dropped(fact: Fact, texts: gettext.NullTranslations) -> str:
    if fact.payload.get("undone") and fact.what:
        said = texts.gettext("%(who)s took the mail to %(what)s back before it left")
        return said % {"who": fact.who, "what": fact.what}
    if fact.payload.get("undone"):
        return texts.gettext("%(who)s took an answer back before it left") % {"who": fact.who}
    return texts.gettext("%(who)s discarded the answer that was held back") % {"who": fact.who}


def _waiting(fact: Fact, texts: gettext.NullTranslations) -> str:
    if until := fact.payload.get("until"):
        said = texts.gettext("%(who)s is waiting for the customer until %(when)s")
        return said % {"who": fact.who, "when": fact.say(until)}
    return texts.gettext("%(who)s is waiting for the customer") % {"who": fact.who}


def _snoozed(fact: Fact, texts: gettext.NullTranslations) -> str:
    about = {"who": fact.who, "when": fact.say(fact.payload.get("until") or "")}
    return texts.gettext("%(who)s put the conversation off until %(when)s") % about


def _returned(fact: Fact, texts: gettext.NullTranslations) -> str:
    if since := fact.payload.get("since"):
        said = texts.gettext("The customer has not answered since %(when)s: it is our turn again")
        return said % {"when": fact.say(since)}
    return texts.gettext("It was put off until now and is open again")


def _to_mailbox(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = fact.payload.get("names") or ("?", "?")
    about = {"who": fact.who, "old": names[0], "new": names[-1]}
    if fact.payload.get("told"):
        return (
            texts.gettext(
                "%(who)s moved the conversation from %(old)s to %(new)s and told the customer"
            )
            % about
        )
    return texts.gettext("%(who)s moved the conversation from %(old)s to %(new)s") % about


def _tagged(fact: Fact, texts: gettext.NullTranslations) -> str:
    added = ", ".join(fact.payload.get("added") or ())
    removed = ", ".join(fact.payload.get("removed") or ())
    said = texts.gettext("%(who)s removed the tag %(removed)s")
    if added and removed:
        said = texts.gettext("%(who)s added the tag %(added)s and removed %(removed)s")
    elif added or not removed:
        said = texts.gettext("%(who)s added the tag %(added)s")
    return said % {"who": fact.who, "added": added, "removed": removed}


def _promised(fact: Fact, texts: gettext.NullTranslations) -> str:
    about = {"who": fact.who, "when": fact.say(fact.payload.get("until") or "")}
    return texts.gettext("%(who)s promised an answer by %(when)s") % about


def _classified(fact: Fact, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    was = fact.payload.get("was") or ("", "")
    now = (fact.payload.get("category") or "", fact.payload.get("solution") or "")
    category, solution = (new if new != old else "" for new, old in zip(now, was, strict=True))
    if category and solution:
        said = _("%(who)s set the category to %(category)s and noted the solution: %(solution)s")
    elif category:
        said = _("%(who)s set the category to %(category)s")
    elif solution:
        said = _("%(who)s noted the solution: %(solution)s")
    elif was[0] and not now[0]:
        said = _("%(who)s removed the category")
    else:
        said = _("%(who)s removed the solution")
    return said % {"who": fact.who, "category": category, "solution": solution}


def _closed(fact: Fact, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    if fact.payload.get("silent"):
        return _("Closed, as the customer has not answered; they were told")
    told = {"category": _("category: %(what)s"), "solution": _("solution: %(what)s")}
    named = {name: fact.payload.get(name) for name in told}
    said = [told[name] % {"what": what} for name, what in named.items() if what]
    closed = _("%(who)s closed the conversation") % {"who": fact.who}
    return " · ".join(filter(None, (closed, ", ".join(said))))


def _forwarded(fact: Fact, texts: gettext.NullTranslations) -> str:
    about = {"who": fact.who, "what": fact.what, "when": fact.say(fact.payload.get("until") or "")}
    if about["when"]:
        return texts.gettext("%(who)s wrote a mail to %(what)s that leaves on %(when)s") % about
    return texts.gettext("%(who)s wrote to %(what)s; the customer does not see it") % about


def _prioritized(fact: Fact, texts: gettext.NullTranslations) -> str:
    name = urgency_names(texts).get(fact.payload.get("priority", ""), "?")
    return texts.gettext("%(who)s set the priority to %(what)s") % {"who": fact.who, "what": name}


def _due(fact: Fact, texts: gettext.NullTranslations, words: Mapping[Timer, str]) -> str:
    timer = Timer(fact.payload.get("timer", Timer.FIRST_ANSWER))
    said = words[timer] % {"when": fact.say(fact.payload.get("due") or "")}
    if names := ", ".join(fact.payload.get("names") or ()):
        return texts.gettext("%(what)s Told: %(who)s") % {"what": said, "who": names}
    return said


def _near(fact: Fact, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    answer = _("An answer is due by %(when)s.")
    words = {
        Timer.FIRST_ANSWER: answer,
        Timer.NEXT_ANSWER: answer,
        Timer.SOLUTION: _("A solution is due by %(when)s."),
        Timer.PROMISE: _("An answer was promised by %(when)s."),
    }
    return _due(fact, texts, words)


def _passed(fact: Fact, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    answer = _("There was no answer by %(when)s.")
    words = {
        Timer.FIRST_ANSWER: answer,
        Timer.NEXT_ANSWER: answer,
        Timer.SOLUTION: _("It was not solved by %(when)s."),
        Timer.PROMISE: _("The answer that was promised by %(when)s was not there."),
    }
    return _due(fact, texts, words)


def _confirmed(fact: Fact, texts: gettext.NullTranslations) -> str:
    if until := fact.payload.get("until"):
        said = texts.gettext("The customer got a confirmation: an answer comes by %(when)s")
        return said % {"when": fact.say(until)}
    return texts.gettext("The customer got a confirmation")


def _corrected(fact: Fact, texts: gettext.NullTranslations) -> str:
    if until := fact.payload.get("until"):
        said = texts.gettext("The customer was told that an answer takes longer, until %(when)s")
        return said % {"when": fact.say(until)}
    return texts.gettext("The customer was told that an answer takes longer")


def _reminded(fact: Fact, texts: gettext.NullTranslations) -> str:
    if closes := fact.payload.get("closes"):
        said = texts.gettext("The customer was reminded; without an answer it closes on %(when)s")
        return said % {"when": fact.say(closes)}
    return texts.gettext("The customer was reminded that we wait for an answer")


def _rated(fact: Fact, texts: gettext.NullTranslations) -> str:
    names = {str(one): name for one, name in rated_names(texts).items()}
    rated = names.get(fact.payload.get("rated", ""), "?")
    about = {"who": fact.who, "what": rated, "words": fact.payload.get("words", "")}
    if about["words"]:
        return texts.gettext("%(who)s rated our help: %(what)s. “%(words)s”") % about
    return texts.gettext("%(who)s rated our help: %(what)s") % about


RENDERERS: Final[dict[EventName, Renderer]] = {
    EventName.CONVERSATION_OPENED: N_("The conversation began"),
    EventName.CONVERSATION_CLOSED: _closed,
    EventName.CONVERSATION_REOPENED: N_("%(who)s reopened the conversation"),
    EventName.CONVERSATION_ASSIGNED: _assigned,
    EventName.CONVERSATION_UNASSIGNED: _unassigned,
    EventName.CONVERSATION_PROMISED: _promised,
    EventName.CONVERSATION_UNPROMISED: N_("%(who)s withdrew the promised time"),
    EventName.CONVERSATION_CLASSIFIED: _classified,
    EventName.CONVERSATION_MERGED: N_("%(who)s joined another conversation to this one"),
    EventName.CONVERSATION_UNMERGED: N_("%(who)s took the joined conversations apart again"),
    EventName.CONVERSATION_SPLIT: _split,
    EventName.CONVERSATION_SPAM: N_("%(who)s marked the conversation as spam"),
    EventName.CONVERSATION_NOT_SPAM: N_("%(who)s said that this is not spam"),
    EventName.CONVERSATION_WAITING: _waiting,
    EventName.CONVERSATION_SNOOZED: _snoozed,
    EventName.CONVERSATION_RETURNED: _returned,
    EventName.CONVERSATION_MOVED: _to_mailbox,
    EventName.CONVERSATION_TAGGED: _tagged,
    EventName.CONVERSATION_PRIORITY: _prioritized,
    EventName.CONVERSATION_SHARED: N_("The mail came to another mailbox as well"),
    EventName.CONVERSATION_NOTIFIED: N_("%(who)s told %(what)s of the conversation"),
    EventName.PERSON_DRAWN_IN: N_("%(who)s brought in %(what)s"),
    EventName.PERSON_REMOVED: _removed,
    EventName.PERSON_FOLLOWED: N_("%(who)s follows the conversation"),
    EventName.PERSON_UNFOLLOWED: N_("%(who)s no longer follows the conversation"),
    EventName.MESSAGE_RECEIVED: N_("%(who)s wrote"),
    EventName.MESSAGE_THANKED: N_("%(who)s only says thanks: the conversation stays closed"),
    EventName.MESSAGE_REPLIED: N_("%(who)s answered"),
    EventName.MESSAGE_FORWARDED: _forwarded,
    EventName.MESSAGE_HURRIED: N_("%(who)s let it leave at once"),
    EventName.MESSAGE_NOTED: N_("%(who)s wrote a note"),
    EventName.MESSAGE_AUTOMATIC: N_("Automatic mail from %(who)s"),
    EventName.MESSAGE_MOVED: _moved,
    EventName.MESSAGE_PLANNED: N_("%(who)s wrote an answer that leaves later"),
    EventName.MESSAGE_HELD: N_("An answer by mail from %(who)s is held back"),
    EventName.MESSAGE_RELEASED: N_("%(who)s released the answer that was held back"),
    EventName.MESSAGE_DROPPED: _dropped,
    EventName.CUSTOMER_LEARNED: N_("%(who)s added %(what)s to the customer"),
    EventName.CUSTOMER_FORGOT: N_("%(who)s removed %(what)s from the customer"),
    EventName.CUSTOMER_MERGED: N_("%(who)s merged the customer with %(what)s"),
    EventName.CUSTOMER_PARTED: N_("%(who)s separated the customer from %(what)s again"),
    EventName.CUSTOMER_NOTED: N_("%(who)s added a note about the customer"),
    EventName.CUSTOMER_UNNOTED: N_("%(who)s removed a note about the customer"),
    EventName.DEADLINE_NEAR: _near,
    EventName.DEADLINE_PASSED: _passed,
    EventName.DEADLINE_LATE: _passed,
    EventName.DELIVERY_FAILED: N_("A mail could not be delivered"),
    EventName.DELIVERY_DELAYED: N_("An answer has not gone out yet; we keep trying"),
    EventName.DELIVERY_DROPPED: N_("%(who)s took an answer out of the queue; it will not be sent"),
    EventName.RULE_ANSWERED: N_("%(who)s answered the customer with the text “%(what)s”"),
    EventName.WEBHOOK_SENT: N_("%(who)s let the program “%(what)s” hear of it"),
    EventName.CONFIRMATION_SENT: _confirmed,
    EventName.CONFIRMATION_CORRECTED: _corrected,
    EventName.CUSTOMER_REMINDED: _reminded,
    EventName.CUSTOMER_TOLD_CLOSED: N_("The customer was told that it is closed"),
    EventName.SATISFACTION_ASKED: N_("The customer was asked whether we helped"),
    EventName.SATISFACTION_RATED: _rated,
}
