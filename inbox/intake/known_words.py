"""What a mail quotes of ours, told apart by knowing what we sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from inbox.desk.letter import Letter
from inbox.intake.auto_reply import confirmed
from inbox.jobs.registry import Context
from inbox.mail.trim import trim
from inbox.model.mail import Trimmed
from inbox.notify.notice import words_of_notice
from inbox.store.engine import Reader, Writer
from inbox.store.sent import notice_to, texts_sent

_LARGE: Final = 256 * 1024  # octets, from which on reading a mail would hold up the others


async def trimmed_by_reply(db: Writer, letter: Letter) -> Letter:
    """The letter, its new words without those of our answers and confirmations that it answers.

    Asks nothing for a mail that answers none of ours.
    """
    ids = [one.message_id for one in letter.clues.answers if one.is_ours]
    if not ids or letter.is_automatic:
        return letter
    sent = await texts_sent(db, ids)
    ours = (*sent.ours, *(confirmed(one).text for one in sent.confirmations))
    found = await _trim(letter, ours, theirs=sent.theirs) if ours else None
    return replace(letter, trimmed=found) if found else letter


async def trimmed_by_notice(
    db: Writer, letter: Letter, context: Context, *, agent_id: int, conversation_id: int
) -> Trimmed | None:
    """What one of us wrote in answer to a notice; None if nothing of it is found in their mail."""
    ids = [one.message_id for one in letter.clues.answers if one.is_ours]
    notice = await notice_to(db, agent_id, ids, conversation_id)
    if notice is None:
        return None
    words = await words_of_notice(Reader(db), context, notice)
    return await _trim(letter, words.shown, words.inside)


async def _trim(
    letter: Letter,
    sent: Sequence[str],
    inside: Sequence[str] = (),
    theirs: Sequence[str] = (),
) -> Trimmed | None:
    mail = letter.mail
    known = partial(trim, mail.text, mail.html, sent=sent, inside=inside, theirs=theirs)
    found = known() if mail.size < _LARGE else await asyncio.to_thread(known)
    return found if found.is_known else None
