"""The names of everything that can happen to a conversation: the vocabulary of the audit trail."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class EventName(StrEnum):
    """One dotted name per fact; a verb writes exactly one."""

    CONVERSATION_OPENED = "conversation.opened"
    CONVERSATION_CLOSED = "conversation.closed"
    CONVERSATION_REOPENED = "conversation.reopened"
    CONVERSATION_ASSIGNED = "conversation.assigned"
    CONVERSATION_UNASSIGNED = "conversation.unassigned"
    CONVERSATION_PROMISED = "conversation.promised"  # whoever has it says by when; payload `until`
    CONVERSATION_UNPROMISED = "conversation.unpromised"  # who said it gave it back; payload `from`
    CONVERSATION_CLASSIFIED = "conversation.classified"  # payload `category`, `solution`
    CONVERSATION_MERGED = "conversation.merged"
    CONVERSATION_UNMERGED = "conversation.unmerged"  # a merge was undone; payload `to`
    CONVERSATION_SPLIT = "conversation.split"  # mails became one of their own; payload `to`
    CONVERSATION_SPAM = "conversation.spam"
    CONVERSATION_NOT_SPAM = "conversation.not_spam"
    CONVERSATION_WAITING = "conversation.waiting"  # for the customer; payload `until`
    CONVERSATION_SNOOZED = "conversation.snoozed"  # payload `until`
    CONVERSATION_RETURNED = "conversation.returned"  # the time has passed; payload `from`, `since`
    CONVERSATION_MOVED = "conversation.moved"  # to the mailbox `mailbox` of the payload
    CONVERSATION_TAGGED = "conversation.tagged"  # payload `added`, `removed`
    CONVERSATION_PRIORITY = "conversation.priority"  # payload `from`, `priority`
    CONVERSATION_SHARED = "conversation.shared"  # a mail of it came to a further mailbox as well
    CONVERSATION_NOTIFIED = "conversation.notified"  # a rule wants some to hear of it; `asked`
    PERSON_DRAWN_IN = "person.drawn_in"  # some of us hear of it from now on; payload `people`
    PERSON_REMOVED = "person.removed"  # and no more; payload `person`
    PERSON_FOLLOWED = "person.followed"  # somebody of its mailboxes hears of all of it
    PERSON_UNFOLLOWED = "person.unfollowed"  # and no more
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_THANKED = "message.thanked"  # a mail that only says thanks: what is closed stays so
    MESSAGE_REPLIED = "message.replied"  # our answer, from web or mail
    MESSAGE_FORWARDED = "message.forwarded"  # a mail was passed on to somebody outside
    MESSAGE_HURRIED = "message.hurried"  # what was to leave later leaves now; payload `value`
    MESSAGE_NOTED = "message.noted"
    MESSAGE_AUTOMATIC = "message.automatic"  # out-of-office, receipt: attached, nothing else
    MESSAGE_MOVED = "message.moved"  # mails went to another conversation; payload `to`
    MESSAGE_PLANNED = "message.planned"  # an answer that leaves at its time; payload `until`
    MESSAGE_HELD = "message.held"  # an answer by mail without proof
    MESSAGE_RELEASED = "message.released"
    MESSAGE_DROPPED = "message.dropped"
    CUSTOMER_LEARNED = "customer.learned"  # one of us told an address, a phone; payload `value`
    CUSTOMER_FORGOT = "customer.forgot"  # an address is not theirs after all
    CUSTOMER_MERGED = "customer.merged"  # two customers are one; payload `merge`, `value`
    CUSTOMER_PARTED = "customer.parted"  # a merge of customers was undone
    CUSTOMER_NOTED = "customer.noted"  # one of us noted something about them; payload `note`
    CUSTOMER_UNNOTED = "customer.unnoted"  # and took it off
    # An answer or solution is due; payload `timer`, `due`, `since`, whom it was `told`, `names`.
    DEADLINE_NEAR = "deadline.near"  # soon
    DEADLINE_PASSED = "deadline.passed"  # and was not done in time
    DEADLINE_LATE = "deadline.late"  # and still is not
    DELIVERY_FAILED = "delivery.failed"  # SMTP refused for good, or a bounce came back
    DELIVERY_DELAYED = "delivery.delayed"  # an answer has not gone out after an hour
    DELIVERY_DROPPED = "delivery.dropped"  # an administrator took an answer out of the queue
    RULE_ANSWERED = "rule.answered"  # the customer got an approved text; payload `to`, `value`
    WEBHOOK_SENT = "webhook.sent"  # a rule lets another program hear of it; payload `value`
    CONFIRMATION_SENT = "confirmation.sent"
    CONFIRMATION_CORRECTED = "confirmation.corrected"  # it takes longer; payload `until`, `from`
    CUSTOMER_REMINDED = "customer.reminded"  # that we wait for an answer; payload `to`, `closes`
    CUSTOMER_TOLD_CLOSED = "customer.told_closed"  # that one of us has closed it; payload `to`
    SATISFACTION_ASKED = "satisfaction.asked"  # the customer, once the matter was closed
    SATISFACTION_RATED = "satisfaction.rated"  # and said; payload `rated`, `words`, `before`


ALARMS: Final = (EventName.DEADLINE_NEAR, EventName.DEADLINE_PASSED, EventName.DEADLINE_LATE)
# With these mails went to the conversation `to` of the payload: they are news there as well.
MOVES: Final = (
    EventName.CONVERSATION_SPLIT,
    EventName.CONVERSATION_UNMERGED,
    EventName.MESSAGE_MOVED,
)
