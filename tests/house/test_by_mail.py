"""Whatever a person can do to a conversation on a page, or a program by the API, can be asked for
by mail; the few things that cannot have their reason here.
"""

from __future__ import annotations

from inbox.auth.permissions import Permission
from inbox.desk.several import Verb as OfSeveral
from inbox.desk.takeback import CORRECTIONS
from inbox.intake.agent_undoes import ASKED_AS
from inbox.intake.deeds.table import DEEDS
from inbox.orders.verbs import Verb
from tests.http.rights import routes

PAGE, PROGRAM = "/conversations/{conversation_id}", "/api/v1"

# A verb; or, in words, another way to do it by mail.
BY_MAIL: dict[str, Verb | tuple[Verb, ...] | str] = {
    "POST /conversations": "a mail to `support+new@`, or with the mailbox in Cc",
    "POST …/replies": "an answer to a notice",
    "POST …/notes": Verb.NOTE,
    "DELETE …/messages/{message_id}": Verb.STOP,
    "POST …/messages/{message_id}/release": "the addresses `send`, `note` and `drop`",
    "DELETE …/messages/{message_id}/release": "the addresses `send`, `note` and `drop`",
    "POST …/texts": (Verb.TEMPLATE, Verb.ARTICLE),
    "POST …/preview": Verb.SHOW,
    "POST …/forwards": Verb.FORWARD,
    "POST …/forwards/texts": (Verb.TEMPLATE, Verb.ARTICLE),
    "PUT …/assignee": (Verb.TAKE, Verb.ASSIGN),
    "PUT …/closure": Verb.CLOSE,
    "DELETE …/closure": Verb.REOPEN,
    "PUT …/following": Verb.FOLLOW,
    "DELETE …/following": Verb.UNFOLLOW,
    "DELETE …/followers": Verb.REMOVE,
    "POST …/promise": Verb.PROMISE,
    "POST …/category": Verb.CATEGORY,
    "POST …/solution": Verb.SOLUTION,
    "POST …/wait": Verb.WAIT,
    "POST …/snooze": Verb.SNOOZE,
    "POST …/mailbox": Verb.MOVE,
    "POST …/priority": Verb.PRIORITY,
    "POST …/tags": (Verb.TAG, Verb.UNTAG),
    "POST …/splits": Verb.SPLIT,
    "POST …/messages/{message_id}/home": Verb.BELONGS,
    "POST …/merge": Verb.SAME,
    "POST …/spam": Verb.SPAM,
    "DELETE …/spam": Verb.NOT_SPAM,
    "DELETE …/corrections/{event_id}": Verb.UNDO,
    "POST …/customer/contacts": Verb.CUSTOMER,
    "DELETE …/customer/contacts": Verb.FORGET,
    "POST …/customer/notes": Verb.CUSTOMER,
    "DELETE …/customer/notes/{note_id}": Verb.FORGET,
    "POST …/customer/merges": Verb.CUSTOMER,
    "DELETE …/customer/merges/{merge_id}": Verb.FORGET,
    # Several at once: numbers of a digest.
    "POST /marked": "a digest's numbers",
    "POST /closures": Verb.CLOSE,
    "POST /assignments": Verb.ASSIGN,
    "POST /dispatch/assignments": Verb.ASSIGN,
    "POST /dispatch/undo": Verb.UNDO,
    "POST /taggings": (Verb.TAG, Verb.UNTAG),
    "POST /priorities": Verb.PRIORITY,
    "POST /waits": Verb.WAIT,
    "POST /snoozes": Verb.SNOOZE,
    "POST /moves": Verb.MOVE,
    "POST /spam": Verb.SPAM,
    "POST /merges": Verb.SAME,
    "POST /marked/undo": Verb.UNDO,
    # What a program asks for in other words than a page.
    "PUT …/classification": (Verb.CATEGORY, Verb.SOLUTION),
    "PUT …/promise": Verb.PROMISE,
    "DELETE …/promise": Verb.PROMISE,
    "PUT …/wait": Verb.WAIT,
    "PUT …/snooze": Verb.SNOOZE,
    "DELETE …/snooze": Verb.REOPEN,
    "PUT …/mailbox": Verb.MOVE,
    "PUT …/priority": Verb.PRIORITY,
    "PUT …/tags": (Verb.TAG, Verb.UNTAG),
    "POST …/merges": Verb.SAME,
    "PUT …/spam": Verb.SPAM,
    "DELETE …/corrections/{correction_id}": Verb.UNDO,
    "DELETE …/followers/me": Verb.LEAVE,
    "PUT /messages/{message_id}/conversation": Verb.BELONGS,
    "DELETE /messages/{message_id}/sending": Verb.STOP,
    "POST /several": "a digest's numbers",
    "POST /several/undo": Verb.UNDO,
    "POST /customers/{customer_id}/addresses": Verb.CUSTOMER,
    "DELETE /customers/{customer_id}/addresses/{address}": Verb.FORGET,
    "POST /customers/{customer_id}/phones": Verb.CUSTOMER,
    "DELETE /customers/{customer_id}/phones/{number}": Verb.FORGET,
    "POST /customers/{customer_id}/merges": Verb.CUSTOMER,
    "DELETE /customers/{customer_id}/merges/{merge_id}": Verb.FORGET,
    "POST /customers/{customer_id}/notes": Verb.CUSTOMER,
    "DELETE /customers/{customer_id}/notes/{note_id}": Verb.FORGET,
}
_DRAFT = "a mail program keeps drafts itself"
_LOOKS = "it changes what one's page shows, and nothing of the conversation"
_BEGINS = "who begins a conversation from their own program sees there what they write"
NOT_BY_MAIL = {
    "POST …/draft": _DRAFT,
    "DELETE …/draft": _DRAFT,
    "PUT …/drafts/{kind}": _DRAFT,
    "DELETE …/drafts/{kind}": _DRAFT,
    "POST …/forwards/draft": _DRAFT,
    "DELETE …/forwards/draft": _DRAFT,
    "PUT …/messages/{message_id}/forward-draft": _DRAFT,
    "DELETE …/messages/{message_id}/forward-draft": _DRAFT,
    "PUT /drafts/{letter}": _DRAFT,
    "DELETE /drafts/{letter}": _DRAFT,
    "POST /conversations/new/draft": _DRAFT,
    "DELETE /conversations/new/draft": _DRAFT,
    "POST …/presence": _LOOKS,
    "POST …/forwards/preview": "who passes a mail on by mail has it before them",
    "POST /conversations/new/preview": _BEGINS,
    "POST /conversations/new/texts": _BEGINS,
}
NOT_OF_CONVERSATIONS = {
    Permission.PUBLIC,
    Permission.CHANNELS,
    Permission.WORKSPACES,
    Permission.SHARED_WORKSPACES,
    Permission.OWN_TEMPLATES,
    Permission.TEMPLATES,
    Permission.TAGS,
    Permission.RULES,
    Permission.WEBHOOKS,
    Permission.HOUSE,
    Permission.MAILBOXES,
    Permission.PEOPLE,
    Permission.LET_IN,
    Permission.OWN,
    Permission.CHANGE_OWN,
    Permission.SECOND_STEP,
    Permission.SIGN_OUT,
}
OF_PEOPLE = ("/uploads", "/set-aside", "/house/")  # also a file not yet sent, a mail in none
ABOUT_ONESELF = {Verb.AWAY, Verb.BACK, Verb.NOTICES}
ASKING = {Verb.SEND, Verb.FIND, Verb.HELP}  # later, looked for, told


