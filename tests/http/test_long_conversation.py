"""A conversation longer than a page: its end first, and the way back to what was earlier."""

from __future__ import annotations

import random
import re
from datetime import timedelta

from inbox.store.tables import Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser


def numbers(page: str) -> list[int]:
    """Which of the numbered mails a page shows, in its order."""
    said = r'<article(?:(?!</article>).)*?<bdi class="snippet">Number (\d+)\.'
    shown = re.findall(said, page, re.DOTALL)
    return [int(one) for one in shown]


async def test_a_long_conversation_shows_its_end_first(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    for n in random.Random(1).sample(range(45), 45):  # workers take mails in side by side
        ago = timedelta(minutes=4, seconds=-n)
        await company.receives(support, text=f"Number {n}.", into=boots, ago=ago)
    page = await browser.page(f"/conversations/{boots}")
    assert numbers(page) == list(range(5, 45))
    assert "6 earlier messages" in page
    assert "Number 44." in page
    assert "Number 4." not in page
    (earlier,) = re.findall(rf'hx-get="(/conversations/{boots}[^"]*before=[^"]*)"', page)
    older = await browser.page(earlier.replace("&amp;", "&"))
    assert numbers(older) == list(range(5))
    assert "To the newest" in older
    # In place, where scripts run: what came before and nothing else.
    part = await browser.get(
        earlier.replace("&amp;", "&"), headers={"hx-request": "true", "hx-target": "p#earlier"}
    )
    assert "Number 4." in part.text
    assert "<html" not in part.text
    # What a search has found is there, however far back it is.
    first = re.findall(r'id="message-(\d+)"', older)[0]
    found = await browser.page(f"/conversations/{boots}?at={first}")
    assert re.search(rf'id="message-{first}" [^>]*>\s*<details open', found)
    # Shown anew because mails came from elsewhere, it leads back as far as before.
    other = await company.receives(support, subject="Laces", text="My laces.")
    await browser.post(f"/conversations/{other}/merge", {"conversation": str(boots)})
    news = await browser.page(f"/conversations/{boots}/news?after=1")
    assert "innerMorph" in news
    assert "7 earlier messages" in news


async def test_news_stand_where_they_arrived(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    """An older mail that was taken in later: before the newer one that the page shows already."""
    await company.receives(support, text="Number 2.", into=boots, ago=timedelta(minutes=2))
    page = await browser.page(f"/conversations/{boots}")
    (shown,) = re.findall(r'id="message-(\d+)"(?:(?!</article>).)*?Number 2', page, re.DOTALL)[-1:]
    (news,) = re.findall(r'hx-get="(/conversations/\d+/news[^"]*)"', page)
    for n, ago in ((1, 3), (3, 1)):
        text = f"Number {n}."
        await company.receives(support, text=text, into=boots, ago=timedelta(minutes=ago))
    part = await browser.page(news.replace("&amp;", "&"))
    targets = re.findall(r'hx-target="#((?:message|timeline)[^"]*)" hx-swap="(\w+)"', part)
    assert targets == [(f"message-{shown}", "beforebegin"), ("timeline", "beforeend")]
    assert numbers(part) == [1, 3]
