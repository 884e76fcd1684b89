"""The verbs of mailboxes: add, change, remove. Adding again what is there changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select

from inbox.clock import utcnow
from inbox.desk.given import a_name, an_address, listed
from inbox.desk.hours import hours_changed
from inbox.desk.mailbox_settings import read_values
from inbox.desk.membership import let_in
from inbox.errors import Conflict, Invalid, UnknownMailbox
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.people import agent_by_address, find_mailbox
from inbox.store.silence import look_at_all
from inbox.store.tables import Agent, Mailbox, MailboxAddress


async def add_mailbox(
    db: Writer, *, address: str, name: str, aliases: Iterable[str] = ()
) -> Mailbox:
    """The mailbox of this address, added if missing; a removed one comes back.

    Raises Conflict when it is there under another name, or an address leads elsewhere already.
    """
    own, name = mailbox_address(address), a_name(name)
    mailbox = await db.scalar(select(Mailbox).where(Mailbox.address == own))
    if mailbox is None:
        mailbox = Mailbox(address=own, name=name)
        db.add(mailbox)
        await db.flush()
        await db.refresh(mailbox)
    elif mailbox.removed_at is not None:
        mailbox.removed_at, mailbox.name = None, name
    elif mailbox.name != name:
        raise Conflict(Refusal.OTHER_MAILBOX, address=own, name=mailbox.name)
    for each in (own, *(mailbox_address(alias) for alias in aliases)):
        await _lead_to(db, each, mailbox.id)
    return mailbox


async def open_mailbox(
    db: Writer, address: str, name: str, given: Mapping[str, str], *, by: Agent
) -> Mailbox:
    """A mailbox that was not there, set as `given` says; whoever makes it takes part in it.

    Raises Conflict where one has the address, Invalid.
    """
    if known := await find_mailbox(db, mailbox_address(address)):
        raise Conflict(Refusal.OTHER_MAILBOX, address=known.address, name=known.name)
    mailbox = await add_mailbox(db, address=address, name=name)
    await let_in(db, by, mailbox)
    await set_mailbox(db, mailbox.address, given)
    return mailbox


async def set_mailbox(db: Writer, address: str, given: Mapping[str, str]) -> Mailbox:
    """Change settings of a mailbox; `aliases` is a list with commas. Raises Invalid, NotFound.

    With another `address` the one from before still leads to it, unless `aliases` says otherwise.
    """
    mailbox = await the_mailbox(db, address)
    values = dict(given)
    aliases = values.pop("aliases", None)
    if "address" in values:
        own = mailbox_address(values.pop("address"))
        await _lead_to(db, own, mailbox.id)
        mailbox.address = own
    changed = read_values(values)
    for column, value in changed.items():
        setattr(mailbox, column, value)
    await hours_changed(db, mailbox, changed)
    if mailbox.remind_days and "remind_days" in changed:
        await look_at_all(db, mailbox.id, mailbox.remind_days, now=utcnow())
    if aliases is not None:
        wanted = {mailbox.address, *(mailbox_address(alias) for alias in listed(aliases))}
        await db.execute(
            delete(MailboxAddress).where(
                MailboxAddress.mailbox_id == mailbox.id, MailboxAddress.address.not_in(wanted)
            )
        )
        for alias in sorted(wanted):
            await _lead_to(db, alias, mailbox.id)
    return mailbox


async def remove_mailbox(db: Writer, address: str, *, now: datetime) -> Mailbox:
    """No mail is taken for it any more; its conversations stay. Raises UnknownMailbox."""
    mailbox = await the_mailbox(db, address)
    mailbox.removed_at = now
    await db.execute(delete(MailboxAddress).where(MailboxAddress.mailbox_id == mailbox.id))
    return mailbox


async def the_mailbox(db: Reader | Writer, address: str) -> Mailbox:
    """The mailbox with this address or alias. Raises UnknownMailbox."""
    mailbox = await find_mailbox(db, address)
    if mailbox is None:
        raise UnknownMailbox(Refusal.NO_SUCH_MAILBOX, address=address)
    return mailbox


def mailbox_address(address: str) -> str:
    """A mailbox's address in its normal form. Raises Invalid; `+` is kept for reply addresses."""
    normal = an_address(address)
    if "+" in normal:
        raise Invalid(Refusal.OWN_PLUS, address=address)
    return normal


async def _lead_to(db: Writer, address: str, mailbox_id: int) -> None:
    taken = await db.get(MailboxAddress, address)
    if taken is None:
        if await agent_by_address(db, address):
            raise Conflict(Refusal.IS_A_PERSON, address=address)
        db.add(MailboxAddress(address=address, mailbox_id=mailbox_id))
        await db.flush()
    elif taken.mailbox_id != mailbox_id:
        raise Conflict(Refusal.LEADS_ELSEWHERE, address=address)
