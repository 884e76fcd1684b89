"""Lets every kind of mail that we send happen once, with all that leads to it, in a language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.assign import assign
from inbox.desk.templates import Draft, keep_text
from inbox.desk.trial import send_trial
from inbox.jobs.queue import enqueue
from inbox.model.account import Told
from inbox.model.actor import Actor
from inbox.outbound.about import write_about
from inbox.store.tables import Agent, Conversation, Mailbox
from scripts.mail_casts import Cast
from scripts.mails_at_work import AT_WORK
from scripts.mails_to_customers import TO_CUSTOMERS, quoted
from tests.indexed import indexes
from tests.notify.asking import JANE, KAREN, Desk
from tests.notify.morning import Morning, wants

_ELSEWHERE: Final = "Karen <karen@home.example>"
_GIVES_WORK: Final = "update agent set role = 'manager' where id = :id"
_AWAY: Final = "update agent set away_until = now() + interval '9 days' where id = :id"
_WANTS_ALL: Final = (
    "update mailbox set close_needs = '{category,assignee,comment,solution}', categories = :names"
)
_SLOW: Final = "update mailbox set undo_seconds = 3600"
_TASKS: Final = "update agent set tasks = true where id = :id"

Scene = Callable[[Desk, Cast], Awaitable[Any]]
SCENES: Final[dict[str, Scene]] = TO_CUSTOMERS | AT_WORK


def kind_of(name: str) -> str:
    """Of which kind the mail is that a scene ends with."""
    return name.partition("-")[0]


def _scene(name: str) -> Callable[[Scene], Scene]:
    """The scene under its name: a kind of mail, behind a dash what is special."""

    def keep(scene: Scene) -> Scene:
        SCENES[name] = scene
        return scene

    return keep


@_scene("notice")
async def _notice(desk: Desk, cast: Cast) -> None:
    """The customer's mail is there already."""


@_scene("notice-answer")
async def _answered(desk: Desk, cast: Cast) -> None:
    await desk.office.replies(desk.home, cast.says, by=desk.office.anna)
    await desk.office.works()


@_scene("notice-comment")
async def _noted(desk: Desk, cast: Cast) -> None:
    await desk.office.notes(desk.home, cast.says, by=desk.office.anna)
    await desk.office.works()


@_scene("reply")
async def _reply(desk: Desk, cast: Cast) -> None:
    await desk.sends(cast.says)


@_scene("forward")
async def _forward(desk: Desk, cast: Cast) -> None:
    await desk.sends(f"@forward supplier@parts.example\n\n{cast.says}")


@_scene("asked")
async def _asked(desk: Desk, cast: Cast) -> None:
    await _forward(desk, cast)
    passed_on = desk.office.mail_to("supplier@parts.example").mail
    mail = desk.office.letter(
        cast.asks, answers=passed_on, From="Parts & Sons <supplier@parts.example>",
        To=str(passed_on["Reply-To"] or passed_on["From"]),
    )  # fmt: skip
    await desk.office.hears(mail)
    await desk.office.works()


@_scene("held")
async def _held(desk: Desk, cast: Cast) -> None:
    await desk.sends(cast.says, from_=_ELSEWHERE)


@_scene("held-stale")
async def _held_stale(desk: Desk, cast: Cast) -> None:
    await _answered(desk, cast)
    await desk.sends(cast.says)


@_scene("held-several")
async def _held_several(desk: Desk, cast: Cast) -> None:
    await _answered(desk, cast)
    await desk.sends(cast.says, from_=_ELSEWHERE)


@_scene("held-orders")
async def _held_orders(desk: Desk, cast: Cast) -> None:
    await desk.sends(f"@clsoe\n@assign nobody of this name\n\n{cast.says}")


@_scene("held-closing")
async def _held_closing(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_WANTS_ALL, names=[cast.subject[:60], cast.anna])
    await desk.sends("@tag vip\n@close")


@_scene("held-shown")
async def _held_shown(desk: Desk, cast: Cast) -> None:
    await desk.sends(f"@show\n\n{cast.says}")


