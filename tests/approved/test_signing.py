from __future__ import annotations

import pytest

from inbox.approved.signing import has_stray_place, signed


@pytest.mark.parametrize(
    ("signature", "lines", "leaves"),
    [
        ("Us GmbH\nBerlin", "", "Us GmbH\nBerlin"),
        ("{{ agent.name }}\nUs GmbH", "", "Ann Berg\nUs GmbH"),
        (
            "{{agent.name}}\n{{ agent.lines }}\nUs",
            "Sales\n+49 30 1",
            "Ann Berg\nSales\n+49 30 1\nUs",
        ),
        ("{{ agent.name }}\n{{ agent.lines }}\nUs", "  ", "Ann Berg\nUs"),
        ("Yours, {{ agent.name }}\n\nUs", "x", "Yours, Ann Berg\n\nUs"),
        ("{{ agent.lines }}", "{{ agent.name }}", "{{ agent.name }}"),
        ("", "Sales", ""),
    ],
)
def test_what_stands_below_an_answer(signature: str, lines: str, leaves: str) -> None:
    assert signed(signature, name="Ann\nBerg", lines=lines) == leaves


def test_places_that_nobody_fills_in() -> None:
    assert has_stray_place("{{ agent.phone }}")
    assert not has_stray_place("{{ agent.name }} {{agent.lines}}")
