"""What a customer answers by a mail to `good+TOKEN@…`: a rating, and what they say besides."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from inbox.i18n import LANGUAGES, translations
from inbox.intake.rated import words_of
from inbox.model.satisfaction import Rated
from inbox.notify.satisfaction import ready_words
from tests.desk.served import JANE, addresses, asked, closes, said, served
from tests.growth import assert_linear
from tests.office import Office

# As it stands ready in the mail to send, and what a telephone adds to it.
READY = "\n\n-- \nSend this mail as it is, or with a sentence above. It says: Good."


async def sends(office: Office, words: str, *to: str, **headers: Any) -> None:
    mail = office.letter(words, To=", ".join(to), Subject="Re: Boots", **headers)
    await office.receives(mail, recipients=to)


async def mails(office: Office) -> list[tuple[str, str]]:
    rows = await office.rows("select kind, text from message order by id offset 3")
    return [(row.kind, row.text) for row in rows]


async def state(office: Office) -> str:
    return str(await office.one("select status from conversation"))


async def test_a_mail_to_an_answer_is_a_rating_and_what_it_says_is_a_mail(office: Office) -> None:
    home = await served(office)
    await closes(office, home)
    to = addresses(office.mail_to(JANE))
    # Without words it is no message, whoever it is from: the token is enough.
    await sends(office, READY, to["good"], From="tom@elsewhere.example")
    assert await said(office) == [("good", "")]
    await sends(office, f"{READY}\n\nJane", to["soso"].upper())
    assert await said(office) == [("soso", "")]
    # A signature that stood below their mails is none of their words.
    await sends(office, "Jane D., Shop Ltd", to["good"])
    assert (await mails(office), await state(office)) == ([], "closed")
    assert await office.rows("select id from spool where state <> 'done'") == []
    # A machine says nothing, nor does who says two things at once.
    away = {"Auto_Submitted": "auto-replied"}
    await sends(office, "I am on the beach.", to["bad"], **away)
    await sends(office, "", to["bad"], to["good"])
    assert await said(office) == [("good", "")]
    assert ([kind for kind, _ in await mails(office)], await state(office)) == (
        ["auto", "auto"],
        "closed",
    )
    await sends(office, f"The left boot is broken.{READY}", to["bad"])
    assert await said(office) == [("bad", "The left boot is broken.")]
    assert (await mails(office))[-1] == ("mail", "The left boot is broken.")
    assert await state(office) == "open"
    assert (await office.events(home))[-2:] == ["satisfaction.rated", "message.received"]
    # Who has the conversation hears of it, and answers the customer.
    await office.works()
    notice = office.mail_to("karen@us.example")
    unhappy = "Jane Doe is not content with our help: “The left boot is broken.”"
    assert [unhappy in one.text for one in office.relay.to("karen@us.example")][-2:] == [
        True,
        False,
    ]
    assert "+r." in str(notice.mail["Reply-To"])
    # It tells whoever holds it nothing: our answers go to Jane alone.
    assert await office.rows("select address from participant where address like 'tom%'") == []


async def test_what_is_said_once_more_is_not_lost(office: Office) -> None:
    home = await served(office)
    await closes(office, home)
    to = addresses(office.mail_to(JANE))
    await sends(office, f"Thank you, that helps.{READY}", to["good"])
    assert await said(office) == [("good", "Thank you, that helps.")]
    assert (await mails(office))[-1] == ("mail", "Thank you, that helps.")
    # Nor is a picture within a mail without words; it may be one of a signature, and opens nothing.
    await office.change("update conversation set status = 'closed'")
    shot = office.letter(READY, To=to["bad"], Subject="Re: Boots")
    shot.add_related(b"\x89PNG", "image", "png", cid="<shot@shop.example>")
    await office.receives(shot, recipients=[to["bad"]])
    assert await said(office) == [("bad", "")]
    assert ((await mails(office))[-1][0], await state(office)) == ("auto", "closed")
    # Nor is what is said in the subject alone.
    await office.receives(
        office.letter(READY, To=to["bad"], Subject="It broke once more"), recipients=[to["bad"]]
    )
    [last] = await office.rows("select subject, kind from message order by id desc limit 1")
    assert (last.subject, last.kind) == ("It broke once more", "auto")
    # One of us says nothing of our own help, whoever's quote it was that they found it in.
    await sends(office, "We were great.", to["good"], From="Karen <karen@us.example>")
    assert await said(office) == [("bad", "")]
    assert (await mails(office))[-1] == ("held", "We were great.")


async def test_what_comes_too_late_is_kept(office: Office) -> None:
    home = await served(office)
    await closes(office, home)
    to = addresses(office.mail_to(JANE))
    await office.change("update satisfaction set expires_at = '2020-01-01'")
    await sends(office, "", to["bad"])
    assert (await said(office), await state(office)) == ([(None, "")], "closed")
    await sends(office, "It broke again.", to["bad"])
    assert (await mails(office))[-1] == ("mail", "It broke again.")
    assert await asked(office) == [JANE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (READY, ""),
        ("Jane Doe\nShop Ltd\n" + READY, ""),
        (READY.replace(" or with", "\nor with") + "\n\nSent from my iPhone", ""),
        (f"{READY}\n\nThe left one is broken.", "The left one is broken."),
        ("Never again!" + READY + "\n\nJane", "Never again!\n\nJane"),
        ("Jane's boots are broken.", "Jane's boots are broken."),
    ],
)
def test_own_words(text: str, words: str) -> None:
    assert words_of(text, "Jane Doe") == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stood_ready_is_none_of_them(language: str) -> None:
    ready = ready_words(Rated.BAD, translations(language))
    assert words_of(f"\n\n-- \n{ready}", "Jane Doe") == ""


def test_a_mail_of_blanks_is_read_as_fast_as_any() -> None:
    for blank in (" ", "\n", "-- "):
        assert words_of(f"No.{blank * 20_000}{READY}", "Jane").startswith("No.")
        assert words_of(f"No.{blank * 20_000}Yes.", "Jane Doe").startswith("No.")
        for end in (READY, "Yes."):
            assert_linear(partial(_read_blanks, blank, end), 20_000)


def _read_blanks(blank: str, end: str, count: int) -> str:
    return words_of(f"No.{blank * count}{end}", "Jane Doe")
