"""Everything that can be asked for by mail, by what it is about, with what each of it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inbox.orders.verbs import Verb


# So called because `make messages` looks for texts in calls of this name.
def N_(message: str) -> str:
    """The text itself; it is translated for its reader."""
    return message


# Asked for most: where something was not understood, these and the whole list are named.
OFTEN: Final = (
    Verb.CLOSE,
    Verb.TAKE,
    Verb.ASSIGN,
    Verb.WAIT,
    Verb.SNOOZE,
    Verb.NOTE,
    Verb.SHOW,
    Verb.STOP,
    Verb.UNDO,
    Verb.LEAVE,  # of who was asked
    Verb.HELP,
)
MENU: Final[Mapping[str, Mapping[Verb, str]]] = {
    N_("How it stands"): {
        Verb.CLOSE: N_("closes the conversation; a mail of the customer opens it again"),
        Verb.REOPEN: N_("opens it again"),
        Verb.WAIT: N_("waits for the customer; without an answer by then it comes back"),
        Verb.SNOOZE: N_("puts it off until then; a mail of the customer brings it back at once"),
        Verb.PROMISE: N_("says by when you answer; “%(none)s” says it no more"),
        Verb.PRIORITY: N_("says how urgent it is: %(words)s"),
        Verb.TAG: N_("puts tags on it"),
        Verb.UNTAG: N_("takes tags off"),
        Verb.CATEGORY: N_("says what it was about"),
        Verb.SOLUTION: N_("says how it ended"),
        Verb.SPAM: N_("puts it among the spam"),
        Verb.NOT_SPAM: N_("takes it out of the spam"),
        Verb.UNDO: N_("undoes what you did here last"),
    },
    N_("Who has it, and who hears of it"): {
        Verb.TAKE: N_("gives it to you"),
        Verb.ASSIGN: N_("gives it to somebody else; a part of the name is enough"),
        Verb.MOVE: N_("gives it to another mailbox"),
        Verb.FOLLOW: N_("lets you hear of everything in it"),
        Verb.UNFOLLOW: N_("ends that"),
        Verb.REMOVE: N_("lets somebody who was asked hear no more of it"),
        Verb.LEAVE: N_("ends the mails of this conversation to you"),
    },
    N_("The words that you write below"): {
        Verb.NOTE: N_("makes what you write below a comment that only we see"),
        Verb.SHOW: N_("shows you what the customer gets; it waits until you decide"),
        Verb.STOP: N_("takes your last answer back, if it has not left"),
        Verb.SEND: N_("lets your answer leave then; “@%(stop)s” takes it back before"),
        Verb.TEMPLATE: N_("puts an approved text around your words"),
        Verb.ARTICLE: N_("puts an article below your words"),
        Verb.FORWARD: N_(
            "passes the customer's mail on with your words; the customer sees nothing"
        ),
    },
    N_("The customer, and where a mail belongs"): {
        Verb.CUSTOMER: N_("notes something about the customer: words, an address or a number"),
        Verb.FORGET: N_("takes that off"),
        Verb.SAME: N_("joins it to another conversation, by number, address or subject"),
        Verb.BELONGS: N_("moves the mail that you answer to another conversation"),
        Verb.SPLIT: N_(
            "makes the mail that you answer a conversation of its own; with “%(all)s” also what"
            " came after it"
        ),
    },
    N_("You yourself"): {
        Verb.FIND: N_("mails you articles, templates and conversations with these words"),
        Verb.AWAY: N_("says that you are away, and offers what you have to others"),
        Verb.BACK: N_("says that you are here again"),
        Verb.NOTICES: N_(
            "says what you hear of this mailbox: all, mine, mentions or none; or 60 to 90, the"
            " minutes between two lists"
        ),
        Verb.HELP: N_("sends a list of all that can be asked for"),
    },
}
