"""Rules: the list in its order, one of them in lines, tried on what has come, with its versions."""

from __future__ import annotations

from functools import partial
from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
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
from inbox.desk.rule_trial import MOST, Trial, try_rule
from inbox.errors import InboxError
from inbox.log import get_logger
from inbox.model.conversation import Role
from inbox.rules.engine import read
from inbox.rules.faults import kept_fault_in_words
from inbox.rules.spelled import spelled
from inbox.rules.wording import action_words, condition_words
from inbox.store.engine import Reader
from inbox.store.people import all_mailboxes, every_mailbox, find_mailbox
from inbox.store.tables import HouseRule
from inbox.web.house import REFUSED, house_page, myself, saved
from inbox.web.pages import is_htmx, reader_of
from inbox.web.rule_forms import PlaceForm, RuleForm, SwitchForm, behind

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/rules"
_PATIENCE: Final = 0.7  # seconds until the page says how far it is, and asks for more
_ONE: Final = f"{PAGE}/{{rule_id}}"
Allowed = allow(Permission.RULES)


@router.get(PAGE, dependencies=[Allowed])
async def show_rules(here: HereNow) -> Response:
    """Those of the house, then those of one's mailboxes, in the order in which they are asked."""
    return await _show_all(here)


@router.get(f"{PAGE}/new", dependencies=[Allowed])
async def show_new(here: HereNow) -> Response:
    """An empty one."""
    return await _show(here, RuleForm(), None)


@router.post(PAGE, dependencies=[Allowed])
async def keep(here: HereNow) -> Response:
    """Keeps a new rule, switched off; or tries it, or gives more room, and keeps nothing."""
    form = await form_as(here.request, RuleForm)
    if form.more:
        return await _show(here, form, None)
    try:
        document = form.document()
        if form.is_trial:
            return await _show(here, form, None, trial=await _try(here, form))
        async with here.house.database.write() as db:
            await must_rule(db, here.viewer, form.mailbox)
            draft = RuleDraft(name=form.name, mailbox=form.mailbox, document=document)
            rule = await add_rule(db, draft, by=await myself(db, here), now=here.now)
    except REFUSED as error:
        return await _show(here, form, None, error)
    log.info("house.rule_made", rule=rule.id, by=here.viewer.id)
    return saved(here, _page(rule.id), "rule_made")


@router.get(_ONE, dependencies=[Allowed])
async def show_rule(here: HereNow, rule_id: int) -> Response:
    """One in lines."""
    async with here.house.database.read() as db:
        rule = await rule_of(db, here.viewer, rule_id)
        homes = {one.id: one.address for one in await every_mailbox(db)}
    mailbox = homes.get(rule.mailbox_id or 0, "")
    form = RuleForm.of(rule.name, mailbox, spelled(rule.document))
    return await _show(here, form, rule)


@router.put(_ONE, dependencies=[Allowed])
async def change_one(here: HereNow, rule_id: int) -> Response:
    """Writes it anew; or tries it, or gives more room, and keeps nothing."""
    form = await form_as(here.request, RuleForm)
    async with here.house.database.read() as db:
        rule = await rule_of(db, here.viewer, rule_id, change=not form.is_trial)
    if form.more:
        return await _show(here, form, rule)
    try:
        document = form.document()
        if form.is_trial:
            return await _show(here, form, rule, trial=await _try(here, form))
        async with here.house.database.write() as db:
            await must_rule(db, here.viewer, form.mailbox)
            draft = RuleDraft(name=form.name, mailbox=form.mailbox, document=document)
            await change_rule(db, rule_id, draft, by=await myself(db, here), now=here.now)
    except REFUSED as error:
        return await _show(here, form, rule, error)
    log.info("house.rule_changed", rule=rule_id, by=here.viewer.id)
    return saved(here, _page(rule_id))


@router.delete(_ONE, dependencies=[Allowed])
async def remove(here: HereNow, rule_id: int) -> Response:
    """It does nothing more; what it did stays."""
    async with here.house.database.write() as db:
        await rule_of(db, here.viewer, rule_id, change=True)
        await remove_rule(db, rule_id, by=await myself(db, here), now=here.now)
    log.info("house.rule_removed", rule=rule_id, by=here.viewer.id)
    return saved(here, PAGE, "removed")


