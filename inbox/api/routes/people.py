"""Departments behind one address: who speaks for them, and who waits to be confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Page
from inbox.api.wishes import Id, Wish
from inbox.asgi.deps import HereNow
from inbox.asgi.newcomers import newcomers_for
from inbox.auth.permissions import Permission, may
from inbox.desk.departments import add_speaker, remove_speaker
from inbox.desk.newcomers import confirm, refuse
from inbox.errors import NotFound
from inbox.model.actor import Actor
from inbox.model.address import normalize
from inbox.refusals import Refusal
from inbox.store.departments import departments
from inbox.store.engine import Writer
from inbox.store.tables import Agent

router = APIRouter(tags=["people"])
People = allow(Permission.PEOPLE)


class PersonOut(BaseModel):
    """One of yours."""

    id: int
    email: str
    name: str
    skills: list[str] = Field(default=[], description="By which rules find them")

    @classmethod
    def of(cls, person: Agent) -> PersonOut:
        return cls(
            id=person.id, email=person.email, name=person.name, skills=list(person.skills or ())
        )


class DepartmentOut(PersonOut):
    """A department that is asked by one address."""

    speakers: list[PersonOut] = Field(description="Who has answered for it and still may")


class NewcomerOut(BaseModel):
    """An address that wrote as one of yours and was nobody's."""

    address: str
    name: str
    department: str | None = Field(
        description="What they answered for; else they wrote to a customer"
    )
    state: str = Field(description="waiting, confirmed, refused")
    since: datetime


class NewcomerWish(Wish):
    """A colleague from now on, or nobody of yours; minds may change."""

    state: Literal["confirmed", "refused"]


@router.get("/departments", dependencies=[allow(Permission.READ)])
async def list_departments(here: HereNow) -> Page[DepartmentOut]:
    """All departments, with who speaks for them."""
    async with here.house.database.read() as db:
        found = await departments(db)
    return Page(
        items=[
            DepartmentOut(
                **PersonOut.of(one).model_dump(), speakers=[PersonOut.of(each) for each in theirs]
            )
            for one, theirs in found
        ]
    )


@router.put("/departments/{department_id}/speakers/{person_id}", dependencies=[People])
async def let_speak(here: HereNow, department_id: Id, person_id: Id) -> Response:
    """Somebody of yours speaks for it from now on, also who was removed before."""

    async def act(db: Writer, _by: Actor) -> PersonOut:
        department, person = await _both(db, department_id, person_id)
        await add_speaker(db, department, person, now=here.now)
        return PersonOut.of(person)

    return await change(here, act)


@router.delete("/departments/{department_id}/speakers/{person_id}", dependencies=[People])
async def let_speak_no_more(here: HereNow, department_id: Id, person_id: Id) -> Response:
    """They speak for it no more, and do not again by answering what it gets."""

    async def act(db: Writer, _by: Actor) -> PersonOut:
        department, person = await _both(db, department_id, person_id)
        await remove_speaker(db, department, person, now=here.now)
        return PersonOut.of(person)

    return await change(here, act)


@router.get("/newcomers", dependencies=[allow(Permission.NEWCOMERS)])
async def list_newcomers(here: HereNow) -> Page[NewcomerOut]:
    """Who wrote as one of yours and was not known, the oldest first; to whoever may decide.

    Who wrote to a customer is listed for managers who see that conversation, and administrators;
    who answered for a department for administrators alone.
    """
    async with here.house.database.read() as db:
        found = await newcomers_for(db, here.viewer, only_waiting=False)
    return Page(
        items=[
            NewcomerOut(
                address=one.newcomer.address,
                name=one.newcomer.name,
                department=one.department.email if one.department else None,
                state=one.newcomer.state,
                since=one.newcomer.created_at,
            )
            for one in found
        ]
    )


@router.put("/newcomers/{address}", dependencies=[allow(Permission.LET_IN)])
async def decide(here: HereNow, address: str, wish: NewcomerWish) -> Response:
    """Says who it is; what they wrote becomes a comment, or is dropped.

    Who is listed for you can be let in or refused; what was decided administrators alone change.
    """

    async def act(db: Writer, by: Actor) -> NewcomerWish:
        decides_all = may(here.viewer, Permission.PEOPLE)
        waiting = await newcomers_for(db, here.viewer)
        if not decides_all and normalize(address) not in {one.newcomer.address for one in waiting}:
            raise NotFound(Refusal.NO_SUCH_NEWCOMER, address=address)
        verb = confirm if wish.state == "confirmed" else refuse
        await verb(db, address, by=await db.get_one(Agent, by.id), now=here.now)
        return wish

    return await change(here, act)


async def _both(db: Writer, department_id: int, person_id: int) -> tuple[Agent, Agent]:
    department, person = await db.get(Agent, department_id), await db.get(Agent, person_id)
    if department is None or person is None or not department.is_list:
        raise NotFound
    return department, person
