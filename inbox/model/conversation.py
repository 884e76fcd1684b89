"""Conversations, their states and the people in them."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a conversation stands."""

    OPEN = "open"  # our turn
    WAITING = "waiting"  # the customer's turn
    SNOOZED = "snoozed"  # our turn again at a time that is set
    CLOSED = "closed"
    SPAM = "spam"


class MessageKind(StrEnum):
    """What an entry of a conversation is."""

    MAIL = "mail"  # from a customer or participant
    REPLY = "reply"  # from us to the customer
    NOTE = "note"  # only inside
    AUTO = "auto"  # automatic mail: bounce, out-of-office, receipt
    HELD = "held"  # an answer of ours that waits for its proof
    FORWARD = "forward"  # from us to somebody whom we ask: the customer knows nothing of it


class Visibility(StrEnum):
    """Who may ever see an entry."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Role(StrEnum):
    """What a person of ours may do; `colleague` works by mail alone."""

    ADMIN = "admin"
    MANAGER = "manager"
    AGENT = "agent"
    COLLEAGUE = "colleague"


class ActorKind(StrEnum):
    """Who did it."""

    AGENT = "agent"
    CUSTOMER = "customer"
    RULE = "rule"
    SYSTEM = "system"
