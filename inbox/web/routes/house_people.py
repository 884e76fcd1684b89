"""Who is of ours: the list, and inviting somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.invitations import invitations
from inbox.auth.permissions import Permission
from inbox.desk.away import is_away
from inbox.desk.inviting import let_in_somebody
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.log import get_logger
from inbox.model.conversation import Role
from inbox.store.departments import newcomers
from inbox.store.people import agent_addresses, all_agents, all_mailboxes
from inbox.store.people import memberships as all_memberships
from inbox.store.tables import Agent
from inbox.web.choices import LANGUAGE_NAMES
from inbox.web.house import house_page, myself, saved, sections_of
from inbox.web.house_forms import InviteForm

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/people"
Look, Change = allow(Permission.HOUSE), allow(Permission.PEOPLE)


@dataclass(frozen=True, slots=True)
class PersonView:
    """One of ours, in the list."""

    url: str
    name: str
    email: str
    role: str
    mailboxes: list[str]
    state: str  # "", invited, away, out
    others: tuple[str, ...] = ()  # other addresses of theirs

    def fits(self, wanted: str) -> bool:
        """Whether all words of it are found in name, addresses or mailboxes."""
        said = " ".join((self.name, self.email, *self.others, *self.mailboxes)).casefold()
        return all(word in said for word in wanted.casefold().split())


@router.get("/house", dependencies=[allow(Permission.READ)])
async def house(here: HereNow) -> Response:
    """It begins with the first page that is open to whoever asks."""
    return RedirectResponse(f"/house/{sections_of(here)[0]}", 303)


@router.get(PAGE, dependencies=[Look])
async def show_people(here: HereNow, q: str = "", role: str = "") -> Response:
    """Everybody, those who are shut out last; who waits to be confirmed before all."""
    async with here.house.database.read() as db:
        agents = [one for one in await all_agents(db) if not one.is_list]
        addresses, mailboxes = await agent_addresses(db), await all_memberships(db)
        invited = await invitations(db, now=here.now)
        waiting = await newcomers(db)
    views = [
        replace(
            _view(here, one, mailboxes.get(one.id, []), is_invited=one.id in invited),
            others=tuple(addresses.get(one.id, [])),
        )
        for one in sorted(agents, key=_in_order)
        if role in ("", one.role)
    ]
    return house_page(
        here,
        "house/people.html",
        section="people",
        people=[one for one in views if one.fits(q[:200])],
        all=len(agents),
        waiting=len(waiting),
        q=q[:200],
        role=role,
        roles=list(Role),
    )


@router.get(f"{PAGE}/new", dependencies=[Look])
async def show_invite(
    here: HereNow, step: str = "", name: str = "", email: str = "", role: Role = Role.AGENT
) -> Response:
    """The form of an invitation; a mail that asks about somebody has filled it in."""
    form = InviteForm(name=name[:200], email=email[:320], role=role, language=here.viewer.language)
    return await _show_form(here, form, is_first=step == "5")


@router.post(PAGE, dependencies=[Change])
async def invite_somebody(here: HereNow) -> Response:
    """Adds the person; who may sign in gets a mail to choose a password with."""
    form = await form_as(here.request, InviteForm)
    try:
        async with here.house.database.write() as db:
            me = await myself(db, here)
            agent = await let_in_somebody(db, **form.model_dump(), by=me)
    except (Invalid, Conflict, NotFound) as error:
        return await _show_form(here, form, error)
    log.info("house.person_added", agent=agent.id, by=here.viewer.id, role=agent.role)
    said = "added" if agent.role == Role.COLLEAGUE else "invited"
    return saved(here, f"{PAGE}/{agent.id}", said)


async def _show_form(
    here: Here, form: InviteForm, fault: InboxError | None = None, *, is_first: bool = False
) -> Response:
    async with here.house.database.read() as db:
        mailboxes = await all_mailboxes(db)
    return house_page(
        here,
        "house/invite.html",
        fault,
        section="people",
        form=form,
        is_first=is_first,
        roles=list(Role),
        mailboxes=mailboxes,
        languages=LANGUAGE_NAMES,
        can_send=bool(here.house.settings.relay_url),
    )


def _in_order(agent: Agent) -> tuple[bool, str]:
    return agent.disabled_at is not None, agent.name.casefold()


def _view(here: Here, agent: Agent, mailboxes: list[str], *, is_invited: bool) -> PersonView:
    state = ""
    if agent.disabled_at:
        state = "out"
    elif is_invited and agent.password_hash is None:
        state = "invited"
    elif is_away(agent.away_until, here.now):
        state = "away"
    return PersonView(
        url=f"{PAGE}/{agent.id}",
        name=agent.name,
        email=agent.email,
        role=agent.role,
        mailboxes=mailboxes,
        state=state,
    )
