"""What a mailbox signs with, its picture included, stands below an answer in place of one's own."""

from __future__ import annotations

import re

from inbox.demo.pictures import PHOTO_OF_A_TEAPOT as LOGO
from inbox.desk.logos import set_logo
from inbox.store.tables import Mailbox
from tests.notify.asking import JANE, KAREN, Desk


async def test_the_mailboxes_picture_leaves_and_ones_own_does_not(desk: Desk) -> None:
    office = desk.office
    async with office.database.write() as db:
        await set_logo(db, await db.get_one(Mailbox, office.support), LOGO)
    mail = office.letter(
        "A new pair is on its way.\n\nBest regards\nKaren Miller\nkaren@us.example\n",
        From=f"Karen Miller <{KAREN}>",
        To=desk.to(),
        In_Reply_To=str(desk.notice.mail["Message-ID"]),
    )
    own = b"\x89PNG\r\n\x1a\n her own"
    mail.add_alternative(
        "<p>A new pair is on its way.</p><p>Best regards<br>Karen Miller<br>karen@us.example</p>"
        '<p><img src="cid:own@us"></p>',
        subtype="html",
    )
    [_, html] = mail.iter_parts()
    html.add_related(own, "image", "png", cid="<own@us>")
    await office.receives(mail, sender=KAREN, recipients=(desk.to(),))
    await office.works()
    got = office.mail_to(JANE)
    [picture] = [one for one in got.mail.walk() if one.get_content_maintype() == "image"]
    assert picture.get_payload(decode=True) == LOGO
    body = got.mail.get_body(("html",))
    assert body is not None
    [shown] = re.findall(r'<img src="cid:([^"]+)" width="240" height="180"', body.get_content())
    assert str(picture["Content-ID"]) == f"<{shown}>"
    assert "Support team" in got.text
    # What comes back with her answer is no file of hers.
    answer = office.letter("Thank you, and when?", answers=got.mail, To="support@us.example")
    answer.add_attachment(LOGO, "image", "png", filename="image001.png", cid=f"<{shown}>")
    answer.replace_header("Content-Type", "multipart/related")
    await office.hears(answer)
    rows = await office.rows("select aside from file where content_type = 'image/png'")
    assert [one.aside for one in rows][-1]


async def test_a_mail_keeps_the_picture_with_which_it_was_planned(desk: Desk) -> None:
    office = desk.office
    async with office.database.write() as db:
        mailbox = await db.get_one(Mailbox, office.support)
        await set_logo(db, mailbox, LOGO)
    await office.replies(desk.home, "Soon.")
    async with office.database.write() as db:
        await set_logo(db, await db.get_one(Mailbox, office.support), None)
    await office.works()
    assert b"Content-ID" in office.mail_to(JANE).raw
    await office.replies(desk.home, "Now.")
    await office.works()
    assert b"Content-ID" not in office.mail_to(JANE).raw
