"""What is said with closing is told apart by its names."""

from __future__ import annotations

import pytest

from inbox.orders.closing import Said, said_with


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("category: Refund", Said(category="Refund")),
        ("Kategorie: Rückgabe, Lösung: neu", Said(category="Rückgabe", solution="neu")),
        ("カテゴリ：返品、解決策：新品", Said(category="返品", solution="新品")),
        (
            "solution: sent, with glue, coment: kind",
            Said(solution="sent, with glue", comment="kind"),
        ),
        ("who: anna; categori: x", Said(assignee="anna", category="x")),
        ("tell", Said(tells=True)),
        ("Mitteilen, Kategorie: neu", Said(tells=True, category="neu")),
        ("не сообщать", Said(tells=False)),
        ("tell me", None),
        ("it", None),
        ("the window, category: Refund", None),
        ("category: , solution: x", None),
        ("category: a, category: b", None),
    ],
)
def test_each_by_its_name(argument: str, said: Said | None) -> None:
    assert said_with(argument) == said
