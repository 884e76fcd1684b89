"""Mailboxes: the list, making one, and how each of them works."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.approved.signing import signed
from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import files_of, form_as
from inbox.asgi.named import mailbox_of, person_of
from inbox.auth.permissions import Permission
from inbox.desk.logos import set_logo
from inbox.desk.mailbox_settings import KEYS, shown
from inbox.desk.mailboxes import (
    mailbox_address,
    open_mailbox,
    remove_mailbox,
    set_mailbox,
)
from inbox.desk.membership import let_in, let_out
from inbox.desk.people import the_agent
from inbox.errors import InboxError, NotFound
from inbox.log import get_logger
from inbox.sla.targets import read_targets, targets_in_cells
from inbox.store.engine import Writer
from inbox.store.logos import logo_by
from inbox.store.people import (
    all_agents,
    all_mailboxes,
    mailbox_addresses,
    members,
)
from inbox.store.people import memberships as all_memberships
from inbox.store.tables import Mailbox
from inbox.web.choices import LANGUAGE_NAMES, zones
from inbox.web.house import REFUSED, house_page, is_in_place, myself, refused, saved
from inbox.web.house_forms import AddressForm, MailboxForm, MailboxSettingsForm, MemberForm
from inbox.web.marks import target_names, urgency_names
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/mailboxes"
_ONE: Final = f"{PAGE}/{{mailbox_id}}"
Look, Change = allow(Permission.HOUSE), allow(Permission.MAILBOXES)


@router.get(PAGE, dependencies=[Look])
async def show_mailboxes(here: HereNow) -> Response:
    """All of them, and a form for another; where there is none, the first start goes on."""
    async with here.house.database.read() as db:
        if not await all_mailboxes(db):
            return RedirectResponse("/setup/mailbox", 303)
    form = MailboxForm(language=here.viewer.language, zone=here.viewer.time_zone)
    return await _show_all(here, form)


@router.post(PAGE, dependencies=[Change])
async def make_mailbox(here: HereNow) -> Response:
    """Makes one; whoever makes it takes part."""
    form = await form_as(here.request, MailboxForm)
    try:
        async with here.house.database.write() as db:
            mailbox = await new_mailbox(db, here, form)
    except REFUSED as error:
        return await _show_all(here, form, error)
    log.info("house.mailbox_made", mailbox=mailbox.id, by=here.viewer.id)
    return saved(here, _page(mailbox.id), "made")


async def new_mailbox(db: Writer, here: Here, form: MailboxForm) -> Mailbox:
    """A mailbox as the form wants it, with whoever asks in it. Raises Conflict, Invalid."""
    given = {"language": form.language, "time_zone": form.zone}
    return await open_mailbox(
        db,
        form.address,
        form.name,
        {key: value for key, value in given.items() if value},
        by=await myself(db, here),
    )


@router.get(_ONE, dependencies=[Look])
async def show_mailbox(here: HereNow, mailbox_id: int) -> Response:
    """All that is set of a mailbox."""
    return await _show(here, mailbox_id)


@router.put(_ONE, dependencies=[Change])
async def change_mailbox(here: HereNow, mailbox_id: int) -> Response:
    """Changes whatever is given."""
    form = await form_as(here.request, MailboxSettingsForm)
    try:
        given = form.given()
        async with here.house.database.write() as db:
            mailbox = await mailbox_of(db, mailbox_id)
            await set_mailbox(db, mailbox.address, given)
    except REFUSED as error:
        return await _refused(here, mailbox_id, form.in_words(error), signature=form.signature)
    log.info("house.mailbox_changed", mailbox=mailbox_id, by=here.viewer.id, what=[*given])
    return saved(here, _page(mailbox_id))


@router.get(f"{_ONE}/logo", dependencies=[Look])
async def show_logo(here: HereNow, mailbox_id: int) -> Response:
    """The picture below its signature."""
    async with here.house.database.read() as db:
        mailbox = await mailbox_of(db, mailbox_id)
        logo = await logo_by(db, mailbox.logo) if mailbox.logo else None
    if logo is None:
        raise NotFound
    return Response(logo.content, media_type=logo.content_type)


@router.post(f"{_ONE}/logo", dependencies=[Change])
async def change_logo(here: HereNow, mailbox_id: int) -> Response:
    """A picture stands below its signature from now on."""
    try:
        uploads = await files_of(here.request, "logo")
        octets = await uploads[0].read() if uploads else b""
        async with here.house.database.write() as db:
            await set_logo(db, await mailbox_of(db, mailbox_id), octets)
    except REFUSED as error:
        return await _refused(here, mailbox_id, error)
    log.info("house.logo_set", mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, _page(mailbox_id))


@router.delete(f"{_ONE}/logo", dependencies=[Change])
async def remove_logo(here: HereNow, mailbox_id: int) -> Response:
    """No picture stands below its signature any more; what was sent stays."""
    async with here.house.database.write() as db:
        await set_logo(db, await mailbox_of(db, mailbox_id), None)
    log.info("house.logo_removed", mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, _page(mailbox_id))


@router.delete(_ONE, dependencies=[Change])
async def remove(here: HereNow, mailbox_id: int) -> Response:
    """No mail is taken for it any more; its conversations stay."""
    async with here.house.database.write() as db:
        mailbox = await mailbox_of(db, mailbox_id)
        await remove_mailbox(db, mailbox.address, now=here.now)
    log.info("house.mailbox_removed", mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, PAGE, "removed")


@router.post(f"{_ONE}/aliases", dependencies=[Change])
async def add_alias(here: HereNow, mailbox_id: int) -> Response:
    """Mail to this address comes here, too."""
    form = await form_as(here.request, AddressForm)
    try:
        async with here.house.database.write() as db:
            mailbox = await mailbox_of(db, mailbox_id)
            theirs = {*await _aliases(db, mailbox), mailbox_address(form.address)}
            await set_mailbox(db, mailbox.address, {"aliases": ",".join(theirs)})
    except REFUSED as error:
        return await _refused(here, mailbox_id, error, address=form.address)
    return saved(here, _page(mailbox_id))


@router.delete(f"{_ONE}/aliases", dependencies=[Change])
async def remove_alias(here: HereNow, mailbox_id: int) -> Response:
    """Mail to this address comes here no more."""
    form = await form_as(here.request, AddressForm)
    async with here.house.database.write() as db:
        mailbox = await mailbox_of(db, mailbox_id)
        theirs = {*await _aliases(db, mailbox)} - {form.address}
        await set_mailbox(db, mailbox.address, {"aliases": ",".join(theirs)})
    return saved(here, _page(mailbox_id))


@router.post(f"{_ONE}/members", dependencies=[Change])
async def add_member(here: HereNow, mailbox_id: int) -> Response:
    """Somebody of ours takes part."""
    form = await form_as(here.request, MemberForm)
    try:
        async with here.house.database.write() as db:
            mailbox = await mailbox_of(db, mailbox_id)
            agent = await the_agent(db, form.email)
            await let_in(db, agent, mailbox)
    except REFUSED as error:
        return await _refused(here, mailbox_id, error, member=form.email)
    log.info("house.let_in", agent=agent.id, mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, _page(mailbox_id))


@router.delete(f"{_ONE}/members/{{agent_id}}", dependencies=[Change])
async def remove_member(here: HereNow, mailbox_id: int, agent_id: int) -> Response:
    """They take part no more, at once."""
    async with here.house.database.write() as db:
        await let_out(db, await person_of(db, agent_id), await mailbox_of(db, mailbox_id))
    log.info("house.let_out", agent=agent_id, mailbox=mailbox_id, by=here.viewer.id)
    return saved(here, _page(mailbox_id))


async def _aliases(db: Writer, mailbox: Mailbox) -> list[str]:
    return (await mailbox_addresses(db)).get(mailbox.id, [])


async def _show_all(here: Here, form: MailboxForm, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        mailboxes = await all_mailboxes(db)
        taking_part = await all_memberships(db)
    parts = [address for theirs in taking_part.values() for address in theirs]
    return house_page(
        here,
        "house/mailboxes.html",
        fault,
        section="mailboxes",
        mailboxes=[(one, parts.count(one.address)) for one in mailboxes],
        form=form,
        languages=LANGUAGE_NAMES,
        zones=zones(),
    )


async def _refused(here: Here, mailbox_id: int, error: InboxError, **typed: str | None) -> Response:
    if is_in_place(here):
        return refused(here, error)
    return await _show(here, mailbox_id, error, **typed)


async def _show(
    here: Here, mailbox_id: int, fault: InboxError | None = None, **typed: str | None
) -> Response:
    async with here.house.database.read() as db:
        mailbox = await mailbox_of(db, mailbox_id)
        mine = await myself(db, here)
        addresses = (await mailbox_addresses(db)).get(mailbox.id, [])
        taking_part = await members(db, mailbox.id)
        others = [one for one in await all_agents(db) if one.role != "colleague"]
    there = {one.id for one in taking_part}
    texts = reader_of(here).texts
    signature = typed.get("signature")
    return house_page(
        here,
        "house/mailbox.html",
        fault,
        section="mailboxes",
        mailbox=mailbox,
        values={key: shown(getattr(mailbox, setting.column)) for key, setting in KEYS.items()},
        signature=mailbox.signature if signature is None else signature,
        preview=signed(mailbox.signature, name=mine.name, lines=mine.own_lines),
        aliases=[one for one in addresses if one != mailbox.address],
        members=sorted(taking_part, key=lambda one: one.name.casefold()),
        others=[one for one in others if one.id not in there and not one.disabled_at],
        languages=LANGUAGE_NAMES,
        zones=zones(),
        targets=targets_in_cells(read_targets(mailbox.targets)),
        target_names=target_names(texts),
        urgencies=urgency_names(texts),
        typed={"member": "", "address": ""} | typed,
    )


def _page(mailbox_id: int) -> str:
    return _ONE.format(mailbox_id=mailbox_id)
