"""Rows that are only looked at are the same objects as a session makes of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, select

from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.objects import Objects
from inbox.store.tables import Conversation, Event, File, Mailbox, Message
from inbox.store.tables.row import Row
from tests.http.company import Company

pytestmark = pytest.mark.database


async def test_each_column_is_what_a_session_reads(database: Database) -> None:
    company = Company(database, Settings(), datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
    support = await company.mailbox("support@us.example", "Support")
    sheet = ("a.pdf", "application/pdf", b"%PDF")
    await company.receives(support, files=(sheet,), match={"outcome": "new"})
    kinds: tuple[type[Row], ...] = (Conversation, Mailbox, Message, Event, File)
    for kind in kinds:
        async with database.read() as db:
            [quick] = await Objects(kind, select(kind)).all(db)
            [usual] = await db.scalars(select(kind))
        names = [one.key for one in inspect(kind).column_attrs]
        found = {name: quick.__dict__[name] for name in names}
        assert found == {name: getattr(usual, name) for name in names}, kind
        assert set(quick.__dict__) <= {*names, "_sa_instance_state"}
