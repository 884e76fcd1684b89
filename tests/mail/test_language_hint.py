"""What a mail of a few words hints at, among the languages that we speak."""

from __future__ import annotations

import pytest

from inbox.mail.language_hint import hinted_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello, boots broken"),
        ("de", "Guten Tag, Stiefel kaputt"),
        ("de", "Wo ist mein Paket?"),
        ("de", "Paket da?\nViele Grüße"),
        ("de", "Gruß, Pat"),
        ("it", "Buongiorno, stivali rotti"),
        ("ru", "Здравствуйте, у меня сломались сапоги. Что делать?"),
        ("ru", "Сапоги порваны"),
        ("ja", "靴が壊れました"),
        (None, "Boots"),
        (None, "Де моє замовлення?"),
        (None, "Здравей, къде е поръчката ми?"),
        (None, "Bonjour"),
        (None, "Hallo, waar is mijn pakket"),
        (None, "Hello, grazie"),
        (None, ""),
    ],
)
def test_a_greeting_and_letters_hint_at_a_language(language: str | None, text: str) -> None:
    assert hinted_language(text) == language
