"""What happens by itself: rules in their order, with their versions, tried before they are on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Page
from inbox.api.wishes import Blank, Id, Line, Number, Wish
from inbox.asgi.deps import HereNow
from inbox.asgi.ruled import (
    must_rule,
    rule_of,
    seen_rules,
    seen_versions,
    tried_in,
    version_of,
)
from inbox.auth.permissions import Permission
from inbox.desk.house_rules import (
    RuleDraft,
    add_rule,
    change_rule,
    place_rule,
    remove_rule,
    restore_rule,
    switch_rule,
)
from inbox.desk.rule_trial import Trial, try_rule
from inbox.model.actor import Actor
from inbox.rules.engine import read
from inbox.rules.schema import Rule
from inbox.store.engine import Reader, Writer
from inbox.store.people import every_mailbox, find_mailbox
from inbox.store.ruled import rules_of
from inbox.store.tables import Agent, HouseRule, RuleVersion

router = APIRouter(tags=["rules"])
Allowed = allow(Permission.RULES)


class RuleOut(BaseModel):
    """A rule as it is now."""

    id: int
    name: str
    mailbox: str = Field(description="Its mailbox's address; empty for the whole house")
    place: int = Field(description="Among those of its mailbox, or of the house, from 1")
    enabled: bool
    version: int
    document: dict[str, Any] = Field(description="As `RuleWish.document`; may be damaged")
    fault: str = Field(description="Why it could not be followed; empty while it works")
    fault_at: datetime | None
    changed_at: datetime


class RuleWish(Wish):
    """A rule; it is switched on by `PUT /rules/{rule_id}/switch`."""

    name: Line
    document: Rule
    mailbox: Blank = Field(default="", description="Empty for the whole house")


class SwitchWish(Wish):
    """On or off."""

    on: bool


class PlaceWish(Wish):
    """Where it stands."""

    place: Annotated[int, Field(ge=1, le=1000)]


class VersionOut(BaseModel):
    """A rule as it was."""

    version: int
    name: str
    enabled: bool
    removed: bool
    document: dict[str, Any]
    by: str = Field(description="Who changed it so; empty for a command")
    at: datetime


class TrialWish(Wish):
    """A rule that is tried, and kept nowhere."""

    document: Rule
    mailbox: Blank = Field(default="", description="Empty for the whole house")
    before: Number | None = Field(default=None, description="`before` of a trial that has ended")


class FoundOut(BaseModel):
    """A conversation to which it would have done something."""

    conversation: int
    subject: str
    customer: str
    at: datetime


class TrialOut(BaseModel):
    """What would have matched."""

    looked: int = Field(description="Mails of your mailboxes, or what waits there now")
    matched: int
    before: int | None = Field(description="Where to go on; null where all of it was looked at")
    conversations: list[FoundOut]


@router.get("/rules", dependencies=[Allowed])
async def list_rules(here: HereNow) -> Page[RuleOut]:
    """Those of the house and of your mailboxes, in the order in which they are asked."""
    async with here.house.database.read() as db:
        return Page(items=await _out(db, await seen_rules(db, here.viewer)))


@router.post("/rules", dependencies=[Allowed], status_code=201, response_model=RuleOut)
async def make_rule(here: HereNow, wish: RuleWish) -> Response:
    """Adds a rule as the last of all, switched off."""

    async def act(db: Writer, by: Actor) -> RuleOut:
        await must_rule(db, here.viewer, wish.mailbox)
        me = await db.get_one(Agent, by.id)
        return (await _out(db, [await add_rule(db, _draft(wish), by=me, now=here.now)]))[0]

    return await change(here, act, status=201)


@router.post("/rules/trials", dependencies=[Allowed], status_code=200)
async def try_unkept(here: HereNow, wish: TrialWish) -> TrialOut:
    """Tries a rule on the last 1,000 mails of your mailboxes; nothing is changed."""
    async with here.house.database.read() as db:
        await must_rule(db, here.viewer, wish.mailbox)
        home = await find_mailbox(db, wish.mailbox) if wish.mailbox else None
        theirs = tried_in(home.id if home else None, here.viewer)
        rule = wish.document
        return _trial(await try_rule(db, rule, theirs, now=here.now, before=wish.before))


@router.get("/rules/{rule_id}", dependencies=[Allowed])
async def show_rule(here: HereNow, rule_id: Id) -> RuleOut:
    """One of them."""
    async with here.house.database.read() as db:
        return (await _out(db, [await rule_of(db, here.viewer, rule_id)]))[0]


@router.put("/rules/{rule_id}", dependencies=[Allowed], response_model=RuleOut)
async def write_rule(here: HereNow, rule_id: Id, wish: RuleWish) -> Response:
    """Writes it anew; what was is kept as a version."""

    async def act(db: Writer, by: Actor) -> RuleOut:
        await rule_of(db, here.viewer, rule_id, change=True)
        await must_rule(db, here.viewer, wish.mailbox)
        me = await db.get_one(Agent, by.id)
        rule = await change_rule(db, rule_id, _draft(wish), by=me, now=here.now)
        return (await _out(db, [rule]))[0]

    return await change(here, act)


@router.delete("/rules/{rule_id}", dependencies=[Allowed], status_code=204)
async def take_rule_away(here: HereNow, rule_id: Id) -> Response:
    """It does nothing more; its versions stay, and can be brought back."""

    async def act(db: Writer, by: Actor) -> None:
        await rule_of(db, here.viewer, rule_id, change=True)
        await remove_rule(db, rule_id, by=await db.get_one(Agent, by.id), now=here.now)

    return await change(here, act)


@router.put("/rules/{rule_id}/switch", dependencies=[Allowed], response_model=RuleOut)
async def switch(here: HereNow, rule_id: Id, wish: SwitchWish) -> Response:
    """Switches it on or off."""

    async def act(db: Writer, by: Actor) -> RuleOut:
        await rule_of(db, here.viewer, rule_id, change=True)
        me = await db.get_one(Agent, by.id)
        rule = await switch_rule(db, rule_id, on=wish.on, by=me, now=here.now)
        return (await _out(db, [rule]))[0]

    return await change(here, act)


@router.put("/rules/{rule_id}/place", dependencies=[Allowed], response_model=RuleOut)
async def place(here: HereNow, rule_id: Id, wish: PlaceWish) -> Response:
    """Puts it elsewhere in the order."""

    async def act(db: Writer, by: Actor) -> RuleOut:
        await rule_of(db, here.viewer, rule_id, change=True)
        me = await db.get_one(Agent, by.id)
        rule = await place_rule(db, rule_id, wish.place, by=me, now=here.now)
        return (await _out(db, [rule]))[0]

    return await change(here, act)


@router.get("/rules/{rule_id}/trial", dependencies=[Allowed])
async def try_kept(
    here: HereNow, rule_id: Id, before: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None
) -> TrialOut:
    """Tries it as it is kept; nothing is changed."""
    async with here.house.database.read() as db:
        rule = await rule_of(db, here.viewer, rule_id)
        meant = read(rule.document)
        theirs = tried_in(rule.mailbox_id, here.viewer)
        return _trial(await try_rule(db, meant, theirs, now=here.now, before=before))


@router.get("/rules/{rule_id}/versions", dependencies=[Allowed])
async def list_versions(here: HereNow, rule_id: Id) -> Page[VersionOut]:
    """All that it has been, the newest first."""
    async with here.house.database.read() as db:
        rule = await rule_of(db, here.viewer, rule_id, removed=True)
        return Page(items=[_version(one) for one in await seen_versions(db, here.viewer, rule)])


@router.put("/rules/{rule_id}/versions/{version}", dependencies=[Allowed], response_model=RuleOut)
async def restore(here: HereNow, rule_id: Id, version: Id) -> Response:
    """Lets it say again what it said, switched off; a removed one comes back."""

    async def act(db: Writer, by: Actor) -> RuleOut:
        await version_of(db, here.viewer, rule_id, version)
        me = await db.get_one(Agent, by.id)
        rule = await restore_rule(db, rule_id, version, by=me, now=here.now)
        return (await _out(db, [rule]))[0]

    return await change(here, act)


def _draft(wish: RuleWish) -> RuleDraft:
    document = wish.document.model_dump(mode="json")
    return RuleDraft(name=wish.name, mailbox=wish.mailbox, document=document)


async def _out(db: Reader | Writer, rules: list[HouseRule]) -> list[RuleOut]:
    addresses = {one.id: one.address for one in await every_mailbox(db)}
    order = [(one.mailbox_id, one.position, one.id) for one in await rules_of(db)]
    return [
        RuleOut(
            id=one.id,
            name=one.name,
            mailbox=addresses.get(one.mailbox_id, "") if one.mailbox_id else "",
            place=1
            + sum(
                home == one.mailbox_id and (position, other) < (one.position, one.id)
                for home, position, other in order
            ),
            enabled=one.enabled,
            version=one.version,
            document=one.document,
            fault=one.fault,
            fault_at=one.fault_at,
            changed_at=one.changed_at,
        )
        for one in rules
    ]


def _version(row: RuleVersion) -> VersionOut:
    return VersionOut(
        version=row.version,
        name=row.name,
        enabled=row.enabled,
        removed=row.is_removed,
        document=row.document,
        by=row.by_name,
        at=row.at,
    )


def _trial(found: Trial) -> TrialOut:
    return TrialOut(
        looked=found.looked,
        matched=len(found.found),
        before=found.before,
        conversations=[
            FoundOut(
                conversation=one.conversation_id, subject=one.subject, customer=one.who, at=one.at
            )
            for one in found.conversations
        ],
    )
