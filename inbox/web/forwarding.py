"""The page on which a mail is passed on: what goes along, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe

from inbox.asgi.deps import Here
from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.forward_mail import passed_words
from inbox.desk.passable import is_passable
from inbox.errors import NotFound
from inbox.model.zones import zone_called
from inbox.outbound.files import files_of
from inbox.store.drafts import Kept, Spot, drafts_in
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Mailbox
from inbox.store.timeline import get_message
from inbox.web.addressed import addresses_in, somebody_in
from inbox.web.attachments import FileView, file_view
from inbox.web.forms import ForwardForm
from inbox.web.letters import Letter, filled
from inbox.web.writing import read_tools


@dataclass(frozen=True, slots=True)
class PassedFile:
    """A file of the mail, and whether it goes along."""

    id: int
    view: FileView
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardView(Letter):
    """The form, empty or as it was filled in, and the words that go along."""

    send_url: str
    back_url: str
    people_url: str
    subject: str
    words: str
    files: list[PassedFile]
    form: ForwardForm


async def read_forward(
    db: Reader,
    here: Here,
    found: Conversation,
    form: ForwardForm,
    *,
    is_new: bool = False,
) -> ForwardView:
    """The page of one mail of a conversation; of a new one with what is kept of it.

    Raises NotFound for what cannot be passed on.
    """
    mail = await get_message(db, here.viewer, found.id, form.message)
    if not await is_passable(db, mail):
        raise NotFound
    mailbox = await db.get_one(Mailbox, found.mailbox_id)
    url = f"/conversations/{found.id}"
    files = [one for one in await files_of(db, mail.id) if not one.aside]
    kept = await kept_forward(db, here, found.id, mail.id) if is_new else None
    along = [one.id for one in files] if is_new else form.along
    if kept:
        along = list(kept.fields.get("along", along))
        names = ("to", "cc", "bcc", "quote", "until")
        said = {name: kept.fields.get(name, "") for name in names}
        form = form.model_copy(update={**said, "text": kept.text})
    state = {"is_markdown": here.viewer.markdown, **(filled(kept, here) if kept else {})}
    tools = await read_tools(
        db,
        found.mailbox_id,
        url,
        viewer_id=here.viewer.id,
        has_people=False,
        about=f"{url}/forwards",
    )
    return ForwardView(
        key=form.key or token_urlsafe(12),
        url=f"{url}/messages/{mail.id}/forward",
        save_url=f"{url}/forwards/draft",
        send_url=f"{url}/forwards",
        back_url=url,
        people_url=f"{url}/people?whole=1",
        subject=mail.subject,
        words=passed_words(mail, mailbox.language, zone_called(mailbox.time_zone)),
        files=[PassedFile(one.id, file_view(one, found.id), one.id in along) for one in files],
        form=form,
        tools=tools,
        **state,
    )


async def kept_forward(db: Reader, here: Here, home: int, mail_id: int) -> Kept | None:
    """What is kept of passing this mail on."""
    kept = await drafts_in(db, here.viewer.id, home)
    return next((one for one in kept if (one.kind, one.name) == ("forward", str(mail_id))), None)


def forward_spot(home: int, form: ForwardForm) -> Spot:
    """Where what is typed is kept."""
    return Spot(kind="forward", conversation_id=home, name=str(form.message))


def passed_on(form: ForwardForm, files: Sequence[AnswerFile]) -> tuple[Answer, str]:
    """What is said, and to whom; who is named behind the first gets a copy. Raises Invalid."""
    to = somebody_in(form.to)
    cc = addresses_in(form.cc)
    words = Answer(
        text=form.text,
        files=tuple(files),
        cc=(*to[1:], *cc),
        bcc=tuple(one.address for one in addresses_in(form.bcc)),
        quote=form.quote != "off",
        passes=tuple(form.along),
        idempotency=form.key or None,
    )
    return words, to[0].address
