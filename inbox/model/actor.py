"""Who does a thing: every verb takes one, every event keeps one."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.model.conversation import ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An agent, a customer, a rule or the system itself."""

    kind: ActorKind
    id: int | None = None
    name: str = ""

    @classmethod
    def agent(cls, agent_id: int, name: str) -> Actor:
        return cls(kind=ActorKind.AGENT, id=agent_id, name=name)

    @classmethod
    def customer(cls, customer_id: int, name: str) -> Actor:
        return cls(kind=ActorKind.CUSTOMER, id=customer_id, name=name)


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="system")
