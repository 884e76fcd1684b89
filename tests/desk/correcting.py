"""Putting mistakes of threading right, in the words of the tests about it."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from inbox.desk.belong import belong
from inbox.desk.merge import merge
from inbox.desk.split import split
from inbox.desk.takeback import take_back
from inbox.model.actor import Actor
from tests.office import Office

TOM = "Tom Price <tom@garden.example>"


async def misfiled(office: Office) -> tuple[int, EmailMessage]:
    """Jane's conversation, with a mail of Tom in it that has nothing to do there."""
    first = office.letter("My boots are broken", Subject="Boots", Cc="tom@garden.example")
    boots = await office.hears(first)
    lamp = office.letter("My lamp is broken", From=TOM, Subject="Lamp", In_Reply_To="")
    lamp["References"] = str(first["Message-ID"])
    assert await office.hears(lamp) == boots
    # Only because of the wrong mail is he one of them.
    await office.change("update message set cc = '[]' where subject = 'Boots'")
    return boots, lamp


def answering(office: Office, address: str, words: str = "Thanks") -> EmailMessage:
    """What somebody writes under the last mail that they got from us."""
    return office.letter(words, answers=office.mail_to(address).mail, From=address)


async def splits(
    office: Office, conversation: int, mail: EmailMessage | int, *, following: bool = False
) -> int:
    about = mail if isinstance(mail, int) else await message(office, mail)
    office.now += timedelta(minutes=1)
    async with office.database.write() as db:
        opened, _ = await split(
            db,
            conversation,
            about,
            following=following,
            by=karen(office),
            now=office.now,
            secret=office.context.secret,
        )
        return opened.id


async def belongs(office: Office, about: int, source: int, target: int) -> None:
    office.now += timedelta(minutes=1)
    async with office.database.write() as db:
        await belong(
            db,
            [about],
            source,
            target,
            by=karen(office),
            now=office.now,
            secret=office.context.secret,
        )


async def merges(office: Office, into: int, gone: int) -> None:
    office.now += timedelta(minutes=1)
    async with office.database.write() as db:
        await merge(db, into, gone, by=karen(office), now=office.now)


async def takes_back(office: Office, conversation: int, name: str = "") -> None:
    """Undo the last correction, or the last of a name."""
    office.now += timedelta(minutes=1)
    event = await office.one(
        "select max(id) from event where conversation_id = :at and (name = :name or :name = '')",
        at=conversation,
        name=name,
    )
    async with office.database.write() as db:
        secret = office.context.secret
        await take_back(db, event, by=karen(office), now=office.now, secret=secret)


def karen(office: Office) -> Actor:
    return Actor.agent(office.karen, "Karen Miller")


async def message(office: Office, mail: EmailMessage) -> int:
    header = str(mail["Message-ID"]).strip("<>")
    found = await office.one("select id from message where message_id = :header", header=header)
    return int(found)


async def customer(office: Office, conversation: int) -> str:
    sql = """select address from customer_address
              where customer_id = (select customer_id from conversation where id = :at)"""
    return str(await office.one(sql, at=conversation))


async def texts(office: Office, conversation: int) -> list[str]:
    sql = "select text from message where conversation_id = :at order by received_at, id"
    return [row.text.strip() for row in await office.rows(sql, at=conversation)]


async def participants(office: Office, conversation: int) -> list[str]:
    sql = "select address from participant where conversation_id = :at order by address"
    return [row.address for row in await office.rows(sql, at=conversation)]


async def row(office: Office, conversation: int, column: str) -> object:
    return await office.one(f"select {column} from conversation where id = :at", at=conversation)


async def everything(office: Office) -> list[object]:
    """All that a merge touches, but for the events that tell of it."""
    asked = [
        "select id, customer_id, status, assignee_id, snippet, message_count, has_files,"
        " last_message_at, waiting_since, closed_at, merged_into, refers_to from conversation",
        "select id, conversation_id from message",
        "select id, conversation_id from event"
        " where name not in ('conversation.merged', 'conversation.unmerged')",
        "select id, conversation_id from outbound",
        "select token_hash, conversation_id from reply_token",
        "select id_hash, conversation_id, how, message_id from message_ref",
        "select conversation_id, address from participant",
        "select conversation_id, mailbox_id from conversation_mailbox",
    ]
    return [sorted(map(tuple, await office.rows(sql)), key=repr) for sql in asked]
