"""A house of one mailbox, with nobody in it yet."""

from __future__ import annotations

import pytest

from inbox.jobs.registry import Context
from inbox.settings import Settings
from inbox.store.engine import Database
from tests.intake.house import House
from tests.office import office
from tests.places import blobs, bucket, folder, s3, s3_server

__all__ = ["blobs", "bucket", "folder", "office", "s3", "s3_server"]


@pytest.fixture
async def house(database: Database) -> House:
    """support@us.example, whose mail is checked by nobody."""
    context = Context(settings=Settings(), database=database, secret=b"s" * 32)
    house = House(database, context)
    await house.mailbox(confirm="off")
    return house


@pytest.fixture
def checking(house: House) -> House:
    """The same house, which checks by itself who has sent a mail."""
    context = house.context
    house.context = Context(
        settings=Settings(mail_auth="direct"), database=context.database, secret=context.secret
    )
    return house