@_scene("held-leak")
async def _held_leak(desk: Desk, cast: Cast) -> None:
    await _noted(desk, cast)
    await desk.office.hears(
        words=cast.asks, Subject=f"Re: {cast.subject}", In_Reply_To=f"<{desk.home}@shop.example>",
        From=f"{quoted(cast.customer)} <{JANE}>",
    )  # fmt: skip
    await desk.office.works()
    desk.notice = desk.office.mail_to(KAREN)
    await desk.sends(f"{cast.says}\n\nhttps://desk.us.example/conversations/{desk.home}")


@_scene("held_more")
async def _held_more(desk: Desk, cast: Cast) -> None:
    for number in range(6):
        await desk.sends(f"{number}. {cast.says}", from_=_ELSEWHERE)
    await desk.office.change("update job set run_at = now() where kind = 'notify.held_more'")
    await desk.office.works()


@_scene("held_more-asked")
async def _asked_more(desk: Desk, cast: Cast) -> None:
    for order in ("@help", "@undo") * 12:
        await desk.sends(order, works=False)
    await desk.office.change("update job set run_at = now() where kind = 'notify.held_more'")
    await desk.office.works()


@_scene("failure")
async def _failure(desk: Desk, cast: Cast) -> None:
    desk.office.relay.says(JANE, "550 5.1.1 <jane@shop.example>: no mailbox of this name here")
    await desk.sends(cast.says)


@_scene("here")
async def _here(desk: Desk, cast: Cast) -> None:
    from_ = f"{quoted(cast.customer)} <{JANE}>"
    await desk.office.hears(words=cast.asks, From=from_, Subject=cast.subject)
    head = (
        f"From: {cast.customer} <jane@shop.example>\nDate: Sun, 22 Nov 2026 at 10:00\n"
        f"Subject: {cast.subject}\nTo: <karen@us.example>"
    )
    words = f"{cast.says}\n\n---------- Forwarded message ---------\n{head}\n\n{cast.asks}\n"
    await desk.office.hears(words=words, From=f"Karen <{KAREN}>", Subject=f"Fwd: {cast.subject}")
    await desk.office.works()


@_scene("done")
async def _done(desk: Desk, cast: Cast) -> None:
    await desk.sends("@wait 3 days\n@assign anna@us.example\n@priority urgent")


@_scene("outcome")
async def _outcome(desk: Desk, cast: Cast) -> None:
    await desk.sends(cast.says)
    await desk.sends("@stop")


@_scene("outcome-shown")
async def _outcome_shown(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_SLOW)
    await desk.sends(cast.says, works=False)
    await desk.sends("@show")


@_scene("help")
async def _help(desk: Desk, cast: Cast) -> None:
    await desk.sends("@help")


async def _list(desk: Desk, cast: Cast, count: int) -> Morning:
    await wants(desk.office, KAREN, notices="none", dispatcher="daily")
    for number in range(count):
        person = f"{quoted(cast.customer)} <{number}@shop.example>"
        await desk.office.hears(words=cast.asks, Subject=f"{cast.subject} {number}", From=person)
    await desk.office.works()
    return Morning(desk.office, [desk.home], desk.office.mail_to(KAREN))


@_scene("digest")
async def _digest(desk: Desk, cast: Cast) -> None:
    await _list(desk, cast, 3)


@_scene("digest-long")
async def _digest_long(desk: Desk, cast: Cast) -> None:
    await _list(desk, cast, 60)


@_scene("digested")
async def _digested(desk: Desk, cast: Cast) -> None:
    morning = await _list(desk, cast, 3)
    await morning.answers(f"1 take 2 clsoe 3 wait 2 days\n4\n{cast.says}\n9 take")


@_scene("found")
async def _found(desk: Desk, cast: Cast) -> None:
    text = Draft(name=cast.subject[:60], body=cast.says, language=cast.language, kind="article")
    async with desk.office.database.write() as db:
        await keep_text(db, text, now=desk.office.now)
    await indexes(desk.office.database)
    await desk.sends(f"@find {cast.subject}")


@_scene("task")
async def _task(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_TASKS, id=desk.office.karen)
    async with desk.office.database.write() as db:
        by = Actor.agent(desk.office.anna, cast.anna)
        await assign(db, desk.home, desk.office.karen, by=by, now=utcnow())
    await desk.office.works()


