"""What help desks are measured by: two dozen mails and pairs of mails, each with its right end.

Those that are told at length elsewhere are named in `TOLD`; the others are told here.
"""

from __future__ import annotations

import base64
from datetime import timedelta
from email.message import EmailMessage
from importlib import import_module

import pytest

from inbox.desk.letter import Kept
from inbox.mail.parts import leaf_bytes
from tests.intake.house import House, as_bytes

TOLD = {
    "In-Reply-To alone": "customers.test_an_answer_joins_by_in_reply_to_or_references",
    "References alone": "customers.test_an_answer_joins_by_in_reply_to_or_references",
    "a colleague in Cc answers": "customers.test_somebody_in_cc_may_answer",
    "Thread-Index alone": "customers.test_exchange_is_answered_under_its_own_thread_index",
    "a stranger with forged headers": (
        "customers.test_a_stranger_does_not_get_in_by_forged_references"
    ),
    "out of office": "customers.test_out_of_office_attaches_and_changes_nothing",
    "a bounce": "bounces.test_a_bounce_is_told_where_the_answer_was_written",
    "a post of a mailing list": "customers.test_a_list_mail_is_a_conversation",
    "and nobody is told that we have it": "confirmation.test_no_machine_and_none_of_us_gets_one",
    "delivered twice": "customers.test_the_same_mail_twice_is_one_message",
    "an agent answers the notice": "agents.test_an_answer_by_mail_goes_to_the_customer",
    "an agent writes to the customer, Cc us": (
        "agents.test_what_an_agent_wrote_to_the_customer_is_put_on_record"
    ),
}


@pytest.mark.parametrize("scenario", TOLD)
def test_told_elsewhere(scenario: str) -> None:
    module, _, name = TOLD[scenario].partition(".")
    assert callable(getattr(import_module(f"tests.intake.test_{module}"), name))


async def two(house: House, *mails: EmailMessage | bytes, **envelope: object) -> list[int]:
    """The conversations in which mails end."""
    return [(await came(house, mail, **envelope)).conversation_id for mail in mails]


async def came(house: House, mail: EmailMessage | bytes, **envelope: object) -> Kept:
    kept = await house.receives(mail, **envelope)
    assert kept is not None
    return kept


def bare(house: House, words: str, **headers: str) -> EmailMessage:
    """A mail whose program names no other mail."""
    return house.letter(words, answers=None, **{"In_Reply_To": "", "References": "", **headers})


@pytest.mark.parametrize("subject", ["Re: Pump 4711 is leaking", "Pump 4711 is leaking"])
async def test_no_headers_but_the_subject_and_the_sender(house: House, subject: str) -> None:
    first = bare(house, "It drips.", Subject="Pump 4711 is leaking")
    one, other = await two(house, first, bare(house, "It still drips.", Subject=subject))
    assert one == other


@pytest.mark.parametrize("prefix", ["AW", "Ответ", "Antw", "SV", "RES", "回复", "返信", "R", "Odp"])
async def test_prefixes_of_any_language(house: House, prefix: str) -> None:
    first = bare(house, "It drips.", Subject="Leaking pump in hall B")
    answer = bare(house, "Still.", Subject=f"{prefix}: Leaking pump in hall B")
    one, other = await two(house, first, answer)
    assert one == other


async def test_a_changed_subject_changes_nothing(house: House) -> None:
    first = house.letter("It drips.", Subject="Leaking pump")
    one, other = await two(house, first, house.letter("Ah.", answers=first, Subject="Solved!"))
    assert one == other


async def test_outlook_without_references(house: House) -> None:
    root = b"\x01\xdc" + bytes(range(40, 60))
    first = house.letter("It drips.", Thread_Index=base64.b64encode(root).decode())
    child = base64.b64encode(root + b"\0\0\1\x50\x30").decode()
    answer = bare(house, "Still.", Subject="RE: hall B", Thread_Index=child)
    one, other = await two(house, first, answer)
    assert one == other


async def test_the_same_subject_four_months_later_is_another_matter(house: House) -> None:
    first = await came(house, bare(house, "For July.", Subject="Question about the invoice"))
    house.now += timedelta(days=120)
    second = await came(house, bare(house, "For November.", Subject="Question about the invoice"))
    assert first.conversation_id != second.conversation_id


@pytest.mark.parametrize(
    "subject", ["Invoice 2026-118 is missing", "Re: Invoice 2026-118 is missing"]
)
async def test_the_same_subject_of_another_customer_is_another_matter(
    house: House, subject: str
) -> None:
    first = bare(house, "Where is it?", Subject="Invoice 2026-118 is missing")
    other = bare(house, "Mine as well.", Subject=subject, From="Otto <otto@mill.example>")
    one, another = await two(house, first, other)
    assert one != another
    assert await house.one("select count(distinct customer_id) from conversation") == 2


async def test_two_mails_without_an_id_are_two_matters(house: House) -> None:
    mails = [
        bare(house, words, Message_ID="", Subject=words)
        for words in ("The pump leaks", "An offer for two pumps?")
    ]
    one, other = await two(house, *mails)
    assert one != other
    assert await house.one("select count(*) from message") == 2


