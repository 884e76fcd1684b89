"""Automatic mail of our own people: what their programs send while they are not there.

Nothing of it ever goes to a customer, and its words are believed for one thing only: until when
its writer is away. It counts as theirs by what an answer of theirs counts by, with one difference:
answering machines write to where a mail came from and not to where it asks for answers, so that the
address for bounces of a mail to them stands for the token of its Reply-To; so does its Message-ID,
which others may have seen, where the mail is proved besides.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from inbox.desk.away import mark_away
from inbox.desk.letter import Letter
from inbox.intake.agent_desk import Desk
from inbox.intake.agent_proof import Standing, doubts
from inbox.mail.absence import back_on
from inbox.mail.notice_subjects import AUTO_REPLY
from inbox.mail.tokens import find_token
from inbox.model.held import HeldReason
from inbox.model.mail import Kind
from inbox.model.zones import zone_called
from inbox.outbound.keyed import bounced
from inbox.store.statement import Statement
from inbox.store.tables import Conversation

_MOST_IDS: Final = 20
# Whoever answers by machine need not be away: "We read mail twice a day."
_AWAY = re.compile(
    r"(?i)\bout[ -]of[ -](?:the[ -])?office|\bnot in the office|\b(?:i am|i'm|be) (?:away|out)\b|"
    r"\bon (?:\w+ )?(?:leave|holidays?|vacation)|\baway (?:from|until|till|on)|\bvacation|"
    r"\babwesen|\burlaub|\bnicht (?:im (?:büro|haus|dienst)|erreichbar|am platz|da\b)|\baußer haus|"
    r"\bkrank|\bassen[tz]|\bfuori (?:ufficio|sede)|\bin ferie|\bnon (?:sono|sarò) in ufficio|"
    r"отсутств|\bв отпуске|\bне в офисе|\bнет на (?:работе|месте)|\bне на месте|\bменя не будет|"
    r"\bкомандировк|\bболь(?:ею|ничн)|不在|休暇|お休み|出張"
)
_WHO = Statement("""
select * from (
select agent.id as agent_id, a.proved_at, mailbox.proof as strictness,
       coalesce(agent.time_zone, mailbox.time_zone) as time_zone,
       exists (select from reply_token t
                where t.token_hash = any(cast(:tokens as bytea[])) and t.agent_id = agent.id
                  and t.revoked_at is null and t.expires_at > :now)
       or exists (select from outbound o
                   where o.id = any(cast(:ids as bigint[])) and o.agent_id = agent.id
                     and o.kind not in ('reply', 'forward', 'confirmation')) as by_address,
       exists (select from outbound o
                where o.header_id = any(cast(:header_ids as text[])) and o.agent_id = agent.id
                  and o.kind not in ('reply', 'forward', 'confirmation')) as by_id
  from agent_address a
  join agent on agent.id = a.agent_id and agent.disabled_at is null
  join mailbox on mailbox.id = :mailbox_id
 where a.address = :author) as who
 where by_address or by_id
""")


async def note_absence(desk: Desk, letter: Letter) -> None:
    """Whoever of ours has sent this out-of-office is away; nothing for any other mail."""
    if letter.clues.author not in letter.ours or not _tells_of_absence(letter):
        return
    found = await _WHO.rows(
        desk.db,
        mailbox_id=letter.mailboxes[0],
        author=letter.clues.author,
        tokens=list(letter.clues.token_hashes),
        now=desk.now,
        ids=_outbound_ids(letter, desk.context.secret),
        header_ids=[one.message_id.lower() for one in letter.clues.answers if one.is_ours][
            :_MOST_IDS
        ],
    )
    if not found:
        return
    [row] = found
    standing = Standing(
        agent_id=row["agent_id"],
        is_enabled=True,
        is_member=True,  # away they are wherever they take part
        is_registered=True,
        proved_at=row["proved_at"],
        strictness=row["strictness"],
    )
    # Ids of our mails stand in what people of ours write to others, so that they prove nothing.
    is_strict = not row["by_address"]
    if set(doubts(letter, standing, strict=is_strict)) - {HeldReason.AUTOMATIC}:
        return
    until = _until(letter, zone_called(row["time_zone"]))
    await mark_away(desk.db, standing.agent_id, until, now=desk.now)


async def is_machine(desk: Desk, letter: Letter, conversation_id: int) -> bool:
    """Whether an answering machine wrote it that says so in the subject alone.

    Asked only of mail to an address of a notice: there a mistake keeps words from a customer, and
    believing it a person's would send "I am away" to them.
    """
    if letter.is_automatic:
        return True
    if not AUTO_REPLY.search(letter.mail.subject):
        return False
    subject = await desk.db.scalar(
        select(Conversation.subject).where(Conversation.id == conversation_id)
    )
    return not AUTO_REPLY.search(subject or "")


def _tells_of_absence(letter: Letter) -> bool:
    mail = letter.mail
    if letter.verdict.kind is not Kind.AUTO_REPLY and not AUTO_REPLY.search(mail.subject):
        return False
    said = _said(letter)
    if _AWAY.search(said):
        return True
    return back_on(said, letter.received_at.date()) is not None and bool(
        AUTO_REPLY.search(mail.subject)
    )


def _until(letter: Letter, zone: ZoneInfo) -> datetime | None:
    """The beginning of the day on which they are back, where they work."""
    back = back_on(_said(letter), letter.received_at.astimezone(zone).date())
    return datetime.combine(back, time(), zone) if back else None


def _said(letter: Letter) -> str:
    words = letter.trimmed.new_text.strip() or letter.mail.text[:2000]
    return f"{words}\n{letter.mail.subject}"


def _outbound_ids(letter: Letter, secret: bytes) -> list[int]:
    """The mails of ours to whose senders it goes, by their addresses for bounces."""
    tokens = (find_token(one) for one in (*letter.recipients, *letter.mail.delivered_to))
    ids = (bounced(one.token, secret) for one in tokens if one and one.verb == "b")
    return [one for one in ids if one is not None]
