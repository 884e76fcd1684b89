"""Who may do what: one table, for the web view, the API and mail alike. Pure.

Which conversations exist for a person is `store.conversations`; what one of us may do in a single
one that they were drawn into is the second half.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.orders.verbs import Verb


class Permission(StrEnum):
    """What a route or an order asks for; each of them names exactly one."""

    PUBLIC = "public"  # anybody, also without signing in
    MONITOR = "monitor"  # figures of the process: loopback or the token of metrics
    READ = "read"
    REPLY = "reply"
    NOTE = "note"
    ASSIGN = "assign"
    HAND_ON = "hand_on"  # what one has: back to those who give it out
    CLOSE = "close"
    REST = "rest"  # put it off, or wait for the customer
    LEAVE = "leave"  # hear no more of what one was drawn into
    CORRECT = "correct"  # where a mail belongs
    IDENTIFY = "identify"  # who a customer is
    RAW = "raw"  # the mail as it came
    CHANNELS = "channels"  # what mail programs do to our mails, in all mailboxes
    WORKSPACES = "workspaces"  # searches that are kept: one's own
    SHARED_WORKSPACES = "shared_workspaces"  # those that others have shared
    STATISTICS = "statistics"  # figures of one's mailboxes, and of oneself
    STATISTICS_OF_PEOPLE = "statistics_of_people"  # and of everybody in them
    OWN_TEMPLATES = "own_templates"  # texts that one alone sends
    TEMPLATES = "templates"  # what others send in our name
    RULES = "rules"  # what happens by itself in one's mailboxes, or in all
    WEBHOOKS = "webhooks"  # which programs hear of what happens
    TAGS = "tags"  # to rename them wherever they are
    NEWCOMERS = "newcomers"  # to see who wrote as one of ours and is unknown
    LET_IN = "let_in"  # to say who they are
    HOUSE = "house"  # to see how all of it is set up: people, departments, mailboxes
    MAILBOXES = "mailboxes"  # how a mailbox works
    PEOPLE = "people"  # who speaks for a department, and who is of ours
    OWN = "own"  # to see one's own settings
    CHANGE_OWN = "change_own"
    SECOND_STEP = "second_step"  # one's own; open to who has to begin with it
    SIGN_OUT = "sign_out"


_ADMIN: Final = frozenset(Permission) - {Permission.MONITOR}
_MANAGER: Final = _ADMIN - {
    Permission.WEBHOOKS,
    Permission.CHANNELS,
    Permission.HOUSE,
    Permission.MAILBOXES,
    Permission.PEOPLE,
}
_AGENT: Final = _MANAGER - {
    Permission.STATISTICS_OF_PEOPLE,
    Permission.TEMPLATES,
    Permission.RULES,
    Permission.TAGS,
    Permission.SHARED_WORKSPACES,
    Permission.NEWCOMERS,
    Permission.LET_IN,
}

# A colleague works by mail alone: there is nothing for them here, not even signing in.
ALLOWED: Final[dict[Role, frozenset[Permission]]] = {
    Role.ADMIN: _ADMIN,
    Role.MANAGER: _MANAGER,
    Role.AGENT: _AGENT,
    Role.COLLEAGUE: frozenset({Permission.PUBLIC}),
}


def may(viewer: Viewer | None, permission: Permission) -> bool:
    """Whether a person, or nobody (None), may do it."""
    if viewer is None:
        return permission is Permission.PUBLIC
    return permission in ALLOWED[viewer.role]


# What is open to who needs a second step to sign in, and has not set it up yet.
BEFORE_SECOND_STEP: Final = frozenset(
    {Permission.PUBLIC, Permission.OWN, Permission.SECOND_STEP, Permission.SIGN_OUT}
)


def may_sign_in(role: Role) -> bool:
    """Whether the web view is open to this role at all."""
    return Permission.READ in ALLOWED[role]


class Part(StrEnum):
    """What one of us is to a single conversation."""

    MEMBER = "member"  # it is in a mailbox of theirs
    HOLDER = "holder"  # drawn in, and it was given to them, or to their department
    ASKED = "asked"  # drawn in, and no more


_GUEST: Final = frozenset({Permission.NOTE, Permission.LEAVE})
_HOLDER: Final = _GUEST | {Permission.HAND_ON, Permission.REST}
# By what the mailbox lets colleagues do (`colleagues_answer`).
_OUTWARD: Final[dict[Part, dict[str, frozenset[Permission]]]] = {
    Part.HOLDER: dict.fromkeys(
        ("assigned", "always"), frozenset({Permission.REPLY, Permission.CLOSE})
    ),
    Part.ASKED: {"always": frozenset({Permission.REPLY})},
}
# What each order asks for. About their writer alone: AWAY, BACK; nobody is refused these.
ASKS_FOR: Final[Mapping[Verb, Permission]] = {
    Verb.CLOSE: Permission.CLOSE,
    Verb.REOPEN: Permission.CLOSE,
    Verb.WAIT: Permission.REST,
    Verb.SNOOZE: Permission.REST,
    Verb.PROMISE: Permission.REST,
    Verb.TAKE: Permission.HAND_ON,
    Verb.ASSIGN: Permission.HAND_ON,
    Verb.MOVE: Permission.ASSIGN,
    Verb.TAG: Permission.ASSIGN,
    Verb.UNTAG: Permission.ASSIGN,
    Verb.PRIORITY: Permission.ASSIGN,
    Verb.CATEGORY: Permission.ASSIGN,
    Verb.SOLUTION: Permission.ASSIGN,
    Verb.REMOVE: Permission.ASSIGN,
    Verb.FOLLOW: Permission.READ,
    Verb.CUSTOMER: Permission.IDENTIFY,
    Verb.FORGET: Permission.IDENTIFY,
    Verb.SAME: Permission.CORRECT,
    Verb.BELONGS: Permission.CORRECT,
    Verb.SPLIT: Permission.CORRECT,
    Verb.SPAM: Permission.CORRECT,
    Verb.NOT_SPAM: Permission.CORRECT,
    Verb.TEMPLATE: Permission.REPLY,
    Verb.ARTICLE: Permission.REPLY,
    Verb.FORWARD: Permission.REPLY,
    Verb.SEND: Permission.REPLY,
    Verb.NOTICES: Permission.READ,
    Verb.LEAVE: Permission.LEAVE,
} | dict.fromkeys(
    # Who does not follow leaves; of what was done only that is undone which they may do.
    (Verb.NOTE, Verb.SHOW, Verb.STOP, Verb.UNDO, Verb.UNFOLLOW, Verb.FIND, Verb.HELP),
    Permission.NOTE,
)


def part_of(*, is_member: bool, holds: bool) -> Part:
    """What somebody is who hears of a conversation."""
    if is_member:
        return Part.MEMBER
    return Part.HOLDER if holds else Part.ASKED


def allowed_in(part: Part, colleagues_answer: str) -> frozenset[Permission]:
    """What somebody may do in one conversation, whatever their role is elsewhere."""
    if part is Part.MEMBER:
        return _AGENT - {Permission.LEAVE}
    within = _HOLDER if part is Part.HOLDER else _GUEST
    return within | _OUTWARD[part].get(colleagues_answer, frozenset())


def may_order(allowed: frozenset[Permission], verb: Verb) -> bool:
    """Whether somebody with these rights in a conversation may ask for it there."""
    return verb not in ASKS_FOR or ASKS_FOR[verb] in allowed
