"""Mail whose bytes lie beside the database is a mail like any other, wherever each lies."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from inbox.desk.answered import find_source
from inbox.intake.quarantine import list_set_aside, original, retry
from inbox.intake.waiting import list_unkept
from inbox.jobs.worker import Worker
from inbox.outbound.files import files_of, load_files
from inbox.store.blobs import Blobs, place
from inbox.store.locks import lock
from inbox.store.tables import Message
from tests.intake.house import House, as_bytes


def with_a_file(house: House) -> EmailMessage:
    """A customer's mail with a picture of their boots."""
    mail = house.letter()
    mail.add_attachment(b"a picture", maintype="image", subtype="png", filename="boots.png")
    return mail


async def worked_off(house: House) -> None:
    """Everything that waits is due, and done as far as it can be."""
    await house.change("update job set run_at = now() where done_at is null")
    await Worker(house.context, concurrency=1).run_due()


async def attached(house: House, spool_id: int) -> bytes:
    """The file of a kept mail, as an answer would take it along."""
    async with house.database.read() as db:
        number = await house.one("select id from message where spool_id = :id", id=spool_id)
        message = await db.get_one(Message, number)
        [file] = await load_files(db, message, await files_of(db, message.id))
    return file.content


async def test_mail_becomes_a_conversation_with_its_files(house: House, blobs: Blobs) -> None:
    house.blobs = blobs
    kept = await house.receives(with_a_file(house))
    assert kept
    assert await house.one("select raw is null from spool")
    assert await attached(house, 1) == b"a picture"


async def test_some_here_some_there(house: House, folder: Path, bucket: str) -> None:
    places = [None, place(folder.as_uri()), place(bucket), None]
    for house.blobs in places:
        await house.receives(with_a_file(house))
    lie = await house.rows("select store from spool order by id")
    assert [row.store for row in lie] == [one and one.url for one in places]
    for number in range(1, 5):
        assert await attached(house, number) == b"a picture"


async def test_a_place_that_is_away_delays_and_sets_nothing_aside(
    house: House, folder: Path
) -> None:
    house.blobs = place(folder.as_uri())
    await house.spools(house.letter())
    away = folder.rename(folder.with_name("unmounted"))
    for _ in range(7):
        await worked_off(house)
    async with house.database.read() as db:
        [waits] = await list_unkept(db)
    assert waits["state"] == "waiting"
    assert waits["error"] == f"the folder {folder}, set by INBOX_BLOBS, is not there"
    away.rename(folder)
    await worked_off(house)
    assert await house.one("select state from spool") == "done"


async def test_a_mail_that_is_gone_is_set_aside_until_it_is_back(
    house: House, folder: Path
) -> None:
    house.blobs = place(folder.as_uri())
    await house.spools(house.letter())
    file = folder / await house.one("select blob from spool")
    content = file.read_bytes()
    file.unlink()
    for _ in range(5):
        await worked_off(house)
    async with house.database.read() as db:
        [aside] = await list_set_aside(db)
    assert aside.error == f"Unreadable: {file} is gone: bring it back from a backup"
    file.write_bytes(content)
    async with house.database.write() as db:
        assert await original(db, aside.id) == content
        await retry(db, aside.id)
    await worked_off(house)
    assert await house.one("select state from spool") == "done"


async def test_whom_to_answer_is_known_while_the_place_is_away(house: House, folder: Path) -> None:
    house.blobs = place(folder.as_uri())
    kept = await house.receives(house.letter(Reply_To="Jane <jane@home.example>"))
    assert kept
    folder.rename(folder.with_name("unmounted"))
    async with house.database.write() as db:
        source = await find_source(db, await lock(db, kept.conversation_id))
    assert [one.address for one in source.reply_to] == ["jane@home.example"]


async def test_the_next_mail_is_as_large_as_it_was(house: House, blobs: Blobs) -> None:
    """What is measured is the mail, wherever it lies."""
    house.blobs = blobs
    mail = as_bytes(house.letter())
    await house.spools(mail, sender="a@b.example", recipients=("support@us.example",))
    assert await house.one("select size from spool") == len(mail)


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"no header", b"\0\xff"])
async def test_any_octets_can_lie_elsewhere(house: House, blobs: Blobs, raw: bytes) -> None:
    house.blobs = blobs
    spool_id = await house.spools(raw, sender="a@b.example", recipients=("support@us.example",))
    assert spool_id
    assert await house.works_off(spool_id)
