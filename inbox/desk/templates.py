"""The verbs of approved texts: added, changed, removed, and put around somebody's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select

from inbox.approved.fill import Filled, Form, Unfilled, Values, fill, typed
from inbox.approved.naming import key, language_for
from inbox.approved.placeholders import Flaw, Flawed, check
from inbox.desk.answered import find_source
from inbox.desk.mailboxes import the_mailbox
from inbox.errors import Invalid, NotFound
from inbox.i18n import LANGUAGES
from inbox.mail.language import language_of
from inbox.model.conversation import MessageKind, Visibility
from inbox.refusals import Refusal
from inbox.store.approved import Written, written
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Reader, Writer
from inbox.store.tables import (
    Agent,
    Conversation,
    Customer,
    Mailbox,
    Message,
    Template,
    TemplateText,
)

KINDS = ("template", "article")
_LONGEST_NAME = 60
_LONGEST_TITLE = 200
_MOST_READ = 5  # mails in which the language is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An approved text in one language, before it is kept."""

    name: str
    language: str
    body: str
    title: str = ""
    kind: str = "template"
    form: str = "plain"
    mailbox: str = ""  # an address of it; "" for all of them
    is_personal: bool = False  # for whoever keeps it alone


async def keep_text(db: Writer, draft: Draft, *, now: datetime, by: Agent | None = None) -> Written:
    """Add an approved text, or write it anew in this language; the same again changes nothing.

    Raises Invalid for what could not be sent as it is, with the line; UnknownMailbox.
    """
    name, title, body = _checked(draft)
    mailbox_id = (await the_mailbox(db, draft.mailbox)).id if draft.mailbox else None
    agent_id = by.id if by and draft.is_personal else None
    if draft.is_personal and (agent_id is None or mailbox_id is not None):
        raise Invalid(Refusal.UNUSABLE)
    whose = {"mailbox_id": mailbox_id, "agent_id": agent_id}
    template = await _named(db, whose, draft.kind, name)
    if template is None:
        template = Template(**whose, kind=draft.kind, name=name, name_key=key(name))
        template.changed_at = now
        db.add(template)
    template.name, template.form = name, draft.form
    await db.flush()
    there = await db.get(TemplateText, (template.id, draft.language))
    if there is None:
        there = TemplateText(template_id=template.id, language=draft.language)
        db.add(there)
    elif (there.body, there.title) == (body, title):
        return await the_text(db, template.id)
    there.body, there.title = body, title
    template.changed_at, template.changed_by = now, by.id if by else None
    await db.flush()
    return await the_text(db, template.id)


async def remove_text(db: Writer, template_id: int, *, language: str | None = None) -> None:
    """Remove an approved text, or what is written in one language. Raises NotFound."""
    found = await the_text(db, template_id)
    if language is None or found.languages == (language,):
        await db.execute(delete(Template).where(Template.id == template_id))
        return
    if language not in found.languages:
        raise NotFound(Refusal.NO_SUCH_TEXT)
    await db.execute(
        delete(TemplateText).where(
            TemplateText.template_id == template_id, TemplateText.language == language
        )
    )


async def the_text(db: Reader | Writer, template_id: int) -> Written:
    """The approved text of this number. Raises NotFound."""
    found = await written(db, id=template_id)
    if not found:
        raise NotFound(Refusal.NO_SUCH_TEXT)
    # What was only just changed is read anew.
    await db.refresh(found[0].template)
    return found[0]


async def fill_text(
    db: Writer, conversation: Conversation, template_id: int, words: str, *, by: Agent
) -> Filled:
    """The approved text with its values, around the words of `by`.

    In the customer's language where it is written in it, else in the mailbox's. Raises Invalid
    where a value is not known that nothing stands in for; NotFound.
    """
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    around = await around_of(db, conversation)
    found = await the_text(db, template_id)
    text = _text_for(found, mailbox, around)
    values = values_of(mailbox, around, by.name)
    with _refusing(found):
        return fill(text.body, Form(found.template.form), values, words)


async def filled_by_machine(
    db: Writer, conversation: Conversation, template_id: int, *, is_proved: bool
) -> tuple[Filled, str]:
    """The approved text that nobody of us sends, and its language: the mailbox stands for a person.

    Who is not proved gets no words of the mail: a name is the one that was known before, and the
    subject is not known. Raises Invalid as above, NotFound.
    """
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    around = await around_of(db, conversation)
    if not is_proved:
        known = await db.get_one(Customer, conversation.customer_id)
        around = replace(around, customer=known.name, subject="")
    found = await the_text(db, template_id)
    text = _text_for(found, mailbox, around)
    with _refusing(found):
        form = Form(found.template.form)
        return fill(text.body, form, values_of(mailbox, around, mailbox.name)), text.language


