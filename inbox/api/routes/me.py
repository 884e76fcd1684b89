"""The token's own person: who they are, whether they are away, and what they hear by mail."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.wishes import Id, LanguageWord, Line, Wish
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.away import come_back, mark_away
from inbox.desk.leave import leave
from inbox.desk.notices import set_notices, wishes_of
from inbox.desk.own_settings import set_person
from inbox.desk.people import set_agent
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.notices import HOUR, SELDOM, Notices, Rhythm
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent

router = APIRouter(tags=["me"])
Change = allow(Permission.CHANGE_OWN)
_SWITCHES: Final = frozenset({"bundles", "tasks", "sound", "desktop"})


class MeWish(Wish):
    """Who one is here; what is null stays."""

    name: Line | None = None
    language: LanguageWord | None = None
    zone: Line | None = Field(default=None, description="Europe/Rome")
    lines: str | None = Field(
        default=None, max_length=4000, description="What stands below one's name in answers"
    )


class MeOut(BaseModel):
    """Who one is here."""

    name: str
    language: str
    zone: str | None = Field(description="Null: that of the first mailbox")
    lines: str

    @classmethod
    def of(cls, agent: Agent) -> MeOut:
        return cls(
            name=agent.name,
            language=agent.language,
            zone=agent.time_zone,
            lines=agent.own_lines,
        )


class AbsenceWish(Wish):
    """Away from now on."""

    until: Annotated[AwareDatetime, Field(strict=False)] | None = Field(
        default=None, description="Nothing: for a day; at most sixty days"
    )


class AbsenceOut(BaseModel):
    """Until when; null for who is here."""

    away_until: datetime | None


class NoticesWish(Wish):
    """What is told by mail, and when; what is not named stays.

    The first three are of one mailbox or of all, the others of the person.
    """

    mailbox: Line | None = Field(default=None, description="Its address; nothing: all of one's own")
    notices: Annotated[Notices | None, Field(strict=False)] = None
    digest: Annotated[Rhythm | None, Field(strict=False)] = Field(
        default=None, description="A list instead of single notices"
    )
    dispatcher: Annotated[Rhythm | None, Field(strict=False)] = Field(
        default=None, description="A list of what nobody has and what is due soon"
    )
    every: int | None = Field(
        default=None, ge=HOUR, le=SELDOM, description="Minutes between lists that are `hourly`"
    )
    digest_at: Line | None = Field(default=None, description="When lists that are `daily` come")
    quiet: Line | None = Field(default=None, description="22:00-07:00, or off")
    zone: Line | None = Field(default=None, description="Europe/Rome")
    bundles: bool | None = Field(default=None, description="Notices close together as one mail")
    tasks: bool | None = Field(default=None, description="Notices as invitations of a task list")
    sound: bool | None = Field(default=None, description="Heard on pages when a customer writes")
    desktop: bool | None = Field(default=None, description="Shown beside the pages as well")

    def given(self) -> dict[str, str]:
        """What is named, as the verb takes it."""
        said = self.model_dump(exclude={"mailbox", *_SWITCHES}, exclude_none=True, mode="json")
        return {name: str(value) for name, value in said.items()}

    def switched(self) -> dict[str, str]:
        """How notices come, as far as it is named."""
        said = self.model_dump(include=set(_SWITCHES), exclude_none=True)
        return {name: "on" if is_on else "off" for name, is_on in said.items()}


class NoticesOut(BaseModel):
    """What is told of a mailbox."""

    mailbox: str
    notices: Notices
    digest: Rhythm
    dispatcher: Rhythm


class HeardOut(BaseModel):
    """Of each of one's mailboxes, and what holds for all of them."""

    items: list[NoticesOut]
    every: int
    digest_at: str
    quiet: str = Field(description="22:00-07:00, or off")
    zone: str | None = Field(description="Null: that of the mailbox")
    next_digest_at: datetime | None
    bundles: bool
    tasks: bool
    sound: bool | None = Field(description="Null: not asked yet")
    desktop: bool

    @classmethod
    async def of(cls, db: Reader | Writer, agent_id: int) -> HeardOut:
        agent = await db.get_one(Agent, agent_id)
        heard = await wishes_of(db, agent.id)
        return cls(
            items=[NoticesOut.model_validate(asdict(one)) for one in heard],
            every=agent.digest_minutes,
            digest_at=agent.digest_at,
            quiet=agent.quiet or "off",
            zone=agent.time_zone,
            next_digest_at=agent.next_digest_at,
            bundles=agent.bundles,
            tasks=agent.tasks,
            sound=agent.sound,
            desktop=agent.desktop,
        )