def signed_mail(house: House) -> bytes:
    mail = house.letter(Subject="Order of three pumps")
    del mail["Content-Type"], mail["Content-Transfer-Encoding"], mail["MIME-Version"]
    part = (
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "Three pumps for the caf=C3=A9, please.\r\n"
    )
    head = as_bytes(mail).partition(b"\r\n\r\n")[0].decode()
    return (
        f"{head}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; micalg=pgp-sha512;"
        ' protocol="application/pgp-signature"; boundary="sig"\r\n\r\n'
        f"--sig\r\n{part}\r\n--sig\r\n"
        'Content-Type: application/pgp-signature; name="signature.asc"\r\n\r\n'
        "-----BEGIN PGP SIGNATURE-----\r\n\r\nwsB5BAABCAAj\r\n-----END PGP SIGNATURE-----\r\n"
        "\r\n--sig--\r\n"
    ).encode()


async def test_a_signed_mail_is_read_and_stays_what_was_signed(house: House) -> None:
    raw = signed_mail(house)
    kept = await came(house, raw, sender="jane@shop.example", recipients=("support@us.example",))
    assert await words(house, kept) == "Three pumps for the café, please."
    assert await house.one("select raw from spool") == raw
    assert await house.one("select filename from file") == "signature.asc"
    assert await house.one("select protection from message") != ""


def tnef(files: dict[str, bytes]) -> bytes:
    """A winmail.dat (MS-OXTNEF 2.1.3) with files in it."""

    def attribute(level: int, ident: int, data: bytes) -> bytes:
        sum_ = sum(data) & 0xFFFF
        head = bytes([level]) + ident.to_bytes(4, "little") + len(data).to_bytes(4, "little")
        return head + data + sum_.to_bytes(2, "little")

    whole = (0x223E9F78).to_bytes(4, "little") + b"\1\0"
    whole += attribute(1, 0x00089006, b"\0\0\1\0")
    for name, content in files.items():
        whole += attribute(2, 0x00069002, b"\1\0\xff\xff\xff\xff" + bytes(8))
        whole += attribute(2, 0x00018010, name.encode() + b"\0")
        whole += attribute(2, 0x0006800F, content)
    return whole


async def test_what_is_in_a_winmail_dat_is_offered(house: House) -> None:
    mail = house.letter("The offer is attached.")
    content = tnef({"offer.txt": b"Two pumps: 4,200 EUR\r\n"})
    mail.add_attachment(content, "application", "ms-tnef", filename="winmail.dat")
    kept = await came(house, mail)
    assert await words(house, kept) == "The offer is attached."
    [file] = await house.rows("select filename, part from file")
    assert file.filename == "offer.txt"
    raw = await house.one("select raw from spool")
    assert leaf_bytes(raw, file.part) == b"Two pumps: 4,200 EUR\r\n"


async def test_letters_that_nobody_declared(house: House) -> None:
    raw = (
        "From: Пётр Ильин <petr@zavod.example>\r\nTo: support@us.example\r\n"
        "Subject: Насос не работает\r\nMessage-ID: <k1@zavod.example>\r\n\r\nHelp\r\n"
    ).encode("koi8-r")
    await came(house, raw, sender="petr@zavod.example", recipients=("support@us.example",))
    assert await house.one("select subject from conversation") == "Насос не работает"
    assert await house.one("select name from customer") == "Пётр Ильин"


@pytest.mark.parametrize("charset", ["utf-8", "x-nobody-knows"])
async def test_letters_under_a_wrong_name(house: House, charset: str) -> None:
    raw = (
        b"From: petr@zavod.example\r\nTo: support@us.example\r\nSubject: Pump\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n"
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n"
    ) + "Насос снова протекает, пришлите мастера".encode("cp1251")
    kept = await came(house, raw, sender="petr@zavod.example", recipients=("support@us.example",))
    assert await words(house, kept) == "Насос снова протекает, пришлите мастера"


async def test_thirty_megabytes_are_kept_whole(house: House) -> None:
    # More than the receiver announces by default; a pipe or a mailbox elsewhere may bring it.
    film = bytes(range(256)) * (30 * 4096)
    mail = house.letter("The film is attached.")
    mail.add_attachment(b"FILM", "video", "mp4", filename="pump.mp4")
    raw = as_bytes(mail).replace(b"RklMTQ==", base64.encodebytes(film).replace(b"\n", b"\r\n"))
    kept = await came(house, raw, sender="jane@shop.example", recipients=("support@us.example",))
    assert await words(house, kept) == "The film is attached."
    [file] = await house.rows("select filename, size, part from file")
    assert (file.filename, file.size) == ("pump.mp4", len(film))
    assert leaf_bytes(await house.one("select raw from spool"), file.part) == film


async def words(house: House, kept: Kept) -> str:
    """What a message says."""
    found = await house.one("select text from message where id = :id", id=kept.message_id)
    return str(found).strip()


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Danke, das passt. Könnten Sie mir bitte noch die Rechnung schicken?", "de"),
        ("Добрый день! Счёт за октябрь не пришёл, прошу его выслать.", "ru"),
        ("お世話になっております。注文の件で添付ファイルをご確認ください。", "ja"),
        ("4711", None),
    ],
)
async def test_the_language_of_a_mail_is_kept(
    house: House, words: str, language: str | None
) -> None:
    first = house.letter(words)
    await house.receives(first)
    await house.receives(house.letter(words, answers=first))
    kept = await house.rows("select language from message order by id")
    assert [one.language for one in kept] == [language, language]
