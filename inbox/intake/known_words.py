"""What a mail quotes of ours, told apart by knowing what we sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from inbox.desk.letter import Letter
from inbox.intake.auto_reply import confirmed
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.quote_marks import is_quoted, unquoted
from inbox.mail.trim import trim
from inbox.model.mail import Trimmed
from inbox.notify.notice import words_of_notice
from inbox.notify.satisfaction import all_asked
from inbox.notify.told_customer import words_of
from inbox.outbound.composers import composer_of
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader, Writer
from inbox.store.sent import mail_to, texts_said, texts_sent

_LARGE: Final = 256 * 1024  # octets, from which on reading a mail would hold up the others


async def trimmed_by_reply(db: Writer, letter: Letter) -> Letter:
    """The letter, its new words without those of our answers and confirmations that it answers.

    Asks nothing for a mail that answers none of ours.
    """
    ids = [one.message_id for one in letter.clues.answers if one.is_ours]
    if not ids or letter.is_automatic:
        return letter
    sent = await texts_sent(db, ids)
    ours = (*sent.ours, *(_told(kind, draft) for kind, draft in sent.told))
    found = await _trim(letter, ours, theirs=sent.theirs) if ours else None
    return replace(letter, trimmed=found) if found else letter


async def said_there(db: Writer, conversation_id: int) -> list[str]:
    """All texts that whoever writes to a conversation may quote from it, without tokens of ours."""
    said = await texts_said(db, conversation_id)
    told = (_told(kind, draft) for kind, draft in said.told)
    return [without_tokens(one) for one in (*said.theirs, *said.ours, *told)]


def without_tokens(text: str) -> str:
    """A text of ours as it is the same for all who quote it."""
    return scrubbed(text, "")


def _told(kind: str, draft: Mapping[str, Any]) -> str:
    match kind:
        case "confirmation":
            return confirmed(draft).text
        case "satisfaction":
            return all_asked(draft)
        case "moved":
            return "\n".join((draft["words"], draft["from"], draft["footer"]))
    return words_of(kind, draft).text


async def trimmed_by_mail(
    db: Writer, letter: Letter, context: Context, *, agent_id: int, conversation_id: int
) -> Trimmed | None:
    """What one of us wrote in answer to a mail of ours; None if nothing of that is found in it."""
    ids = [one.message_id for one in letter.clues.answers if one.is_ours]
    mail = await mail_to(db, agent_id, ids, conversation_id)
    if mail is None:
        return None
    if mail.kind in ("notice", "asked"):
        words = await words_of_notice(Reader(db), context, mail)
        return await _trim(letter, words.shown, words.inside)
    return await _trimmed_of(letter, await composer_of(mail.kind)(Reader(db), context, mail))


async def _trimmed_of(letter: Letter, draft: Draft) -> Trimmed | None:
    """Such a mail repeats, with quote marks, what its reader had written; the rest is for them."""
    lines = draft.text.split("\n")
    inside = "\n".join(line for line in lines if not is_quoted(line))
    theirs = "\n".join(unquoted(line) for line in lines if is_quoted(line))
    return await _trim(letter, (), (inside,), (theirs,))


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
