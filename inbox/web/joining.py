"""What a conversation could be joined to, as a page lists it."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.asgi.deps import Here
from inbox.store.conversations import mailboxes_of
from inbox.store.engine import Reader as Session
from inbox.store.links import Other, others_of_customer
from inbox.store.questions import question_of
from inbox.store.search import search
from inbox.store.tables import Conversation
from inbox.web.dates import When
from inbox.web.lists import row_of
from inbox.web.pages import Reader, reader_of
from inbox.web.views import Place, state_names


@dataclass(frozen=True, slots=True)
class Candidate:
    """A conversation that may be the other one."""

    id: int
    url: str
    subject: str
    customer: str
    snippet: str
    state: str
    when: When


@dataclass(frozen=True, slots=True)
class JoiningView:
    """The whole page."""

    subject: str
    url: str
    back_url: str
    expected: int
    typed: str
    found: list[Candidate]
    own: list[Candidate]  # of the same customer


async def read_joining(
    db: Session, here: Here, conversation: Conversation, place: Place, typed: str
) -> JoiningView:
    """The customer's other conversations, the newest ones; and what was found for the words."""
    reader = reader_of(here)
    own = await others_of_customer(db, here.viewer, conversation)
    return JoiningView(
        subject=conversation.subject or reader.texts.gettext("(no subject)"),
        url=place.url(f"/conversations/{conversation.id}/merge"),
        back_url=place.url(f"/conversations/{conversation.id}"),
        expected=conversation.last_event_id,
        typed=typed,
        found=await _found(db, here, conversation, typed, reader) if typed.strip() else [],
        own=[_own(one, place, reader) for one in own],
    )


async def _found(
    db: Session, here: Here, conversation: Conversation, typed: str, reader: Reader
) -> list[Candidate]:
    question = await question_of(db, here.viewer, typed, now=here.now)
    results = await search(db, here.viewer, question, now=here.now)
    mailboxes = {one.id: one for one in await mailboxes_of(db, here.viewer)}
    rows = [
        (one.listed, row_of(one.listed, Place(), mailboxes, here.viewer, reader))
        for one in results.items
        if one.listed.id != conversation.id
    ]
    names = state_names(reader.texts)
    return [
        Candidate(
            id=row.id,
            url=row.url,
            subject=row.subject,
            customer=row.customer,
            snippet=row.snippet,
            state=names[listed.status],
            when=row.when,
        )
        for listed, row in rows
    ]


def _own(one: Other, place: Place, reader: Reader) -> Candidate:
    return Candidate(
        id=one.id,
        url=place.url(f"/conversations/{one.id}"),
        subject=one.subject or reader.texts.gettext("(no subject)"),
        customer="",
        snippet=one.snippet,
        state=state_names(reader.texts)[one.status],
        when=reader.calendar.when(one.last_message_at),
    )
