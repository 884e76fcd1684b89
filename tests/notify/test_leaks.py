"""An answer that says what is only for us waits until its writer has seen which words these are."""

from __future__ import annotations

from base64 import b64encode
from email import message_from_bytes, policy
from typing import Any

import pytest

from inbox.desk.held import release
from inbox.desk.leaking import Leaking, refuse
from inbox.errors import Forbidden
from inbox.leaks.guard import Leak, Source
from inbox.mail.tokens import new_token
from inbox.outbound.keyed import release_token
from inbox.outbound.scrub import tokens_in
from inbox.store.tables import Agent
from tests.clients.answer import Answer
from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS
from tests.leaks import files
from tests.office import Office

JANE, KAREN, ANNA = "jane@shop.example", "karen@us.example", "anna@us.example"
FROM = "Karen Miller <karen@us.example>"
SECRET = "She complains every month: twenty percent off, and not a cent more."


async def notice(office: Office, note: str = SECRET) -> tuple[int, Any]:
    """Jane has written, Anna has commented, and Karen has the notice of Jane's mail."""
    home = await office.hears(words="The boots are broken.\n\nJane", Subject="Boots")
    await office.works()
    seen = office.mail_to(KAREN)
    await office.notes(home, note, by=office.anna)
    await office.works()
    return home, seen


async def karen_sends(office: Office, seen: Any, words: str, **headers: str) -> None:
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    mail = office.letter(words, answers=seen.mail, From=FROM, **{"To": to, **headers})
    await office.receives(mail, sender=KAREN, recipients=(to,))
    await office.works()


async def test_words_of_a_comment_are_held_and_shown_to_their_writer_alone(office: Office) -> None:
    home, seen = await notice(office)
    words = f"We send new ones.\n\n{SECRET}\n\nKaren"
    await karen_sends(office, seen, words)
    assert await office.one("select reasons from held") == ["leak"]
    assert not office.relay.to(JANE)
    told = office.mail_to(KAREN)
    assert "Your answer to" in told.text
    assert "was not sent" in told.text
    assert f"“{SECRET.rstrip('.')}” stands in a comment." in " ".join(told.text.split())
    assert all("not a cent more” stands" not in one.text for one in office.relay.to(ANNA))

    release = next(word for word in told.text.split() if "+send." in word)
    letting_go = office.letter("", answers=told.mail, From=FROM, To=release)
    await office.receives(letting_go, sender=KAREN, recipients=(release,))
    await office.works()
    assert SECRET in office.mail_to(JANE).text
    assert await office.one("select state from held") == "released"
    assert home


async def test_a_whole_notice_that_nothing_could_trim_is_held(office: Office) -> None:
    _, seen = await notice(office)
    # Without the headers and marks by which it would be known.
    await office.change(
        "update outbound set agent_id = :anna where kind = 'notice'", anna=office.anna
    )
    words = f"See what we have here, word for word: {' / '.join(seen.text.split(chr(10)))}"
    await karen_sends(office, seen, words, **{"In-Reply-To": "", "References": ""})
    assert await office.one("select reasons from held") == ["leak"]
    assert not office.relay.to(JANE)


async def test_commands_are_not_done_where_the_words_with_them_leak(office: Office) -> None:
    home, seen = await notice(office)
    answer = Answer(
        seen=Seen.of(seen.raw),
        questions=(),
        words=("@close", f"We send new ones. {SECRET}"),
        place="top",
        language="en",
    )
    raw = PROGRAMS["outlook"].send(answer, from_=FROM, as_html=True)
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    await office.receives(raw, sender=KAREN, recipients=(to,))
    await office.works()
    assert set(await office.one("select reasons from held")) == {"leak", "orders"}
    assert await office.one("select status from conversation where id = :id", id=home) == "open"
    told = office.mail_to(KAREN).text
    assert "stands in a comment" in told
    assert "+send." not in told
    assert not office.relay.to(JANE)


async def test_addresses_of_our_people_and_tokens_stay_here(office: Office) -> None:
    _, seen = await notice(office)
    await karen_sends(office, seen, "Write to anna@us.example, she knows all about boots.")
    assert await office.one("select reasons from held") == ["leak"]
    token = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    cut = token.partition("@")[0]
    twice = token.replace("+", "%252B").replace("@", "%2540")
    words = f"Write to {KAREN} or {token} or {cut} or https://safe.example/?u=mailto%3A{twice}&x=1"
    await karen_sends(office, seen, words, **{"Message-ID": "<other@us.example>"})
    arrived = office.mail_to(JANE)
    whole = arrived.raw.decode() + arrived.text + arrived.html
    assert KAREN not in whole
    assert cut.partition(".")[2] not in whole


