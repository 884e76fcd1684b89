"""A list that one of us got: the lines by which it is found again in an answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox.jobs.registry import Context
from inbox.notify.away import away_words
from inbox.notify.digest_words import subject_of, words_of
from inbox.notify.voice import Voice, voice_of
from inbox.store.digests import mail_with
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the mail of a list said, in the voice in which it did."""

    voice: Voice
    subject: str
    items: Sequence[Sequence[str]]  # the lines of each number, its name first
    around: Sequence[str]  # the lines that belong to no number


async def listed(db: Reader | Writer, context: Context, row: Digest) -> Listed:
    """The same as it left: its rows do not change, so that it can be made again."""
    mail = await mail_with(db, row)
    voice = await voice_of(db, context, row, mail)
    if mail and mail.kind == "away":
        away = away_words(voice)
        return Listed(
            voice=voice,
            subject=away.subject,
            items=[one.lines for one in away.items],
            around=away.around(voice.gap),
        )
    words = await words_of(db, voice, row.items, more=True)
    return Listed(
        voice=voice,
        subject=subject_of(voice, row.items),
        items=[one.lines for one in words.items],
        around=words.around,
    )
