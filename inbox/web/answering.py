"""The form of an answer → what is sent; and back, what was sent or saved → the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from secrets import token_urlsafe
from typing import Any

from inbox.asgi.deps import Here
from inbox.desk.afterwards import Afterwards, Then
from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.drafts import Typed, save_draft
from inbox.desk.undo import TakenBack
from inbox.model.address import Address
from inbox.store.drafts import DraftFileRow, Spot
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Conversation
from inbox.web.addressed import addresses_in, written
from inbox.web.dates import Calendar
from inbox.web.forms import AnswerForm, WrittenForm
from inbox.web.moments import TOMORROW, moment_for
from inbox.web.uploads import file_row


def answer_of(form: AnswerForm, files: Sequence[AnswerFile]) -> Answer:
    """What a form says. Raises Invalid for what is no address."""
    return Answer(
        text=form.text,
        files=tuple(files),
        cc=_cc(form),
        bcc=tuple(one.address for one in addresses_in(form.bcc)),
        sender=form.sender,
        quote=form.quote == "on" if form.quote else None,
        idempotency=form.key or None,
    )


def wish_of(here: Here, form: AnswerForm) -> Afterwards:
    """What is to be done along with it, and the time that is meant. Raises Invalid."""
    then = Then(form.then) if form.then in set(Then) else Then.NOTHING
    said = form.until or ("" if form.then == "wait" else TOMORROW)
    if form.then not in ("wait", "snooze", "later") or not said:
        return Afterwards(then=then, ending=form.ending)
    return Afterwards(then=then, until=moment_for(here, said))


def typed(form: AnswerForm, how: WrittenForm, files: Sequence[DraftFileRow]) -> Typed:
    """The same as a draft."""
    names = ("audience", "cc", "bcc", "sender", "quote", "until")
    fields: dict[str, Any] = {name: value for name in names if (value := getattr(form, name))}
    fields |= {"markdown": how.markdown, "used": how.used}
    if form.closing:
        fields["ending"] = asdict(form.ending)
    return Typed(text=form.text, fields=fields, files=files, key=form.key)


async def keep_taken_back(
    db: Writer,
    home: Conversation | int,
    taken: TakenBack,
    calendar: Calendar,
    *,
    by: Agent,
    here: Here,
) -> Spot:
    """What was taken back is a draft again, whatever was one; where it is kept.

    `home`: the conversation's number; or one that was begun with it, and is gone.
    """
    fields: dict[str, Any] = {
        "markdown": taken.is_markdown or here.viewer.markdown,
        "cc": listed(taken.cc),
        "bcc": ", ".join(taken.bcc),
        "sender": taken.sender,
        "quote": "" if taken.quote is None else "on" if taken.quote else "off",
        "until": calendar.typed(taken.until) if taken.until else "",
    }
    files = [file_row(one) for one in taken.files if one.part is None]
    if isinstance(home, Conversation):
        fields |= {"to": listed(taken.to), "subject": home.subject}
        spot = Spot(kind="new", mailbox_id=home.mailbox_id, name=token_urlsafe(12))
    elif taken.passed:
        fields |= {"to": listed(taken.to)}
        fields |= {} if taken.passed_files is None else {"along": list(taken.passed_files)}
        spot = Spot(kind="forward", conversation_id=home, name=str(taken.passed))
    else:
        spot = Spot(kind="reply", conversation_id=home)
    words = Typed(text=taken.text, fields=fields, files=files, has_more=bool(taken.passed))
    await save_draft(db, spot, words, version=None, by=by, now=here.now)
    return spot


def listed(people: Iterable[Address]) -> str:
    """People as a field shows them, and as it is read again."""
    return ", ".join(map(written, people))


def _cc(form: AnswerForm) -> tuple[Address, ...] | None:
    """None, which keeps the customer's own, unless the form says something about it."""
    if form.audience == "one":
        return ()
    return None if form.cc is None else addresses_in(form.cc)
