"""What somebody typed, and what is looked for."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.orders.names import Person
from inbox.search.asked import forbidden, wanted
from inbox.search.reading import Known, read
from inbox.search.telling import meant
from inbox.search.tree import Filter, Question, Why
from inbox.search.vocabulary import OPERATORS, PARTS, STATES, operator_of, part_of, state_of

KNOWN = Known(
    now=datetime(2026, 11, 23, 10, tzinfo=UTC),
    zone=ZoneInfo("UTC"),
    language="en",
    me=7,
    people=(
        Person(id=7, name="Anna Smith", addresses=("anna@us.example",)),
        Person(id=8, name="Ivan Petrov"),
    ),
    mailboxes=(
        Person(id=1, name="Support", addresses=("help@us.example",)),
        Person(id=2, name="Billing desk", addresses=("billing@us.example",)),
    ),
)


def asks(text: str) -> Question:
    return read(text, KNOWN)


def filters(text: str) -> list[str]:
    """Each as a line that says all of it."""
    found = []
    for one in asks(text).filters:
        ways = [f"{way.operator} {_what(way)}" for way in one.ways]
        found.append(f"{'not ' * one.is_not}{' or '.join(ways)}")
    return found


def _what(one: Filter) -> object:
    return one.state or one.part or one.text or one.urgency or sorted(one.ids)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("refund", "'refund'"),
        ("boots", "'boots' | 'boot'"),
        ('"broken boots"', "'broken' <-> 'boots'"),
        ("“broken boots”", "'broken' <-> 'boots'"),
        ("wet -cold", "'wet' & !'cold'"),
        ("wet OR damp", "'wet' | 'damp'"),
        ("a | b c", "'a' | 'b' & 'c'"),
        ("refun*", "'refun':*"),
        ("ab*", "'ab'"),  # half of all words begin so
        ("subject:wet", "'s:wet'"),
        ("file:bill.pdf", "'n:bill.pdf'"),
        ("from:ivan", "'f:ivan':*"),
        ('from:"Ivan P"', "'f:ivan' <-> 'f:p'"),
        ("from: ivan", "'f:ivan':*"),
        ("to:jane@shop.example", "'t:jane@shop.example'"),
        ("от:иван", "'f:иван':*"),
        ("差出人：山田", "'f:山田'"),
        ("by:me", "'b:7'"),
        ("from:me", "'b:7'"),
        ("by:petrov", "'b:8'"),
        ("by:petrov,anna", "'b:8' | 'b:7'"),
        ("from:max,ivan", "'f:max':* | 'f:ivan':*"),
        ("from:max, -to:a,b", "'f:max':* & !'t:a' & !'t:b'"),
        ("wet OR from:me,max", "'wet' | 'b:7' | 'f:max':*"),
        ("請求書", "'請求' <-> '求書'"),
        ("書", "'書':*"),
        ("firm.example", "'firm.example'"),
        ("x@firm.example", "'x@firm.example'"),
        ("where is the refund", "'where' | 'wher' & 'refund'"),
        ("the", "'the'"),
        ("error:404", "'error' <-> '404'"),
    ],
)
def test_words(typed: str, query: str) -> None:
    assert wanted(asks(typed)).replace("(", "").replace(")", "") == query


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("is:open", "is open"),
        ("-is:closed", "not is closed"),
        ("ist:offen", "is open"),
        ("is:закрытые", "is closed"),
        ("status:chiuse", "is closed"),
        ("is:完了", "is closed"),
        ("is:mine", "is mine"),
        ("is:assigned", "is assigned"),
        ("ist:zurückgehalten", "is held"),
        ("has:entwurf", "has draft"),
        ("имеет:обещание", "has promise"),
        ("is:urgent", "is 2"),
        ("is:dringend", "is 2"),
        ("has:attachment", "has attachment"),
        ("has:notiz", "has note"),
        ("in:help@us.example", "in [1]"),
        ("in:billing", "in [2]"),
        ("in:spam", "is spam"),
        ("assigned:me", "assigned [7]"),
        ("assigned:nobody", "assigned []"),
        ("назначено:никому", "assigned []"),
        ("tag:VIP", "tag vip"),
        ('tag:"big deal"', "tag big-deal"),
        ('customer:"Jane Doe"', "customer Jane Doe"),
    ],
)
def test_what_a_conversation_must_be(typed: str, said: str) -> None:
    assert filters(typed) == [said]
    assert asks(typed).misunderstood == ()


@pytest.mark.parametrize(
    ("typed", "after", "before"),
    [
        ("after:2026-10-05", "2026-10-05", None),
        ("before:2026-10", None, "2026-10-01"),
        ("on:yesterday", "2026-11-22", "2026-11-23"),
        ("after:3 days ago", "2026-11-20", None),
        ("after: 3 days", "2026-11-20", None),
        ("seit:gestern", "2026-11-22", None),
        ("after:2026-10 before:2026-11", "2026-10-01", "2026-11-01"),
        ("-after:2026-10", None, "2026-10-01"),
        ("после:вчера", "2026-11-22", None),
    ],
)
def test_dates(typed: str, after: str | None, before: str | None) -> None:
    found = asks(f"{typed} refund")
    said = [one and one.date().isoformat() for one in (found.after, found.before)]
    assert said == [after, before]
    assert wanted(found) == wanted(asks("refund"))


@pytest.mark.parametrize(
    ("typed", "part", "why"),
    [
        ("before:someday", "before:someday", "date"),
        ("is:purple", "is:purple", "state"),
        ("has:wings", "has:wings", "part"),
        ("in:nowhere", "in:nowhere", "mailbox"),
        ("by:whoever", "by:whoever", "person"),
        ("assigned:whoever", "assigned:whoever", "person"),
        ("from:", "from:", "nothing"),
        ("tag:!!", "tag:!!", "nothing"),
        ("form:ivan", "form:", "operator"),
        ("x" * 500, "x" * 20 + "…", "long"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_is_looked_for(
    typed: str, part: str, why: str
) -> None:
    found = asks(f"refund {typed}" if len(typed) < 100 else typed)
    assert [(one.said, str(one.why)) for one in found.misunderstood] == [(part, why)]
    assert found.has_words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("form:ivan is:open", "from:ivan is:open"),
        ("refund is:opne", "refund is:open"),
        ("asigned:ann boots", "assigned:ann boots"),
        ("-is:clsoed", "-is:closed"),
        ("has:atachment", "has:attachment"),
        ("ist:ofen", "ist:offen"),
        ("platform:ivan form:ivan", "platform:ivan from:ivan"),
        ('is:"opne"', ""),
        ("is:purple", ""),  # nothing that is known is near
        ("is:open boots", ""),
    ],
)
def test_what_is_meant_by_a_slip_of_the_finger(typed: str, said: str) -> None:
    assert meant(asks(typed)) == said


def test_a_quote_that_is_left_open_ends_where_all_ends() -> None:
    found = asks('"broken boots')
    assert [one.why for one in found.misunderstood] == ["quote"]
    assert "<->" in wanted(found)


def test_a_link_is_no_operator() -> None:
    assert asks("https://x.example/y").misunderstood == ()


def test_what_must_not_be_is_asked_of_the_whole_conversation() -> None:
    assert forbidden(asks("wet -cold")).strip("()") == "'cold'"
    assert not asks("-dry").has_words
    assert not asks("-dry").is_empty


def test_each_word_that_is_known_says_one_thing() -> None:
    for table, known in ((OPERATORS, operator_of), (STATES, state_of), (PARTS, part_of)):
        for one, said in table.items():
            assert [known(word) for word in said.split()] == [one] * len(said.split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ['"', "-", "OR", "from:", "is:", "after:3", "days", "in:x", "*", "'", "\\", ":",
                 "not:", "(", ")", "&", "|", "!", "<->", "請求", "a@b.example", "AB-1/2", "\x00"]
            ),
            st.text(max_size=6),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_anything_can_be_typed(parts: list[str]) -> None:
    found = asks(" ".join(parts))
    query = wanted(found) + forbidden(found)
    # Every token is in quotes and has nothing in it that would end them.
    assert query.count("'") % 2 == 0
    for token in query.split("'")[1::2]:
        assert token
        assert not set(token) & set("'\\ \x00")
    assert found == asks(" ".join(parts))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("is:open OR is:waiting", ["is open or is waiting"]),
        ("is:open,waiting,urgent", ["is open or is waiting or is 2"]),
        ("tag:vip,boots OR is:open", ["tag vip or tag boots or is open"]),
        ("in:support、billing", ["in [1] or in [2]"]),
        ("assigned:nobody,anna is:open", ["assigned [] or assigned [7]", "is open"]),
        ("-is:open,closed", ["not is open", "not is closed"]),
        ("is:nonsense,open", ["is open"]),
        ('customer:"Lee, Pat"', ["customer Lee, Pat"]),
        ("is:,", []),
        ("priority:high", ["is 1"]),
    ],
)
def test_one_of_several_is_enough(typed: str, found: list[str]) -> None:
    assert filters(typed) == found


@pytest.mark.parametrize(
    "typed", ["wet OR is:open", "is:open OR wet", "is:open OR -is:late", "is:open OR after:2026"]
)
def test_two_that_are_not_of_a_kind_are_both_asked_for_and_it_is_said(typed: str) -> None:
    assert [one.why for one in asks(typed).misunderstood] == [Why.OR]


@pytest.mark.parametrize(("typed", "said"), [("😀", ["😀"]), ("- %", ["-"]), ("wet & cold", [])])
def test_signs_alone_are_no_words(typed: str, said: list[str]) -> None:
    assert [one.said for one in asks(typed).misunderstood] == said
