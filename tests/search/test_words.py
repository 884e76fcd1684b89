"""Which words a text has, and under which tokens each is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.search.forms import fold, forms
from inbox.search.words import words


def tokens(text: str, *languages: str) -> set[str]:
    return {
        token for one in words(text, *([languages] if languages else [])) for token in one.tokens
    }


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Refunds were refunded", "refund"),
        ("zwei Rechnungen fehlen", "Rechnung"),
        ("die Häuser", "haus"),
        ("le fatture non pagate", "fattura"),
        ("perché no", "perche"),
        ("оплата по счетам", "счёт"),
        ("возвраты товаров", "возврата"),
        ("Frau Müller", "Mueller"),
        ("Frau Mueller", "Müller"),
        ("die Straße", "strasse"),
        ("AB-1234/56 is late", "ab123456"),
        ("order AB1234", "1234"),
        ("my E-Mail", "email"),
        ("jane.doe@mail.shop.example", "shop.example"),
        ("jane.doe@mail.shop.example", "jane.doe"),
        ("jane.doe@mail.shop.example", "doe"),
        ("see https://www.shop.example/sale", "shop.example"),
        ("Rechnung_2026-11.pdf", "rechnung"),
        ("ＡＢＣ１２３", "abc123"),
        ("請求書の宛名", "求書"),
        ("반품하고 싶어요", "반품"),
        ("第3回", "3"),
    ],
)
def test_a_word_is_found_by_its_other_forms_and_parts(kept: str, asked: str) -> None:
    assert tokens(kept) & set(forms(asked))


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("refund", "fund"), ("müde", "mode")])
def test_what_is_another_word_is_not(one: str, other: str) -> None:
    assert not set(forms(one)) & set(forms(other))


def test_a_mail_in_a_known_language_keeps_the_stems_of_that_one_alone() -> None:
    assert tokens("Bestellungen", "de") == {"bestellungen", "bestell"}


def test_a_code_and_its_parts_stand_at_one_place() -> None:
    found = list(words("x AB-12 y"))
    assert [one.moves for one in found] == [True, True, False, True, True]
    assert [(one.start, one.end) for one in found] == [(0, 1), (2, 4), (2, 7), (5, 7), (8, 9)]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_words_in_order_that_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    assert [one.start for one in found if one.moves] == sorted(
        one.start for one in found if one.moves
    )
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.tokens
        assert not any(sign.isspace() or sign in "'\\" for token in one.tokens for sign in token)
    assert fold(fold(text)) == fold(text)
