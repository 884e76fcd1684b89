"""Orders that note something about the customer for all of us, and take it off again.

An address or a number alone is one of theirs; what somebody else writes from makes them one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from inbox.desk.customer_notes import add_customer_note, remove_customer_note
from inbox.desk.identity import (
    add_address,
    add_phone,
    merge_customers,
    part_customers,
    remove_address,
    remove_phone,
)
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, as_words, no
from inbox.mail.header_values import is_sendable
from inbox.model.actor import Actor
from inbox.model.address import normalize
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb, fold
from inbox.store.about_customer import known_about, somebody_at
from inbox.store.tables import Agent

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.-]{3,38}[0-9]")
_SHORT: Final = 60  # characters by which a note is named


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that is known of a customer: `kind`, how it is named, and its number or itself."""

    kind: str
    named: str
    key: str

    def told(self, verb: Verb) -> dict[str, str]:
        return {"verb": verb.value, "kind": self.kind, "words": self.named}


def _said(order: Order) -> str:
    """An address as it is, and words without the hyphens of an address that is a verb."""
    return order.argument.strip() if "@" in order.argument else as_words(order).strip()


async def _note(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    said = _said(order)
    thing = _Thing("note", said, "")
    if is_sendable(normalize(said)):
        said = normalize(said)
        other = await somebody_at(desk.db, said, around.conversation_id, agent.id)
        thing = _Thing("same" if other else "address", said, str(other or ""))
    elif _PHONE.fullmatch(said):
        thing = _Thing("phone", said, "")
    told = thing.told(Verb.CUSTOMER)
    return Step(order=order, words=(thing.kind, said, thing.key), told=told)


async def _keep(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    kind, said, key = step.words
    by = Actor.agent(agent.id, agent.name)
    if kind == "same":
        await merge_customers(desk.db, conversation_id, int(key), by=by, now=desk.now)
        return conversation_id
    keep = {"note": add_customer_note, "address": add_address, "phone": add_phone}[kind]
    await keep(desk.db, conversation_id, said, by=by, now=desk.now)
    return conversation_id


async def _known(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    """The one thing that is meant of all that we have noted."""
    rows = await known_about(desk.db, around.conversation_id)
    there = [_Thing(kind, " ".join(said.split())[:_SHORT], key) for kind, said, key in rows]
    wanted = fold(_said(order))
    texts = [fold(said) for _, said, _ in rows]
    fits = [one for one, text in zip(there, texts, strict=True) if text == wanted]
    fits = fits or [one for one, text in zip(there, texts, strict=True) if wanted in text]
    # Of an address that came with a merge it is the merge that is taken back.
    fits = [one for one in fits if one.kind == "same"] or fits
    if len(fits) != 1:
        return no(order, Why.NOT_NOTED, dict.fromkeys(one.named for one in fits or there))
    [one] = fits
    if one.kind == "address" and [each.kind for each in there].count("address") < 2:
        return no(order, Why.ONLY_ADDRESS)
    return Step(order=order, words=(one.kind, one.key), told=one.told(Verb.FORGET))


async def _forget(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    kind, key = step.words
    by = Actor.agent(agent.id, agent.name)
    if kind in ("note", "same"):
        forget = remove_customer_note if kind == "note" else part_customers
        await forget(desk.db, conversation_id, int(key), by=by, now=desk.now)
        return conversation_id
    forget_one = remove_address if kind == "address" else remove_phone
    await forget_one(desk.db, conversation_id, key, by=by, now=desk.now)
    return conversation_id


CUSTOMER: Final = Deed(judge=_note, do=_keep)
FORGET: Final = Deed(judge=_known, do=_forget)
