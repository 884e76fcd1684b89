"""Who may do what: one table. Which conversations exist for a person is `store.conversations`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from inbox.model.conversation import Role
from inbox.model.viewer import Viewer


class Permission(StrEnum):
    """What a route asks for; each route names exactly one."""

    PUBLIC = "public"  # anybody, also without signing in
    MONITOR = "monitor"  # figures of the process: loopback or the token of metrics
    READ = "read"
    REPLY = "reply"
    NOTE = "note"
    ASSIGN = "assign"
    CLOSE = "close"
    CORRECT = "correct"  # where a mail belongs
    IDENTIFY = "identify"  # who a customer is
    RAW = "raw"  # the mail as it came
    CHANNELS = "channels"  # what mail programs do to our mails, in all mailboxes
    TEMPLATES = "templates"  # what others send in our name
    MAILBOXES = "mailboxes"  # how a mailbox works
    SIGN_OUT = "sign_out"


_ADMIN: Final = frozenset(Permission) - {Permission.MONITOR}
_MANAGER: Final = _ADMIN - {Permission.CHANNELS, Permission.MAILBOXES}
_AGENT: Final = _MANAGER - {Permission.TEMPLATES}

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


def may_sign_in(role: Role) -> bool:
    """Whether the web view is open to this role at all."""
    return Permission.READ in ALLOWED[role]
