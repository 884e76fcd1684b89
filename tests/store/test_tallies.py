"""The numbers in the rail, against counting by hand after every verb."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.merge import merge
from inbox.desk.move import move
from inbox.desk.reopen import reopen
from inbox.desk.rest import snooze, wait
from inbox.desk.spam import mark_spam, not_spam
from inbox.desk.takeback import take_back
from inbox.desk.unmerge import unmerge
from inbox.model.actor import Actor
from inbox.model.conversation import Role
from inbox.model.lists import Folder
from inbox.model.viewer import Viewer
from inbox.settings import Settings
from inbox.store.engine import RECORDED, Database, Reader, Writer
from inbox.store.tables import Conversation, ConversationMailbox, Draft, Spool
from inbox.store.tallies import count_folders
from tests.http.company import SECRET, Company
from tests.http.conftest import NOON


async def by_hand(db: Writer, viewer: Viewer) -> Counter[str]:
    """Every conversation looked at, one after the other."""
    shared = {
        (one.conversation_id, one.mailbox_id)
        for one in await db.scalars(select(ConversationMailbox))
    }
    found: Counter[str] = Counter()
    for one in await db.scalars(select(Conversation).where(Conversation.merged_into.is_(None))):
        boxes = {one.mailbox_id, *(box for at, box in shared if at == one.id)}
        if boxes & viewer.mailboxes:
            found[one.status] += 1
            found["mine"] += one.status == "open" and one.assignee_id == viewer.id
            found["unassigned"] += one.status == "open" and one.assignee_id is None
    return found


async def test_counts_are_right_after_every_verb(database: Database) -> None:
    company = Company(database, Settings(), NOON)
    support = await company.mailbox("support@us.example", "Support")
    press = await company.mailbox("press@us.example", "Press")
    ann = await company.agent("Ann Berg", support.address)
    at = [await company.receives((support, press)[n > 3], text=f"{n}") for n in range(6)]
    who = {
        box: Viewer(id=ann.id, name="Ann", email=ann.email, role=Role.AGENT, mailboxes=boxes)
        for box, boxes in (("own", frozenset({support.id})), ("press", frozenset({press.id})))
    }
    by, later = Actor.agent(ann.id, ann.name), NOON + timedelta(days=1)
    more: dict[str, Any] = {"by": by, "now": NOON}

    async def merged(db: Writer) -> None:
        await merge(db, at[1], at[4], **more)
        event = db.info[RECORDED]
        await check(db, "merge")
        await unmerge(db, at[1], event, secret=SECRET, **more)

    async def undone(db: Writer) -> None:
        await snooze(db, at[2], later, **more)
        await take_back(db, db.info[RECORDED], secret=SECRET, **more)

    async def check(db: Writer, verb: str) -> None:
        await db.flush()
        for viewer in who.values():
            counted, hand = await count_folders(Reader(db), viewer), await by_hand(db, viewer)
            for folder in set(Folder) - {Folder.ALL, Folder.DRAFTS, Folder.SET_ASIDE}:
                assert counted[folder] == hand[folder.value], (verb, folder)

    async with database.write() as db:
        for verb, done in {
            "assign": lambda: assign(db, at[0], ann.id, **more),
            "close": lambda: close(db, at[1], **more),
            "reopen": lambda: reopen(db, at[1], **more),
            "snooze": lambda: snooze(db, at[0], later, **more),
            "wait": lambda: wait(db, at[2], None, **more),
            "spam": lambda: mark_spam(db, at[3], **more),
            "not spam": lambda: not_spam(db, at[3], **more),
            "move": lambda: move(db, at[3], press.id, **more),
            "merge": lambda: merged(db),
            "undo": lambda: undone(db),
        }.items():
            await done()
            await check(db, verb)


async def test_drafts_are_ones_own_and_what_is_set_aside_is_of_ones_mailboxes(
    database: Database,
) -> None:
    company = Company(database, Settings(), NOON)
    support = await company.mailbox("support@us.example", "Support")
    ann, ben = [await company.agent(name, support.address) for name in ("Ann B", "Ben O")]
    at = await company.receives(support)
    async with database.write() as db:
        for kind in ("reply", "note"):
            db.add(
                Draft(agent_id=ann.id, conversation_id=at, kind=kind, version=1, updated_at=NOON)
            )
        raw = {"raw": b"x", "sha256": b"x", "size": 1, "sender": "", "recipients": []}
        for box in (support.id, support.id + 1000):
            db.add(
                Spool(**raw, source="smtp", received_at=NOON, state="set_aside", mailboxes=[box])
            )
    for agent, drafts, boxes, aside in (
        (ann, 1, {support.id}, 1),
        (ben, 0, {support.id}, 1),
        (ann, 0, set[int](), 0),
    ):
        viewer = Viewer(id=agent.id, name="", email="", role=Role.AGENT, mailboxes=frozenset(boxes))
        async with database.read() as db:
            counted = await count_folders(Reader(db), viewer)
        assert (counted[Folder.DRAFTS], counted[Folder.SET_ASIDE]) == (drafts, aside)