def test_what_can_be_done_to_a_conversation_can_be_asked_for_by_mail() -> None:
    there = set(_changing())
    known = BY_MAIL.keys() | NOT_BY_MAIL.keys()
    assert not there - known, "make an order of it (intake/deeds/table.py), or say why not"
    assert not known - there, "these are gone; so are their lines"


def test_what_is_asked_for_by_mail_is_something_of_the_page() -> None:
    verbs = {
        verb
        for said in BY_MAIL.values()
        for verb in (said if isinstance(said, tuple) else (said,))
        if isinstance(verb, Verb)
    }
    assert verbs | ABOUT_ONESELF | ASKING == set(Verb)
    assert {one.value for one in OfSeveral} - {"merge"} <= {one.value for one in DEEDS}


def test_what_a_page_undoes_is_undone_by_mail() -> None:
    assert set(ASKED_AS) == CORRECTIONS
    assert set(ASKED_AS.values()) <= set(DEEDS)


def _changing() -> set[str]:
    """The routes that change a conversation, a few, or the customer; without where they stand."""
    found = set()
    for (method, path), permission in routes():
        short = path.removeprefix(PROGRAM).replace(PAGE, "…")
        is_other = permission in NOT_OF_CONVERSATIONS or short.startswith(OF_PEOPLE)
        if method not in ("GET", "HEAD") and not is_other:
            found.add(f"{method} {short}")
    twins = {one for one in found if one.replace("POST", "PUT") in found - {one}}
    return {one for one in found if one not in twins or one in BY_MAIL}
