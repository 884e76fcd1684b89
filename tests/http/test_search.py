"""The page of the search: without JavaScript, in one's own mailboxes, nothing taken for HTML."""

from __future__ import annotations

import re
from datetime import timedelta

from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors
from tests.indexed import indexes


async def test_words_are_found_and_marked(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    boots = await company.receives(
        support,
        text="My <i>boots</i> are broken.",
        subject="Boots & <laces>",
        files=(("broken-boot.jpg", "image/jpeg", b"x"),),
    )
    hidden = await company.mailbox("board@us.example", "Board")
    await company.receives(hidden, text="Boots of the board")
    await indexes(company.database)
    html = await browser.page("/search?q=boot")
    assert "My &lt;i&gt;<mark>boots</mark>&lt;/i&gt; are broken." in html
    assert "<mark>Boots</mark> &amp; &lt;laces&gt;" in html
    assert "broken-<mark>boot</mark>.jpg" in html
    assert f'href="/conversations/{boots}?found=boot&amp;at=1#message-1"' in html
    assert "of the board" not in html.lower()
    html = await browser.page("/search?q=is:purple %22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>" not in html
    assert "is nothing that a conversation can be" in html
    assert "Nothing was found" in html


async def test_the_form_writes_what_one_would_type(browser: Browser) -> None:
    fields = (
        "words=broken+boots&without=wet&from=Jane+Doe&in=&is=open&after=2026-10-01&has=attachment"
    )
    answer = await browser.client.get(
        f"/search/fields?{fields}&after=2026-10-01", follow_redirects=False
    )
    assert answer.status_code == 303
    html = await browser.page(answer.headers["location"])
    typed = "broken boots -wet from:&#34;Jane Doe&#34; is:open has:attachment after:2026-10-01"
    assert f'value="{typed}"' in html
    for filled in (
        'name="words" maxlength="200" value="broken boots"',
        'name="from" maxlength="200" value="Jane Doe"',
        'name="after" maxlength="200" value="2026-10-01"',
        '<option value="open" selected>',
        '<option value="attachment" selected>',
    ):
        assert filled in html
    assert 'href="/search?q=broken+OR+boots' in html  # nothing was found: what else could be asked


async def test_it_goes_on_page_by_page(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    for number in range(51):
        await company.receives(support, subject=f"Boots {number}", ago=timedelta(hours=number))
    await indexes(company.database)
    first = await browser.page("/search?q=boots")
    assert first.count("conversation-row") == 50
    further = first.split('<p class="pager"><a href="')[1].split('"')[0]
    rest = await browser.page(further.replace("&amp;", "&"))
    assert rest.count("conversation-row") == 1
    assert "further back" not in rest


async def test_in_ones_own_language(doors: Doors, company: Company, support: Mailbox) -> None:
    emi: Agent = await company.agent("Emi Sato", support.address, language="de")
    html = await (await doors.open(emi)).page("/search?q=is:lila")
    assert "ist kein Zustand" in html
    assert "Nach Feldern suchen" in html
    assert 'type="search" name="q"' in await (await doors.open(emi)).page("/conversations")


async def test_what_was_found_stays_beside_what_is_opened(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    at = [await company.receives(support, subject=one) for one in ("Boot", "Lace", "Boots")]
    await indexes(company.database)
    rows = [at[2], at[0]]
    assert await _beside(browser, at[0], "pile=all") == at
    for beside in ("found=boot", await _workspace(browser, "boot")):
        assert await _beside(browser, rows[0], beside) == rows
        form = {**await browser.composer(rows[0]), "text": "Done.", "then": "next", "key": beside}
        answer = await browser.client.post(
            f"/conversations/{rows[0]}/replies?{beside}", data=form, follow_redirects=False
        )
        assert answer.headers["location"].startswith(f"/conversations/{rows[1]}?{beside}&sent=")
    assert 'href="/search?q=boot"' in await browser.page("/conversations?found=boot")
    assert "Nothing was found" in await browser.page("/conversations?found=moon")


async def _beside(browser: Browser, conversation: int, beside: str) -> list[int]:
    page = await browser.page(f"/conversations/{conversation}?{beside}")
    return [int(one) for one in re.findall(r'<li id="row-(\d+)"', page)]


async def _workspace(browser: Browser, query: str) -> str:
    made = await browser.post("/workspaces", {"query": query})
    return str(made.url).partition("?")[2]
