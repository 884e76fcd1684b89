"""The tags in use: called otherwise, made one with another, taken off everywhere."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission, may
from inbox.desk.retag import rename_tag
from inbox.errors import InboxError
from inbox.log import get_logger
from inbox.store.tags import tags_in_use
from inbox.web.house import REFUSED, house_page, myself, saved
from inbox.web.house_forms import TagNameForm

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/tags"
_ONE: Final = f"{PAGE}/{{name}}"
Change = allow(Permission.TAGS)


@router.get(PAGE, dependencies=[allow(Permission.READ)])
async def show_tags(here: HereNow) -> Response:
    """Those of one's mailboxes, with how many conversations have each."""
    return await _show(here)


@router.put(_ONE, dependencies=[Change])
async def rename(here: HereNow, name: str) -> Response:
    """Called otherwise in one's mailboxes; with the name of another it becomes part of that."""
    form = await form_as(here.request, TagNameForm)
    return await _call(here, name, form.name, "renamed") if form.name else await _show(here)


@router.delete(_ONE, dependencies=[Change])
async def take_off(here: HereNow, name: str) -> Response:
    """Taken off everywhere in one's mailboxes."""
    return await _call(here, name, "", "untagged")


async def _call(here: Here, old: str, new: str, said: str) -> Response:
    try:
        async with here.house.database.write() as db:
            me = await myself(db, here)
            await rename_tag(db, old, new, here.viewer.mailboxes, by=me, now=here.now)
    except REFUSED as error:
        return await _show(here, error, {old: new})
    log.info("house.tag_renamed", by=here.viewer.id)
    return saved(here, PAGE, said)


async def _show(
    here: Here, fault: InboxError | None = None, typed: dict[str, str] | None = None
) -> Response:
    async with here.house.database.read() as db:
        found = await tags_in_use(db, here.viewer.mailboxes)
    return house_page(
        here,
        "house/tags.html",
        fault,
        section="tags",
        tags=found,
        typed=typed or {},
        may_change=may(here.viewer, Permission.TAGS),
    )
