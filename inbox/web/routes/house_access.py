"""How one of ours comes in: invited, signed out, let back in, shut out."""

from __future__ import annotations

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.named import person_of
from inbox.auth import sessions
from inbox.auth.permissions import Permission
from inbox.desk.account import invite
from inbox.desk.people import disable_agent, set_agent
from inbox.errors import Conflict, Forbidden
from inbox.log import get_logger
from inbox.web.house import myself, saved
from inbox.web.routes.house_person import PAGE, page_of, show_person

router = APIRouter()
log = get_logger("house")

Change = allow(Permission.PEOPLE)


@router.post(f"{PAGE}/invitation", dependencies=[Change])
async def invite_again(here: HereNow, agent_id: int) -> Response:
    """Another mail to choose a password with; the one from before opens nothing then."""
    async with here.house.database.write() as db:
        await invite(db, await person_of(db, agent_id), by=await myself(db, here))
    log.info("house.invited", agent=agent_id, by=here.viewer.id)
    return saved(here, page_of(agent_id), "invited")


@router.delete(f"{PAGE}/sessions", dependencies=[Change])
async def sign_out_everywhere(here: HereNow, agent_id: int) -> Response:
    """Every session of theirs ends, at once."""
    async with here.house.database.write() as db:
        await sessions.end_all(db, (await person_of(db, agent_id)).id)
    log.info("house.signed_out", agent=agent_id, by=here.viewer.id)
    return saved(here, page_of(agent_id), "ended")


@router.delete(f"{PAGE}/second-step", dependencies=[Change])
async def reset_second_step(here: HereNow, agent_id: int) -> Response:
    """For who has lost their authenticator and all recovery codes."""
    await _set(here, agent_id, {"second_step": "off"})
    return saved(here, page_of(agent_id), "step_off")


@router.delete(f"{PAGE}/provider", dependencies=[Change])
async def forget_provider(here: HereNow, agent_id: int) -> Response:
    """For who has another account at the provider now."""
    await _set(here, agent_id, {"provider": "off"})
    return saved(here, page_of(agent_id), "forgotten")


@router.delete(f"{PAGE}/proofs", dependencies=[Change])
async def forget_proofs(here: HereNow, agent_id: int) -> Response:
    """Mail from their addresses may come without proof again, until one has it."""
    await _set(here, agent_id, {"proved": "off"})
    return saved(here, page_of(agent_id), "forgotten")


@router.delete(f"{PAGE}/access", dependencies=[Change])
async def shut_out(here: HereNow, agent_id: int) -> Response:
    """They can do nothing any more; their work stays."""
    try:
        async with here.house.database.write() as db:
            agent = await person_of(db, agent_id)
            await disable_agent(db, agent.email, now=here.now, by=await myself(db, here))
    except (Conflict, Forbidden) as error:
        return await show_person(here, agent_id, error)
    log.info("house.shut_out", agent=agent_id, by=here.viewer.id)
    return saved(here, page_of(agent_id), "out")


@router.put(f"{PAGE}/access", dependencies=[Change])
async def let_back_in(here: HereNow, agent_id: int) -> Response:
    """They may come in again."""
    await _set(here, agent_id, {"enabled": "on"})
    return saved(here, page_of(agent_id), "in")


async def _set(here: Here, agent_id: int, given: dict[str, str]) -> None:
    async with here.house.database.write() as db:
        agent = await person_of(db, agent_id)
        await set_agent(db, agent.email, given, by=await myself(db, here))
    log.info("house.person_changed", agent=agent_id, by=here.viewer.id, what=[*given])
