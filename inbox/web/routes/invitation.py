"""What an invitation opens: a page on which somebody chooses their password, once."""

from __future__ import annotations

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.invitations import end_invitation, invited
from inbox.auth.passwords import hash_password
from inbox.auth.permissions import Permission
from inbox.auth.sessions import How
from inbox.desk.account import new_password
from inbox.errors import Conflict, InboxError, Invalid
from inbox.log import get_logger
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent
from inbox.web.again import html_with_fault
from inbox.web.entering import go_in, may_enter
from inbox.web.house_forms import ChosenForm
from inbox.web.pages import html_response

router = APIRouter()
log = get_logger("account")

_PAGE = "/invitations/{token}"


@router.get(_PAGE, dependencies=[allow(Permission.PUBLIC)])
async def look_at_invitation(here: HereNow, token: str) -> Response:
    """A page with a form: programs that look at links beforehand change nothing."""
    async with here.house.database.read() as db:
        agent = await _guest(db, here, token)
    return _show(here, token, agent)


@router.post(_PAGE, dependencies=[allow(Permission.PUBLIC)])
async def accept(here: HereNow, token: str) -> Response:
    """The password is theirs, the invitation is over, and they are signed in."""
    form = await form_as(here.request, ChosenForm)
    async with here.house.database.read() as db:
        agent = await _guest(db, here, token)
    if agent is None:
        return _show(here, token, None)
    try:
        if form.new != form.again:
            raise Invalid(Refusal.OTHER_PASSWORD, field="again")
        fresh = await hash_password(form.new)
        async with here.house.database.write() as db:
            agent = await _guest(db, here, token)
            # Of two who come at once the second finds it ended.
            if agent is None or not await end_invitation(db, agent.id):
                raise Conflict(Refusal.INVITED_BEFORE)
            await new_password(db, agent, fresh)
    except (Invalid, Conflict) as error:
        return _show(here, token, agent, error)
    log.info("account.invitation_accepted", agent=agent.id)
    return await go_in(here, agent, How.LINK, "/")


async def _guest(db: Reader | Writer, here: Here, token: str) -> Agent | None:
    if not here.house.settings.lets_in_by("password"):
        return None
    agent_id = await invited(db, token, now=here.now)
    agent = await db.get(Agent, agent_id) if agent_id else None
    return agent if may_enter(agent) else None


def _show(here: Here, token: str, agent: Agent | None, fault: InboxError | None = None) -> Response:
    status = fault.http if fault else 200 if agent else 404
    html = html_with_fault(here, "invitation.html", fault, agent=agent, token=token)
    return html_response(here, html, status)
