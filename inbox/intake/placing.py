"""What a mail says of itself, and where it belongs by that: one question to the database or two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from inbox.intake.arrival import MailboxFacts
from inbox.model.mail import Kind, ParsedMail, Trimmed, Verdict
from inbox.model.proof import Proof, Submitted
from inbox.store.engine import Writer
from inbox.store.threads import lookup
from inbox.threading.clues import Clues, with_quotes
from inbox.threading.match import choose
from inbox.threading.quotes import words_quoted
from inbox.threading.verdict import Join, Match, Policy, is_unsure

# People write all of these; what robots send attaches to something, and opens nothing by itself.
_OPENING: Final = frozenset({Kind.HUMAN, Kind.BULK, Kind.CALENDAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a mail says of itself."""

    mail: ParsedMail
    verdict: Verdict
    trimmed: Trimmed
    clues: Clues
    submitted: Submitted | None = None

    @property
    def is_answer(self) -> bool:
        """Whether it may be placed by its subject or by what it quotes."""
        return self.clues.subject.is_reply or bool(words_quoted(self.trimmed))


def policy_of(mailbox: MailboxFacts, mailboxes: tuple[int, ...]) -> Policy:
    """What the first of the mailboxes to which a mail came wants."""
    return Policy(
        mailbox_ids=frozenset(mailboxes),
        join=Join(mailbox.join_policy),
        reopen_days=mailbox.reopen_days,
        opening=_OPENING,
    )


async def place(
    db: Writer, understood: Understood, proof: Proof, policy: Policy, now: datetime
) -> Match:
    """Where a mail belongs, by all that is known; to be asked after `hold`."""
    decide = partial(choose, proof=proof, policy=policy, now=now)
    if understood.clues.has_headers:
        match = decide(understood.clues, await lookup(db, understood.clues, now=now))
        if not is_unsure(match):
            return match
    # Only now, for comparing what is quoted with what we sent costs more than all the rest.
    clues = with_quotes(understood.clues, understood.mail.text, understood.trimmed)
    if understood.clues.has_headers and not clues.quotes:
        return match
    return decide(clues, await lookup(db, clues, now=now))
