"""Searches that are kept: named, ordered, shared, removed and back; each finds what is theirs."""

from __future__ import annotations

import re

from inbox.model.conversation import Role
from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors
from tests.http.test_lists import rows


async def keep(browser: Browser, query: str, **more: str) -> int:
    """Keep a search; the number of its workspace."""
    page = await browser.post("/workspaces", {"query": query, **more})
    return int(str(page.url).rpartition("=")[2])


def names(page: str) -> list[str]:
    return re.findall(r'<input id="name-\d+"[^>]* value="([^"]+)"', page)


async def test_a_search_is_kept_with_one_click_and_is_a_list(
    browser: Browser, company: Company, support: Mailbox, ann: Agent
) -> None:
    at = [await company.receives(support, subject=f"Boots {n}", text=f"{n}") for n in range(2)]
    await browser.post(f"/conversations/{at[0]}/tags", {"tags": "vip"})
    found = await browser.page("/search?q=tag:vip")
    assert '<input type="hidden" name="query" value="tag:vip">' in found
    vip = await keep(browser, "tag:vip")
    page = await browser.page(f"/conversations?workspace={vip}")
    assert rows(page) == [at[0]]
    assert ">tag:vip</h1>" in page
    assert f'href="/conversations/{at[0]}?workspace={vip}"' in page
    beside = await browser.page(f"/conversations/{at[0]}?workspace={vip}")
    assert rows(beside) == [at[0]]
    rail = await browser.page(f"/workspaces/rail?workspace={vip}")
    assert '<span class="count">1</span>' in rail
    refused = await browser.post("/workspaces", {"query": "  "})
    assert refused.status_code == 422
    assert "asks for nothing" in refused.text
    long = await browser.post("/workspaces", {"query": "boots " * 67})
    assert "At most 400 characters can stand here." in long.text  # none of it is cut off


async def test_it_is_named_ordered_removed_and_brought_back(
    browser: Browser, support: Mailbox, ann: Agent
) -> None:
    one, two = await keep(browser, "is:open"), await keep(browser, "is:late", name="Late")
    form = {"name": "Open <b>now</b>", "query": "is:open -tag:vip", "mailbox": ""}
    await browser.post(f"/workspaces/{one}", form)
    await browser.post(f"/workspaces/{two}/place", {"to": "up"})
    page = await browser.page("/workspaces")
    assert names(page) == ["Late", "Open &lt;b&gt;now&lt;/b&gt;"]
    gone = (await browser.post(f"/workspaces/{one}?_method=delete")).text
    assert names(gone) == ["Late"]
    assert (await browser.get(f"/conversations?workspace={one}")).status_code == 404
    undo = re.search(r'action="(/workspaces/\d+/restore)"', gone)
    assert undo
    assert len(names((await browser.post(undo[1])).text)) == 2
    nameless = await browser.post(f"/workspaces/{two}", {**form, "name": ""})
    assert nameless.status_code == 422


async def test_who_shares_one_finds_what_is_theirs(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, ann: Agent
) -> None:
    """And nobody guesses the number of another's; owner and managers change it, members do not."""
    press = await company.mailbox("press@us.example", "Press")
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    eva = await doors.open(await company.agent("Eva Roth", press.address, role=Role.MANAGER))
    dan_is = await company.agent("Dan Lee", support.address, press.address, role=Role.MANAGER)
    dan = await doors.open(dan_is)
    at = await company.receives(support, subject="Boots")
    secret = await company.receives(press, subject="Secret boots", text="Never")
    kept = await keep(browser, "is:open", name="Ours")
    path = f"/conversations?workspace={kept}"
    for other in (ben, eva, dan):
        assert (await other.get(path)).status_code == 404
        assert (await other.post(f"/workspaces/{kept}/place", {"to": "up"})).status_code == 404
    form = {"name": "Ours", "query": "is:open", "mailbox": str(support.id)}
    assert (await browser.post(f"/workspaces/{kept}", form)).status_code == 200
    assert rows(await ben.page(path)) == [at]
    assert sorted(rows(await dan.page(path))) == [at, secret]
    assert '<span class="count">1</span>' in await ben.page("/workspaces/rail")
    assert '<span class="count">2</span>' in await dan.page("/workspaces/rail")
    assert (await eva.get(path)).status_code == 404
    assert "Ours" not in await eva.page("/workspaces/rail")
    for method, more in (("", form), ("?_method=delete", {})):
        assert (await ben.post(f"/workspaces/{kept}{method}", more)).status_code == 403
        assert (await eva.post(f"/workspaces/{kept}{method}", more)).status_code == 404
    assert (await dan.post(f"/workspaces/{kept}", {**form, "name": "All"})).status_code == 200
    stolen = {**form, "mailbox": str(press.id)}
    assert (await browser.post(f"/workspaces/{kept}", stolen)).status_code == 404
