"""Rules of a house, switched on, for the mails that come of them."""

from __future__ import annotations

from typing import Any

from inbox.desk.house_rules import RuleDraft, add_rule, switch_rule
from tests.office import Office


async def add_working_rule(office: Office, name: str, *actions: dict[str, Any]) -> None:
    """Add a rule for every mail that comes, and switch it on."""
    draft = RuleDraft(name=name, document={"actions": list(actions)})
    async with office.database.write() as db:
        made = await add_rule(db, draft, by=None, now=office.now)
        await switch_rule(db, made.id, on=True, by=None, now=office.now)
