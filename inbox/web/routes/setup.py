"""The set-up page of the first start: makes the first administrator and the first mailbox."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.sessions import set_cookie
from inbox.auth import sessions
from inbox.auth.first import claim_first_start, is_first_start, is_setup_token
from inbox.auth.passwords import hash_password
from inbox.auth.permissions import Permission
from inbox.desk.people import add_agent, add_mailbox, mailbox_address, person_address
from inbox.errors import Conflict, Forbidden, Invalid, NotFound
from inbox.model.conversation import Role
from inbox.web.forms import SetUpForm
from inbox.web.pages import page, reader_of

router = APIRouter()


@router.get("/setup", dependencies=[allow(Permission.PUBLIC)])
async def setup_page(here: HereNow, token: str = "") -> Response:
    """The form, as long as there is nobody of ours; afterwards there is no such page."""
    async with here.house.database.read() as db:
        if not await is_first_start(db):
            raise NotFound
    if not is_setup_token(here.house.secret, token):
        return page(here, "setup_closed.html", 403)
    return page(here, "setup.html", form=SetUpForm(token=token), fault="")


@router.post("/setup", dependencies=[allow(Permission.PUBLIC)])
async def setup(here: HereNow) -> Response:
    """Makes both and signs the administrator in."""
    form = await form_as(here.request, SetUpForm)
    if not is_setup_token(here.house.secret, form.token):
        raise Forbidden
    try:
        password = await hash_password(form.password)
        token = await _found(here, form, password)
    except (Invalid, Conflict) as error:
        fault = error.said(reader_of(here).texts)
        return page(here, "setup.html", 422, form=form, fault=fault)
    response = RedirectResponse("/conversations", 303)
    set_cookie(response, token, is_https=here.house.is_https)
    return response


async def _found(here: Here, form: SetUpForm, password_hash: str) -> str:
    async with here.house.database.write() as db:
        if not await claim_first_start(db):
            raise NotFound
        mailbox = await add_mailbox(
            db, address=mailbox_address(form.mailbox), name=form.mailbox_name or form.mailbox
        )
        agent = await add_agent(
            db,
            email=person_address(form.email),
            name=form.name or form.email.partition("@")[0],
            role=Role.ADMIN,
            mailboxes=[mailbox.address],
            password_hash=password_hash,
        )
        agent.language = reader_of(here).language
        return await sessions.start(
            db,
            agent.id,
            now=here.now,
            peer=here.peer,
            user_agent=here.request.headers.get("user-agent", ""),
        )
