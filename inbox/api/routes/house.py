"""Who is of ours, where they take part, and the tags in use."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.routes.people import PersonOut
from inbox.api.shapes import Page
from inbox.api.wishes import Id, LanguageWord, Line, Number, Wish
from inbox.asgi.deps import HereNow
from inbox.asgi.named import mailbox_of, person_of
from inbox.auth.permissions import Permission
from inbox.desk.inviting import let_in_somebody
from inbox.desk.membership import let_in, let_out
from inbox.desk.own_settings import set_person
from inbox.desk.people import disable_agent, set_agent
from inbox.desk.retag import rename_tag
from inbox.model.actor import Actor
from inbox.store.engine import Writer
from inbox.store.people import all_agents, memberships
from inbox.store.tables import Agent
from inbox.store.tags import tags_in_use

router = APIRouter(tags=["house"])
Look, People, Tags = (
    allow(Permission.HOUSE),
    allow(Permission.PEOPLE),
    allow(Permission.TAGS),
)
RoleWord = Literal["admin", "manager", "agent", "colleague"]


class MemberOut(PersonOut):
    """One of yours, or a department, with what they may."""

    role: str
    language: str
    zone: str | None = Field(description="Null: that of their first mailbox")
    is_department: bool
    is_enabled: bool
    mailboxes: list[str] = Field(description="Addresses of those in which they take part")


class MemberWish(Wish):
    """Somebody new; who may sign in gets a mail to choose a password with."""

    email: Line
    name: Line
    role: RoleWord
    language: LanguageWord = "en"
    mailboxes: list[Number] = Field(default=[], max_length=1000)


class MemberChange(Wish):
    """What is changed of somebody; what is null stays."""

    name: Line | None = None
    role: RoleWord | None = None
    language: LanguageWord | None = None
    zone: Line | None = Field(default=None, description="Europe/Rome")
    skills: list[Line] | None = Field(
        default=None, max_length=30, description="By which rules find them"
    )

    def given(self) -> dict[str, str]:
        """The same as the verb of the desk takes it."""
        given = self.model_dump(exclude_none=True)
        return {
            key: ",".join(value) if isinstance(value, list) else value
            for key, value in given.items()
        }


class TagOut(BaseModel):
    """A tag in use."""

    name: str
    conversations: int = Field(description="Those of your mailboxes that have it")


class TagWish(Wish):
    """What a tag is called; with the name of another one it becomes part of that."""

    name: Line


@router.get("/people", dependencies=[Look])
async def list_people(here: HereNow) -> Page[MemberOut]:
    """Everybody, also who is shut out."""
    async with here.house.database.read() as db:
        found, theirs = await all_agents(db), await memberships(db)
    return Page(items=[_out(one, theirs.get(one.id, [])) for one in found])


@router.post("/people", dependencies=[People], status_code=201, response_model=PersonOut)
async def invite_person(here: HereNow, wish: MemberWish) -> Response:
    """Lets somebody in."""

    async def act(db: Writer, by: Actor) -> PersonOut:
        me = await db.get_one(Agent, by.id)
        return PersonOut.of(await let_in_somebody(db, **wish.model_dump(), by=me))

    return await change(here, act, status=201)


@router.put("/people/{person_id}", dependencies=[People], response_model=PersonOut)
async def change_person(here: HereNow, person_id: Id, wish: MemberChange) -> Response:
    """Changes name, role, language, time zone, skills; nobody changes their own role."""

    async def act(db: Writer, by: Actor) -> PersonOut:
        agent, me = await person_of(db, person_id), await db.get_one(Agent, by.id)
        return PersonOut.of(await set_person(db, agent.email, wish.given(), by=me, now=here.now))

    return await change(here, act)


@router.put("/people/{person_id}/access", dependencies=[People], response_model=PersonOut)
async def let_back_in(here: HereNow, person_id: Id) -> Response:
    """They may come in again."""

    async def act(db: Writer, _by: Actor) -> PersonOut:
        agent = await person_of(db, person_id)
        return PersonOut.of(await set_agent(db, agent.email, {"enabled": "on"}))

    return await change(here, act)


@router.delete("/people/{person_id}/access", dependencies=[People], response_model=PersonOut)
async def shut_out(here: HereNow, person_id: Id) -> Response:
    """They can do nothing any more; their work stays."""

    async def act(db: Writer, by: Actor) -> PersonOut:
        agent, me = await person_of(db, person_id), await db.get_one(Agent, by.id)
        return PersonOut.of(await disable_agent(db, agent.email, now=here.now, by=me))

    return await change(here, act)


@router.put(
    "/people/{person_id}/mailboxes/{mailbox_id}", dependencies=[People], response_model=PersonOut
)
async def join(here: HereNow, person_id: Id, mailbox_id: Id) -> Response:
    """They take part in the mailbox from now on."""

    async def act(db: Writer, _by: Actor) -> PersonOut:
        agent = await person_of(db, person_id)
        await let_in(db, agent, await mailbox_of(db, mailbox_id))
        return PersonOut.of(agent)

    return await change(here, act)


@router.delete(
    "/people/{person_id}/mailboxes/{mailbox_id}", dependencies=[People], response_model=PersonOut
)
async def leave(here: HereNow, person_id: Id, mailbox_id: Id) -> Response:
    """They take part in it no more, at once."""

    async def act(db: Writer, _by: Actor) -> PersonOut:
        agent = await person_of(db, person_id)
        await let_out(db, agent, await mailbox_of(db, mailbox_id))
        return PersonOut.of(agent)

    return await change(here, act)


@router.get("/tags", dependencies=[allow(Permission.READ)])
async def list_tags(here: HereNow) -> Page[TagOut]:
    """Those of your mailboxes."""
    async with here.house.database.read() as db:
        found = await tags_in_use(db, here.viewer.mailboxes)
    return Page(items=[TagOut(name=one.name, conversations=one.conversations) for one in found])


@router.put("/tags/{name}", dependencies=[Tags], response_model=TagWish)
async def rename(here: HereNow, name: str, wish: TagWish) -> Response:
    """Calls it otherwise in your mailboxes: a hundred conversations at once, then the others."""
    return await _rename(here, name, wish.name)


@router.delete("/tags/{name}", dependencies=[Tags], status_code=204)
async def take_off(here: HereNow, name: str) -> Response:
    """Takes it off everywhere in your mailboxes."""
    return await _rename(here, name, "")


async def _rename(here: HereNow, name: str, to: str) -> Response:
    async def act(db: Writer, by: Actor) -> TagWish | None:
        me = await db.get_one(Agent, by.id)
        await rename_tag(db, name, to, here.viewer.mailboxes, by=me, now=here.now)
        return TagWish(name=to) if to else None

    return await change(here, act)


def _out(one: Agent, mailboxes: list[str]) -> MemberOut:
    return MemberOut(
        **PersonOut.of(one).model_dump(),
        role=one.role,
        language=one.language,
        zone=one.time_zone,
        is_department=one.is_list,
        is_enabled=one.disabled_at is None,
        mailboxes=mailboxes,
    )
