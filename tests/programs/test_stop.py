"""A stop while the relay is stuck: it is quick, and the answer goes out after the next start."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes

import pytest

from tests.clients.programs import PROGRAMS
from tests.polling import until
from tests.programs.outside import Outside
from tests.programs.service import Desk
from tests.programs.test_answers import KAREN, hand_in, notice_to_karen, token_of, writes
from tests.service import data_folder

pytestmark = [pytest.mark.database, pytest.mark.slow]

PAT = "pat@customer.example"


@pytest.fixture
def relay() -> Iterator[Outside]:
    """A way out that gets stuck."""
    relay = Outside()
    relay.start()
    yield relay
    relay.stop()


def test_a_stuck_relay_holds_up_neither_the_stop_nor_the_answer(relay: Outside) -> None:
    with data_folder() as folder:
        with Desk(folder, relay=relay.port) as desk:
            desk.open_mailbox()
            writes(desk, PAT, "Boots", "My boots are too small.")
            notice = notice_to_karen(relay, "Boots")
            relay.is_stuck = True
            answer = PROGRAMS["outlook"].answer(notice, "Please use size 42.", from_=KAREN)
            hand_in(desk, answer, "karen@us.example", token_of(notice))
            until(lambda: _id_of_the_answer(relay.unanswered))
            assert desk.stop() == (0, "")
            # Who waits for the relay is killed after seven seconds and a half, and loses its lease.
            assert "role.killed" not in desk.log.read_text()
        relay.is_stuck = False
        with Desk(folder, relay=relay.port):
            # Long before the lease of the first try would have ended.
            [raw] = relay.wait(PAT, seconds=20)
        assert _id_of_the_answer([raw]) == _id_of_the_answer(relay.unanswered)
        assert relay.of(PAT) == [raw]


def _id_of_the_answer(mails: list[bytes]) -> str | None:
    """The Message-ID of the one mail among them that goes to the customer."""
    found = {
        str(mail["Message-ID"]) for mail in map(message_from_bytes, mails) if PAT in str(mail["To"])
    }
    assert len(found) < 2
    return next(iter(found), None)
