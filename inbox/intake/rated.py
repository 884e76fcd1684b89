"""What a customer answers whom we asked whether we have helped, by a mail to `good+TOKEN@…`.

It is no new message of the conversation, unless it has words of its own: then it is the customer's
mail as well, like any other. The token is enough to say so, whoever outside the mail is from, and
gives nothing to read. What a machine sends there says nothing, nor does one of us.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import takewhile
from typing import Final, get_args

from sqlalchemy import select

from inbox.desk.letter import Letter
from inbox.desk.satisfaction import rate
from inbox.desk.subjects import reply_subject
from inbox.i18n import LANGUAGES, translations
from inbox.mail.device_line import device_line
from inbox.mail.tokens import Rating
from inbox.model.conversation import MessageKind
from inbox.model.mail import Kind
from inbox.model.satisfaction import Rated
from inbox.notify.satisfaction import ready_words
from inbox.orders.ending import says_nothing
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Writer
from inbox.store.people import agent_by_address
from inbox.store.tables import Conversation, Message
from inbox.threading.subject import base_subject

_RATINGS: Final = frozenset(get_args(Rating))
_MOST_MAILS: Final = 5


class Left(StrEnum):
    """What is left to do about a mail."""

    ALL = "all"  # it is none of these
    WORDS = "words"  # it says something besides
    NOTHING = "nothing"


async def take_rating(db: Writer, letter: Letter, *, now: datetime) -> tuple[Letter, Left]:
    """Write down what such a mail says; with the letter as it is to be kept, if it is.

    Asks nothing for any other mail.
    """
    asked = {(one.verb, one.key) for one in letter.clues.tokens if one.verb in _RATINGS}
    if not asked or letter.verdict.kind is not Kind.HUMAN or await _is_ours(db, letter):
        return letter, Left.ALL
    endings = await _endings_before(db, letter)
    words = words_of(letter.trimmed.new_text, letter.author.name, endings)
    said = None
    if len(asked) == 1:  # whoever says several things says none
        [(verb, key)] = asked
        said = await rate(db, key, Rated(verb), words or None, now=now)
    if words or letter.has_files:
        shown = _ready().sub("\n\n", letter.trimmed.new_text).strip()
        return replace(letter, trimmed=replace(letter.trimmed, new_text=shown)), Left.WORDS
    if said and not letter.mail.attachments and not await _has_own_subject(db, letter):
        return letter, Left.NOTHING
    if letter.match.conversation_id is None:
        return letter, Left.ALL
    # It came too late, is unclear, has a picture that may be more than a signature's, or says it in
    # its subject: it lies beside the conversation and opens nothing again.
    return replace(letter, shape=MessageKind.AUTO), Left.WORDS


async def _is_ours(db: Writer, letter: Letter) -> bool:
    is_foreign = letter.is_foreign(letter.author)
    return not is_foreign or await agent_by_address(db, letter.author.address) is not None


async def _has_own_subject(db: Writer, letter: Letter) -> bool:
    asked = select(Conversation.subject).where(Conversation.id == letter.match.conversation_id)
    own = letter.clues.subject.text
    return bool(own) and own != base_subject(reply_subject(await db.scalar(asked) or "")).text


def words_of(text: str, name: str, endings: Sequence[Sequence[str]] = ()) -> str:
    """What somebody of this name says, without what stood ready in the mail and their signature.

    `endings`: the last lines of earlier mails of theirs.
    """
    lines = _ready().sub("\n\n", text).strip().split("\n")
    signed = max((_alike(lines, ending) for ending in endings), default=0)
    while lines and (signed or not lines[-1].strip()):
        signed -= bool(lines.pop().strip())
    said = "\n".join(lines[: device_line(lines)]).strip()
    return "" if says_nothing(said, name) else said


def _alike(lines: Sequence[str], ending: Sequence[str]) -> int:
    """With how many of the same lines both end, blank ones aside."""
    said = [line.strip() for line in lines if line.strip()]
    both = zip(reversed(said), reversed(ending), strict=False)
    return sum(1 for _ in takewhile(lambda one: one[0] == one[1], both))


@cache
def _ready() -> re.Pattern[str]:
    """What stood ready, with the line above it, however a program has broken it into lines."""
    said = {ready_words(rated, translations(one)) for rated in Rated for one in LANGUAGES}
    loose = (r"\s*".join(map(re.escape, "".join(one.split()))) for one in sorted(said))
    # Blanks are tried from their first one on alone: a mail may consist of them.
    return re.compile(rf"(?:(?<!\s)\s+)?(?:--\s*)?(?:{'|'.join(loose)})\s*")


async def _endings_before(db: Writer, letter: Letter) -> list[list[str]]:
    """How its writer's last mails in the conversation end: with what follows their first line, and
    with a signature that was marked as one.

    Who says the same again says it: a whole mail is no signature.
    """
    earlier = await db.execute(
        select(Message.text, Message.quoted)
        .where(
            Message.conversation_id == letter.match.conversation_id,
            Message.kind == MessageKind.MAIL,
            Message.author_address == letter.author.address,
        )
        .order_by(*NEWEST_FIRST)
        .limit(_MOST_MAILS)
    )
    return [
        lines
        for text, quoted in earlier
        for lines in (_lines(text)[1:], _lines(quoted.partition("\n\n")[0]))
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
