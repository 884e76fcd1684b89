"""Whose words were passed on."""

from __future__ import annotations

import pytest

from inbox.mail.forwarded import find_forwarded, people_in
from inbox.mail.inspection import inspect

BLOCK = "{0}: Bob <bob@else.example>\n{1}: Mon, 9 Nov 2026 09:00\n{2}: My boots\n{3}: j@x.example"
LABELS = ["From Date Subject To", "Von Datum Betreff An", "De Date Objet À", "От Дата Тема Кому"]


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("quoted", [False, True])
def test_a_header_block_without_an_answer_is_a_forward(labels: str, quoted: bool) -> None:
    inner = BLOCK.format(*labels.split()) + "\n\nThey leak."
    if quoted:
        inner = "\n".join(f"> {line}" for line in inner.split("\n"))
    found = find_forwarded(f"Please help.\n\n{inner}", "boots")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.name, found.from_.address) == ("Bob", "bob@else.example")
    assert (found.subject, found.text) == ("My boots", "They leak.")
    assert [one.address for one in found.to] == ["j@x.example"]


def test_the_same_block_below_an_answer_is_its_quote() -> None:
    text = "42\n\n" + BLOCK.format(*LABELS[0].split()) + "\n\nWhich size?"
    assert find_forwarded(text, "Re: boots") is None
    assert find_forwarded(text, "boots", is_answer=True) is None
    assert find_forwarded(text, "FW: boots", is_answer=True) is not None


def test_a_forward_with_an_attribution_takes_the_subject_of_the_mail() -> None:
    text = "Help.\n\nOn 28/10/2021 12:46, Bob <bob@else.example> wrote:\n\n    They leak.\n"
    found = find_forwarded(text, "FW: My boots")
    assert found is not None
    assert found.subject == "My boots"
    assert find_forwarded(text, "RE: My boots") is None


@pytest.mark.parametrize(
    "text", ["", "Hello", "> quoted\n> words", "From: me\nto you", "a: b\nc: d"]
)
def test_nothing_is_passed_on(text: str) -> None:
    assert find_forwarded(text, "boots") is None


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Bob <bob@x.example>", [("Bob", "bob@x.example")]),
        ("Bob [mailto:bob@x.example]", [("Bob", "bob@x.example")]),
        (
            '"Doe, Bob" <bob@x.example>; a@x.example',
            [("Doe, Bob", "bob@x.example"), ("", "a@x.example")],
        ),
        ("Bob <bob@x.example<mailto:bob@x.example>>", [("Bob", "bob@x.example")]),
        ("Bob", []),
    ],
)
def test_people_as_programs_show_them(value: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in people_in(value)] == people


def test_what_an_attribution_says_beside_the_name() -> None:
    text = 'Am 28.10.2021, 12:46 schrieb "Bob Dou" <bob@else.example>:\n\n    Sie lecken.\n'
    found = find_forwarded(text, "WG: WG: Stiefel")
    assert found is not None
    assert (found.date, found.subject, found.text) == (
        "28.10.2021, 12:46",
        "Stiefel",
        "    Sie lecken.",
    )


def test_yandex_puts_an_attribution_between_two_rules() -> None:
    text = (
        "См. ниже\n\n-------- Пересылаемое сообщение --------\n"
        '28.10.2021, 12:46, "Иван Петров" <ivan@else.example>:\n\nОни текут.\n\n'
        "-------- Конец пересылаемого сообщения --------\n"
    )
    found = find_forwarded(text, "Re: Сапоги")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.name, found.date) == ("Иван Петров", "28.10.2021, 12:46")
    assert found.text.strip() == "Они текут."


def test_a_mail_passed_on_without_its_header_is_nobodys() -> None:
    found = find_forwarded("Begin forwarded message:\n\nThey leak.", "Fwd: Boots")
    assert found is not None
    assert (found.from_, found.subject, found.text) == (None, "Boots", "They leak.")


def test_what_is_written_below_a_quoted_forward_is_not_its_text() -> None:
    text = "> From: Bob <b@x.example>\n> Subject: Boots\n>\n> They leak.\n\nPlease help.\n"
    found = find_forwarded(text, "boots")
    assert found is not None
    assert found.text == "They leak."


def test_a_journey_is_not_a_mail() -> None:
    assert find_forwarded("From: Rome\nTo: Paris\nDate: 3 May\n\nTwo of us.", "Tickets") is None


