"""A customer who says thanks and no more, where all is done: it stays closed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from inbox.desk.letter import Letter
from inbox.intake.known_words import said_there, without_tokens
from inbox.mail.html_text import html_to_text
from inbox.mail.unexplained import unexplained
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.mail import ParsedMail
from inbox.orders.says_who import says_who
from inbox.orders.thanks import LONGEST, says_only_thanks
from inbox.store.engine import Writer
from inbox.store.statement import Statement

_THERE = Statement("""
select status = 'closed' as is_closed,
       array(select name from mailbox where mailbox.id = conversation.mailbox_id
             union select author_name from message
              where message.conversation_id = conversation.id and author_kind <> 'system') as names
  from conversation where id = :id
""")
# Where nothing stands between words, each sign is one: lines are broken anywhere.
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


async def only_thanks(db: Writer, conversation_id: int, letter: Letter) -> bool:
    """Whether the mail leaves its conversation closed. Asks nothing of any that says more."""
    if not _may_be(letter):
        return False
    [there] = await _THERE.rows(db, id=conversation_id)
    names = [*there["names"], letter.author.name, letter.author.address.partition("@")[0]]
    if not there["is_closed"] or not says_only_thanks(letter.trimmed.new_text, names):
        return False
    return await _says_nothing_below(db, conversation_id, letter, names)


async def _says_nothing_below(
    db: Writer, conversation_id: int, letter: Letter, names: Collection[str]
) -> bool:
    """Whether its quote was said before, and its signature too, or is one at sight."""
    quoted, signed = (
        without_tokens(one) for one in (letter.trimmed.quoted_text, letter.trimmed.signature)
    )
    if not quoted.strip() and not signed.strip():
        return True
    said = await said_there(db, conversation_id)
    said.append(letter.mail.subject)
    return not unexplained(quoted, said) and says_who(unexplained(signed, said), names)


def _may_be(letter: Letter) -> bool:
    """Whether its words may be thanks, and nothing else comes with them."""
    mail, words = letter.mail, letter.trimmed.new_text
    if letter.kind is not MessageKind.MAIL or letter.author_kind is not ActorKind.CUSTOMER:
        return False
    if len(words) > 2 * LONGEST or letter.match.is_renamed or not letter.has_nothing_along:
        return False
    if mail.invitation or mail.protection or any(one.lost for one in mail.defects):
        return False
    return says_only_thanks(words, None) and not _has_more_as_html(mail)


def _has_more_as_html(mail: ParsedMail) -> bool:
    """Whether the HTML of a mail says words that its text does not: somebody may see them alone."""
    if mail.html is None:
        return False
    shown = set(_WORD.findall(html_to_text(mail.html).casefold()))
    return not shown.issubset(_WORD.findall(mail.text.casefold()))
