"""What is done to all conversations that were marked in a list, and undone again."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.corrections import undo_own
from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.finish import Ending
from inbox.desk.several import MOST, Deed, Done, Verb, do_to_each
from inbox.errors import InboxError, Invalid
from inbox.model.marks import Urgency
from inbox.orders.tags import tags_of
from inbox.refusals import Refusal
from inbox.store.conversations import colleagues, get_visible, mailboxes_of
from inbox.store.engine import Reader as Session
from inbox.store.followers import colleagues_by_mail
from inbox.store.people import all_mailboxes
from inbox.store.tables import Mailbox
from inbox.web.desks import place_of
from inbox.web.marked import MOST as MOST_OF_ALL
from inbox.web.marked import MarkedForm, Whole, read_whole
from inbox.web.marks import urgency_names
from inbox.web.moments import moment_for
from inbox.web.pages import page, reader_of
from inbox.web.told import tell

router = APIRouter()

Assign = allow(Permission.ASSIGN)
Rest = allow(Permission.REST)
Correct = allow(Permission.CORRECT)
_SHOWN: Final = 50  # refusals that are told one by one


@router.post("/marked", dependencies=[Assign])
async def what_to_do(here: HereNow) -> Response:
    """Everything that can be done to what was marked, on a page of its own."""
    wanted = (await form_as(here.request, MarkedForm)).conversation
    async with here.house.database.read() as db:
        found = [await get_visible(db, here.viewer, one) for one in wanted[:MOST]]
        return await _offer(db, here, [(one.id, one.subject) for one in found])


@router.get("/marked/all", dependencies=[allow(Permission.READ)])
async def what_to_do_to_all(here: HereNow) -> Response:
    """The same for all of a list, as it is now: what comes to it later is not among them."""
    async with here.house.database.read() as db:
        whole = await read_whole(db, here, place_of(here))
        found = [(one.id, one.subject) for one in whole.rows]
        return await _offer(db, here, found, whole=whole)


async def _offer(
    db: Session, here: Here, marked: list[tuple[int, str]], *, whole: Whole | None = None
) -> Response:
    mailboxes = await mailboxes_of(db, here.viewer)
    people = {agent.id: agent.name for one in mailboxes for agent in await colleagues(db, one.id)}
    return page(
        here,
        "marked.html",
        marked=marked,
        whole=whole,
        place=place_of(here),
        people=sorted(people.items(), key=lambda one: one[1]),
        by_mail=await colleagues_by_mail(db),
        mailboxes=await all_mailboxes(db),
        priorities=urgency_names(reader_of(here).texts).items(),
    )


@router.post("/closures", dependencies=[allow(Permission.CLOSE)])
async def close_marked(here: HereNow) -> Response:
    """Closes every conversation that was marked in a list.

    Those whose mailboxes want more said are asked about together, with what was said already.
    """
    form = await form_as(here.request, MarkedForm)
    ending = Ending(
        category=form.category, solution=form.solution, comment=form.comment, tells=form.tell
    )
    deed = Deed(verb=Verb.CLOSE, ending=ending, agent_id=form.agent or None)
    done = await _do(here, form, deed)
    asked = [one for one, error in done.refused.items() if isinstance(error, Invalid)]
    if not asked:
        return _done(here, done)
    response = await _asked(here, form, asked, done.refused[asked[0]])
    tell(here, response, done.changed, events=done.events)
    return response


async def _asked(here: Here, form: MarkedForm, asked: list[int], error: InboxError) -> Response:
    async with here.house.database.read() as db:
        found = [await get_visible(db, here.viewer, one) for one in asked]
        homes = {one.mailbox_id: await db.get_one(Mailbox, one.mailbox_id) for one in found}
        people = {one.id: one.name for home in homes for one in await colleagues(db, home)}
    return page(
        here,
        "marked_closing.html",
        error.http,
        marked=found,
        place=place_of(here),
        wanted={need for one in homes.values() for need in one.close_needs},
        categories=sorted({name for one in homes.values() for name in one.categories}),
        people=sorted(people.items(), key=lambda one: one[1]),
        form=form,
        fault=error.said(reader_of(here).texts),
    )


@router.post("/assignments", dependencies=[Assign])
async def give_marked(here: HereNow) -> Response:
    """Gives every one of them to a person, or to nobody; takes them where nobody is named."""
    form = await form_as(here.request, MarkedForm)
    agent = here.viewer.id if form.agent is None else form.agent or None
    return await _each(here, Verb.ASSIGN, agent_id=agent)


@router.post("/taggings", dependencies=[Assign])
async def tag_marked(here: HereNow) -> Response:
    """Puts tags on every one of them."""
    tags = tags_of((await form_as(here.request, MarkedForm)).tags)
    if not tags:
        raise Invalid(Refusal.NO_TAG)
    return await _each(here, Verb.TAG, tags=tags)


@router.post("/priorities", dependencies=[Assign])
async def how_urgent_marked(here: HereNow) -> Response:
    """Says of every one of them how urgent it is."""
    urgency = Urgency.of((await form_as(here.request, MarkedForm)).priority)
    if urgency is None:
        raise Invalid
    return await _each(here, Verb.PRIORITY, urgency=urgency)


@router.post("/waits", dependencies=[Rest])
async def wait_marked(here: HereNow) -> Response:
    """Makes it the customer's turn in every one of them; until a time, if one is named."""
    said = (await form_as(here.request, MarkedForm)).until
    return await _each(here, Verb.WAIT, until=moment_for(here, said) if said else None)


