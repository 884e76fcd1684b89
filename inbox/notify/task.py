"""A conversation that one is given, as an invitation that one's calendar answers.

Only to those who want it (`tasks=on`). An invitation is a mail of its own beside the notice: as a
part of the notice it would make a meeting of it, and programs then hide what it says.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.task_calendar import Task, task_calendar
from inbox.model.address import Address
from inbox.model.conversation import Status
from inbox.notify.days import day_in_words
from inbox.notify.draft import draft_of
from inbox.notify.guests import opened, place_of
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.render import render
from inbox.outbound.about import write_about
from inbox.outbound.composers import composer
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation, Mailbox, Outbound
from inbox.store.tasks import last_task

_LENGTH: Final = timedelta(minutes=30)
_NO_HASTE: Final = timedelta(days=1)  # where nothing is due


@job("notify.task", retry=INTAKE)
async def follow(
    db: Writer, context: Context, *, conversation_id: int, agent_id: int, invites: bool
) -> None:
    """Invite, change or cancel, so that the calendar says what is; nothing where it does."""
    now = utcnow()
    conversation = await db.get_one(Conversation, conversation_id)
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    agent = await db.get_one(Agent, agent_id)
    has_it = (
        conversation.assignee_id == agent_id
        and conversation.status in (Status.OPEN, Status.WAITING)
        and agent.disabled_at is None
    )
    last, count = await last_task(db, conversation_id, agent_id)
    stands = last if last and last["method"] == "REQUEST" else None
    wanted = _wanted(conversation, mailbox, stands, now, has_it=has_it, invites=invites)
    if wanted is None:
        return
    await write_about(
        db, context, conversation, agent, "task", conversation_id, count, now=now, draft=wanted
    )


def _wanted(
    conversation: Conversation,
    mailbox: Mailbox,
    stands: Any,
    now: datetime,
    *,
    has_it: bool,
    invites: bool,
) -> dict[str, Any] | None:
    """The invitation that is to be sent after the one that stands; None for none."""
    if stands and not has_it:
        return {**stands, "method": "CANCEL", "sequence": stands["sequence"] + 1}
    if not has_it:
        return None
    due = max(conversation.due_at or now + _NO_HASTE, now + _LENGTH)
    due = due.replace(second=0, microsecond=0)
    is_promised = conversation.promised_until is not None
    times = {
        "start": (due - _LENGTH).isoformat(),
        "end": due.isoformat(),
        "is_promised": is_promised,
    }
    if stands:
        # Only what somebody has said moves it, or takes back.
        is_said = is_promised or stands.get("is_promised", False)
        is_moved = is_said and stands["end"] != times["end"]
        return {**stands, **times, "sequence": stands["sequence"] + 1} if is_moved else None
    return {"method": "REQUEST", "sequence": 0, **times} if invites else None


@composer("task")
async def task_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The invitation, with words for programs that have no calendar."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    draft = outbound.draft
    subject = reading.conversation.subject
    title = f"{name_of(reading.customer)}: {subject}" if reading.customer.address else subject
    is_cancelled = draft["method"] == "CANCEL"
    end = datetime.fromisoformat(draft["end"])
    what = (
        _("You need not answer this any more: %(title)s.") % {"title": title}
        if is_cancelled
        else _("You have this conversation: %(title)s.") % {"title": title}
    )
    why = [] if is_cancelled else _how(reading, end)
    there = opened(reading)
    body = render(
        "away",
        reading.texts,
        language=reading.language,
        subject=subject,
        what=what,
        why=why,
        inside=reading.answering,
        conversations=[place_of(reading)],
    )
    task = Task(
        method=draft["method"],
        uid=draft.get("uid", outbound.header_id),
        sequence=draft["sequence"],
        stamp=outbound.created_at,
        start=datetime.fromisoformat(draft["start"]),
        end=end,
        summary=_("Answer %(title)s") % {"title": title},
        description=("" if reading.language == "ja" else " ").join([what, *why]),
        url=there[0].href if there else "",
        organizer=Address(name=reading.mailbox.name, address=reading.address("n")),
        attendee=Address(name=reading.agent.name, address=reading.agent.email),
    )
    return await draft_of(
        db,
        reading,
        body,
        author=reading.mailbox.name,
        verb="n",
        calendar=(task.method, task_calendar(task)),
    )


def _how(reading: Reading, end: datetime) -> list[str]:
    _ = reading.texts.gettext
    until = day_in_words(end, reading.language, reading.zone)
    return [
        _("An answer is due by %(when)s.") % {"when": until},
        _(
            "Accept it to keep it. Decline it to give it back; what you write is told to your "
            "colleagues. Propose another time to say by when you will answer."
        ),
    ]