GMAIL = "---------- Forwarded message ---------\n"
WHOLE = BLOCK.format(*LABELS[0].split())


def test_a_header_of_its_sender_alone_is_one_below_the_line_that_says_so() -> None:
    inner = "From: Bob <bob@else.example>\n\nThey leak."
    found = find_forwarded(f"See below.\n\n{GMAIL}{inner}", "Fwd: My boots")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.address, found.subject) == ("bob@else.example", "My boots")
    assert (found.text, found.above) == ("They leak.", "See below.")
    assert find_forwarded(f"See below.\n\n{inner}", "Re: My boots") is None
    assert find_forwarded("Please forward it:\nFrom: bob@else.example I got none", "x") is None


def test_marks_of_direction_belong_to_no_name_or_address() -> None:
    header = "מאת: \u202aBob\u202c\u200f <\u202abob@else.example\u202c\u200f>\nDate: 12 במרץ 2020\n"
    found = find_forwarded(f"{GMAIL}{header}Subject: x\n\nThey leak.", "Fwd: x")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.name, found.from_.address) == ("Bob", "bob@else.example")


def test_entities_that_programs_write_into_plain_text_are_read_in_a_header() -> None:
    header = '发件人: "Bob" <bob@else.example&gt;;\n发送时间:&nbsp;2020年3月12日\n主题:&nbsp;故障'
    found = find_forwarded(f"------ 原始邮件 ------\n{header}\n\n坏了 &gt; x", "转发：故障")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.address, found.subject) == ("bob@else.example", "故障")
    assert (found.date, found.text) == ("2020年3月12日", "坏了 &gt; x")


@pytest.mark.parametrize(
    "text",
    [
        "> They leak.\n> \n> Both.",
        "---------------------------------\n\nThey leak.\n\nBoth.",
        "============ Forwarded message ============\n\nThey leak.\n\nBoth.",
        "They leak.\n\nBoth.\n-----------------------------------------",
    ],
)
def test_marks_and_rules_around_a_mail_passed_on_are_not_its_words(text: str) -> None:
    found = find_forwarded(f"{GMAIL}{WHOLE}\n\n{text}", "Fwd: x")
    assert found is not None
    assert found.text == "They leak.\n\nBoth."


@pytest.mark.parametrize(
    "labels",
    ["از تاریخ موضوع به", "से दिनांक विषय को", "Daripada Tarikh Subjek Kepada", "Од Датум Тема За"],
)
def test_a_header_below_the_rule_of_a_forward_in_further_languages(labels: str) -> None:
    inner = BLOCK.format(*labels.split()) + "\n\nThey leak."
    found = find_forwarded(f"---------- Forwarded message ---------\n{inner}", "Fwd: boots")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.address, found.subject) == ("bob@else.example", "My boots")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("===8<=====Original message text=====", "===8<===End of original message text==="),
        ("", "-------- Завершение пересылаемого сообщения --------"),
    ],
)
def test_the_rules_around_a_mail_passed_on_are_not_its_text(begin: str, end: str) -> None:
    head = "This is a forwarded message\n" + BLOCK.format(*LABELS[0].split())
    found = find_forwarded(f"{head}\n\n{begin}\nThey leak.\n{end}", "Fwd: boots")
    assert found is not None
    assert found.text == "They leak."


def test_bold_labels_and_the_line_of_groupwise() -> None:
    bold = "*From: *Bob <bob@else.example>\n*Subject: **My boots*\n*Date: *9 Nov 2026 09:00"
    found = find_forwarded(f"Begin forwarded message:\n\n{bold}\n\nThey leak.", "Fwd: boots")
    assert found is not None
    assert found.subject == "My boots"
    framed = ">>> Bob <bob@else.example> 11/9/2026 9:00 AM >>>\nThey leak."
    found = find_forwarded(framed, "Fwd: boots")
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.address, found.text) == ("bob@else.example", "They leak.")


def test_a_name_without_an_address_is_said_to_have_none() -> None:
    raw = (
        b"From: Pat <pat@customer.example>\r\nSubject: FW: Boots\r\n\r\nFrom: Bob Roe\r\n"
        b"Sent: Monday, November 9, 2026 9:00 AM\r\nTo: Pat\r\nSubject: My boots\r\n\r\nLeaky."
    )
    assert inspect(raw)["forwarded"]["from"] == {"name": "Bob Roe", "address": None}
