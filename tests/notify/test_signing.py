"""The mailbox signs for everybody: a person's own signature is learned and left out."""

from __future__ import annotations

from email.message import EmailMessage
from html import escape
from typing import Any

from inbox.store.signatures import forget_signature, shown_signature
from tests.office import Office

JANE, KAREN = "jane@shop.example", "karen@us.example"
# Nothing in it tells what it is: no address, no number.
SIGNATURE = ("Karen Miller", "Head of Boots", "Us Inc.", "A step ahead")
NEW = ("Karen Miller", "Director of Shoes", "Us Inc.", "On foot since 1912")
CONTACT = (*SIGNATURE, "Tel. +1 555 010 2030 | k.miller@us.example | www.us.example")


async def karen_answers(
    office: Office,
    words: str,
    signature: tuple[str, ...] = SIGNATURE,
    *,
    pasted: str = "",
    logo: bytes = b"the logo",
    besides: str = "",
) -> Any:
    """Somebody asks, and Karen answers out of Outlook; what they get."""
    await office.hears(words=f"A question before “{words}”?", Subject=f"About {words}")
    await office.works()
    notice = office.mail_to(KAREN)
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    mail = office.letter("", answers=notice.mail, From="Karen <karen@us.example>", To=to)
    _outlook(mail, words, signature, pasted, logo)
    if besides:  # the HTML says more than the text
        html = mail.get_body(("html",))
        assert html is not None
        html.set_payload(f"<p>{besides}</p>{html.get_payload()}")
    await office.receives(mail, sender=KAREN, recipients=(to,))
    await office.works()
    return office.mail_to(JANE)


def _outlook(
    mail: EmailMessage, words: str, signature: tuple[str, ...], pasted: str, logo: bytes
) -> None:
    """Nothing marks its signature: paragraphs like all others, and a picture."""
    lines = (words, "", "Best regards", *signature)
    mail.set_content("\n".join((*lines, "[cid:logo@x]", pasted and "[cid:pasted@x]")))
    body = "".join(f"<p class=MsoNormal>{escape(one) or '&nbsp;'}</p>" for one in lines)
    shown = f"<p><img src='cid:{pasted}'></p>" if pasted else ""
    body = body.replace("<p class=MsoNormal>&nbsp;</p>", f"{shown}<p class=MsoNormal>&nbsp;</p>")
    mail.add_alternative(f"{body}<p><img src='cid:logo@x'></p>", subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index] # it has parts
    pictures = [("logo@x", logo), *([(pasted, b"a screenshot")] if pasted else [])]
    for name, content in pictures:
        html.add_related(content, "image", "png", cid=f"<{name}>", disposition="inline")  # type: ignore[union-attr] # likewise


def _pictures(mail: Any) -> list[bytes]:
    return [
        part.get_payload(decode=True)
        for part in mail.mail.walk()
        if part.get_content_maintype() == "image"
    ]


async def test_a_signature_is_learned_replaced_changed_and_forgotten(office: Office) -> None:
    for number in range(3):
        arrived = await karen_answers(office, f"Answer {number}.")
        assert "Head of Boots" in arrived.text
        assert "Head of Boots" in arrived.html
    arrived = await karen_answers(office, "Answer 3.")
    assert arrived.text.startswith("Answer 3.\n\nBest regards\nKaren Miller\n")
    for gone in ("Head of Boots", "ahead", "Us Inc."):
        assert gone not in arrived.text + arrived.html
    assert "Support team" in arrived.text
    assert "<img" not in arrived.html
    assert _pictures(arrived) == []

    # What she pastes besides is hers to say, today and always.
    for number in range(4):
        arrived = await karen_answers(office, f"Look {number}:", pasted="pasted@x")
        assert _pictures(arrived) == [b"a screenshot"]
        assert "ahead" not in arrived.text + arrived.html

    for number in range(3):
        arrived = await karen_answers(office, f"New {number}.", NEW, logo=b"a new logo")
        assert "Director of Shoes" in arrived.text
    arrived = await karen_answers(office, "New 3.", NEW, logo=b"a new logo")
    assert "Director of Shoes" not in arrived.text + arrived.html
    assert _pictures(arrived) == []

    async with office.database.write() as db:
        shown = await shown_signature(db, office.karen)
        assert {"Head of Boots", "Director of Shoes"} <= {one["words"] for one in shown}
        assert not any("Answer" in one["words"] for one in shown)
        assert await forget_signature(db, office.karen) >= len(shown)
    arrived = await karen_answers(office, "After all.", NEW)
    assert "Director of Shoes" in arrived.text


