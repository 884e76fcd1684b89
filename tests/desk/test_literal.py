"""What people write is sent as they wrote it, whatever it looks like to a template."""

from __future__ import annotations

import pytest

from inbox.store.tables import Mailbox
from tests.office import Office

pytestmark = pytest.mark.database

TRICK = "{{ 7 * 7 }} {% for each in secret %} %(name)s ${PATH} &amp; <b>bold</b>"


async def test_words_signature_and_subject_stay_as_they_are(office: Office) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).signature = f"Sincerely {TRICK}"
    conversation = await office.hears(words=f"Hello {TRICK}", Subject=f"Boots {TRICK}")
    await office.replies(conversation, f"Dear {TRICK}")
    await office.works()
    mail = office.mail_to("jane@shop.example")
    for words in ("Dear", "Sincerely", "> Hello"):
        assert f"{words} {TRICK}" in mail.text
    assert str(mail.mail["Subject"]) == f"Re: Boots {TRICK}"
    assert "49" not in mail.text
    assert "&lt;b&gt;bold&lt;/b&gt;" in mail.html
    assert "<b>bold" not in mail.html
