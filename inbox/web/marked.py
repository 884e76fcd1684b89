"""What was marked in a list: some of a page, or all of it with what no page shows.

All of a list is fixed when it is asked for, and only so much of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, StringConstraints

from inbox.asgi.deps import Here
from inbox.store.engine import Reader as Session
from inbox.store.listed import Listed
from inbox.web.forms import Line, Tells, Words
from inbox.web.rows import read_rows
from inbox.web.views import Place

MOST: Final = 500  # conversations: what is done to each of them within some seconds
_PAGES: Final = 40  # a search that goes far back fills none of its pages


# Many of them in few fields: with commas between.
Numbers = Annotated[
    list[int],
    BeforeValidator(lambda given: [one for said in given for one in str(said).split(",")]),
]


class MarkedForm(BaseModel):
    """What was marked in a list, and what one action needs besides; `agent` gets it, nobody at 0,
    whoever asks when it is missing. `whole`: it is all of the list, as it was a moment ago."""

    conversation: Numbers = []
    whole: bool = False
    agent: int | None = None
    tags: Line = ""
    category: Line = ""
    solution: Annotated[str, StringConstraints(max_length=4000)] = ""
    comment: Words = ""
    tell: Tells = None
    to: int = 0
    until: Line = ""
    priority: Line = ""
    event: Numbers = []


@dataclass(frozen=True, slots=True)
class Whole:
    """The first of a list, in its order; `is_all` where nothing comes behind them."""

    rows: list[Listed]
    is_all: bool


async def read_whole(db: Session, here: Here, place: Place) -> Whole:
    """Page after page, with the rights, the order and the question of this moment.

    Raises NotFound for another's workspace.
    """
    found: dict[int, Listed] = {}
    further = ""
    for _ in range(_PAGES):
        rows = await read_rows(db, here, place, further)
        found |= {one.id: one for one in rows.items}
        further = rows.further
        if not further or len(found) > MOST:
            break
    return Whole(list(found.values())[:MOST], is_all=not further and len(found) <= MOST)
