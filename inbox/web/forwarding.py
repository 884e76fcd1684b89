"""The page on which a customer's mail is passed on: what goes along, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

from inbox.asgi.deps import Here
from inbox.desk.forward_mail import passed_words
from inbox.errors import NotFound
from inbox.model.conversation import MessageKind, Visibility
from inbox.outbound.files import files_of
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Mailbox
from inbox.store.timeline import get_message
from inbox.web.attachments import FileView, file_view
from inbox.web.forms import ForwardForm


@dataclass(frozen=True, slots=True)
class PassedFile:
    """A file of the mail, and whether it goes along."""

    id: int
    view: FileView
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ForwardView:
    """The form, empty or as it was filled in, and the words that go along."""

    url: str
    back_url: str
    people_url: str
    subject: str
    words: str
    files: list[PassedFile]
    form: ForwardForm
    leaks: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    fault: str = ""


async def read_forward(
    db: Reader, here: Here, found: Conversation, form: ForwardForm, *, is_new: bool = False
) -> ForwardView:
    """The page of one mail of a conversation. Raises NotFound for what is no customer's mail."""
    mail = await get_message(db, here.viewer, found.id, form.message)
    if (mail.kind, mail.visibility) != (MessageKind.MAIL, Visibility.PUBLIC):
        raise NotFound
    mailbox = await db.get_one(Mailbox, found.mailbox_id)
    url = f"/conversations/{found.id}"
    files = [one for one in await files_of(db, mail.id) if not one.aside]
    return ForwardView(
        url=f"{url}/forwards",
        back_url=url,
        people_url=f"{url}/people?whole=1",
        subject=mail.subject,
        words=passed_words(mail, mailbox.language, ZoneInfo(mailbox.time_zone)),
        files=[
            PassedFile(one.id, file_view(one, found.id), is_new or one.id in form.file)
            for one in files
        ],
        form=form.model_copy(update={"key": form.key or token_urlsafe(12)}),
    )
