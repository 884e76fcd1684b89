"""A story is written once and told of every mail program, all at the same time.

    @story()
    async def test_something(at: Desk) -> None:
        await at.pat.writes("My boots broke.")
        notice = await at.karen.gets()
        ...

Whatever the story does not tell of must not have happened: a mail that nobody read is a failure,
and so is anything of ours in a mail that left.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable

import pytest

from tests.clients.programs import PROGRAMS
from tests.stories.desk import Desk
from tests.stories.opening import open_desks
from tests.stories.outside import has_address, tokens_in
from tests.stories.running import Running

Told = Callable[[Desk], Awaitable[None]]
Test = Callable[[Running], Awaitable[None]]


def story(
    *, karen: str = "all", anna: str = "mentions", **settings: object
) -> Callable[[Told], Test]:
    """A test that tells the story of each program: who hears how much, how the mailbox is set."""

    def test_of(told: Told) -> Test:
        async def test(service: Running) -> None:
            service.told += 1
            desks = [
                Desk(running=service, program=one, number=service.told, turn=turn)
                for turn, one in enumerate(PROGRAMS.values())
            ]
            hears = {"Karen Miller": karen, "Anna Rossi": anna}
            await open_desks(service.database, desks, hears=hears, settings=settings)
            await service.expects(desks[-1].support)
            await _each(desks, told)
            await service.rests()
            await _each(desks, _is_all)

        test.__name__, test.__module__, test.__doc__ = told.__name__, told.__module__, told.__doc__
        return pytest.mark.asyncio(loop_scope="package")(test)

    return test_of


async def _each(desks: list[Desk], told: Told) -> None:
    """All of them; each failure once, with the names of the programs in which it was seen."""
    outcomes = await asyncio.gather(*(told(desk) for desk in desks), return_exceptions=True)
    failed: dict[object, list[tuple[Desk, Exception]]] = {}
    for desk, error in zip(desks, outcomes, strict=True):
        if isinstance(error, Exception):
            failed.setdefault(_place(error), []).append((desk, error))
        elif isinstance(error, BaseException):
            raise error
    if not failed:
        return
    for each in failed.values():
        each[0][1].add_note("in " + "; ".join(str(desk) for desk, _ in each))
    count = sum(map(len, failed.values()))
    raise ExceptionGroup(
        f"{count} of {len(desks)} programs", [each[0][1] for each in failed.values()]
    )


def _place(error: Exception) -> object:
    """Where in the story, or in a step of it, this went wrong."""
    return tuple((frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__))


async def _is_all(desk: Desk) -> None:
    for person in desk.people:
        rest = [person.box.mails[n].text[:300] for n in person.unread()]
        assert not rest, f"{person.name} got a mail besides"
    for mail in desk.pat.box.mails + desk.mia.box.mails:
        assert not tokens_in(mail), mail.whole
        for ours in (desk.karen, desk.anna, desk.bob):
            assert not has_address(mail, ours.address), mail.whole
