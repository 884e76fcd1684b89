"""The logo below every mail is not a file that somebody sent."""

from __future__ import annotations

import struct
from email.message import EmailMessage

from tests.intake.house import House

LOGO = b"\x89PNG\r\n\x1a\n" + b"logo" * 100
PHOTO = b"\x89PNG\r\n\x1a\n" + b"photo" * 60_000


def with_picture(house: House, picture: bytes = LOGO, **headers: str) -> EmailMessage:
    """A mail that shows a picture within its words."""
    mail = house.letter(answers=None, **headers)
    mail.add_alternative('<p>Hello</p><img src="cid:logo@x">', subtype="html")
    body = mail.get_payload()[1]  # type: ignore[index] # it has parts
    body.add_related(picture, "image", "png", cid="<logo@x>", filename="image001.png")  # type: ignore[union-attr] # likewise
    return mail


async def aside(house: House) -> list[bool]:
    return [row.aside for row in await house.rows("select aside from file order by id")]


async def test_a_logo_is_a_file_once(house: House) -> None:
    await house.receives(with_picture(house, Subject="Boots"))
    await house.receives(with_picture(house, Subject="Laces"))
    assert await aside(house) == [False, True]


async def test_a_colleague_at_the_same_organisation_has_the_same_logo(house: House) -> None:
    await house.receives(with_picture(house, From="Jane <jane@customer.example>"))
    await house.receives(with_picture(house, From="Jim <jim@shop.customer.example>", Subject="Two"))
    await house.receives(with_picture(house, From="Eve <eve@other.example>", Subject="Three"))
    assert await aside(house) == [False, True, False]


async def test_people_with_freemail_have_nothing_in_common(house: House) -> None:
    await house.receives(with_picture(house, From="Jane <jane@gmail.com>"))
    await house.receives(with_picture(house, From="Jim <jim@gmail.com>", Subject="Two"))
    await house.receives(with_picture(house, From="Jane <jane@gmail.com>", Subject="Three"))
    assert await aside(house) == [False, False, True]


async def test_a_photograph_is_no_logo_but_returns_in_quotes(house: House) -> None:
    first = with_picture(house, PHOTO)
    await house.receives(first)
    await house.receives(with_picture(house, PHOTO, Subject="Another pair"))
    assert await aside(house) == [False, False]
    await house.receives(with_picture(house, PHOTO, **{"In-Reply-To": first["Message-ID"]}))
    assert await aside(house) == [False, False, True]


async def test_a_file_that_is_sent_again_stays_a_file(house: House) -> None:
    for subject in ("One", "Two"):
        mail = house.letter(Subject=subject)
        mail.add_attachment(LOGO, maintype="image", subtype="png", filename="front.png")
        await house.receives(mail)
    assert await aside(house) == [False, False]


async def test_signatures_for_programs_are_put_aside(house: House) -> None:
    mail = house.letter()
    mail.add_attachment(
        b"0", maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    await house.receives(mail)
    assert await aside(house) == [True]
    assert await house.one("select has_files from conversation") is False
    assert await house.one("select protection from message") == "smime_signed"


def winmail(*names: str) -> bytes:
    """Outlook's wrapping of files with these names."""
    objects = b""
    for name in names:
        for number, value in ((0x9002, bytes(14)), (0x8010, name.encode() + b"\0"), (0x800F, b"x")):
            objects += b"\2" + struct.pack("<HHI", number, 6, len(value)) + value + bytes(2)
    return struct.pack("<IH", 0x223E9F78, 1) + objects


async def test_many_files_of_outlook_are_kept(house: House) -> None:
    mail = house.letter()
    names = [f"page-{number}.pdf" for number in range(12)]
    mail.add_attachment(
        winmail(*names), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    await house.receives(mail)
    kept = await house.rows("select filename from file order by id")
    assert [row.filename for row in kept] == names