@router.post("/snoozes", dependencies=[Rest])
async def put_off_marked(here: HereNow) -> Response:
    """Puts every one of them off until a time."""
    said = (await form_as(here.request, MarkedForm)).until
    return await _each(here, Verb.SNOOZE, until=moment_for(here, said))


@router.post("/moves", dependencies=[Assign])
async def move_marked(here: HereNow) -> Response:
    """Gives every one of them to another mailbox."""
    form = await form_as(here.request, MarkedForm)
    return await _each(here, Verb.MOVE, mailbox_id=form.to)


@router.post("/spam", dependencies=[Correct])
async def spam_marked(here: HereNow) -> Response:
    """Puts every one of them among the spam."""
    return await _each(here, Verb.SPAM)


@router.post("/merges", dependencies=[Correct])
async def merge_marked(here: HereNow) -> Response:
    """Makes them one: all of them go into the one that is there longest."""
    return await _each(here, Verb.MERGE)


@router.post("/marked/undo", dependencies=[Correct])
async def undo_marked(here: HereNow) -> Response:
    """Undoes it all, but for what has changed since; one may undo only what one did oneself."""
    count, undone = await undo_marked_events(here)
    return _told(here, count, undone=undone)


async def undo_marked_events(here: Here) -> tuple[int, int]:
    """Undoes the events that a form names, of those that are one's own; how many, and how many of
    them could be undone.
    """
    form = await form_as(here.request, MarkedForm)
    async with here.house.database.write() as db:
        return await undo_own(
            db, here.viewer, form.event[:MOST_OF_ALL], now=here.now, secret=here.house.secret
        )


async def _each(here: Here, verb: Verb, **more: Any) -> Response:
    form = await form_as(here.request, MarkedForm)
    return _done(here, await _do(here, form, Deed(verb=verb, **more)))


async def _do(here: Here, form: MarkedForm, deed: Deed) -> Done:
    """In one transaction; all of a list in several, each of as many as a person marks at once, so
    that nobody waits long for what one of them holds.
    """
    wanted, is_whole = sorted(set(form.conversation)), form.whole and deed.verb is not Verb.MERGE
    if is_whole and len(wanted) > MOST_OF_ALL:
        raise Invalid(Refusal.TOO_MANY_MARKED, most=MOST_OF_ALL)
    size = MOST if is_whole else len(wanted) or 1
    done = Done()
    for at in range(0, len(wanted) or 1, size):
        some = wanted[at : at + size]
        async with here.house.database.write() as db:
            one = await do_to_each(db, here.viewer, some, deed, now=here.now, passes_over=is_whole)
        done.changed += one.changed
        done.events += one.events
        done.refused |= one.refused
    return done


def _done(here: Here, done: Done) -> Response:
    response = RedirectResponse(place_of(here).url(), 303)
    tell_done(here, response, done)
    return response


def tell_done(here: Here, response: Response, done: Done) -> None:
    """Let the next page say what was done, and what was refused and why."""
    texts = reader_of(here).texts
    refused: dict[str, list[int]] = {}
    for one, error in list(done.refused.items())[:_SHOWN]:
        refused.setdefault(error.said(texts), []).append(one)
    tell(here, response, done.changed, events=done.events, refused=refused)


def _told(here: Here, count: int, **more: Any) -> Response:
    """Back to the list, which says once what was done."""
    response = RedirectResponse(place_of(here).url(), 303)
    tell(here, response, count, **more)
    return response
