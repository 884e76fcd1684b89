"""How long the next try waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inbox.auth.throttle import LONGEST, Counter, Tries, counters, delay, device_proof

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (4, 0), (5, 2), (6, 4), (8, 16), (10, 60), (1000, 60)]
)
def test_the_wait_doubles_and_ends(count: int, seconds: int) -> None:
    limit = Counter("account:ann", 5)
    assert delay(Tries(count, NOW), limit, now=NOW) == timedelta(seconds=seconds)
    assert delay(Tries(count, NOW), limit, now=NOW + LONGEST) == timedelta()


def test_strangers_count_apart_from_known_browsers() -> None:
    stranger = {c.key for c in counters("Ann@us.example", "198.51.100.7", is_known=False)}
    known = {c.key for c in counters("ann@us.example", "198.51.100.7", is_known=True)}
    assert not stranger & known
    assert "peer:198.51.100.7" in stranger


def test_loopback_is_nobody_in_particular() -> None:
    assert len(counters("ann@us.example", "127.0.0.1", is_known=False)) == 1
    assert len(counters("ann@us.example", "no address", is_known=False)) == 1


def test_a_network_of_ipv6_is_one_peer() -> None:
    keys = {counters("a", f"2001:db8::{n}", is_known=False)[1].key for n in range(3)}
    assert keys == {"peer:2001:db8::/64"}


def test_a_new_password_makes_a_browser_unknown() -> None:
    assert device_proof(b"s", 1, "old") != device_proof(b"s", 1, "new")
    assert device_proof(b"s", 1, "old") != device_proof(b"s", 2, "old")
