"""The loop again, with what is only for us: it stays here until who wrote it says otherwise."""

from __future__ import annotations

import pytest

from tests.clients.answer import Answer
from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS
from tests.clients.signatures import DISCLAIMERS, signature
from tests.programs.outside import Outside
from tests.programs.service import Desk
from tests.programs.test_answers import KAREN, hand_in, notice_to_karen, token_of, writes

pytestmark = [pytest.mark.peers, pytest.mark.database]

ASKED = "My boots are too small, and you know that I never take another size than this one."
MORE = "The laces are fine, and so is the box; only the left heel has come off since Monday."
SECRET = "He has sent back four pairs this year: no more than ten percent for him."


@pytest.mark.parametrize(
    ("program", "place", "as_html"),
    [("outlook-new", "top", True), ("blackberry", "bottom", False), ("apple", "inline", True)],
)
def test_an_answer_out_of_another_program(
    service: Desk, outside: Outside, program: str, place: str, as_html: bool
) -> None:
    customer, subject = f"{program}@customer.example", f"Boots ({program})"
    writes(service, customer, subject, f"Hello,\n\n{ASKED}\n\n{MORE}\n\nPat")
    notice = notice_to_karen(outside, subject)
    answer = Answer(
        seen=Seen.of(notice),
        questions=(ASKED,),
        words=("Please use size 43.",),
        place=place,
        language="en",
        signature=() if program == "blackberry" else signature("en")[:1],
        disclaimer=DISCLAIMERS["en"],
    )
    raw = PROGRAMS[program].send(answer, from_=KAREN, as_html=as_html, as_text=not as_html)
    hand_in(service, raw, "karen@us.example", token_of(notice))
    got = Seen.of(outside.wait(customer)[0])
    said = got.text.partition("Pat Lee wrote")[0]
    assert "Please use size 43." in said
    assert (ASKED[:30] in said.partition("Please use")[0]) is (place == "inline")
    for inside in ("BlackBerry", "confidential", "Your answer goes", "nobody has it", "karen@"):
        assert inside not in got.text + got.html


def test_a_comment_in_an_answer_waits_until_its_writer_lets_it_go(
    service: Desk, outside: Outside
) -> None:
    customer, subject = "leak@customer.example", "Boots (comment)"
    writes(service, customer, subject, ASKED)
    notice = notice_to_karen(outside, subject)
    to = token_of(notice)
    head = f"From: {KAREN}\r\nSubject: Re: {subject}\r\nMessage-ID: <%s@us.example>\r\n\r\n"
    hand_in(
        service, f"{head % 'l1'}{SECRET}\r\n".encode(), "karen@us.example", to.replace("+r", "+n")
    )
    service.wait_rows(
        "select from message join conversation on conversation.id = conversation_id"
        f" where kind = 'note' and conversation.subject = '{subject}'"
    )
    words = (
        "We send new ones. They leave our warehouse on Monday morning and should be with you by\r\n"
        "Thursday; please keep the old pair until then, and put it into the box of the new one.\r\n"
        f"\r\n{SECRET}\r\n\r\nKaren\r\n"
    )
    hand_in(service, f"{head % 'l2'}{words}".encode(), "karen@us.example", to)

    def held() -> list[Seen]:
        mails = map(Seen.of, outside.of("karen@us.example"))
        return [one for one in mails if "was not sent" in one.text and SECRET in one.text]

    outside.wait_for(held)
    told = held()[0].text
    assert "stands in a comment" in told
    assert outside.of(customer) == []
    release = next(word for word in told.split() if "+x." in word or "+send." in word)
    hand_in(service, f"{head % 'l3'}\r\n".encode(), "karen@us.example", release)
    assert SECRET in Seen.of(outside.wait(customer)[0]).text
