"""Passwords of mail programs: made by us, shown once, good for handing over mail and nothing else.

One begins with a selector, by which it is found, so that it costs one hash however many a person
has, and as much where there is none. Its other 100 bits nobody guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import choice
from typing import Final

from sqlalchemy import func, select, update

from inbox.auth.passwords import hash_password
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.address import normalize
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, AgentAddress, MailboxAddress, MailPassword, Membership

_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another
_SELECTOR: Final = 8
_SECRET: Final = 20
_GROUP: Final = 4
_MOST: Final = 20
_LONGEST_NAME: Final = 100
_TOUCH: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of a mail password, and whether it should be marked as in use."""

    id: int
    agent_id: int
    password_hash: str
    is_stale: bool


def split(password: str) -> tuple[str, str]:
    """Selector and secret of what somebody typed; hyphens, spaces and capitals do no harm."""
    plain = "".join(password.replace("-", "").split()).lower()
    return plain[:_SELECTOR], plain[_SELECTOR:]


async def add_mail_password(db: Writer, agent: Agent, name: str, *, now: datetime) -> str:
    """A new one of this person, to be shown once; its name tells theirs apart.

    Raises Invalid for a name that is none, or a person who is shut out, Conflict for a name that
    another of theirs has.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid(Refusal.PROGRAM_NAME)
    if agent.disabled_at is not None:
        raise Invalid(f"{agent.email} is shut out")
    if await _standing(db, agent, name):
        raise Conflict(Refusal.PROGRAM_TAKEN, name=name)
    if len(await mail_passwords(db, agent)) >= _MOST:
        raise Conflict(Refusal.PROGRAM_MANY, most=_MOST)
    selector, secret = _drawn(_SELECTOR), _drawn(_SECRET)
    db.add(
        MailPassword(
            agent_id=agent.id,
            name=name,
            selector=selector,
            password_hash=await hash_password(secret),
            created_at=now,
        )
    )
    await db.flush()
    whole = selector + secret
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


async def remove_mail_password(
    db: Writer, agent: Agent, name: str, *, now: datetime
) -> MailPassword:
    """End one, at once and for every process. Raises NotFound."""
    found = await _standing(db, agent, " ".join(name.split()))
    if found is None:
        raise NotFound(Refusal.NO_SUCH_PROGRAM, name=name)
    found.revoked_at = now
    return found


async def mail_passwords(db: Reader | Writer, agent: Agent) -> list[MailPassword]:
    """Those of this person that were not removed, the oldest first."""
    rows = await db.scalars(
        select(MailPassword)
        .where(MailPassword.agent_id == agent.id, MailPassword.revoked_at.is_(None))
        .order_by(MailPassword.id)
    )
    return list(rows)


async def find_mail_password(db: Reader, user: str, selector: str, *, now: datetime) -> Kept | None:
    """What is stored under this selector, where `user` is an address of its owner and they may
    come in.
    """
    row = (
        await db.execute(
            select(
                MailPassword.id,
                MailPassword.agent_id,
                MailPassword.password_hash,
                MailPassword.used_at,
            )
            .join(Agent, Agent.id == MailPassword.agent_id)
            .join(AgentAddress, AgentAddress.agent_id == Agent.id)
            .where(MailPassword.selector == selector, MailPassword.revoked_at.is_(None))
            .where(Agent.disabled_at.is_(None), AgentAddress.address == normalize(user))
        )
    ).one_or_none()
    if row is None:
        return None
    is_stale = row.used_at is None or now - row.used_at > _TOUCH
    return Kept(row.id, row.agent_id, row.password_hash, is_stale)


async def touch_mail_password(db: Writer, password_id: int, *, now: datetime) -> None:
    """Remember that it is in use."""
    await db.execute(update(MailPassword).where(MailPassword.id == password_id).values(used_at=now))


async def may_write_as(db: Reader, agent_id: int, address: str) -> bool:
    """Whether this person takes part in the mailbox with this address."""
    found = await db.scalar(
        select(func.count())
        .select_from(Membership)
        .join(MailboxAddress, MailboxAddress.mailbox_id == Membership.mailbox_id)
        .join(Agent, Agent.id == Membership.agent_id)
        .where(Membership.agent_id == agent_id, Agent.disabled_at.is_(None))
        .where(MailboxAddress.address == normalize(address))
    )
    return bool(found)


async def _standing(db: Reader | Writer, agent: Agent, name: str) -> MailPassword | None:
    return await db.scalar(
        select(MailPassword).where(
            MailPassword.agent_id == agent.id,
            MailPassword.name == name,
            MailPassword.revoked_at.is_(None),
        )
    )


def _drawn(length: int) -> str:
    return "".join(choice(_ALPHABET) for _ in range(length))
