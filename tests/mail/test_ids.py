from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.ids import is_ours, new_message_id

SECRET = b"a secret of 32 bytes for the test"


def rng(count: int) -> bytes:
    return bytes(range(count))


def test_an_id_is_lower_case_at_the_domain_asked_for() -> None:
    made = new_message_id("US.example", SECRET, rng)
    assert made == made.lower()
    left, _, domain = made.partition("@")
    assert domain == "us.example"
    assert [len(part) for part in left.split(".")] == [16, 16]


def test_ours_is_known_at_any_domain_and_in_any_case() -> None:
    made = new_message_id("us.example", SECRET, rng)
    assert is_ours(made, SECRET)
    assert is_ours(f"<{made.upper()}>", SECRET)
    assert is_ours(made.replace("us.example", "relay.example"), SECRET)


def test_a_changed_or_foreign_id_is_not_ours() -> None:
    made = new_message_id("us.example", SECRET, rng)
    assert not is_ours(made, b"another secret")
    assert not is_ours("b" + made[1:], SECRET)
    assert not is_ours(made[:20] + ("a" if made[20] != "a" else "b") + made[21:], SECRET)
    for foreign in ("", "@", "a@b", "<CAF=abc@mail.gmail.com>", made.partition("@")[0]):
        assert not is_ours(foreign, SECRET)


@given(st.text())
def test_any_text_may_be_asked_about(text: str) -> None:
    assert not is_ours(text, SECRET)
