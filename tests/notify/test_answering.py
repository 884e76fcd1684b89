"""A notice is answered from a mail program, and the customer gets the answer and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.clients import outlook, thunderbird
from tests.office import Office
from tests.peers import Arrived

JANE, KAREN, ANNA = "jane@shop.example", "karen@us.example", "anna@us.example"


def _mutt(raw: bytes, words: str, *, from_: str) -> bytes:
    seen = Arrived("", (), raw)
    quoted = "\n".join(f"> {line}" for line in seen.text.splitlines())
    mail = seen.mail
    return (
        f"From: {from_}\nTo: {mail['Reply-To']}\nSubject: Re: {mail['Subject']}\n"
        f"Message-ID: <mutt.1@us.example>\nIn-Reply-To: {mail['Message-ID']}\n"
        f"References: {mail['References']}\nDate: Mon, 3 Mar 2025 11:00:00 +0000\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"{words}\n\nOn Mon, Mar 03, 2025 at 09:00:00AM +0000, {mail['From']} wrote:\n{quoted}\n"
    ).encode()


def _phone(raw: bytes, words: str, *, from_: str) -> bytes:
    seen = Arrived("", (), raw)
    return _mutt(raw, f"{words}\n\nSent from my iPhone", from_=from_) if seen.text else b""


@pytest.mark.parametrize("answer", [outlook.answer, thunderbird.answer, _mutt, _phone])
async def test_only_the_new_words_reach_the_customer(
    office: Office, answer: Callable[..., bytes]
) -> None:
    conversation = await office.hears(words="The boots are broken.\n\nPat", Subject="Boots")
    await office.notes(conversation, "He is difficult", by=office.anna)
    await office.works()
    notice = next(one for one in office.relay.to(KAREN) if "boots are broken" in one.text)
    raw = answer(notice.raw, "We send new ones.\n\nKaren", from_="Karen <karen@us.example>")
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    await office.receives(raw, sender=KAREN, recipients=(to,))
    await office.works()
    arrived = office.mail_to(JANE)
    assert arrived.text.startswith("We send new ones.\n\nKaren\n")
    assert arrived.mail["From"] == '"Karen Miller (Support)" <support@us.example>'
    whole = arrived.raw.decode() + arrived.html
    for inside in ("karen@", "difficult", "Comment inside", "nobody has it", "+n.", "+r.", "via"):
        assert inside not in whole
    assert arrived.text.count("boots are broken") == 1
    told = [one for one in office.relay.to(ANNA) if one.text.startswith("We send new ones.")]
    assert len(told) == 1


async def test_out_of_office_never_reaches_the_customer(office: Office) -> None:
    await office.hears()
    await office.works()
    notice = office.mail_to(KAREN)
    raw = _mutt(notice.raw, "I am away until Monday.", from_="Karen <karen@us.example>")
    raw = raw.replace(b"Date:", b"Auto-Submitted: auto-replied\nDate:")
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    await office.receives(raw, sender=KAREN, recipients=(to,))
    await office.works()
    assert not office.relay.to(JANE)