async def test_files_that_stay_as_they_are_keep_no_token_and_no_own_address(office: Office) -> None:
    _, seen = await notice(office)
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    kept = [
        ("a.docx", files.docx(f"Write to {to} then")),
        ("b.zip", files.archive({"c.txt": f"or to {KAREN}"})),
        ("f.pdf", files.pdf(f"or to {to}", is_locked=True)),
        ("d.log", f"or to {to}".encode("utf-16")),
        ("e.txt", b64encode(f"Answer to {to}, or to nobody".encode())),
    ]
    for name, content in kept:
        mail = office.letter("See the file.", answers=seen.mail, From=FROM, To=to)
        mail.replace_header("Message-ID", f"<{name}@us.example>")
        mail.add_attachment(content, maintype="application", subtype="x", filename=name)
        await office.receives(mail, sender=KAREN, recipients=(to,))
    await office.works()
    assert await office.one("select array_agg(reasons[1] order by id) from held") == [
        "tokens",
        "leak",
        "sealed",
        "tokens",
        "tokens",
    ]
    assert not office.relay.to(JANE)
    texts = [" ".join(one.text.split()) for one in office.relay.to(KAREN)]
    told = [
        next(one for one in texts if words in one)
        for words in ("“a.docx” has", "reads their own mail", "“f.pdf” is")
    ]
    assert f"“{KAREN}” is where one of us reads their own mail." in told[1]
    # Words may be let go; whoever has a token could answer as Karen, so that nobody lets that go.
    assert "“a.docx” has an address in it with which others could speak in your name." in told[0]
    assert "Send it now" in told[1]
    assert "Send it now" not in told[0]
    assert "Make it a comment" in told[0]
    # What nobody can look into is for its writer to say.
    assert "If you know what is in its files, send it: “f.pdf” is locked or damaged" in told[2]
    assert "Send it now" in told[2]
    token = release_token(office.context.secret, await office.one("select min(id) from held"))
    to = f"support+send.{token}@us.example"
    mail = office.letter("Send it.", From=FROM, To=to)
    await office.receives(mail, sender=KAREN, recipients=(to,))
    async with office.database.write() as db:
        with pytest.raises(Forbidden):
            await release(
                db,
                await office.one("select max(id) from held"),
                by=await db.get_one(Agent, office.karen),
                now=office.now,
                context=office.context,
            )
    await office.works()
    assert not office.relay.to(JANE)
    assert "A file cannot be sent by anybody" in office.mail_to(KAREN).text


def test_nobody_lets_a_token_go_who_was_told_of_it() -> None:
    note, token = Leak(said="x", source=Source.NOTE), Leak(said="a.pdf", source=Source.TOKEN)
    refuse((note,), told=[note.key])
    with pytest.raises(Leaking):
        refuse((note, token), told=[note.key, token.key])


def test_a_token_is_found_where_a_page_breaks_it() -> None:
    token = new_token(lambda count: b"\7" * count)
    for said in (
        f"support+n.{token[:9]}\n{token[9:]}@us.example",
        f"sup\u00adport+wait-3d.{token.upper()}",
        f"Write to r+ {token} @us.example",
        f"mailto:support%2Bx.{token}%40us.example",
    ):
        assert tokens_in(said) == {token}
    assert tokens_in(f"see {token} and a.{token}") == set()


async def test_an_answer_held_for_another_reason_shows_its_leak_too(office: Office) -> None:
    _, seen = await notice(office)
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    mail = office.letter(SECRET, answers=seen.mail, From="Karen <karen@home.example>", To=to)
    await office.receives(mail, sender="karen@home.example", recipients=(to,))
    await office.works()
    assert set(await office.one("select reasons from held")) == {"unknown_sender", "leak"}
    assert "stands in a comment" in office.mail_to(KAREN).text


async def test_saying_again_what_was_held_or_what_jane_said_is_no_leak(office: Office) -> None:
    _, seen = await notice(office)
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    words = "We send you a new pair of boots today, free of charge, with the red laces."
    mail = office.letter(words, answers=seen.mail, From="Karen <karen@home.example>", To=to)
    await office.receives(mail, sender="karen@home.example", recipients=(to,))
    await karen_sends(office, seen, f"> The boots are broken.\n\n{words}")
    assert words in office.mail_to(JANE).text


async def test_a_notice_that_is_attached_is_held_and_another_mail_is_not(office: Office) -> None:
    _, seen = await notice(office)
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    photo = message_from_bytes(seen.raw, policy=policy.default)
    photo.make_mixed()
    photo.add_attachment(b"\xff\xd8\xff" + bytes(400_000), maintype="image", subtype="jpeg")
    other = office.letter("Your order").as_bytes()
    for name, attached in (("notice", seen.raw), ("photo", photo.as_bytes()), ("mail", other)):
        mail = office.letter("See the mail.", answers=seen.mail, From=FROM, To=to)
        mail.replace_header("Message-ID", f"<{name}@us.example>")
        mail.add_attachment(message_from_bytes(attached, policy=policy.default))
        await office.receives(mail, sender=KAREN, recipients=(to,))
    file = office.letter("See the file.", answers=seen.mail, From=FROM, To=to)
    log = b"12:00 nothing happened\n" * 9_000
    file.add_attachment(log, maintype="text", subtype="plain", filename="today.log")
    file.add_attachment(
        seen.raw, maintype="application", subtype="octet-stream", filename="Boots.EML"
    )
    await office.receives(file, sender=KAREN, recipients=(to,))
    report = office.letter("See the report.", answers=seen.mail, From=FROM, To=to)
    for name, content in (("a.docx", files.docx("Nothing")), ("b.pdf", files.pdf(SECRET))):
        report.add_attachment(content, maintype="application", subtype="x", filename=name)
    await office.receives(report, sender=KAREN, recipients=(to,))
    await office.works()
    assert await office.one("select array_agg(reasons[1]) from held") == ["leak"] * 4
    [arrived] = office.relay.to(JANE)
    assert "See the mail." in arrived.text
