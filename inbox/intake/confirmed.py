"""Telling one of us how it was understood what they asked for; only where it could be otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inbox.desk.letter import Letter
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Step
from inbox.intake.deeds.inverse import Before, plainly
from inbox.outbound.about import write_about
from inbox.store.tables import Agent, Conversation


async def confirm(
    desk: Desk,
    letter: Letter,
    conversation_id: int,
    steps: Iterable[Step],
    agent: Agent,
    besides: Sequence[Mapping[str, Any]] = (),
    stood: Before | None = None,
) -> None:
    """One mail to who asked, where a step was understood generously; mostly none.

    `stood`: how it was before, so that all that was done can be taken back.
    """
    done = list(steps)
    # What was done last is undone by one word, where it was all that was done.
    alone = {"alone": True} if len(done) == 1 else {}
    deeds = [*besides, *({**step.told, **alone} for step in done if step.told)]
    if not deeds:
        return
    await write_about(
        desk.db,
        desk.context,
        await desk.db.get_one(Conversation, conversation_id),
        agent,
        "done",
        letter.clues.identity.hex(),
        now=desk.now,
        # Who is told of some would think that the others were not done.
        draft={"deeds": deeds, "plain": [plainly(one, stood) for one in done if not one.told]},
    )
