"""One number of a digest that was answered: what became of it, and what is taken back of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inbox.desk.stop import stop
from inbox.errors import Conflict
from inbox.intake.agent_desk import Desk
from inbox.intake.agent_undoes import undo_last
from inbox.orders.numbered import Part
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.tables import Agent


@dataclass(slots=True)
class Result:
    """What became of one number, as the mail back says it."""

    number: int
    subject: str = ""
    done: list[dict[str, Any]] = field(default_factory=list)
    said: str = ""  # note, answer, stopped
    leaves: datetime | None = None  # the answer; until then it can be stopped
    files: tuple[str, ...] = ()  # that went along
    why: str = ""  # why nothing was done: unknown, gone, moved, leaks, nobody, files, left,
    # unanswered, undone, flood
    moved: Mapping[str, Any] | None = None
    troubles: list[Trouble] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """As the mail back keeps it."""
        return {
            "number": self.number,
            "subject": self.subject,
            "done": self.done,
            "said": self.said,
            "leaves": self.leaves.isoformat() if self.leaves else None,
            "files": list(self.files),
            "why": self.why,
            "moved": self.moved,
            "troubles": [one.row() for one in self.troubles],
        }


async def stop_answer(
    desk: Desk, result: Result, there: int, parts: Sequence[Part], agent: Agent
) -> None:
    """Take one's answer back; who asks for more at once is asked to say it again."""
    if _says_more(parts):
        result.troubles = [Trouble(line=part.line, why=Why.AGAINST) for part in parts]
        return
    try:
        stopped = await stop(desk.db, there, by=agent, now=desk.now, context=desk.context)
    except Conflict:
        result.why = "left"
    else:
        result.said, result.why = ("stopped", "") if stopped else ("", "unanswered")


async def undo_deed(
    desk: Desk, result: Result, there: int, parts: Sequence[Part], agent: Agent
) -> None:
    """Take back what they did last; alone, as stopping."""
    if _says_more(parts):
        result.troubles = [Trouble(line=part.line, why=Why.AGAINST) for part in parts]
    elif verb := await undo_last(desk, there, agent):
        result.done = [{"line": Verb.UNDO.value, "of": verb.value}]
    else:
        result.why = "undone"


def _says_more(parts: Sequence[Part]) -> bool:
    return any(part.words or part.unclear or len(part.orders) > 1 for part in parts)
