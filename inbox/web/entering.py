"""The last of signing in, the same by whichever way somebody came: a code if need be, a session."""

from __future__ import annotations

from hashlib import sha256

from fastapi import Response
from fastapi.responses import RedirectResponse

from inbox.asgi.csrf import is_same
from inbox.asgi.deps import Here
from inbox.asgi.parcels import PROVIDER, STEP, drop, hand, received
from inbox.asgi.sessions import read_cookie, read_device, set_cookie, set_device
from inbox.auth import second_step, sessions, throttle
from inbox.auth.permissions import may_sign_in
from inbox.auth.sessions import How
from inbox.desk.account import tell
from inbox.desk.away import come_back
from inbox.log import get_logger
from inbox.model.account import Told
from inbox.model.conversation import Role
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent
from inbox.web.browsers import named
from inbox.web.forms import safe_next

log = get_logger("web")


def may_enter(agent: Agent | None) -> bool:
    """Whether this is somebody to whom the web view is open now."""
    return agent is not None and agent.disabled_at is None and may_sign_in(Role(agent.role))


def is_known(here: Here, agent: Agent | None) -> bool:
    """Whether this person has signed in with this browser before."""
    proof = read_device(here.request, is_https=here.house.is_https)
    return bool(proof) and agent is not None and is_same(proof, _device(here, agent))


async def go_in(here: Here, agent: Agent, how: How, target: str) -> Response:
    """The first step is passed: a session, or the page that asks for a code."""
    async with here.house.database.read() as db:
        # The provider has its own second step; asking twice would teach people to answer anything.
        is_asked = how is not How.PROVIDER and await second_step.is_on(db, agent.id)
    if not is_asked:
        return await welcome(here, agent, how, target)
    response = RedirectResponse("/sign-in/second-step", 303)
    passed = {"agent": agent.id, "how": how, "mark": _mark(agent), "target": safe_next(target)}
    hand(here, response, STEP, passed)
    return response


async def who_passed(db: Reader | Writer, here: Here) -> tuple[Agent, How, str] | None:
    """Who has passed the first step in this browser, a moment ago; how, and where they go."""
    passed = received(here, STEP)
    agent = await db.get(Agent, passed["agent"]) if passed else None
    if passed is None or agent is None or not may_enter(agent) or passed["mark"] != _mark(agent):
        return None
    return agent, How(passed["how"]), passed["target"]


async def welcome(here: Here, agent: Agent, how: How, target: str) -> Response:
    """A new session in this browser; whatever it had before ends."""
    is_https = here.house.is_https
    async with here.house.database.write() as db:
        await _tell_of_new_browser(db, here, agent, how)
        token = await sessions.start(
            db,
            agent.id,
            now=here.now,
            how=how,
            peer=here.peer,
            user_agent=here.request.headers.get("user-agent", ""),
            old=read_cookie(here.request, is_https=is_https),
        )
        await come_back(db, agent.id)
    log.info("web.signed_in", agent=agent.id, how=how.value)
    response = RedirectResponse(safe_next(target), 303)
    set_cookie(response, token, is_https=is_https)
    set_device(response, _device(here, agent), is_https=is_https)
    for name in (STEP, PROVIDER):
        drop(here, response, name)
    return response


async def _tell_of_new_browser(db: Writer, here: Here, agent: Agent, how: How) -> None:
    # By a link they came from their own mails; who was never here before need not be told.
    if how is How.LINK or is_known(here, agent) or not await sessions.is_anywhere(db, agent.id):
        return
    program = named(here.request.headers.get("user-agent", ""))
    await tell(db, agent.id, Told.NEW_BROWSER, ", ".join(filter(None, (program, here.peer))))


def _device(here: Here, agent: Agent) -> str:
    return throttle.device_proof(here.house.secret, agent.id, agent.password_hash or "")


def _mark(agent: Agent) -> str:
    # A password that was changed meanwhile ends what was begun with the old one.
    return sha256((agent.password_hash or "").encode()).hexdigest()[:32]
