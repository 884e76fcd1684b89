"""What people write in answer to a numbered list, as tables."""

from __future__ import annotations

from functools import partial

import pytest

from inbox.orders.names import Person
from inbox.orders.numbered import Part, read_numbered
from tests.growth import assert_linear

AROUND = (
    "3 conversations are open.",
    "Answer this mail: “1 take”, “2 to Ivan”, “3 close”, on one line or several.",
)
ITEMS = (
    ("1. Boots", "Pat Lee · nobody has it · waiting since 3 March 2025 09:00", "They broke."),
    ("2. Please take care of the invoice", "Mia Wong · nobody has it", "1 close this\nor not"),
    ("3. Lids", "Ed Roe · Anna has it", "Where are the lids of which we spoke the other day?"),
)
PEOPLE = tuple(
    Person(id=one, name=name) for one, name in enumerate(("Ivan Ricci", "Anna Rossi", "Мария Цой"))
)


def asked(text: str, own: str | None = None) -> list[str]:
    """What is understood, in short."""
    said = read_numbered(
        text, text if own is None else own, ITEMS, AROUND, name="Karen Miller", people=PEOPLE
    )
    parts = [_short(part) for part in said.parts]
    return [*parts, *([f"stray: {said.stray}"] if said.stray else [])]


def _short(part: Part) -> str:
    numbers = ",".join(map(str, part.numbers))
    if part.unclear:
        return f"{numbers}: unclear {part.unclear.line}"
    orders = [f"{one.verb} {one.argument}".strip() for one in part.orders]
    words = [f"{'answer' if part.is_answer else 'words'} {part.words!r}"] if part.words else []
    return f"{numbers}: {'; '.join([*orders, *words])}"


