"""Conversations and their messages, as whoever asks may see them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from inbox.api.bearer import allow
from inbox.api.shapes import (
    ConversationOut,
    ConversationWhole,
    CustomerRef,
    MessageOut,
    Page,
    Person,
)
from inbox.api.verdicts import Why, read_why
from inbox.api.wishes import Id
from inbox.asgi.deps import HereNow
from inbox.asgi.paging import read_cursor, write_cursor
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.model.lists import Folder
from inbox.model.viewer import Viewer
from inbox.store.conversations import PAGE, get_visible, list_page
from inbox.store.engine import Reader
from inbox.store.links import linked
from inbox.store.ratings import ratings_of
from inbox.store.tables import Agent, Conversation, ConversationMailbox, Participant
from inbox.store.timeline import customer_of, find_message, messages_page

router = APIRouter(tags=["conversations"])
Read = allow(Permission.READ)
Cursor = Annotated[str, Query(max_length=100, description="The `next` of the part before")]
_MOST_PEOPLE = 200


@router.get("/conversations", dependencies=[Read])
async def list_conversations(
    here: HereNow,
    folder: Annotated[Folder, Query(description="A state, or a list of the web view")] = Folder.ALL,
    mailbox: Annotated[int | None, Query(description="Only of this mailbox")] = None,
    cursor: Cursor = "",
) -> Page[ConversationOut]:
    """Conversations, the newest first; `all` are all but spam."""
    if mailbox is not None and mailbox not in here.viewer.mailboxes:
        raise NotFound
    async with here.house.database.read() as db:
        after = read_cursor(cursor)
        rows = await list_page(db, here.viewer, folder, mailbox_id=mailbox, after=after)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(
        items=[ConversationOut.of(one) for one in rows[:PAGE]],
        next=write_cursor(last.last_message_at, last.id) if last else None,
    )


@router.get("/conversations/{conversation_id}", dependencies=[Read])
async def show_conversation(here: HereNow, conversation_id: Id) -> ConversationWhole:
    """One conversation."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        return await _whole(db, here.viewer, found)


@router.get("/conversations/{conversation_id}/messages", dependencies=[Read])
async def list_messages(
    here: HereNow, conversation_id: Id, cursor: Cursor = ""
) -> Page[MessageOut]:
    """What was said, the oldest first: words, who, and how sure it is that they wrote it."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        after = read_cursor(cursor)
        rows = await messages_page(db, found.id, limit=PAGE + 1, after=after)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(
        items=[MessageOut.of(one) for one in rows[:PAGE]],
        next=write_cursor(last.received_at, last.id) if last else None,
    )


@router.get("/messages/{message_id}", dependencies=[Read])
async def show_message(here: HereNow, message_id: Id) -> MessageOut:
    """One message."""
    async with here.house.database.read() as db:
        return MessageOut.of(await find_message(db, here.viewer, message_id))


@router.get("/messages/{message_id}/why", dependencies=[Read])
async def show_why(here: HereNow, message_id: Id) -> Why:
    """Why a message is in its conversation, and not in another."""
    async with here.house.database.read() as db:
        message = await find_message(db, here.viewer, message_id)
        return await read_why(db, here.viewer, message)


async def _whole(db: Reader, viewer: Viewer, found: Conversation) -> ConversationWhole:
    name, addresses = await customer_of(db, found.customer_id)
    people = await db.scalars(
        select(Participant)
        .where(Participant.conversation_id == found.id)
        .order_by(Participant.address)
        .limit(_MOST_PEOPLE)
    )
    also = await db.scalars(
        select(ConversationMailbox.mailbox_id)
        .where(ConversationMailbox.conversation_id == found.id)
        .where(ConversationMailbox.mailbox_id.in_(viewer.mailboxes))
        .order_by(ConversationMailbox.mailbox_id)
    )
    origin = found.refers_to and (await linked(db, viewer, [found.refers_to])).get(found.refers_to)
    return ConversationWhole.whole(
        found,
        customer=CustomerRef(
            id=found.customer_id, name=name, address=addresses[0] if addresses else ""
        ),
        assignee=await db.get(Agent, found.assignee_id) if found.assignee_id else None,
        also_in=list(also),
        refers_to=origin.id if origin else None,
        participants=[Person(name=one.name, address=one.address) for one in people],
        rating=(await ratings_of(db, viewer, found)).here,
    )