@router.put(f"{_ONE}/switch", dependencies=[Allowed])
async def switch(here: HereNow, rule_id: int) -> Response:
    """On or off."""
    form = await form_as(here.request, SwitchForm)
    try:
        async with here.house.database.write() as db:
            await rule_of(db, here.viewer, rule_id, change=True)
            me = await myself(db, here)
            await switch_rule(db, rule_id, on=form.on == "on", by=me, now=here.now)
    except REFUSED as error:
        return await _show_all(here, error)
    log.info("house.rule_switched", rule=rule_id, on=form.on, by=here.viewer.id)
    return saved(here, PAGE)


@router.put(f"{_ONE}/place", dependencies=[Allowed])
async def place(here: HereNow, rule_id: int) -> Response:
    """Earlier or later in the order."""
    form = await form_as(here.request, PlaceForm)
    async with here.house.database.write() as db:
        await rule_of(db, here.viewer, rule_id, change=True)
        me = await myself(db, here)
        await place_rule(db, rule_id, form.place, by=me, now=here.now)
    return saved(here, PAGE)


@router.put(f"{_ONE}/versions/{{version}}", dependencies=[Allowed])
async def restore(here: HereNow, rule_id: int, version: int) -> Response:
    """Says again what it said, switched off."""
    try:
        async with here.house.database.write() as db:
            await version_of(db, here.viewer, rule_id, version)
            me = await myself(db, here)
            await restore_rule(db, rule_id, version, by=me, now=here.now)
    except REFUSED as error:
        return await _show_all(here, error)
    return saved(here, _page(rule_id))


async def _try(here: Here, form: RuleForm) -> Trial:
    rule = read(form.document())
    async with here.house.database.read() as db:
        home = await find_mailbox(db, form.mailbox) if form.mailbox else None
        theirs = tried_in(home.id if home else None, here.viewer)
        before, looked, _ = form.tried
        most = max(1, MOST - looked)
        return await try_rule(
            db, rule, theirs, now=here.now, before=before, most=most, seconds=_PATIENCE
        )


async def _show_all(here: Here, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        rules = await seen_rules(db, here.viewer)
        homes = {one.id: one for one in await every_mailbox(db)}
    groups: dict[int | None, list[HouseRule]] = {}
    for one in rules:
        groups.setdefault(one.mailbox_id, []).append(one)
    return house_page(
        here,
        "house/rules.html",
        fault,
        section="rules",
        groups=[(homes.get(home or 0), theirs) for home, theirs in groups.items()],
        lines={one.id: spelled(one.document) for one in rules},
        said=_said(here),
        behind=partial(behind, reader_of(here).texts),
        why=partial(kept_fault_in_words, texts=reader_of(here).texts),
        is_admin=here.viewer.role == Role.ADMIN,
    )


async def _show(
    here: Here,
    form: RuleForm,
    rule: HouseRule | None,
    fault: InboxError | None = None,
    *,
    trial: Trial | None = None,
) -> Response:
    texts = reader_of(here).texts
    async with here.house.database.read() as db:
        choices = await _choices(db, here)
        versions = await seen_versions(db, here.viewer, rule) if rule else []
    is_house = rule is not None and rule.mailbox_id is None
    _, looked, matched = form.tried
    goes_on = bool(trial and form.before) and is_htmx(here)
    return house_page(
        here,
        "house/rule_tried_on.html" if goes_on else "house/rule.html",
        fault,
        section="rules",
        form=form,
        rule=rule,
        choices=choices,
        versions=versions,
        conditions=condition_words(texts),
        actions=action_words(texts),
        why=partial(kept_fault_in_words, texts=texts),
        trial=trial,
        looked=looked + (trial.looked if trial else 0),
        matched=matched + (len(trial.found) if trial else 0),
        most=MOST,
        when=reader_of(here).calendar.when,
        may_change=not is_house or here.viewer.role == Role.ADMIN,
    )


def _said(here: Here) -> dict[str, str]:
    texts = reader_of(here).texts
    return {one.key: one.words for one in (*condition_words(texts), *action_words(texts))}


async def _choices(db: Reader, here: Here) -> list[tuple[str, str]]:
    """For which mailboxes whoever asks may write; "" is the whole house."""
    is_admin = here.viewer.role == Role.ADMIN
    known = await all_mailboxes(db)
    named = [
        (one.address, one.name) for one in known if is_admin or one.id in here.viewer.mailboxes
    ]
    house = ("", reader_of(here).texts.gettext("the whole house"))
    return [house, *named] if is_admin else named


def _page(rule_id: int) -> str:
    return _ONE.format(rule_id=rule_id)