@pytest.mark.parametrize(
    ("text", "whole", "understood"),
    [
        ("@notices none", ["notices none"], []),
        ("1 close\n@notices mine", ["notices mine"], ["1: close"]),
        ("@уведомления мои\n2 take", ["notices мои"], ["2: take"]),
        ("@away until friday @help", ["away until friday", "help"], []),
        ("1 answer: It is on its way.\n@help", ["help"], ["1: answer 'It is on its way.'"]),
        ("@close", [], ["stray: @close"]),  # which of the three?
        ("1 notices none", [], ["1: notices none"]),
        ("Please help with this", [], ["stray: Please help with this"]),
    ],
)
def test_what_is_about_no_number(text: str, whole: list[str], understood: list[str]) -> None:
    said = read_numbered(text, text, ITEMS, AROUND, name="Karen Miller", people=PEOPLE)
    assert [f"{one.verb} {one.argument}".strip() for one in said.whole] == whole
    assert asked(text) == understood


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("@take", ["1: take"]),
        ("take, close", ["1: take; close"]),
        ("to Ivan", ["1: assign Ivan"]),
        (
            "@take\nThe customer has called me twice.",
            ["1: take; words 'The customer has called me twice.'"],
        ),
        ("The customer has called me twice.", ["1: words 'The customer has called me twice.'"]),
        ("answer: It left today.", ["1: answer 'It left today.'"]),
        ("@clsoe", ["1: unclear @clsoe"]),
        ("Karen", []),
        ("1 close", ["1: close"]),
        ("2 close", ["2: close"]),
    ],
)
def test_a_list_of_one_needs_no_number(text: str, understood: list[str]) -> None:
    said = read_numbered(text, text, ITEMS[:1], AROUND, name="Karen Miller", people=PEOPLE)
    assert [_short(part) for part in said.parts] == understood
    assert not said.stray


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("1 take 2 to ivan 3 close", ["1: take", "2: assign ivan", "3: close"]),
        ("1 take\n2 to ivan\n3 close", ["1: take", "2: assign ivan", "3: close"]),
        ("1. take\n2) to ivan;\n#3: close!", ["1: take", "2: assign ivan", "3: close"]),
        ("1: @take @close, 2 → Ivan Ricci", ["1: take; close", "2: assign Ivan Ricci"]),
        ("1 take, close 2 close", ["1: take; close", "2: close"]),
        ("1 take and close", ["1: take; close"]),
        ("1-3 close", ["1,2,3: close"]),
        ("1, 2 and 5 close", ["1,2,5: close"]),
        ("- 1 take\n- 2 take", ["1: take", "2: take"]),
        ("1 to ross 2 clsoe", ["1: assign ross", "2: unclear @clsoe"]),
        ("1 close this", ["1: close"]),  # which an item has said as well
        ("1 wait 2 days 2 close", ["1: wait 2 days", "2: close"]),
        ("1 warten 3 Tage 2 schließen", ["1: wait 3 Tage", "2: close"]),
        ("1 warten 1 Tag, 2 schließen", ["1: wait 1 Tag", "2: close"]),
        ("1 take 2 to ivan 3 wait monday", ["1: take", "2: assign ivan", "3: wait monday"]),
        ("1 same 12 2 close", ["1: same 12", "2: close"]),
        (
            "1 close category: Refund, solution: new 2 promise friday",
            ["1: close category: Refund; solution new", "2: promise friday"],
        ),
        ("TAKE", ["stray: TAKE"]),
        ("Good morning!\n\n1 take", ["1: take", "stray: Good morning!"]),
        ("1 take\n\nBest regards\nKaren Miller\nUs Inc.", ["1: take"]),
        # In five languages, in any mixture.
        ("1 взять 2 назначить Иван 3 закрыть", ["1: take", "2: assign Иван", "3: close"]),
        ("1 prendo, 2 a Ivan, 3 chiudi", ["1: take", "2: assign Ivan", "3: close"]),
        (
            "1 übernehmen 2 an Ivan 3 schließen\n3 notiz passt",
            ["1: take", "2: assign Ivan", "3: close", "3: note; words 'passt'"],
        ),
        ("１ 引き受ける ２ アンナさんへ ３ 完了", ["1: take", "2: assign アンナ", "3: close"]),
        ("1 prendo e chiudi", ["1: take; close"]),
        # What is no order is not guessed at.
        ("1 clsoe 2 take", ["1: unclear @clsoe", "2: take"]),
        ("1 clsoe\n2 take", ["1: unclear @clsoe", "2: take"]),
        ("1 please call him", ["1: unclear @please call him"]),
        ("1 take it home", ["1: unclear @take it home"]),
        ("2", []),
        # Words under a number are for us; for the customer only what says so.
        ("1\nCall him back.", ["1: words 'Call him back.'"]),
        ("1 note call him back", ["1: note; words 'call him back'"]),
        ("1 take\nHe called.", ["1: take; words 'He called.'"]),
        ("1\n@take\nHe called.", ["1: take; words 'He called.'"]),
        ("1\ntake\nclose", ["1: take; close"]),
        ("1 answer: On\ntheir way.\n\nKaren", ["1: answer 'On\\ntheir way.\\n\\nKaren'"]),
        ("1 risposta: Arrivano.\n2 chiudi", ["1: answer 'Arrivano.'", "2: close"]),
        ("1 ответ: Едут.", ["1: answer 'Едут.'"]),
        ("1 Antwort: Kommt.", ["1: answer 'Kommt.'"]),
        ("1 返信：送りました。", ["1: answer '送りました。'"]),
        ("1 answer: So\n1. Pull it.\n2. Push it.", ["1: answer 'So\\n1. Pull it.\\n2. Push it.'"]),
        ("1 answer: So\n1. Pull it.\n2. Wait.", ["1: unclear answer: So", "2: unclear Wait."]),
        # A line within an answer that may be an order and is none: who knows where it ends.
        ("1 answer: So\n\n2 clos", ["1: unclear answer: So", "2: unclear @clos"]),
        ("1 answer: So\n2 asign ben", ["1: unclear answer: So", "2: unclear @asign ben"]),
        ("1 answer: So\n2 close the lid", ["1: unclear answer: So", "2: unclear @close the lid"]),
    ],
)  # fmt: skip
def test_what_stands_above(text: str, understood: list[str]) -> None:
    assert asked(text) == understood


