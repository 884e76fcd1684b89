"""Who is let in, and how long they may take."""

from __future__ import annotations

import pytest

from inbox.smtp_in.limits import Gate, Limits, address_key, affordable


class Caller:
    """A session at the gate."""

    def retire(self) -> None: ...

    def abort(self) -> None: ...


@pytest.mark.parametrize(
    ("peer", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_what_counts_as_one_address(peer: str, key: str) -> None:
    assert address_key(peer) == key


def test_places_are_counted_and_given_back() -> None:
    gate = Gate(Limits(connections=3, connections_per_address=2))
    first, second = Caller(), Caller()
    assert gate.enter(first, "2001:db8::1")
    assert gate.enter(second, "2001:db8::2")
    assert not gate.enter(Caller(), "2001:db8::3")
    assert gate.enter(Caller(), "192.0.2.1")
    assert not gate.enter(Caller(), "192.0.2.2")
    gate.leave(first, "2001:db8::1")
    assert gate.enter(Caller(), "2001:db8::4")


def test_patience_is_short_when_most_places_are_taken() -> None:
    gate = Gate(Limits(connections=4, idle_seconds=300, idle_seconds_under_stress=15))
    for number in range(2):
        gate.enter(Caller(), f"192.0.2.{number}")
    assert gate.patience() == 300
    gate.enter(Caller(), "192.0.2.9")
    assert gate.patience() == 15


async def test_a_drained_gate_lets_nobody_in() -> None:
    gate = Gate(Limits())
    await gate.drained()
    assert not gate.enter(Caller(), "192.0.2.1")


def test_connections_leave_files_for_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _which: (128, 4096))
    assert affordable(400) == 64
    assert affordable(10) == 10
