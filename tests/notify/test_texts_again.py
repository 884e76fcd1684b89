"""Texts that a customer has got already, and texts that suit what they wrote."""

from __future__ import annotations

from tests.notify.asking import JANE, KAREN, Desk
from tests.notify.test_wording import REFUND, keeps


async def test_the_third_time_as_it_is_waits_for_its_writer_who_may_let_it_go(desk: Desk) -> None:
    await keeps(desk, "Refund", REFUND)
    for _ in range(2):
        await desk.sends("@template refund")
    said = len(desk.office.relay.to(JANE))
    await desk.sends("@template refund")
    assert len(desk.office.relay.to(JANE)) == said == 2
    mail = desk.office.mail_to(KAREN)
    assert "The customer got this text twice already" in mail.text
    assert "your money is on its way" in mail.text
    # With a word of one's own it is another answer.
    await desk.sends("@template refund\n\nI have asked the bank.")
    assert len(desk.office.relay.to(JANE)) == 3


async def test_find_alone_brings_what_suits_the_customers_mail(desk: Desk) -> None:
    await keeps(desk, "Loose sole", "We glue the sole.")
    await keeps(desk, "Opening hours", "From nine to five.", kind="article")
    home = await desk.office.hears(words="The sole is loose, can you glue it?", Subject="Sole")
    await desk.office.works()
    await Desk(desk.office, home, desk.office.mail_to(KAREN)).sends("@find")
    mail = desk.office.mail_to(KAREN)
    assert "These texts may suit what the customer wrote." in mail.text
    assert "@template Loose sole" in mail.text
    assert "Opening hours" not in mail.text
