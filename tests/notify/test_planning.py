"""Which notices leave now, which later, and which together: a table of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inbox.notify.planning import Recent, Wanted, arranged
from inbox.outbound.queue import NewMail

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def wanted(
    event: int, *, about: str = "noted", to: int = 1, of: int = 7, quiet: str = "", message: int = 0
) -> Wanted:
    """A notice of an event, `of` a conversation."""
    mail = NewMail(
        kind="notice",
        recipients=(f"{to}@us.example",),
        header_id=f"{event}-{to}@us.example",
        sender="support@us.example",
        mailbox_id=1,
        conversation_id=of,
        message_id=message or event * 10,
        agent_id=to,
        draft={"about": about, "by": "Anna", "holder": f"holder at {event}"}
        | ({"promised": "by noon"} if event == 2 else {}),
        shown_event_id=event,
    )
    return Wanted(mail=mail, quiet=quiet, zone="Europe/Rome")


def recent(seconds_ago: int, *, waits: bool = False, told: tuple[int, ...] = ()) -> Recent:
    """A notice of conversation 7 to person 1 that left so long ago, or is to leave."""
    return Recent(
        agent_id=1,
        conversation_id=7,
        header_id="0-1@us.example",
        leaves_at=NOW - timedelta(seconds=seconds_ago),
        waits=waits,
        told=frozenset(told),
    )


@pytest.mark.parametrize(
    ("wants", "had", "leave"),
    [
        ([wanted(1)], [], ["1 at 0"]),
        # What happens at once is one mail; others' and other conversations' are theirs.
        ([wanted(1), wanted(2)], [], ["1+20 at 0"]),
        ([wanted(1), wanted(2, to=2), wanted(3, of=8)], [], ["1 at 0", "2 at 0", "3 at 0"]),
        # Within a minute after the last one it waits until the minute is over.
        ([wanted(1)], [recent(20)], ["1 at 40"]),
        ([wanted(1)], [recent(60)], ["1 at 0"]),
        ([wanted(1), wanted(2)], [recent(20)], ["1+20 at 40"]),
        # What waits already takes more along; if it has just left, that has a minute of its own.
        ([wanted(1)], [recent(50), recent(-10, waits=True)], ["0+10 or at 70"]),
        ([wanted(1), wanted(2)], [recent(-10, waits=True)], ["0+10+20 or at 70"]),
        # What waits for a relay is no longer added to.
        ([wanted(1)], [recent(90, waits=True)], ["1 at 0"]),
        ([wanted(1, to=2)], [recent(20)], ["1 at 0"]),
        ([wanted(1, of=8)], [recent(20)], ["1 at 0"]),
        # Quiet hours: it is ten in Rome.
        ([wanted(1, quiet="09:00-10:30")], [], ["1 at 1800"]),
        ([wanted(1, quiet="10:01-10:30")], [recent(10)], ["1 at 50"]),
        ([wanted(1, quiet="10:00-10:30")], [recent(10)], ["1 at 1800"]),
        ([wanted(1, quiet="09:00-10:30")], [recent(-1800, waits=True)], ["0+10 or at 1860"]),
        # One mail is told once, however many events say so.
        ([wanted(0)], [recent(3600)], []),
        ([wanted(1, about="received", message=5)], [recent(3600, told=(5,))], []),
        ([wanted(1, about="noted", message=5)], [recent(3600, told=(5,))], ["1 at 0"]),
    ],
)
def test_when_notices_leave(wants: list[Wanted], had: list[Recent], leave: list[str]) -> None:
    new, more = arranged(wants, had, now=NOW, window=MINUTE)
    alone = [f"{_short(one)} at {_in(one)}" for one in new]
    added = [
        "+".join([one.header_id[0], *(str(each["message"]) for each in one.then)])
        + f" or at {_in(one.alone)}"
        for one in more
    ]
    assert [*alone, *added] == leave


def test_one_mail_shows_the_newest_of_all() -> None:
    [mail], _ = arranged([wanted(1), wanted(3), wanted(2)], [], now=NOW, window=MINUTE)
    assert mail.shown_event_id == 3
    assert (mail.draft["holder"], mail.draft["promised"]) == ("holder at 2", "by noon")
    assert mail.draft["then"][0] == {"about": "noted", "by": "Anna", "message": 30}


def test_without_a_window_each_is_a_mail() -> None:
    new, more = arranged([wanted(1), wanted(2)], [recent(1)], now=NOW, window=timedelta())
    assert [_short(one) for one in new] == ["1", "2"]
    assert not more
    night = [wanted(1, quiet="09:00-10:30"), wanted(2, quiet="09:00-10:30")]
    new, [more_] = arranged(night, [recent(-99, waits=True)], now=NOW, window=timedelta())
    assert not new
    assert len(more_.then) == 2


def _short(mail: NewMail) -> str:
    then = [str(one["message"]) for one in mail.draft.get("then", ())]
    return "+".join([mail.header_id.partition("-")[0], *then])


def _in(mail: NewMail) -> int:
    assert mail.run_at is not None
    return int((mail.run_at - NOW).total_seconds())


def test_who_wants_each_by_itself_gets_it_at_once() -> None:
    one, other = (replace(wanted(event), bundles=False) for event in (1, 2))
    new, more = arranged([one, other], [recent(20)], now=NOW, window=MINUTE)
    assert [mail.run_at for mail in new] == [NOW, NOW]
    assert not more
