"""One of ours: who they are, whence they write, where they take part, whether they are there."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.named import mailbox_of, person_of
from inbox.auth import second_step, sessions
from inbox.auth.identities import has_identity
from inbox.auth.invitations import invitations
from inbox.auth.permissions import Permission, may_sign_in
from inbox.desk.away import come_back, is_away
from inbox.desk.given import an_address
from inbox.desk.membership import let_in, let_out
from inbox.desk.own_settings import set_person
from inbox.desk.people import set_agent
from inbox.errors import Conflict, InboxError, Invalid
from inbox.log import get_logger
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.load import open_of
from inbox.store.people import addresses_of, all_mailboxes, taking_part
from inbox.store.rights import proved_addresses
from inbox.web.choices import LANGUAGE_NAMES, zones
from inbox.web.forms import AwayForm
from inbox.web.house import REFUSED, house_page, is_in_place, myself, refused, saved
from inbox.web.house_forms import AddressForm, PersonForm
from inbox.web.own import leave_until
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/people/{agent_id}"
Change = allow(Permission.PEOPLE)


@router.get(PAGE, dependencies=[allow(Permission.HOUSE)])
async def show(here: HereNow, agent_id: int) -> Response:
    """All that is set of a person."""
    return await show_person(here, agent_id)


@router.put(PAGE, dependencies=[Change])
async def change(here: HereNow, agent_id: int) -> Response:
    """Changes name, role, language, time zone: whichever is given."""
    form = await form_as(here.request, PersonForm)
    given = form.model_dump(exclude_none=True)
    try:
        async with here.house.database.write() as db:
            agent = await person_of(db, agent_id)
            me = await myself(db, here)
            await set_person(db, agent.email, given, by=me, now=here.now)
    except REFUSED as error:
        return await _refused(here, agent_id, error)
    log.info("house.person_changed", agent=agent_id, by=here.viewer.id, what=[*given])
    return saved(here, page_of(agent_id))


@router.post(f"{PAGE}/addresses", dependencies=[Change])
async def add_address(here: HereNow, agent_id: int) -> Response:
    """Mail from there counts as theirs."""
    form = await form_as(here.request, AddressForm)
    try:
        async with here.house.database.write() as db:
            agent = await person_of(db, agent_id)
            theirs = {*await addresses_of(db, agent.id), an_address(form.address)}
            await set_agent(db, agent.email, {"addresses": ",".join(theirs)})
    except REFUSED as error:
        return await _refused(here, agent_id, error, address=form.address)
    log.info("house.address_added", agent=agent_id, by=here.viewer.id)
    return saved(here, page_of(agent_id))


@router.delete(f"{PAGE}/addresses", dependencies=[Change])
async def remove_address(here: HereNow, agent_id: int) -> Response:
    """Mail from there counts as theirs no more."""
    form = await form_as(here.request, AddressForm)
    try:
        async with here.house.database.write() as db:
            agent = await person_of(db, agent_id)
            if form.address == agent.email:
                raise Conflict(Refusal.OWN_ADDRESS, address=agent.email)
            theirs = set(await addresses_of(db, agent.id)) - {form.address}
            await set_agent(db, agent.email, {"addresses": ",".join(theirs)})
    except REFUSED as error:
        return await _refused(here, agent_id, error)
    log.info("house.address_removed", agent=agent_id, by=here.viewer.id)
    return saved(here, page_of(agent_id))


@router.put(f"{PAGE}/mailboxes/{{mailbox_id}}", dependencies=[Change])
async def join(here: HereNow, agent_id: int, mailbox_id: int) -> Response:
    """They take part in the mailbox from now on."""
    try:
        async with here.house.database.write() as db:
            agent = await person_of(db, agent_id)
            await let_in(db, agent, await mailbox_of(db, mailbox_id))
    except (Invalid, Conflict) as error:
        return await _refused(here, agent_id, error)
    log.info("house.let_in", agent=agent_id, mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, page_of(agent_id))


@router.delete(f"{PAGE}/mailboxes/{{mailbox_id}}", dependencies=[Change])
async def leave(here: HereNow, agent_id: int, mailbox_id: int) -> Response:
    """They take part in it no more, at once."""
    async with here.house.database.write() as db:
        await let_out(db, await person_of(db, agent_id), await mailbox_of(db, mailbox_id))
    log.info("house.let_out", agent=agent_id, mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, page_of(agent_id))


@router.put(f"{PAGE}/absence", dependencies=[Change])
async def go_away(here: HereNow, agent_id: int) -> Response:
    """They are not there until the end of a day."""
    form = await form_as(here.request, AwayForm)
    try:
        async with here.house.database.write() as db:
            await leave_until(db, here, (await person_of(db, agent_id)).id, form.day)
    except Invalid as error:
        return await _refused(here, agent_id, error)
    return saved(here, page_of(agent_id), "away")


@router.delete(f"{PAGE}/absence", dependencies=[Change])
async def be_back(here: HereNow, agent_id: int) -> Response:
    """They are there again."""
    async with here.house.database.write() as db:
        await come_back(db, (await person_of(db, agent_id)).id)
    return saved(here, page_of(agent_id), "back")


async def show_person(
    here: Here, agent_id: int, fault: InboxError | None = None, address: str = ""
) -> Response:
    """The page; `address` is what was typed and refused."""
    calendar = reader_of(here).calendar
    async with here.house.database.read() as db:
        agent = await person_of(db, agent_id)
        taken = {mailbox.id for mailbox, _membership in await taking_part(db, agent.id)}
        values = {
            "addresses": await addresses_of(db, agent.id),
            "proved": await proved_addresses(db, agent.id),
            "mailboxes": [(one, one.id in taken) for one in await all_mailboxes(db)],
            "sessions": await sessions.sessions_of(db, agent.id, now=here.now),
            "has_second_step": await second_step.is_on(db, agent.id),
            "has_identity": await has_identity(db, agent.id),
            "has": await open_of(db, here.viewer, agent.id),
            "invited_until": (await invitations(db, now=here.now)).get(agent.id),
        }
    away_until = agent.away_until if is_away(agent.away_until, here.now) else None
    return house_page(
        here,
        "house/person.html",
        fault,
        section="departments" if agent.is_list else "people",
        agent=agent,
        may_sign_in=may_sign_in(Role(agent.role)),
        is_me=agent.id == here.viewer.id,
        roles=list(Role),
        languages=LANGUAGE_NAMES,
        zones=zones(),
        typed=address,
        away_until=calendar.last_of(away_until) if away_until else None,
        today=f"{here.now.astimezone(calendar.zone):%Y-%m-%d}",
        when=calendar.when,
        **values,
    )


async def _refused(here: Here, agent_id: int, error: InboxError, address: str = "") -> Response:
    if is_in_place(here):
        return refused(here, error)
    return await show_person(here, agent_id, error, address)


def page_of(agent_id: int) -> str:
    """The address of a person's page."""
    return PAGE.format(agent_id=agent_id)
