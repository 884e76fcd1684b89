"""Mails as people's programs write them: what the service has to understand of them."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from inbox.demo.company import HANAKO, IRINA, JUERGEN, KAREN, PAT, SUPPORT, Person
from inbox.demo.letters import Enclosure, Words, addressed, answer, new_letter, write
from inbox.mail.parse import parse
from inbox.mail.thread_index import root_of
from inbox.mail.trim import trim
from inbox.model.address import Address
from inbox.model.mail import ParsedMail

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_numbers = count()
TO = (Address(name="Support", address=SUPPORT.address),)


def _rng(size: int) -> bytes:
    return next(_numbers).to_bytes(size, "big")


def _mail(who: Person, text: str, *files: Enclosure) -> ParsedMail:
    letter = new_letter(who, TO, "Boots", Words(text=text, files=files), now=NOW, rng=_rng)
    return parse(write(letter))


def _answered(who: Person, mail: ParsedMail, text: str, *, to_all: bool = False) -> ParsedMail:
    return parse(write(answer(who, mail, Words(text=text, to_all=to_all), now=NOW, rng=_rng)))


@pytest.mark.parametrize("who", [PAT, IRINA, JUERGEN, HANAKO, KAREN], ids=lambda who: who.name)
def test_an_answer_in_every_language_and_program_is_told_from_its_quote(who: Person) -> None:
    mail = _answered(who, _mail(PAT, "Which size do you need?"), "Forty-two.\n\nThanks")
    trimmed = trim(mail.text, mail.html)
    assert trimmed.new_text == "Forty-two.\n\nThanks"
    assert "Which size do you need?" in trimmed.quoted_text


@pytest.mark.parametrize(("who", "prefix"), [(PAT, "Re: "), (JUERGEN, "AW: "), (HANAKO, "RE: ")])
def test_an_answer_stays_in_its_thread(who: Person, prefix: str) -> None:
    first = _mail(JUERGEN, "Hello")
    second = _answered(who, first, "Yes")
    third = _answered(PAT, second, "Good")
    assert second.subject == third.subject == f"{prefix}Boots"
    assert second.in_reply_to == (first.message_id,)
    assert third.references == (first.message_id, second.message_id)
    assert first.thread_index is not None
    assert third.thread_index is not None
    assert root_of(third.thread_index) == root_of(first.thread_index)


def test_files_go_along() -> None:
    photo = Enclosure(filename="Фото.png", content_type="image/png", content=b"\x89PNG")
    (attachment,) = _mail(PAT, "See here", photo).attachments
    assert (attachment.filename, attachment.size) == ("Фото.png", 4)


def test_whom_an_answer_goes_to() -> None:
    notice = ParsedMail(
        message_id="1@x",
        from_=(Address(name="Pat Lee via Support", address=SUPPORT.address),),
        reply_to=(Address(address=f"support+r.{'a' * 26}@kilnandoak.example"),),
        to=(KAREN.mailbox,),
        cc=(Address(address="boss@lee.example"), KAREN.mailbox),
    )
    to, cc = addressed(KAREN, notice, to_all=False)
    assert (to, cc) == (notice.reply_to, ())
    _, cc = addressed(KAREN, notice, to_all=True)
    assert [one.address for one in cc] == ["boss@lee.example"]


def test_who_follows_up_their_own_mail_writes_to_the_same_people() -> None:
    mine = _mail(PAT, "Hello")
    to, _ = addressed(PAT, mine, to_all=False)
    assert [one.address for one in to] == [SUPPORT.address]
