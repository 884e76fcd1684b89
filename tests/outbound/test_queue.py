"""Mails are asked for in a transaction, and each once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.rank import Rank
from inbox.outbound.composers import composer, composer_of
from inbox.outbound.queue import NewMail, enqueue_mail, enqueue_mails, plan_waiting
from inbox.store.engine import Reader
from inbox.store.tables import Outbound
from inbox.threading.references import hash_id
from tests.office import Office


async def test_asking_twice_sends_once(office: Office) -> None:
    conversation = await office.hears()
    mail = _mail(conversation)
    async with office.database.write() as db:
        assert await enqueue_mail(db, mail, office.context.settings, now=office.now) is not None
        assert await enqueue_mail(db, mail, office.context.settings, now=office.now) is None
        assert await enqueue_mails(db, [], office.context.settings, now=office.now) == []
    jobs = await office.rows("select 1 from job where kind = 'outbound.deliver'")
    assert len(jobs) == 1
    rows = await office.rows("select address from outbound_recipient order by address")
    assert [row.address for row in rows] == ["a@x.example", "b@x.example"]


async def test_answers_to_it_find_the_conversation(office: Office) -> None:
    conversation = await office.hears()
    async with office.database.write() as db:
        await enqueue_mail(db, _mail(conversation), office.context.settings, now=office.now)
    found = await office.one(
        "select conversation_id from message_ref where id_hash = :hash and how = 'ours'",
        hash=hash_id("<OURS@us.example>"),
    )
    assert found == conversation


async def test_rolled_back_means_never_asked_for(office: Office) -> None:
    conversation = await office.hears()
    with pytest.raises(RuntimeError):
        async with office.database.write() as db:
            await enqueue_mail(db, _mail(conversation), office.context.settings, now=office.now)
            raise RuntimeError("something else went wrong")
    assert not await office.rows("select 1 from outbound")
    assert not await office.rows("select 1 from job where kind = 'outbound.deliver'")


def test_each_kind_has_one_composer() -> None:
    assert composer_of("reply") is composer_of("reply")
    with pytest.raises(ValueError, match="two composers"):

        @composer("reply")
        async def another(db: Reader, context: Context, outbound: Outbound) -> Draft:
            raise NotImplementedError


def _mail(conversation: int) -> NewMail:
    return NewMail(
        kind="reply",
        recipients=("a@x.example", "b@x.example", "a@x.example"),
        header_id="ours@us.example",
        sender="support@us.example",
        mailbox_id=None,
        conversation_id=conversation,
        draft={"x": "ü"},
    )


@pytest.mark.parametrize(
    ("kind", "rank"),
    [("reply", Rank.AWAITED), ("notice", Rank.FOLLOWING), ("held", Rank.FOLLOWING)],
)
async def test_an_answer_leaves_before_all_notices(office: Office, kind: str, rank: Rank) -> None:
    conversation = await office.hears()
    mail = replace(_mail(conversation), kind=kind)
    async with office.database.write() as db:
        await enqueue_mail(db, mail, office.context.settings, now=office.now)
    query = "select rank from job where kind = 'outbound.deliver'"
    assert [row.rank for row in await office.rows(query)] == [rank]
    await office.change("delete from job where kind = 'outbound.deliver'")
    async with office.database.write() as db:
        assert await plan_waiting(db) == 1
    assert [row.rank for row in await office.rows(query)] == [rank]
