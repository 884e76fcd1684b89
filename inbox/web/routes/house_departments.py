"""Departments that are asked by one address: who speaks for them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.named import person_of
from inbox.auth.permissions import Permission
from inbox.desk.departments import add_speaker, remove_speaker
from inbox.desk.given import an_address
from inbox.desk.people import add_agent, disable_agent, the_agent
from inbox.errors import Conflict, InboxError, NotFound
from inbox.log import get_logger
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.departments import departments
from inbox.store.engine import Writer
from inbox.store.people import agent_by_address, all_agents
from inbox.store.tables import Agent
from inbox.web.house import REFUSED, house_page, myself, saved
from inbox.web.house_forms import DepartmentForm, MemberForm

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/departments"
Change = allow(Permission.PEOPLE)


@router.get(PAGE, dependencies=[allow(Permission.HOUSE)])
async def show_departments(here: HereNow) -> Response:
    """Each with who speaks for it."""
    return await _show(here, DepartmentForm())


@router.post(PAGE, dependencies=[Change])
async def make_department(here: HereNow) -> Response:
    """An address behind which there are many people, without accounts."""
    form = await form_as(here.request, DepartmentForm)
    try:
        async with here.house.database.write() as db:
            email = an_address(form.address)
            if known := await agent_by_address(db, email):
                raise Conflict(
                    Refusal.OTHER_PERSON, address=email, name=known.name, role=known.role
                )
            made = await add_agent(
                db, email=email, name=form.name, role=Role.COLLEAGUE, is_list=True
            )
    except REFUSED as error:
        return await _show(here, form, error)
    log.info("house.department_made", department=made.id, by=here.viewer.id)
    return saved(here, PAGE, "made")


@router.delete(f"{PAGE}/{{department_id}}", dependencies=[Change])
async def remove_department(here: HereNow, department_id: int) -> Response:
    """Nobody asks it any more; what was said stays."""
    async with here.house.database.write() as db:
        department = await _department(db, department_id)
        await disable_agent(db, department.email, now=here.now, by=await myself(db, here))
    log.info("house.shut_out", agent=department_id, by=here.viewer.id)
    return saved(here, PAGE, "removed")


@router.post(f"{PAGE}/{{department_id}}/speakers", dependencies=[Change])
async def let_speak(here: HereNow, department_id: int) -> Response:
    """Somebody of ours speaks for it from now on, also who was removed before."""
    form = await form_as(here.request, MemberForm)
    try:
        async with here.house.database.write() as db:
            department = await _department(db, department_id)
            await add_speaker(db, department, await the_agent(db, form.email), now=here.now)
    except REFUSED as error:
        return await _show(here, DepartmentForm(), error, typed={department_id: form.email})
    return saved(here, PAGE)


@router.delete(f"{PAGE}/{{department_id}}/speakers/{{agent_id}}", dependencies=[Change])
async def let_speak_no_more(here: HereNow, department_id: int, agent_id: int) -> Response:
    """They speak for it no more, and do not again by answering what it gets."""
    async with here.house.database.write() as db:
        department = await _department(db, department_id)
        await remove_speaker(db, department, await person_of(db, agent_id), now=here.now)
    return saved(here, PAGE)


async def _department(db: Writer, department_id: int) -> Agent:
    found = await person_of(db, department_id)
    if not found.is_list:
        raise NotFound
    return found


async def _show(
    here: Here,
    form: DepartmentForm,
    fault: InboxError | None = None,
    typed: dict[int, str] | None = None,
) -> Response:
    async with here.house.database.read() as db:
        found = await departments(db)
        people = [
            one for one in await all_agents(db) if not one.is_list and one.disabled_at is None
        ]
    return house_page(
        here,
        "house/departments.html",
        fault,
        section="departments",
        departments=found,
        people=people,
        form=form,
        typed=typed or {},
    )
