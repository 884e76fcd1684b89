"""Beside a new conversation stands what it may belong to; one click makes both one."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.http.company import Company
from tests.http.conftest import Doors

TENT = "The zipper of the green tent tore at the camp."
AGAIN = "About the tent: when is the zipper repaired? We camp in May."


async def test_one_click_joins_what_is_one_matter(doors: Doors, company: Company) -> None:
    support = await company.mailbox("support@us.example", "Support")
    ann = await doors.open(await company.agent("Ann Berg", support.address))
    first = await company.receives(support, subject="Tent", text=TENT, ago=timedelta(days=2))
    second = await company.receives(support, subject="Repair", text=AGAIN)
    page = await ann.page(f"/conversations/{second}")
    assert "The same customer wrote about this before" in page
    related = page[page.index('class="related"') :]
    path = re.search(rf'action="(/conversations/{second}/merge[^"]*)"', page)
    assert path
    assert f'name="conversation" value="{first}"' in related
    response = await ann.post(path[1].replace("&amp;", "&"), {"conversation": str(first)})
    assert response.status_code == 200
    joined = await ann.page(f"/conversations/{second}")
    assert TENT in joined
    assert AGAIN in joined
    assert "The same customer wrote about this before" not in joined


async def test_nothing_of_mailboxes_of_others(doors: Doors, company: Company) -> None:
    support = await company.mailbox("support@us.example", "Support")
    press = await company.mailbox("press@us.example", "Press")
    ann = await doors.open(await company.agent("Ann Berg", support.address))
    await company.receives(press, subject="Secret tent", text=TENT, ago=timedelta(days=2))
    second = await company.receives(support, subject="Repair", text=AGAIN)
    assert "Secret tent" not in await ann.page(f"/conversations/{second}")
