"""An entry that one of us adds to a conversation: its row and its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, insert, select

from inbox.desk.addresses import rows_of
from inbox.desk.answer import AnswerFile
from inbox.desk.put_aside import keep_bytes
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import ActorKind, MessageKind, Visibility
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation, File, Message

_SAME = select(Message).where(Message.identity == bindparam("identity"))  # built once

LONGEST = 500_000  # characters
MOST_OCTETS = 24 * 1024 * 1024  # what most mail systems take, once it is written as text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to stand in the conversation."""

    kind: MessageKind
    text: str
    files: tuple[AnswerFile, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    spool_id: int | None = None
    has_html: bool = False
    idempotency: str | None = None


def clean_words(text: str, files: Sequence[AnswerFile] = ()) -> str:
    """The words as they can be kept and sent. Raises Invalid when there is nothing to say."""
    text = storable(text)
    if not text.strip() and not files:
        raise Invalid(Refusal.NOTHING_WRITTEN)
    if sum(one.size for one in files) > MOST_OCTETS:
        raise Invalid(Refusal.FILES_TOO_LARGE)
    if len(text) > LONGEST:
        raise Invalid(Refusal.TOO_LONG)
    return text


def storable(text: str) -> str:
    """The words without what PostgreSQL refuses, and without empty lines around them."""
    text = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
    return text.strip("\n").rstrip()


async def add_entry(
    db: Writer,
    conversation_id: int,
    entry: Entry,
    *,
    by: Agent | Actor,
    now: datetime,
    rng: Callable[[int], bytes],
) -> Message:
    """Add the entry of a person or a rule. Only an answer of ours, or what a rule answers, is
    public: nothing else can ever be sent outside.
    """
    message = message_of(conversation_id, entry, by=by, now=now)
    if isinstance(by, Agent) and entry.idempotency:
        message.identity = _identity(by, entry.idempotency)
    else:
        message.identity = rng(32)
    db.add(message)
    await db.flush()
    await _add_files(db, message, entry.files)
    return message


def message_of(conversation_id: int, entry: Entry, *, by: Agent | Actor, now: datetime) -> Message:
    """The row of an entry, which is not in the conversation yet."""
    is_public = entry.kind in (MessageKind.REPLY, MessageKind.AUTO)
    return Message(
        conversation_id=conversation_id,
        kind=entry.kind,
        visibility=Visibility.PUBLIC if is_public else Visibility.INTERNAL,
        author_kind=ActorKind.AGENT if isinstance(by, Agent) else by.kind,
        author_id=by.id,
        author_name=by.name,
        author_address=by.email if isinstance(by, Agent) else "",
        to=rows_of(entry.to),
        cc=rows_of(entry.cc),
        subject=entry.subject,
        message_id=entry.message_id,
        in_reply_to=entry.in_reply_to,
        references=list(entry.references),
        date=now,
        received_at=now,
        text=entry.text,
        has_html=entry.has_html,
        spool_id=entry.spool_id,
    )


async def same_entry(db: Reader | Writer, by: Agent, idempotency: str | None) -> Message | None:
    """The entry that this person made with the same key before."""
    if not idempotency:
        return None
    return await db.scalar(_SAME, {"identity": _identity(by, idempotency)})


def count_note(conversation: Conversation, message: Message) -> None:
    """Let the list of conversations show an entry that is nobody's turn."""
    conversation.message_count += 1
    conversation.last_message_at = max(conversation.last_message_at, message.received_at)


async def _add_files(db: Writer, message: Message, files: Sequence[AnswerFile]) -> None:
    by_agent = message.author_kind == ActorKind.AGENT
    await keep_bytes(db, files, message.author_id if by_agent else None, is_named=True)
    if files:
        await db.execute(insert(File), [_file(message, one) for one in files])


def answer_file(row: File) -> AnswerFile:
    """The file of an entry that is there, for another entry; its bytes are kept already."""
    return AnswerFile(
        filename=row.filename,
        content_type=row.content_type,
        part=row.part,
        size=row.size,
        sha256=row.sha256,
        content_id=row.content_id,
        inline=row.inline,
    )


def _file(message: Message, file: AnswerFile) -> dict[str, object]:
    return {
        "message_id": message.id,
        "part": file.part,
        "blob": file.sha256 if file.part is None else None,
        "filename": file.filename,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "content_id": file.content_id,
        "inline": file.inline,
    }


def _identity(by: Agent, idempotency: str) -> bytes:
    return sha256(f"composer:{by.id}:{idempotency}".encode()).digest()
