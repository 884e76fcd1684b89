"""Who speaks in an answer to a notice, and how far: its reader, or another one of us.

The token says to whom a notice went. A department reads it behind one address, and whoever of us
was on Cc of an answer has its writer's token: both are heard as who they are, never as the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Row

from inbox.auth.permissions import Permission, allowed_in, part_of
from inbox.desk.draw_in import mentioned
from inbox.desk.letter import Letter
from inbox.intake.agent_desk import Desk
from inbox.intake.agent_orders import Wish
from inbox.intake.agent_proof import Standing, doubts
from inbox.model.held import HeldReason
from inbox.orders.names import is_name
from inbox.orders.reading import note_below
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.asked import said_outside
from inbox.store.departments import remember_speaker
from inbox.store.rights import other_by_address

_SAYING: Final = frozenset({Verb.TEMPLATE, Verb.ARTICLE})
_SIGNS: Final = "@\uff20\ufe6b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One of us, with what they may in this conversation."""

    standing: Standing
    may_order: bool = True
    only_comments: bool = False  # whatever the address says

    @property
    def agent_id(self) -> int:
        """Who it is."""
        return self.standing.agent_id

    def doubt(self, wish: Wish, *, has_files: bool) -> tuple[HeldReason, ...]:
        """Whether their words may go where they were sent."""
        standing = self.standing
        verbs = {order.verb for order in wish.orders}
        speaks = bool(wish.words.strip() or has_files or verbs & _SAYING)
        is_outward = (speaks and not wish.is_note) or Verb.FORWARD in verbs
        is_refused = is_outward and standing.is_member and not may_speak_outside(standing)
        return (HeldReason.ONLY_COMMENTS,) if is_refused else ()


def may_speak_outside(standing: Standing) -> bool:
    """Whether words of theirs may go to the customer as things are now."""
    return Permission.REPLY in standing.allowed


async def speaker_of(desk: Desk, letter: Letter, right: Row[Any]) -> Speaker | None:
    """Who answers with this token; None for somebody nobody knows, on behalf of a department."""
    own = Speaker(standing=standing_of(right))
    if letter.submitted and right.is_for_list:  # one of us has signed in: `right` is about them
        return await _for_list(desk, own, right)
    if right.is_registered:
        return own
    return await _other(desk, letter, right) or (None if right.is_list else own)


def is_of_customer(letter: Letter, rights: Sequence[Row[Any]]) -> bool:
    """Whether somebody outside who takes part has written to addresses that only we should have.

    That is a mail like any other of theirs: it gives them nothing that a mail to the mailbox would
    not. Addresses of conversations that are not theirs, beside it, lead nowhere. One that is said
    to be forged stays with whom the address belongs to.
    """
    is_plain = len(letter.mail.from_) == 1 and not letter.clues.real_sender
    is_safe = is_plain and not letter.submitted and not letter.proof.is_failed
    is_outside = letter.is_outside(letter.author)
    theirs = {one.conversation_id for one in rights if one.is_of_customer}
    foreign = {one.conversation_id for one in rights} - theirs
    return is_outside and is_safe and bool(theirs) and letter.match.conversation_id not in foreign


async def _other(desk: Desk, letter: Letter, right: Row[Any]) -> Speaker | None:
    """Somebody else of ours than the reader of the notice, where it is proved that they wrote."""
    if letter.submitted or len(letter.mail.from_) != 1:
        return None
    found = await other_by_address(
        desk.db,
        letter.clues.author,
        conversation_id=right.conversation_id,
        list_id=right.reader_id,
    )
    if found is None:
        return None
    theirs = Speaker(standing=standing_of(found))
    if found.speaks_for_list:
        return theirs
    is_member = theirs.standing.is_member or right.is_list
    if doubts(letter, replace(theirs.standing, is_member=is_member), strict=True):
        return None
    if right.is_list:
        return await _for_list(desk, theirs, right)
    return replace(theirs, may_order=False, only_comments=True)


async def _for_list(desk: Desk, speaker: Speaker, right: Row[Any]) -> Speaker:
    """Somebody of ours who is proved has answered for a department: they are one of it.

    Unless they were removed from it: then they have what is theirs otherwise, and no more.
    """
    if not await remember_speaker(desk.db, right.reader_id, speaker.agent_id, now=desk.now):
        return replace(speaker, may_order=False, only_comments=True)
    standing = speaker.standing
    part = standing.is_member or right.reader_follows
    return replace(speaker, standing=replace(standing, is_member=part))


def standing_of(row: Row[Any]) -> Standing:
    """What a query of `store.rights` says of a person."""
    return Standing(
        agent_id=row.agent_id,
        is_enabled=row.is_enabled,
        is_member=row.is_member,
        is_registered=row.is_registered,
        proved_at=row.proved_at,
        strictness=row.strictness,
        is_guest=row.is_guest,
        allowed=allowed_in(
            part_of(is_member=not row.is_guest, holds=row.holds), row.colleagues_answer
        ),
    )


async def misspoken(desk: Desk, conversation_id: int, text: str, *, is_note: bool) -> list[Trouble]:
    """Why words are not taken: a comment speaks to one of several, an answer to one of us, or a
    comment begins within an answer.
    """
    found = await mentioned(desk.db, conversation_id, text if is_note else _first_line(text))
    if not is_note:
        _, outside = await said_outside(desk.db, conversation_id) if found.people else ([], [])
        to_us = [one for one in found.people if not is_name(text.lstrip(_SIGNS), outside)]
        below = [Trouble(line=line, why=Why.BELOW)] if (line := note_below(text)) else []
        return [*(Trouble(line=f"@{one.name}", why=Why.INSIDE) for one in to_us), *below]
    return [
        Trouble(line=said, why=Why.SEVERAL, names=tuple(one.name for one in people))
        for said, people in found.unclear
    ]


def _first_line(text: str) -> str:
    """The first line that begins by speaking to somebody, else nothing."""
    first = text.strip().partition("\n")[0]
    return first if first.startswith(tuple(_SIGNS)) else ""