@_scene("away")
async def _away(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_GIVES_WORK, id=desk.office.anna)
    await desk.office.change("update conversation set assignee_id = :id", id=desk.office.karen)
    desk.office.now = utcnow().replace(microsecond=0)
    await desk.sends(f"@away {(desk.office.now + timedelta(days=9)).date().isoformat()}")


@_scene("given_away")
async def _given_away(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_AWAY, id=desk.office.anna)
    await desk.sends("@assign anna@us.example")


@_scene("given_back")
async def _given_back(desk: Desk, cast: Cast) -> None:
    await _asks(desk, "given_back", who=cast.anna, people=[[cast.anna, "anna@us.example"]])


@_scene("newcomer")
async def _newcomer(desk: Desk, cast: Cast) -> None:
    await _asks(desk, "newcomer", department="Logistics")


@_scene("stranger")
async def _stranger(desk: Desk, cast: Cast) -> None:
    about = {"name": cast.anna, "address": "nina.berg@us.example", "customer": cast.customer}
    await _asks(desk, "stranger", **about)


async def _asks(desk: Desk, kind: str, **draft: Any) -> None:
    """A question that takes a proved mail of somebody else's domain to come up."""
    async with desk.office.database.write() as db:
        about = await db.get_one(Conversation, desk.home)
        karen = await db.get_one(Agent, desk.office.karen)
        await write_about(db, desk.office.context, about, karen, kind, now=utcnow(), draft=draft)
    await desk.office.works()


@_scene("unreachable")
async def _unreachable(desk: Desk, cast: Cast) -> None:
    await desk.office.change("update agent set role = 'admin' where id = :id", id=desk.office.karen)
    desk.office.relay.says("anna@us.example", "550 5.1.1 nobody of this name")
    for _ in range(4):
        await desk.office.hears(words=cast.asks)
        await desk.office.works()


@_scene("flood")
async def _flood(desk: Desk, cast: Cast) -> None:
    await _tells(desk, "notify.flood")


@_scene("flood-admin")
async def _flood_admin(desk: Desk, cast: Cast) -> None:
    await desk.office.change("update agent set role = 'admin' where id = :id", id=desk.office.karen)
    desk.office.karen, desk.office.anna = desk.office.anna, desk.office.karen
    await _tells(desk, "notify.flood")


@_scene("account")
async def _account(desk: Desk, cast: Cast) -> None:
    await _tells(desk, "notify.account", what=Told.ADDRESS_ADDED.value, about="karen@home.example")


@_scene("invitation")
async def _invitation(desk: Desk, cast: Cast) -> None:
    await _tells(desk, "notify.invitation", by=cast.anna)


@_scene("sign_in")
async def _sign_in(desk: Desk, cast: Cast) -> None:
    async with desk.office.database.write() as db:
        await enqueue(db, "notify.sign_in", address=KAREN, browser="00" * 32, target="/")
    await desk.office.works()


async def _tells(desk: Desk, job: str, **about: Any) -> None:
    """A mail about Karen herself."""
    async with desk.office.database.write() as db:
        await enqueue(db, job, agent_id=desk.office.karen, **about)
    await desk.office.works()


@_scene("unread")
async def _unread(desk: Desk, cast: Cast) -> None:
    await _account(desk, cast)
    told = desk.office.mail_to(KAREN)
    await desk.office.receives(
        desk.office.letter(
            f"@close\n\n{cast.says}",
            From=f"Karen <{KAREN}>",
            Subject=f"Re: {told.mail['Subject']}",
            In_Reply_To=str(told.mail["Message-ID"]),
        )
    )
    await desk.office.works()


@_scene("trial")
async def _trial(desk: Desk, cast: Cast) -> None:
    async with desk.office.database.write() as db:
        mailbox = await db.get_one(Mailbox, desk.office.support)
        karen = await db.get_one(Agent, desk.office.karen)
        await send_trial(
            db, mailbox, to=karen, by=karen, context=desk.office.context, now=utcnow(),
            rng=bytes,
        )  # fmt: skip
    await desk.office.works()
