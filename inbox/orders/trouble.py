"""Why something that was asked for is not done. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """One sentence each in the mail that says so."""

    FINE = "fine"  # it would have been done, but for another
    UNKNOWN = "unknown"  # no such order; `names` what may have been meant
    EXTRA = "extra"  # the order is known, and takes nothing behind it
    NO_NAME = "no_name"  # nobody is named
    NOBODY = "nobody"  # no person of this name; `names` who there is
    SEVERAL = "several"  # it may be one of `names`
    NO_TIME = "no_time"  # no time is named, or it is not clear which
    PAST = "past"
    FAR = "far"
    NO_MAILBOX = "no_mailbox"  # none is named
    NOWHERE = "nowhere"  # no mailbox of this name; `names` which there are
    THERE_ALREADY = "there_already"  # it is in this mailbox
    NO_TAG = "no_tag"  # none is named, or what is named can be none
    NOT_TAGGED = "not_tagged"  # it has no such tag; `names` those that it has
    MANY_TAGS = "many_tags"
    NO_PRIORITY = "no_priority"  # none is named, or no such
    NO_CONVERSATION = "no_conversation"  # none of this number or subject that they can see
    SEVERAL_CONVERSATIONS = "several_conversations"  # it may be one of `names`
    NOTHING_OFFERED = "nothing_offered"  # no other conversation was suggested
    NO_MAIL = "no_mail"  # it is not clear which mail is meant
    AGAINST = "against"  # orders that cannot all be done; `names` their lines
    SPAM_ANSWERED = "spam_answered"  # words for the customer, and it is spam
    UNSEEN = "unseen"  # the customer has written what its writer has not seen
    QUOTED = "quoted"  # the customer's mail has the same line
    ELSEWHERE = "elsewhere"  # addresses of several conversations
    ASKED_FOR_HELP = "asked_for_help"  # besides other things
    NO_TEXT = "no_text"  # no approved text of this name; `names` what there is
    SEVERAL_TEXTS = "several_texts"  # it may be one of `names`
    UNFILLED = "unfilled"  # the text needs what is not known: `names`
    NO_WORDS = "no_words"  # nothing to look for
    ALONE = "alone"  # something else is asked for or said besides what is looked for
    NO_ADDRESS = "no_address"  # not one address behind it
    UTF8_ADDRESS = "utf8_address"  # one with letters that no mail of ours can go to
    INSIDE = "inside"  # words for the customer that begin by speaking to one of us
    BELOW = "below"  # a note that begins below words for the customer
    NO_DAY = "no_day"  # until when is not understood, or it is over
    WHICH_NOTICES = "which_notices"  # what is to be heard of the mailbox is not said
    WHICH_DECISION = "which_decision"  # an address about a held answer that says nothing known
    NOT_GIVEN = "not_given"  # they were asked about it, and do not have it
    NOT_THEIRS = "not_theirs"  # only who takes part in the mailbox can; `names` the mailbox
    NOT_DRAWN_IN = "not_drawn_in"  # they hear of it by their mailbox: nothing to leave
    CLOSING_NEEDS = "closing_needs"  # its mailbox wants more before it is closed: `names`
    NO_FIELDS = "no_fields"  # what stands behind closing has no name
    NO_CATEGORY = "no_category"  # none is named, or no such; `names` which there are
    NO_SOLUTION = "no_solution"  # nothing is said
    NOTHING_NOTED = "nothing_noted"  # nothing to note about the customer, or to take off
    NOT_NOTED = "not_noted"  # nothing like it is noted about them; `names` what is
    ONLY_ADDRESS = "only_address"  # the customer has no other
    NOT_DRAWN = "not_drawn"  # nobody of this name was drawn in; `names` who was
    NO_WORDS_TO_SEND = "no_words_to_send"  # nothing is said to the customer, and nothing waits
    NOT_IN_LIST = "not_in_list"  # it needs the mail of the conversation itself
    REFUSED = "refused"  # as things stand it cannot be done


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is not done, as it was written, and why."""

    line: str
    why: Why
    names: tuple[str, ...] = ()
    verb: str = ""  # where one of `names` behind it would do
    choices: tuple[str, ...] = ()  # what can be said for that which is wanted
    said: tuple[str, ...] = ()  # what was asked for besides, as it was written

    def row(self) -> dict[str, Any]:
        """As an event keeps it."""
        about: dict[str, Any] = {"verb": self.verb} if self.verb else {}
        about |= {"choices": list(self.choices[:20])} if self.choices else {}
        about |= {"said": [one[:200] for one in self.said[:20]]} if self.said else {}
        names = list(self.names[:20])
        return {"line": self.line[:200], "why": self.why.value, "names": names, **about}
