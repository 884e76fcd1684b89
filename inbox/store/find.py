"""What one of us looks for: articles and templates, and conversations that exist for them.

Conversations are looked for among the newest only, so that the answer comes at once however many
there are; an index of all words is another matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import REGCONFIG

from inbox.approved.looking import patterns
from inbox.model.viewer import Viewer
from inbox.store.approved import of_mailboxes
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader, Writer
from inbox.store.tables import (
    Agent,
    Conversation,
    Customer,
    CustomerAddress,
    Follower,
    ListMember,
    Message,
    Template,
    TemplateText,
)

MOST: Final = 5  # of each
_NEWEST: Final = 3_000  # conversations that are looked through
_READ: Final = 20_000  # characters of a mail
_CONFIGS: Final = {"en": "english", "ru": "russian", "it": "italian", "de": "german"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """An approved text that says something of it."""

    id: int
    kind: str
    name: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConversation:
    """A conversation in which all of it stands."""

    id: int
    subject: str
    customer: str
    snippet: str


async def find_texts(
    db: Reader | Writer, viewer: Viewer, query: str, *, kind: str
) -> list[FoundText]:
    """Approved texts with all the words, in any of their forms, the best first."""
    wanted = patterns(query)
    if not wanted:
        return []
    config = cast(_config(), REGCONFIG)
    whole = func.concat_ws(" ", Template.name, TemplateText.title, TemplateText.body)
    vector = func.to_tsvector(config, whole)
    asked = func.plainto_tsquery(config, query[:200])
    has_all = and_(*(func.lower(whole).like(one) for one in wanted))
    in_own = (TemplateText.language == viewer.language).desc()
    named = func.lower(Template.name).like(wanted[0]).desc()
    rows = await db.execute(
        select(Template, TemplateText)
        .join(TemplateText, TemplateText.template_id == Template.id)
        .where(
            of_mailboxes(viewer.mailboxes),
            Template.kind == kind,
            or_(vector.op("@@")(asked), has_all),
        )
        .order_by(named, func.ts_rank(vector, asked).desc(), in_own, Template.id)
        .limit(3 * MOST)
    )
    once: dict[int, FoundText] = {}
    for template, text in rows:
        found = FoundText(
            id=template.id, kind=kind, name=template.name, title=text.title, body=text.body
        )
        once.setdefault(template.id, found)
    return list(once.values())[:MOST]


async def find_conversations(
    db: Reader | Writer, viewer: Viewer, query: str, *, without: int = 0
) -> list[FoundConversation]:
    """Conversations that exist for this person in which all words stand, the newest first.

    In the subject, in who wrote, or in one mail or comment of them.
    """
    wanted = patterns(query)
    if not wanted:
        return []
    newest = _newest(viewer, without).subquery()
    said = func.lower(func.left(Message.text, _READ))
    in_one = exists().where(
        Message.conversation_id == newest.c.id, and_(*(said.like(one) for one in wanted))
    )
    head = func.lower(func.concat_ws(" ", newest.c.subject, newest.c.name, newest.c.addresses))
    rows = await db.execute(
        select(newest)
        .where(or_(and_(*(head.like(one) for one in wanted)), in_one))
        .order_by(newest.c.last_message_at.desc(), newest.c.id.desc())
        .limit(MOST)
    )
    return [
        FoundConversation(
            id=row.id, subject=row.subject, customer=row.name or row.addresses, snippet=row.snippet
        )
        for row in rows
    ]


def _newest(viewer: Viewer, without: int) -> Select[Any]:
    addresses = (
        select(func.string_agg(CustomerAddress.address, literal(" ")))
        .where(CustomerAddress.customer_id == Conversation.customer_id)
        .scalar_subquery()
    )
    return (
        select(
            Conversation.id,
            Conversation.subject,
            Conversation.snippet,
            Conversation.last_message_at,
            Customer.name,
            addresses.label("addresses"),
        )
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(
            or_(visible_to(viewer), _is_drawn_in(viewer)),
            Conversation.id != without,
            Conversation.status != "spam",
        )
        .order_by(Conversation.last_message_at.desc(), Conversation.id.desc())
        .limit(_NEWEST)
    )


def _is_drawn_in(viewer: Viewer) -> ColumnElement[bool]:
    """Whether somebody has asked them, or a department of theirs, to take part in it."""
    departments = (
        select(ListMember.list_id)
        .join(Agent, Agent.id == ListMember.list_id)
        .where(ListMember.agent_id == viewer.id, Agent.disabled_at.is_(None))
    )
    follows = exists().where(
        Follower.conversation_id == Conversation.id,
        or_(Follower.agent_id == viewer.id, Follower.agent_id.in_(departments)),
    )
    return and_(Conversation.merged_into.is_(None), follows)


def _config() -> Any:
    return case(
        *(
            (TemplateText.language == code, cast(literal(name), Text))
            for code, name in _CONFIGS.items()
        ),
        else_=cast(literal("simple"), Text),
    )
