"""How many rules a house may keep, and that those who write them at once do not hold each other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from inbox.desk.house_rules import (
    MOST_ASKED,
    RuleDraft,
    add_rule,
    change_rule,
    place_rule,
    remove_rule,
    restore_rule,
    switch_rule,
)
from inbox.errors import Invalid
from inbox.refusals import Refusal
from inbox.rules.faults import RuleFault
from inbox.store.load import There, next_in_turn
from tests.office import Office, office
from tests.polling import eventually

__all__ = ["office"]
_SPAM = {"do": "spam"}
_WAITS = """
select count(*) from pg_stat_activity
 where datname = current_database() and wait_event_type = 'Lock'
"""


def asks(words: int, name: str = "Much") -> RuleDraft:
    """A rule that seeks so many words."""
    sought = [f"w{number}" for number in range(words)]
    parts = [sought[at : at + 50] for at in range(0, words, 50)]
    document: dict[str, Any] = {
        "conditions": [{"about": "words", "any": part} for part in parts],
        "actions": [{"do": "spam"}],
    }
    return RuleDraft(name=name, document=document)


async def test_all_rules_together_ask_for_so_many_words(office: Office) -> None:
    async with office.database.write() as db:
        first = await add_rule(db, asks(2_500), by=None, now=office.now)
        second = await add_rule(db, asks(2_500), by=None, now=office.now)
        for more in (
            add_rule(db, asks(1), by=None, now=office.now),
            add_rule(db, RuleDraft(name="x", document=_NEW), by=None, now=office.now),
        ):
            with pytest.raises(Invalid) as many:
                await more
            assert many.value.refusal is Refusal.MANY_RULE_WORDS
            assert many.value.about == {"most": MOST_ASKED}
        await change_rule(db, second.id, asks(2_400), by=None, now=office.now)
        await remove_rule(db, first.id, by=None, now=office.now)
        await add_rule(db, asks(2_500), by=None, now=office.now)
        with pytest.raises(Invalid):
            await restore_rule(db, first.id, 1, by=None, now=office.now)


@pytest.mark.parametrize(
    "action",
    [
        {"do": "assign", "to": ["karen@us.example", "gone@us.example"]},
        {"do": "notify", "whom": ["gone@us.example"]},
        {"do": "move", "mailbox": "gone@us.example"},
    ],
)
async def test_a_rule_that_speaks_of_nobody_is_not_switched_on(
    office: Office, action: dict[str, Any]
) -> None:
    known, wrong = [RuleDraft(name="R", document={"actions": [one]}) for one in (_SPAM, action)]
    async with office.database.write() as db:
        kept = await add_rule(db, wrong, by=None, now=office.now)
        on = await add_rule(db, known, by=None, now=office.now)
        await switch_rule(db, on.id, on=True, by=None, now=office.now)
        for tried in (
            switch_rule(db, kept.id, on=True, by=None, now=office.now),
            change_rule(db, on.id, wrong, by=None, now=office.now),
        ):
            with pytest.raises(RuleFault, match=r"”: gone@us\.example is not known here\. Put"):
                await tried
        assert (kept.enabled, on.version) == (False, 2)


async def test_whose_turn_it_is_and_the_order_are_not_asked_for_crosswise(office: Office) -> None:
    async with office.database.write() as db:
        one, other = [
            (await add_rule(db, asks(1, name), by=None, now=office.now)).id for name in "ab"
        ]

    async def places() -> None:
        async with office.database.write() as db:
            await place_rule(db, other, 1, by=None, now=office.now)

    async def waits() -> bool:
        return bool(await office.one(_WAITS))

    people = [There(office.karen, "Karen", 0)]
    async with office.database.write() as db:
        await next_in_turn(db, one, people)
        placing = asyncio.create_task(places())
        await eventually(waits)
        await next_in_turn(db, other, people)
    await placing


_NEW = {"conditions": [{"about": "new"}], "actions": [{"do": "spam"}]}