@pytest.mark.parametrize(
    ("texts", "understood"),
    [
        (
            [
                "1 take. 2 to ivan. 3 wait monday.",
                "1 - take\n2 - to ivan\n3 - wait monday",
                "1.  take\n\n2.  to ivan\n\n3.  wait monday",
                "1.\u00a0\u00a0 take\n2.\tto ivan\n3.\twait monday",
                "(1) I'll take it, (2) for ivan, (3) wait monday please",
                "Hi,\n\n1 mine, 2 ivan; 3 wait monday\n\nThanks,\nKaren",
                "1 me 2 => ivan 3 wait monday",
                "① take ② ivan ③ wait monday",
            ],
            ["1: take", "2: assign ivan", "3: wait monday"],
        ),
        (["1 беру, 2 Марии, 3 закрываю", "1 мне 2 Марии 3 закрыть"],
         ["1: take", "2: assign Марии", "3: close"]),
        (["1 prendo io, 2 ad Anna, 3 chiudi", "1 io 2 Anna 3 chiudo"],
         ["1: take", "2: assign Anna", "3: close"]),
        (["1 nehme ich, 2 gib Anna, 3 schließe", "1 ich, 2 für Anna, 3 erledigt bitte"],
         ["1: take", "2: assign Anna", "3: close"]),
        (
            [
                "1引き受けます 2アンナさんへ 3月曜まで待つ",
                "１．引き受ける　２．アンナに　３．待つ　月曜",
                "1は私が、2はアンナさんに任せます、3は月曜まで待ちます",
                "1番 引き受ける、2番 アンナ様へ、3番 月曜まで待機",
            ],
            ["1: take", "2: assign アンナ", "3: wait 月曜"],
        ),
        (["take 1 and 3", "I'll take 1, 3"], ["1,3: take"]),
        (["take 1, close 2 and 3", "take 1 close 2 3"], ["1: take", "2,3: close"]),
        (["assign 2 to Anna", "give #2 to Anna"], ["2: assign to Anna"]),
        (
            ["1 to 3 close", "1–3 close", "1..3 close", "1/2/3 close", "1 2 3 close",
             "1 bis 3 close", "close 1-3", "close all", "all close", "1、2、3 完了", "chiudi tutto",
             "全部完了", "всё закрыть"],
            ["1,2,3: close"],
        ),
        (["all to Anna", "alle an Anna", "tutti a Anna", "everything to Anna please"],
         ["1,2,3: assign Anna"]),
        (["1 take, the rest to Anna", "1 ich, den Rest an Anna"],
         ["1: take", "2,3: assign Anna"]),
    ],
)  # fmt: skip
def test_however_it_is_put(texts: list[str], understood: list[str]) -> None:
    assert {one: asked(one) for one in texts} == dict.fromkeys(texts, understood)


def test_a_number_may_count_what_it_stands_before() -> None:
    assert asked("1\nwait 3 days\n2 close") == ["1: wait 3 days", "2: close"]
    assert asked("1 wait 3 days 2 same 12") == ["1: wait 3 days", "2: same 12"]
    assert asked("1 answer: We close 2 and 3 at noon.") == ["1: answer 'We close 2 and 3 at noon.'"]
    assert asked("All is well, thank you.") == ["stray: All is well, thank you."]


def test_what_is_long_costs_nothing() -> None:
    for number, is_too_long in ((200, False), (201, True), (100_000, True)):
        text = "\n".join(f"{one} take it plaese" for one in range(number))
        said = read_numbered(text, text, (), ())
        assert (said.is_too_long, bool(said.parts)) == (is_too_long, not is_too_long)
    for one in ("1 ", "1,", "1 to ", "take 1 ", "1 take ", "all ", "1は", "please "):
        assert_linear(partial(_ask_often, one), 1000)


def _ask_often(one: str, times: int) -> list[str]:
    return asked(one * times)


_LIST = [AROUND[0], "", *(line for item in ITEMS for line in (*item, "")), AROUND[1]]
LIST = "\n".join(_LIST)
MARKED = "\n".join(f"> {line}" for line in LIST.split("\n"))
WROTE = "On Mon, Mar 3, 2025 at 09:00 Support <support@us.example> wrote:"


@pytest.mark.parametrize("quoted", [LIST, MARKED, MARKED.replace("spoke the", "spoke\n> the")])
def test_the_list_itself_asks_for_nothing(quoted: str) -> None:
    assert asked(f"1 take\n\n{WROTE}\n\n{quoted}", "1 take") == ["1: take"]
    # Where nobody knows what is quoted, too.
    assert asked(f"1 take\n\n{quoted}") == ["1: take"]
    assert asked(quoted) == []


@pytest.mark.parametrize("quoted", [LIST, MARKED])
def test_words_among_the_items_belong_to_them(quoted: str) -> None:
    head, _, rest = quoted.partition("They broke.")
    middle, _, end = rest.partition("or not")
    text = f"{WROTE}\n{head}They broke.\ntake\n{middle}or not\n\nWho knows him?\n{end}"
    assert asked(text, "") == ["1: take", "2: words 'Who knows him?'"]


def test_an_answer_under_an_item_and_a_slip_under_another() -> None:
    text = MARKED.replace("> They broke.", "> They broke.\nAnswer: New ones come.\n")
    text = text.replace("> or not", "> or not\nclsoe")
    assert asked(text, "") == ["1: answer 'New ones come.'", "2: unclear @clsoe"]


def test_what_stands_below_the_list_belongs_to_no_item() -> None:
    assert asked(f"{LIST}\n\nKaren Miller\nUs Inc.", "") == []
    ends = "\n".join(_LIST[:-2])
    assert asked(f"{ends}\nclose\n-- \nKaren", "") == ["3: close"]
