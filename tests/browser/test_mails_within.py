"""A mail with an invitation, a logo and a mail within, as a person sees it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Site, violations
from tests.http.seed import seed
from tests.http.test_attached import CALENDAR, INNER

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
async def test_what_a_mail_brings_is_seen_and_opens(site: Site, scheme: str, width: int) -> None:
    seeded = await seed(site.company)
    calendar = (CALENDAR % ("REQUEST", "NEEDS-ACTION")).encode()
    files = (
        ("", "message/rfc822", INNER),
        ("invite.ics", "text/calendar", calendar),
        ("smime.p7s", "application/pkcs7-signature", b"0"),
    )
    at = await site.company.receives(seeded.support, subject="Delivery", files=files)
    options: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    page = await site.signed_in(seeded.anna, **options)
    await page.goto(f"/conversations/{at}")
    await expect(page.locator(".invitation")).to_contain_text("24 November 2026")
    await page.get_by_text("1 file of the signature").click()
    await expect(page.get_by_text("smime.p7s")).to_be_visible()
    assert await violations(page) == []
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Read", exact=True).click()
    mail = await opened.value
    await expect(mail.locator("h1")).to_have_text("Delivery")
    await mail.get_by_text("As it was sent").click()
    await expect(mail.frame_locator("iframe").get_by_text("today")).to_be_visible()
    assert await violations(mail) == []
    assert await mail.evaluate("document.documentElement.scrollWidth") <= width
