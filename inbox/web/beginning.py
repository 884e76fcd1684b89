"""The page on which one of us begins a conversation: what is typed, and what it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe

from inbox.asgi.deps import Here
from inbox.desk.answer import AnswerFile, FirstMail, Opening
from inbox.errors import Invalid, NotFound
from inbox.model.address import Address
from inbox.refusals import Refusal
from inbox.store.conversations import mailboxes_of
from inbox.store.drafts import Kept, Spot, begun
from inbox.store.engine import Reader
from inbox.store.known import known_customers
from inbox.store.tables import Mailbox
from inbox.web.addressed import addresses_in, somebody_in
from inbox.web.forms import BeginForm
from inbox.web.letters import Letter, filled
from inbox.web.writing import MOST, read_tools

URL = "/conversations/new"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginView(Letter):
    """The form, empty or as it was filled in."""

    mailboxes: list[Mailbox]
    form: BeginForm
    meant: list[Address] = field(default_factory=list)  # customers who may have been meant


async def own_mailboxes(db: Reader, here: Here) -> list[Mailbox]:
    """In whose names they may begin a conversation."""
    return [one for one in await mailboxes_of(db, here.viewer) if one.removed_at is None]


async def read_begin(
    db: Reader, here: Here, form: BeginForm, *, is_unclear: bool = False, kept: Kept | None = None
) -> BeginView:
    """The page; with whom may have been meant, where what was typed is no address."""
    mailboxes = await own_mailboxes(db, here)
    wanted = kept.mailbox_id if kept else form.mailbox
    chosen = next((one for one in mailboxes if one.id == wanted), None)
    chosen = chosen or next(iter(mailboxes), None)
    if chosen is None:
        raise NotFound
    key = form.key or token_urlsafe(12)
    form = form.model_copy(update={"mailbox": chosen.id, "key": key})
    if kept:
        names = ("to", "cc", "bcc", "subject", "until")
        said = {name: kept.fields.get(name, "") for name in names}
        form = form.model_copy(update={**said, "text": kept.text})
    state = {"is_markdown": here.viewer.markdown, **(filled(kept, here) if kept else {})}
    return BeginView(
        key=key,
        url=f"{URL}?draft={key}",
        save_url=f"{URL}/draft",
        mailboxes=mailboxes,
        form=form,
        tools=await read_tools(db, chosen.id, URL, viewer_id=here.viewer.id, has_people=False),
        meant=await known_customers(db, here.viewer, form.to, most=MOST) if is_unclear else [],
        **state,
    )


async def kept_begin(db: Reader, here: Here, name: str) -> Kept | None:
    """The draft of a first mail, by the key of its form."""
    return next(iter(await begun(db, here.viewer, name=name)), None) if name else None


def begin_spot(form: BeginForm, mailbox: Mailbox) -> Spot:
    """Where what is typed is kept. Raises NotFound for a form that does not say which it is."""
    if not form.key:
        raise NotFound
    return Spot(kind="new", mailbox_id=mailbox.id, name=form.key)


async def the_mailbox(db: Reader, here: Here, mailbox_id: int) -> Mailbox:
    """One of the person's mailboxes. Raises NotFound."""
    found = await mailboxes_of(db, here.viewer)
    for one in found:
        if one.id == mailbox_id and one.removed_at is None:
            return one
    raise NotFound


def first_mail(form: BeginForm, files: list[AnswerFile]) -> FirstMail:
    """The mail as it was typed; who is named behind the first gets a copy. Raises Invalid."""
    to = somebody_in(form.chosen or form.to)
    subject = " ".join(form.subject.split())
    if not subject:
        raise Invalid(Refusal.NO_SUBJECT)
    cc = addresses_in(form.cc)
    return FirstMail(
        text=form.text,
        files=tuple(files),
        cc=(*to[1:], *cc),
        bcc=tuple(one.address for one in addresses_in(form.bcc)),
        opening=Opening(to=to[0], subject=subject),
        idempotency=form.key or None,
    )
