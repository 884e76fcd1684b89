"""Mailboxes of the whole house: all that is set of them, made and removed."""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Page
from inbox.api.wishes import Base64, Id, Line, Wish
from inbox.asgi.deps import HereNow
from inbox.asgi.named import mailbox_of
from inbox.auth.permissions import Permission
from inbox.desk.logos import set_logo
from inbox.desk.mailbox_settings import KEYS, Value, shown
from inbox.desk.mailboxes import open_mailbox, remove_mailbox, set_mailbox
from inbox.model.actor import Actor
from inbox.store.engine import Reader, Writer
from inbox.store.people import all_mailboxes, mailbox_addresses, member_ids
from inbox.store.tables import Agent, Mailbox

router = APIRouter(tags=["house"])
Look, Change = allow(Permission.HOUSE), allow(Permission.MAILBOXES)


def _describe(schema: dict[str, Any]) -> None:
    # Said once, where the settings are: the command line and the pages have the same.
    schema["properties"] = {
        key: {"description": f"{setting.meaning} ({setting.expects})"}
        for key, setting in KEYS.items()
    }


Settings = Annotated[dict[str, Value], Field(max_length=50, json_schema_extra=_describe)]


class MailboxSet(BaseModel):
    """A mailbox with all that is set of it."""

    id: int
    address: str
    aliases: list[str] = Field(description="Mail to these comes here, too")
    members: list[int] = Field(description="Who takes part: `PUT /people/{id}/mailboxes/{mailbox}`")
    logo: str | None = Field(description="SHA-256 of the picture below its signature")
    settings: Settings


class LogoWish(Wish):
    """The picture below a signature."""

    content: Annotated[Base64, Field(max_length=300_000, description="PNG or JPEG, in base64")]


class MailboxNew(Wish):
    """A mailbox that is not there yet."""

    address: Line
    name: Line
    settings: Settings = Field(default_factory=dict)


class MailboxChange(Wish):
    """What is changed of a mailbox; what is null or missing stays."""

    address: Line | None = Field(default=None, description="The old one still leads to it")
    aliases: Annotated[list[Line], Field(max_length=1000)] | None = None
    settings: Settings = Field(default_factory=dict)

    def given(self) -> dict[str, str]:
        """The same as the verb of the desk takes it, in words."""
        given = _in_words(self.settings)
        if self.address is not None:
            given["address"] = self.address
        if self.aliases is not None:
            given["aliases"] = ",".join(self.aliases)
        return given


@router.get("/house/mailboxes", dependencies=[Look])
async def list_all_mailboxes(here: HereNow) -> Page[MailboxSet]:
    """All of them, also those in which you take no part."""
    async with here.house.database.read() as db:
        return Page(items=await _out(db, *await all_mailboxes(db)))


@router.post("/house/mailboxes", dependencies=[Change], status_code=201, response_model=MailboxSet)
async def make_mailbox(here: HereNow, wish: MailboxNew) -> Response:
    """Makes one; you take part in it."""

    async def act(db: Writer, by: Actor) -> MailboxSet:
        me = await db.get_one(Agent, by.id)
        given = _in_words(wish.settings)
        made = await open_mailbox(db, wish.address, wish.name, given, by=me)
        return (await _out(db, made))[0]

    return await change(here, act, status=201)


@router.get("/house/mailboxes/{mailbox_id}", dependencies=[Look])
async def show_mailbox(here: HereNow, mailbox_id: Id) -> MailboxSet:
    """One of them."""
    async with here.house.database.read() as db:
        return (await _out(db, await mailbox_of(db, mailbox_id)))[0]


@router.put("/house/mailboxes/{mailbox_id}", dependencies=[Change], response_model=MailboxSet)
async def change_mailbox(here: HereNow, mailbox_id: Id, wish: MailboxChange) -> Response:
    """Changes whatever is given."""

    async def act(db: Writer, _by: Actor) -> MailboxSet:
        mailbox = await mailbox_of(db, mailbox_id)
        return (await _out(db, await set_mailbox(db, mailbox.address, wish.given())))[0]

    return await change(here, act)


@router.put("/house/mailboxes/{mailbox_id}/logo", dependencies=[Change], response_model=MailboxSet)
async def set_picture(here: HereNow, mailbox_id: Id, wish: LogoWish) -> Response:
    """A picture that stands below its signature from now on, in each answer."""

    async def act(db: Writer, _by: Actor) -> MailboxSet:
        mailbox = await mailbox_of(db, mailbox_id)
        return (await _out(db, await set_logo(db, mailbox, b64decode(wish.content))))[0]

    return await change(here, act)


@router.delete("/house/mailboxes/{mailbox_id}/logo", dependencies=[Change], status_code=204)
async def take_picture_away(here: HereNow, mailbox_id: Id) -> Response:
    """No picture stands below its signature any more; what was sent stays."""

    async def act(db: Writer, _by: Actor) -> None:
        await set_logo(db, await mailbox_of(db, mailbox_id), None)

    return await change(here, act)


@router.delete("/house/mailboxes/{mailbox_id}", dependencies=[Change], status_code=204)
async def take_mailbox_away(here: HereNow, mailbox_id: Id) -> Response:
    """No mail is taken for it any more; its conversations stay."""

    async def act(db: Writer, _by: Actor) -> None:
        mailbox = await mailbox_of(db, mailbox_id)
        await remove_mailbox(db, mailbox.address, now=here.now)

    return await change(here, act)


def _in_words(settings: dict[str, Value]) -> dict[str, str]:
    return {key: shown(value) for key, value in settings.items()}


async def _out(db: Reader | Writer, *mailboxes: Mailbox) -> list[MailboxSet]:
    addresses, people = await mailbox_addresses(db), await member_ids(db)
    return [
        MailboxSet(
            id=one.id,
            address=one.address,
            aliases=[each for each in addresses.get(one.id, ()) if each != one.address],
            members=people.get(one.id, []),
            logo=one.logo.hex() if one.logo else None,
            settings={key: getattr(one, setting.column) for key, setting in KEYS.items()},
        )
        for one in mailboxes
    ]
