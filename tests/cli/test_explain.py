"""`inbox explain`: why a mail is where it is, for whoever runs the service."""

from __future__ import annotations

import asyncio
import json

import asyncpg
import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database

MATCH = {
    "outcome": "joined",
    "evidence": [{"rule": "our_id", "weight": 0.95, "detail": "In-Reply-To <1@us.example>"}],
    "rejected": [{"conversation": 1, "rule": "subject", "why": "weaker"}],
    "standing": "customer",
}
FILL = """
with c as (insert into customer (name) values ('Pat') returning id),
     h as (insert into conversation (mailbox_id, customer_id, subject, base_subject,
                                     last_message_at, thread_index)
           select (select min(id) from mailbox), id, 'Boots\u001b[2J', 'boots', now(), '\\x01'
             from c returning id),
     m as (insert into message (conversation_id, kind, visibility, author_kind, author_address,
                                message_id, received_at, identity, match)
           select id, 'mail', 'public', 'customer', 'pat@lee.example', 'Two@lee.example', now(),
                  '\\x02', $1::jsonb from h returning id, conversation_id)
insert into message_ref (id_hash, conversation_id, how, message_id)
select substring(sha256('two@lee.example') for 16), conversation_id, 'known', id from m
returning message_id
"""


@pytest.fixture
def message(office: Run, database_url: str) -> int:
    del office

    async def fill() -> int:
        connection = await asyncpg.connect(database_url)
        try:
            return int(await connection.fetchval(FILL, json.dumps(MATCH)))
        finally:
            await connection.close()

    return asyncio.run(fill())


def test_by_its_number_and_by_its_message_id(office: Run, message: int) -> None:
    for name in (str(message), "Two@lee.example", "<two@LEE.example>"):
        [found] = office("explain", name, "--json").json
        assert found["message"] == message
        assert found["match"] == MATCH


def test_in_words(office: Run, message: int) -> None:
    said = office("explain", str(message)).out
    assert "It is here because it answers a mail of ours" in said
    assert "The sender may join: it is the customer." in said
    assert "+ our_id 0.95  In-Reply-To <1@us.example>" in said
    assert "- subject, conversation 1: weaker" in said
    assert "\u001b" not in said


def test_what_is_not_there(office: Run, message: int) -> None:
    for name in (str(message + 1), "nobody@lee.example", "0", "9" * 40):
        ended = office("explain", name)
        assert ended.code == 1
        assert ended.err.startswith("inbox: there is no message")
