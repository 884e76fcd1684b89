"""Why a mail is where it is, for programs: as it was stored, without what is not theirs to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from inbox.asgi.why import conversations_in, why
from inbox.i18n import translations
from inbox.model.viewer import Viewer
from inbox.store.engine import Reader
from inbox.store.links import linked
from inbox.store.tables import Message


class EvidenceOut(BaseModel):
    """Something that speaks for the conversation."""

    rule: str
    weight: float
    detail: str


class RejectedOut(BaseModel):
    """Something that spoke for another conversation, and why it did not suffice."""

    rule: str
    why: str
    conversation: int | None = Field(description="Null where it does not exist for you")


class CorrectedOut(BaseModel):
    """Somebody of us moved the mail since."""

    how: str
    by: str
    from_conversation: int | None
    at: str


class Why(BaseModel):
    """The verdict about a mail's place."""

    message: int
    conversation: int
    outcome: str | None = Field(
        description="joined, new, duplicate or ignored; null for what did not come by mail"
    )
    rule: str | None = Field(description="The kind of evidence that decided")
    evidence: list[EvidenceOut] = Field(description="The strongest first")
    rejected: list[RejectedOut]
    standing: str | None = Field(
        description="As what its author may join: customer, participant, ours, colleague"
    )
    also: list[int] = Field(description="Conversations that it showed to be one with this")
    suggestions: list[int] = Field(description="Conversations that may be the right one as well")
    corrected: CorrectedOut | None
    sentences: list[str] = Field(description="All of it in words, in the language of the agent")


async def read_why(db: Reader, viewer: Viewer, message: Message) -> Why:
    """The verdict as this person may see it."""
    match: Mapping[str, Any] = message.match
    named = conversations_in(match) | {*match.get("also", ()), *match.get("suggestions", ())}
    seen = await linked(db, viewer, named)
    evidence = [_evidence(one) for one in match.get("evidence") or ()]
    corrected = match.get("corrected")
    return Why(
        message=message.id,
        conversation=message.conversation_id,
        outcome=match.get("outcome"),
        rule=evidence[0].rule if evidence else None,
        evidence=evidence,
        rejected=[_rejected(one, seen) for one in match.get("rejected") or ()],
        standing=match.get("standing"),
        also=[one for one in match.get("also") or () if one in seen],
        suggestions=[one for one in match.get("suggestions") or () if one in seen],
        corrected=_corrected(corrected, seen) if corrected else None,
        sentences=[one.text for one in why(match, translations(viewer.language))],
    )


def _evidence(one: Mapping[str, Any]) -> EvidenceOut:
    return EvidenceOut(
        rule=str(one.get("rule", "")),
        weight=float(one.get("weight") or 0),
        detail=str(one.get("detail") or ""),
    )


def _rejected(one: Mapping[str, Any], seen: Mapping[int, object]) -> RejectedOut:
    about = one.get("conversation")
    return RejectedOut(
        rule=str(one.get("rule", "")),
        why=str(one.get("why", "")),
        conversation=about if about in seen else None,
    )


def _corrected(one: Mapping[str, Any], seen: Mapping[int, object]) -> CorrectedOut:
    source = one.get("from")
    return CorrectedOut(
        how=str(one.get("how", "")),
        by=str(one.get("by", "")),
        from_conversation=source if source in seen else None,
        at=str(one.get("at", "")),
    )
