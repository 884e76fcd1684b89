"""One of us looks for something by mail: what is found comes back to them, and no more is done.

Nothing reaches the conversation or anybody else: only what exists for this person is looked
through, and the mail goes to the address that is registered first.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from inbox.approved.proposing import proposed
from inbox.auth.viewers import viewer_of_agent
from inbox.desk.letter import Kept, Letter
from inbox.desk.quiet import tell_later
from inbox.desk.snippet import snippet
from inbox.desk.templates import around_of
from inbox.intake.agent_desk import Desk, finish, remember
from inbox.model.viewer import Viewer
from inbox.outbound.about import write_about
from inbox.store.approved import candidates, named
from inbox.store.asked import newest_message, told_since
from inbox.store.find import FoundText, find_conversations, find_texts
from inbox.store.tables import Agent, Conversation

_MOST: Final = 60  # mails an hour to one person


async def find_out(
    desk: Desk, letter: Letter, conversation_id: int, agent: Agent, query: str
) -> Kept:
    """Look for it, and mail back what is found."""
    db = desk.db
    message_id = await newest_message(db, conversation_id)
    if not await remember(desk, letter, conversation_id, agent, ["find"]):
        return await finish(desk, letter, conversation_id, message_id)
    if await told_since(db, agent.id, "found", desk.now - timedelta(hours=1)) < _MOST:
        await write_about(
            db,
            desk.context,
            await db.get_one(Conversation, conversation_id),
            agent,
            "found",
            letter.clues.identity.hex(),
            now=desk.now,
            message_id=message_id,
            draft=await _found(desk, agent, query, conversation_id),
        )
    else:
        item = {"kind": "found", "conversation": conversation_id, "message": message_id}
        await tell_later(db, agent.id, now=desk.now, item={**item, "draft": {"query": query}})
    return await finish(desk, letter, conversation_id, message_id)


async def _found(desk: Desk, agent: Agent, query: str, here: int) -> dict[str, Any]:
    """As the mail keeps it: the same for each try, whatever is written meanwhile."""
    db = desk.db
    viewer = await viewer_of_agent(db, agent.id)
    if not query:
        return {"query": "", **await _suiting(desk, viewer, here), "conversations": []}
    articles = await find_texts(db, viewer, query, kind="article")
    templates = await find_texts(db, viewer, query, kind="template")
    conversations = await find_conversations(db, viewer, query, now=desk.now, without=here)
    return {
        "query": query,
        "articles": [_text(one) for one in articles],
        "templates": [_text(one) for one in templates],
        "conversations": [
            {
                "id": one.id,
                "subject": one.subject[:100],
                "customer": one.customer[:100],
                "snippet": one.snippet[:200],
            }
            for one in conversations
        ],
    }


async def _suiting(desk: Desk, viewer: Viewer, here: int) -> dict[str, list[dict[str, str]]]:
    """Texts that may answer the customer's newest mail, by the words that both have."""
    around = await around_of(desk.db, await desk.db.get_one(Conversation, here))
    mail = f"{around.subject}\n{around.words}"
    found: dict[str, list[dict[str, str]]] = {}
    for kind in ("article", "template"):
        known = await candidates(desk.db, viewer.mailboxes, viewer.id, kind)
        fitting = proposed(mail, known)
        texts = {one.id: one for one in known if one.id in fitting}
        names = {one.id: one.name for one in await named(desk.db, fitting)}
        found[f"{kind}s"] = [
            {"name": names[one], "title": "", "snippet": snippet(texts[one].body)}
            for one in fitting
        ]
    return found


def _text(one: FoundText) -> dict[str, str]:
    return {"name": one.name, "title": one.title, "snippet": snippet(one.body)}
