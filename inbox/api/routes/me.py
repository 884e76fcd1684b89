"""The token's own person: whether they are away, what they hear, and what they hear no more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.wishes import Id, Line, Wish
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.away import come_back, mark_away
from inbox.desk.leave import leave
from inbox.desk.notices import set_notices, wishes_of
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.notices import HOUR, SELDOM, Notices, Rhythm
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent

router = APIRouter(tags=["me"])
Change = allow(Permission.CHANGE_OWN)


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

    def given(self) -> dict[str, str]:
        """What is named, as the verb takes it."""
        said = self.model_dump(exclude={"mailbox"}, exclude_none=True, mode="json")
        return {name: str(value) for name, value in said.items()}


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
        )


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
    given = wish.given()
    if not given:
        raise Invalid(Refusal.UNUSABLE)

    async def act(db: Writer, by: Actor) -> HeardOut:
        own = {one.mailbox for one in await wishes_of(db, by.id or 0)}
        if wish.mailbox is not None and wish.mailbox not in own:
            raise NotFound  # others are nobody's to ask about
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