async def test_what_is_surely_a_signature_does_not_leave_with_the_first_mail(
    office: Office,
) -> None:
    arrived = await karen_answers(office, "Size 42.", CONTACT, pasted="pasted@x")
    assert arrived.text.startswith("Size 42.")
    assert "Best regards\nKaren Miller\n" in arrived.text
    for gone in ("Head of Boots", "555", "k.miller", "ahead"):
        assert gone not in arrived.text + arrived.html
    assert "Support team" in arrived.text
    assert _pictures(arrived) == [b"a screenshot"]
    # Where nobody can tell what stands above the signature, nothing that was pasted is lost.
    arrived = await karen_answers(office, "42!", CONTACT, pasted="pasted@x", besides="Look, a new")
    assert b"a screenshot" in _pictures(arrived)
    assert "555" not in arrived.text + arrived.html
    # What is said below it makes it part of what was said; where she reads mail is nobody's still.
    arrived = await karen_answers(office, "Size 43.", (*CONTACT, "", "The red ones are cheaper."))
    assert "Head of Boots" in arrived.text
    assert "The red ones are cheaper." in arrived.text
    assert "k.miller" not in arrived.text + arrived.html


async def test_a_copy_of_a_mail_teaches_nothing(office: Office) -> None:
    await office.hears(words="Which size?", Subject="Boots")
    await office.works()
    notice = office.mail_to(KAREN)
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    words = "42\n\nKaren\nHead of Boots\nTel. +1 555 010 2030"
    mail = office.letter(words, answers=notice.mail, From="Karen <karen@us.example>", To=to)
    for way in range(4):
        raw = f"Received: from way{way}\r\n".encode() + mail.as_bytes()
        await office.receives(raw, sender=KAREN, recipients=(to,))
    assert await office.one("select times from signature_seen where kind = 'mails'") == 1
    assert await office.one("select max(times) from signature_seen") == 1


async def test_what_is_not_proved_teaches_nothing(office: Office) -> None:
    await office.hears(words="Which size?", Subject="Boots")
    await office.works()
    notice = office.mail_to(KAREN)
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    mail = office.letter("42\n\nMallory", answers=notice.mail, From="karen@evil.example", To=to)
    await office.receives(mail, sender="karen@evil.example", recipients=(to,))
    assert await office.one("select count(*) from signature_seen") == 0


async def test_a_picture_among_the_words_is_named_as_the_file_that_comes_along(
    office: Office,
) -> None:
    await office.hears(words="Which size?", Subject="Boots")
    await office.works()
    notice = office.mail_to(KAREN)
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    words = "This one:\n[cid:shot.png@01DC]\nand not that one:\n[cid:gone@x]\n42"
    mail = office.letter(words, answers=notice.mail, From="Karen <karen@us.example>", To=to)
    shown = "<p>This one:<br><img src='cid:shot.png@01DC'><br>and not that one:<br>42</p>"
    mail.add_alternative(shown, subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index] # it has parts
    html.add_related(  # type: ignore[union-attr] # likewise
        b"a shot", "image", "png", cid="<shot.png@01DC>", filename="shot.png", disposition="inline"
    )
    await office.receives(mail, sender=KAREN, recipients=(to,))
    await office.works()
    arrived = office.mail_to(JANE)
    assert "This one:\n[shot.png]\nand not that one:\n\n42" in arrived.text
    assert "cid:" in arrived.html
    assert _pictures(arrived) == [b"a shot"]