async def typed_text(
    db: Reader | Writer,
    mailbox: Mailbox,
    template_id: int,
    around: Around,
    *,
    by: Agent,
    is_markdown: bool = False,
) -> str:
    """The approved text with its values, to be written on; of this mailbox, of `by`, or of all.

    Raises Invalid as above, NotFound for one of another mailbox too.
    """
    found = await written(db, mailboxes=[mailbox.id], agent_id=by.id, id=template_id)
    if not found:
        raise NotFound(Refusal.NO_SUCH_TEXT)
    text = _text_for(found[0], mailbox, around)
    with _refusing(found[0]):
        form = Form(found[0].template.form)
        return typed(text.body, form, values_of(mailbox, around, by.name), is_markdown=is_markdown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """To whom a text goes, about what, and in which language they write, where that is known."""

    customer: str = ""
    subject: str = ""
    language: str | None = None
    words: str = ""  # the customer's newest


async def around_of(db: Reader | Writer, conversation: Conversation) -> Around:
    """The same of a conversation."""
    name, language, words = await _customer(db, conversation)
    subject = conversation.subject
    return Around(customer=name, subject=subject, language=language, words=words)


def _text_for(found: Written, mailbox: Mailbox, around: Around) -> TemplateText:
    chosen = language_for(found.languages, (around.language, mailbox.language))
    return next(one for one in found.texts if one.language == chosen)


def values_of(mailbox: Mailbox, around: Around, name: str) -> Values:
    """What the places of a text stand for, in an answer of who is called so."""
    return Values(
        customer=around.customer,
        agent=name,
        mailbox=mailbox.name,
        address=mailbox.address,
        subject=around.subject,
    )


@contextmanager
def _refusing(found: Written) -> Iterator[None]:
    try:
        yield
    except Unfilled as error:
        name = found.template.name
        raise Invalid(Refusal.TEXT_UNFILLED, text=name, name=error.name) from error
    except Flawed as error:
        raise _refused(error) from error


async def _customer(db: Reader | Writer, conversation: Conversation) -> tuple[str, str | None, str]:
    """What the one who is answered is called, their language, and their newest words."""
    customer = await db.get_one(Customer, conversation.customer_id)
    try:
        name = (await find_source(db, conversation)).message.author_name
    except Invalid:
        name = ""
    found = await db.scalars(
        select(Message.text)
        .where(
            Message.conversation_id == conversation.id,
            Message.kind == MessageKind.MAIL,
            Message.visibility == Visibility.PUBLIC,
        )
        .order_by(*NEWEST_FIRST)
        .limit(_MOST_READ)
    )
    texts = list(found)
    # The newest of which it is sure: "thanks!" says nothing.
    language = next(filter(None, map(language_of, texts)), None)
    return name or customer.name, language, next(iter(texts), "")


def _checked(draft: Draft) -> tuple[str, str, str]:
    name = " ".join(draft.name.split())
    if not key(name) or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid(Refusal.TEXT_NAME)
    if draft.language not in LANGUAGES:
        raise Invalid(Refusal.TEXT_LANGUAGE, languages=", ".join(LANGUAGES))
    if draft.kind not in KINDS or draft.form not in set(Form):
        raise Invalid(Refusal.UNUSABLE)
    title = " ".join(draft.title.split())
    if len(title) > _LONGEST_TITLE:
        raise Invalid(Refusal.FIELD_TOO_LONG, field="title", most=_LONGEST_TITLE)
    body = draft.body.replace("\r\n", "\n").replace("\0", "").strip("\n").rstrip()
    try:
        check(body)
    except Flawed as error:
        raise _refused(error) from error
    return name, title, body


def _refused(flawed: Flawed) -> Invalid:
    line, name = flawed.line, flawed.name
    match flawed.flaw:
        case Flaw.UNKNOWN:
            return Invalid(Refusal.TEXT_UNKNOWN, line=line, name=name)
        case Flaw.SYNTAX:
            return Invalid(Refusal.TEXT_UNREADABLE, line=line)
        case Flaw.NOT_ALLOWED:
            return Invalid(Refusal.TEXT_NOT_ALLOWED, line=line)
        case Flaw.WORDS_TWICE:
            return Invalid(Refusal.TEXT_WORDS_TWICE, line=line)
        case Flaw.LONG:
            return Invalid(Refusal.TEXT_TOO_LONG)
    return Invalid(Refusal.NOTHING_WRITTEN)


async def _named(
    db: Writer, whose: Mapping[str, int | None], kind: str, name: str
) -> Template | None:
    return await db.scalar(
        select(Template).where(
            Template.mailbox_id.is_not_distinct_from(whose["mailbox_id"]),
            Template.agent_id.is_not_distinct_from(whose["agent_id"]),
            Template.kind == kind,
            Template.name_key == key(name),
        )
    )
