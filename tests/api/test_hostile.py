"""What no program should send is refused with what to do, and nothing of it is kept."""

from __future__ import annotations

import json
from itertools import chain

from fastapi.routing import APIRoute

from inbox.api.app import ROUTERS
from inbox.api.wishes import Wish
from tests.api.bodies import BODIES
from tests.api.conftest import Desk
from tests.api.test_rights import filled

_JSON = {"content-type": "application/json"}
_DEEP = b'{"until":' + b"[" * 3000 + b"]" * 3000 + b"}"
_NUL = ("a\0b", "a\ud800", ["a\0b"], [{"a": {"b\0": 1}}])
_AT = "/conversations/{conversation_id}"
_TIMES = {
    "0001-01-01T00:00:00+14:00": "time.past",
    "9999-12-31T23:59:59-14:00": "time.too_far",
    "2028-12-31T23:59:59Z": "time.too_far",
}


def test_whatever_is_sent_is_a_wish() -> None:
    """Which refuses what is not named, and what cannot be kept."""
    bodies = [
        route.body_field.field_info.annotation
        for route in chain.from_iterable(router.routes for router in ROUTERS)
        if isinstance(route, APIRoute) and route.body_field
    ]
    assert len(bodies) > 40
    assert not [one for one in bodies if not (isinstance(one, type) and issubclass(one, Wish))]


async def test_no_change_takes_what_cannot_be_kept(desk: Desk) -> None:
    await desk.hears()
    for (method, path), body in BODIES.items():
        for number, field in enumerate(body):
            wish = json.dumps({**body, field: _NUL[number % len(_NUL)]})
            answer = await desk.program.asks(method, filled(path), content=wish, headers=_JSON)
            assert answer.status_code in (403, 404, 422), (method, path, field, answer.text)
            if answer.status_code == 422:
                assert answer.json()["errors"][0]["where"].startswith("body."), answer.text


async def test_no_time_is_beyond_what_pages_can_show(desk: Desk) -> None:
    await desk.hears()
    for until, code in _TIMES.items():
        for what in ("wait", "snooze", "promise"):
            path = filled(f"{_AT}/{what}")
            refused = await desk.program.refused("PUT", path, {"until": until})
            assert (refused["status"], refused["code"]) == (422, code), (path, until)


async def test_what_cannot_be_read_is_said_in_words(desk: Desk) -> None:
    await desk.hears()
    path = filled(f"{_AT}/snooze")
    for content, status in ((_DEEP, 400), (b'{"until":"' + b"1" * 99_000, 413)):
        refused = await desk.program.refused("PUT", path, content=content, headers=_JSON)
        assert (refused["status"], bool(refused["detail"])) == (status, True)


async def test_what_can_be_nobodys_name_is_not_there(desk: Desk) -> None:
    manager = await desk.service.company.agent("Mia Lee", desk.support.address, role="manager")
    program = await desk.service.of(manager)
    for method, path in (("DELETE", "/tags/a%00b"), ("PUT", "/newcomers/a%00b@us.example")):
        body = BODIES.get((method, "/newcomers/{address}"))
        assert (await program.refused(method, path, body))["status"] == 404, path
