"""The first start, in five steps: who administers, the first mailbox, mail out, mail in, people.

The first is open to who holds the token that the service printed, and only as long as there is
nobody of ours. The others are pages of administration that lead from one to the next.
"""

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
from inbox.desk.given import an_address
from inbox.desk.notices import set_notices
from inbox.desk.people import add_agent, set_agent
from inbox.errors import Conflict, Forbidden, InboxError, Invalid, NotFound
from inbox.i18n import LANGUAGES
from inbox.log import get_logger
from inbox.model.conversation import Role
from inbox.store.engine import Writer
from inbox.store.people import all_mailboxes
from inbox.web.again import html_with_fault
from inbox.web.choices import LANGUAGE_NAMES, zones
from inbox.web.forms import SetUpForm
from inbox.web.house import REFUSED, house_page
from inbox.web.house_forms import MailboxForm
from inbox.web.pages import html_response, page, reader_of
from inbox.web.routes.house_mailboxes import new_mailbox

router = APIRouter()
log = get_logger("house")


@router.get("/setup", dependencies=[allow(Permission.PUBLIC)])
async def setup_page(here: HereNow, token: str = "") -> Response:
    """The first step, as long as there is nobody of ours; whoever comes back goes on."""
    is_theirs = is_setup_token(here.house.secret, token)
    async with here.house.database.read() as db:
        if not await is_first_start(db):
            if not is_theirs:
                raise NotFound
            return RedirectResponse("/setup/mailbox", 303)
    if not is_theirs:
        return page(here, "setup_closed.html", 403)
    return _show_first(here, SetUpForm(token=token, language=reader_of(here).language))


@router.post("/setup", dependencies=[allow(Permission.PUBLIC)])
async def setup(here: HereNow) -> Response:
    """Makes the administrator, and signs them in."""
    form = await form_as(here.request, SetUpForm)
    if not is_setup_token(here.house.secret, form.token):
        raise Forbidden
    try:
        password = await hash_password(form.password)
        async with here.house.database.write() as db:
            token = await _found(db, here, form, password)
    except NotFound:  # in another browser somebody was faster
        return RedirectResponse("/setup/mailbox", 303)
    except (Invalid, Conflict) as error:
        return _show_first(here, form, error)
    log.info("house.founded")
    response = RedirectResponse("/setup/mailbox", 303)
    set_cookie(response, token, is_https=here.house.is_https)
    return response


@router.get("/setup/mailbox", dependencies=[allow(Permission.HOUSE)])
async def mailbox_step(here: HereNow) -> Response:
    """The second step; whoever has a mailbox is past it."""
    async with here.house.database.read() as db:
        if mailboxes := await all_mailboxes(db):
            return _to_trials(mailboxes[0].id)
    form = MailboxForm(language=here.viewer.language, zone=here.viewer.time_zone)
    return _show_second(here, form)


@router.post("/setup/mailbox", dependencies=[allow(Permission.MAILBOXES)])
async def make_first_mailbox(here: HereNow) -> Response:
    """Makes it; the next steps try it."""
    form = await form_as(here.request, MailboxForm)
    try:
        async with here.house.database.write() as db:
            mailbox = await new_mailbox(db, here, form)
    except REFUSED as error:
        return _show_second(here, form, error)
    log.info("house.mailbox_made", mailbox=mailbox.id, by=here.viewer.id)
    return _to_trials(mailbox.id)


async def _found(db: Writer, here: Here, form: SetUpForm, password_hash: str) -> str:
    if not await claim_first_start(db):
        raise NotFound
    email = an_address(form.email)
    name = form.name or email.partition("@")[0]
    agent = await add_agent(
        db, email=email, name=name, role=Role.ADMIN, password_hash=password_hash
    )
    is_known = form.language in LANGUAGES
    language = form.language if is_known else reader_of(here).language
    await set_agent(db, email, {"language": language})
    if form.zone in zones():
        await set_notices(db, email, None, {"zone": form.zone}, now=here.now)
    return await sessions.start(
        db,
        agent.id,
        now=here.now,
        peer=here.peer,
        user_agent=here.request.headers.get("user-agent", ""),
    )


def _show_first(here: Here, form: SetUpForm, fault: InboxError | None = None) -> Response:
    html = html_with_fault(
        here,
        "setup.html",
        fault,
        form=form,
        is_new=fault is None,
        languages=LANGUAGE_NAMES,
        zones=zones(),
    )
    return html_response(here, html, 422 if fault else 200)


def _show_second(here: Here, form: MailboxForm, fault: InboxError | None = None) -> Response:
    return house_page(
        here,
        "house/first_mailbox.html",
        fault,
        section="mailboxes",
        form=form,
        languages=LANGUAGE_NAMES,
        zones=zones(),
    )


def _to_trials(mailbox_id: int) -> Response:
    return RedirectResponse(f"/house/mailboxes/{mailbox_id}/trials?step=3", 303)
