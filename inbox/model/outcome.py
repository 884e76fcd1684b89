"""What became of something that one of us asked for about their own answer by mail."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Each has a mail of its own to whoever asked."""

    SENT_BEFORE = "sent_before"  # it was let go already, as an answer
    NOTED_BEFORE = "noted_before"  # it was let go already, as a comment
    DROPPED_BEFORE = "dropped_before"
    NOBODY = "nobody"  # there is nobody whom it could go to, or nothing in it
    NOT_THEIRS = "not_theirs"  # `reasons` why the mail that decides is not believed
    TOO_LATE = "too_late"  # to stop it: it has left
    NO_ANSWER = "no_answer"  # there is none of theirs to be stopped or shown
    NOT_UNDONE = "not_undone"  # they did nothing, or it stands otherwise by now
    SHOWN = "shown"  # what the customer gets of an answer that is on its way, or has left