@router.get("/me", dependencies=[allow(Permission.OWN)])
async def show_me(here: HereNow) -> MeOut:
    """Who you are here."""
    async with here.house.database.read() as db:
        return MeOut.of(await db.get_one(Agent, here.viewer.id))


@router.put("/me", dependencies=[Change], response_model=MeOut)
async def change_me(here: HereNow, wish: MeWish) -> Response:
    """Changes your name, language, time zone, and what you sign with."""
    given = wish.model_dump(exclude_none=True)

    async def act(db: Writer, _by: Actor) -> MeOut:
        return MeOut.of(await set_person(db, here.viewer.email, given, now=here.now))

    return await change(here, act)


@router.put("/me/absence", dependencies=[Change], response_model=AbsenceOut)
async def go_away(here: HereNow, wish: AbsenceWish) -> Response:
    """You are away: your colleagues see it, and what you have is offered to them."""

    async def act(db: Writer, by: Actor) -> AbsenceOut:
        until = await mark_away(db, by.id or 0, wish.until, now=here.now)
        if until is None:
            raise Invalid(Refusal.PAST)
        return AbsenceOut(away_until=until)

    return await change(here, act)


@router.delete("/me/absence", dependencies=[Change], response_model=AbsenceOut)
async def be_back(here: HereNow) -> Response:
    """You are here again."""

    async def act(db: Writer, by: Actor) -> AbsenceOut:
        await come_back(db, by.id or 0)
        return AbsenceOut(away_until=None)

    return await change(here, act)


@router.get("/me/notices", dependencies=[allow(Permission.OWN)])
async def show_notices(here: HereNow) -> HeardOut:
    """What you hear by mail, and when."""
    async with here.house.database.read() as db:
        return await HeardOut.of(db, here.viewer.id)


@router.put("/me/notices", dependencies=[Change], response_model=HeardOut)
async def hear(here: HereNow, wish: NoticesWish) -> Response:
    """What you hear by mail of a mailbox of yours, and how often lists of it come."""
    given, switched = wish.given(), wish.switched()
    if not given and not switched:
        raise Invalid(Refusal.UNUSABLE)

    async def act(db: Writer, by: Actor) -> HeardOut:
        own = {one.mailbox for one in await wishes_of(db, by.id or 0)}
        if wish.mailbox is not None and wish.mailbox not in own:
            raise NotFound  # others are nobody's to ask about
        await set_agent(db, here.viewer.email, switched)
        await set_notices(db, here.viewer.email, wish.mailbox, given, now=here.now)
        return await HeardOut.of(db, here.viewer.id)

    return await change(here, act)


@router.delete(
    "/conversations/{conversation_id}/followers/me",
    dependencies=[allow(Permission.LEAVE)],
    status_code=204,
)
async def hear_no_more(here: HereNow, conversation_id: Id) -> Response:
    """You hear no more of a conversation that you were drawn into; what you had is given back."""

    async def act(db: Writer, by: Actor) -> None:
        agent = await db.get_one(Agent, by.id)
        try:
            await leave(db, conversation_id, agent, reader=agent.id, now=here.now)
        except NotFound:
            # Of what is not theirs they learn nothing, not even that it is there.
            await get_visible(Reader(db), here.viewer, conversation_id)
            raise

    return await change(here, act)
