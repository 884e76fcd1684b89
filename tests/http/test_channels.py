"""The page for administrators: what customers' programs leave of the ways home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inbox.store.tables import Message
from tests.http.company import Company
from tests.http.conftest import Doors


async def answered(company: Company, times: int) -> None:
    """Customers who answer our answers without any header."""
    support = await company.mailbox("support@us.example", "Support")
    for number in range(times):
        at = await company.receives(support, subject=f"Boots {number}")
        async with company.database.write() as db:
            ours = Message(conversation_id=at, kind="reply", visibility="public")
            ours.author_kind, ours.identity = "agent", b"%d" % at
            ours.received_at = company.now - timedelta(minutes=3)
            db.add(ours)
        await company.receives(
            support,
            subject=f"Re: Boots {number}",
            text="Thanks",
            into=at,
            ago=timedelta(minutes=1),
        )


async def test_an_administrator_sees_what_is_lost_and_what_helps(
    doors: Doors, company: Company
) -> None:
    await answered(company, 5)
    ada = await doors.open(await company.agent("Ada Roth", "support@us.example", role="admin"))
    page = await ada.page("/channels")
    assert "customer.example" in page
    assert 'href="/channels" aria-current="page"' in page  # beside the other pages of the house
    assert "inbox mailbox set support@us.example customer_token=on" in page
    assert 'href="/channels"' in await ada.page("/house/people")
    # And from there one gets to the other pages of administration.
    assert 'href="/house/people"' in page


async def test_an_administrator_switches_answer_addresses_on_and_off(
    doors: Doors, company: Company
) -> None:
    await answered(company, 5)
    ada = await doors.open(await company.agent("Ada Roth", "support@us.example", role="admin"))
    switch = "/channels/mailboxes/1/customer-token"
    assert f"{switch}?_method=put" in await ada.page("/channels")
    done = await ada.post(f"{switch}?_method=put")
    assert done.status_code == 200
    assert f"{switch}?_method=delete" in done.text
    assert "customer_token=on" not in done.text
    assert f"{switch}?_method=put" in (await ada.post(f"{switch}?_method=delete")).text
    assert (await ada.post("/channels/mailboxes/99/customer-token?_method=put")).status_code == 404
    ben = await doors.open(await company.agent("Ben Okafor", "support@us.example"))
    assert (await ben.post(f"{switch}?_method=put")).status_code == 403


async def test_without_answers_there_is_nothing_to_say(doors: Doors, company: Company) -> None:
    await answered(company, 0)
    ada = await doors.open(await company.agent("Ada Roth", "support@us.example", role="admin"))
    assert "No customer has answered an answer yet." in await ada.page("/channels")


@pytest.mark.parametrize("role", ["agent", "manager"])
async def test_it_is_about_all_mailboxes_and_so_not_for_all(
    doors: Doors, company: Company, role: str
) -> None:
    await answered(company, 0)
    ben = await doors.open(await company.agent("Ben Okafor", "support@us.example", role=role))
    assert (await ben.get("/channels")).status_code == 403
    assert 'href="/channels"' not in await ben.page("/conversations")
