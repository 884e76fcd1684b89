"""The conversation went on before an answer came: it waits, and its writer decides."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from inbox.desk.close import close
from inbox.model.actor import Actor
from tests.notify.asking import ANNA, FROM, JANE, KAREN, Desk


def told(desk: Desk) -> str:
    """The last mail to Karen, its lines made one."""
    return " ".join(desk.office.mail_to(KAREN).text.split())


def to_jane(desk: Desk) -> list[str]:
    """The first lines of what Jane got."""
    return [one.text.split("\n")[0] for one in desk.office.relay.to(JANE)]


async def jane_writes(desk: Desk, words: str = "Forget it, they fit.") -> None:
    first = await desk.office.one("select message_id from message where kind = 'mail'")
    await desk.office.hears(words=words, Subject="Re: Boots", In_Reply_To=f"<{first}>")


async def test_an_answer_after_another_waits_for_its_writer(desk: Desk) -> None:
    await desk.office.replies(desk.home, "Anna here: new ones are coming.", by=desk.office.anna)
    await desk.sends("We send you a repair kit.")
    assert to_jane(desk) == ["Anna here: new ones are coming."]
    said = told(desk)
    assert said.startswith("Your answer to Jane Doe was not sent. Anna Rossi answered on 3 March")
    assert "You decide; a mail need only be sent:" in said
    assert "Anna here: new ones are coming." in said
    assert "> We send you a repair kit." in said
    assert all(f"support+{verb}." in said for verb in ("send", "note", "drop"))
    html = desk.office.mail_to(KAREN).html
    assert "Send it anyway" in html
    assert "If you did not write it" not in said
    assert await desk.said() == [
        ("reply", "Anna here: new ones are coming."),
        ("held", "We send you a repair kit."),
    ]


async def test_sent_anyway_it_goes_once(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit as well.")
    await desk.decides("send")
    assert to_jane(desk) == ["New ones.", "A repair kit as well."]
    await desk.decides("send")
    assert told(desk).startswith("It was not sent a second time: it was let go already at")
    assert len(to_jane(desk)) == 2


async def test_it_is_dropped(desk: Desk) -> None:
    await jane_writes(desk)
    await desk.sends("We send new ones.")
    [to] = set(re.findall(r"support\+send\.\S+", told(desk)))
    wrong = to.replace("+send.", "+sned.")
    mail = desk.office.letter("", From=FROM, To=wrong, Subject="Re: Boots")
    await desk.office.receives(mail, sender=KAREN, recipients=(wrong,))
    await desk.office.works()
    assert "“sned+…@” decides nothing" in told(desk)
    assert await desk.office.one("select state from held order by id limit 1") == "waiting"
    await desk.decides("drop")
    first = "select state from held order by id limit 1"
    assert await desk.office.one(first) == "dropped"
    await desk.decides("send")
    assert told(desk).startswith("It was not sent: it was dropped already at")
    assert to_jane(desk) == []


async def test_who_decided_knowing_less_is_asked_again(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit as well.")
    await jane_writes(desk, "I have thrown them away.")
    await desk.decides("send")
    assert to_jane(desk) == ["New ones."]
    assert told(desk).startswith("Your answer to Jane Doe was not sent. Jane Doe wrote on")
    assert "Anna Rossi answered" not in told(desk)
    await desk.decides("send")
    assert to_jane(desk) == ["New ones.", "A repair kit as well."]


async def test_closed_meanwhile(desk: Desk) -> None:
    async with desk.office.database.write() as db:
        anna = Actor.agent(desk.office.anna, "Anna Rossi")
        await close(db, desk.home, by=anna, now=desk.office.now)
    await desk.sends("We send new ones.")
    assert "Anna Rossi closed it on 3 March 2025 at 09:0" in told(desk)
    assert await desk.stands() == ("closed", None)
    assert to_jane(desk) == []


async def test_what_asks_for_something_besides_is_not_done_either(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("@close\n@take\n\nA repair kit as well.")
    assert "What it asks for was not done either: @close, @take." in told(desk)
    assert await desk.stands() == ("waiting", desk.office.anna)
    await desk.decides("send")
    assert to_jane(desk)[-1] == "A repair kit as well."
    assert "@close" not in desk.office.mail_to(JANE).raw.decode()
    assert await desk.stands() == ("waiting", desk.office.anna)


async def test_a_second_mail_to_the_same_notice_goes(desk: Desk) -> None:
    await desk.sends("We send new ones.")
    await desk.sends("They leave today.")
    assert to_jane(desk) == ["We send new ones.", "They leave today."]


async def test_comments_and_who_has_it_hold_nothing(desk: Desk) -> None:
    await desk.office.notes(desk.home, "He is difficult", by=desk.office.anna)
    await desk.office.change("update conversation set assignee_id = :id", id=desk.office.anna)
    await desk.sends("We send new ones.")
    assert to_jane(desk) == ["We send new ones."]
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("I would give her the money back.", "n")
    assert (await desk.said())[-1] == ("note", "I would give her the money back.")


async def test_an_answer_that_has_not_left_is_an_answer(desk: Desk) -> None:
    await desk.office.change("update mailbox set undo_seconds = 3600")
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.", works=False)
    assert await desk.office.one("select reasons from held") == ["moved_on"]


async def test_an_answer_that_was_taken_back_is_none(desk: Desk) -> None:
    await desk.office.change("update mailbox set undo_seconds = 3600")
    answer = await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.office.takes_back(answer, by=desk.office.anna)
    await desk.sends("A repair kit.")
    assert to_jane(desk) == ["A repair kit."]


async def test_the_second_copy_of_a_held_answer_does_nothing(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.office.works()
    for words in ("A repair kit.", "@close\n\nA repair kit."):
        mails = len(desk.office.relay.to(KAREN))
        for _copy in range(2):
            await desk.sends(words, Message_ID=f"<{len(words)}@us.example>")
        assert len(desk.office.relay.to(KAREN)) == mails + 1
    assert to_jane(desk) == ["New ones."]
    assert await desk.stands() == ("waiting", desk.office.anna)


async def test_formatting_and_files_survive(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends_rich("Take the kit.", "<p>Take the <b>kit</b>.</p>", "kit.pdf")
    await desk.decides("send")
    arrived = desk.office.mail_to(JANE)
    assert "Take the <b>kit</b>" in arrived.html
    assert [part.get_filename() for part in arrived.mail.iter_attachments()] == ["kit.pdf"]


@pytest.mark.parametrize("from_", ["Karen <mallory@evil.example>", "Anna <anna@us.example>"])
async def test_nobody_else_decides(desk: Desk, from_: str) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.")
    await desk.decides("send", from_=from_)
    assert to_jane(desk) == ["New ones."]
    assert told(desk).startswith("Nothing was done with your answer that is held. It came from")


async def test_what_is_written_to_such_an_address_is_a_comment(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.")
    assert "What you write above stays inside." in unquote(desk.office.mail_to(KAREN).html)
    await desk.decides("send", "She asked on the phone.\n\nKaren")
    assert to_jane(desk) == ["New ones.", "A repair kit."]
    assert (await desk.said())[-1][0] == "note"
    assert (await desk.said())[-1][1].startswith("She asked on the phone.")


@pytest.mark.parametrize("words", ["drop", "Karen", "Best regards\nKaren Miller"])
async def test_a_name_alone_is_no_comment(desk: Desk, words: str) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.")
    await desk.decides("drop", words)
    assert [kind for kind, _ in await desk.said()] == ["reply", "held"]


async def test_who_asks_for_more_with_it_is_told_and_nothing_is_done(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.")
    await desk.decides("send", "@close")
    assert to_jane(desk) == ["New ones."]
    assert "“@close” does not go with the rest of this mail." in told(desk)
    await desk.decides("send")
    assert to_jane(desk) == ["New ones.", "A repair kit."]


async def test_who_lost_access_is_told_and_learns_nothing(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.")
    await desk.office.change("delete from membership where agent_id = :id", id=desk.office.karen)
    await desk.decides("send")
    assert to_jane(desk) == ["New ones."]
    assert "You do not take part in this mailbox." in told(desk)
    await desk.office.replies(desk.home, "The secret.", by=desk.office.anna)
    await desk.sends("Once more.")
    assert "The secret." not in told(desk)
    assert "Anna Rossi answered" not in told(desk)


async def test_the_answer_to_such_a_mail_is_a_comment(desk: Desk) -> None:
    await desk.office.replies(desk.home, "New ones.", by=desk.office.anna)
    await desk.sends("A repair kit.")
    there = Desk(desk.office, desk.home, desk.office.mail_to(KAREN))
    await there.sends("Oh, fine.", "r")
    assert (await desk.said())[-1] == ("note", "Oh, fine.")
    assert to_jane(desk) == ["New ones."]


async def test_the_first_answer_claims_and_the_others_see_it(desk: Desk) -> None:
    await desk.sends("We send new ones.")
    assert await desk.stands() == ("waiting", desk.office.karen)
    notice = desk.office.mail_to(ANNA)
    first = desk.office.relay.to(ANNA)[0]
    assert notice.mail["Subject"] == first.mail["Subject"]
    assert str(first.mail["Message-ID"]) in str(notice.mail["References"])
    assert "Karen Miller answered Jane Doe on 3 March 2025 at 09:0" in notice.text
    assert "Karen Miller has it" in notice.text


async def test_words_for_two_conversations_go_to_neither(desk: Desk) -> None:
    await desk.office.hears(words="My gloves.", Subject="Gloves", From="sue@mill.example")
    await desk.office.works()
    gloves = Desk(desk.office, desk.home, desk.office.mail_to(KAREN)).to()
    assert gloves != desk.to()
    mail = desk.office.letter("New ones.", From=FROM, To=desk.to(), Cc=gloves, Subject="Re: Boots")
    await desk.office.receives(mail, sender=KAREN, recipients=(desk.to(), gloves))
    await desk.office.works()
    assert not desk.office.relay.to(JANE)
    assert not desk.office.relay.to("sue@mill.example")
    assert "The mail went to addresses of several conversations." in told(desk)
