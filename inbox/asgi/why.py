"""Why a mail is in its conversation, said in sentences: `message.match` → words."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, the conversations that it is about besides this one, and what proves it."""

    text: str
    conversations: tuple[int, ...] = ()
    details: tuple[str, ...] = ()


def why(match: Mapping[str, Any], texts: gettext.NullTranslations) -> list[Reason]:
    """What decided, what else agrees, as what the sender takes part, what was decided against."""
    if not match:
        return []
    return [*_corrected(match, texts), *_chosen(match, texts), *_against(match, texts)]


def conversations_in(match: Mapping[str, Any]) -> set[int]:
    """The other conversations that a verdict names."""
    named = [one.get("conversation") for one in _dicts(match.get("rejected"))]
    corrected = match.get("corrected")
    named += [corrected.get("from")] if isinstance(corrected, Mapping) else []
    return {one for one in named if isinstance(one, int)}


def _corrected(match: Mapping[str, Any], texts: gettext.NullTranslations) -> Iterator[Reason]:
    corrected = match.get("corrected")
    if not isinstance(corrected, Mapping):
        return
    _ = texts.gettext
    said = {
        "split": _("%(who)s took it out of another conversation."),
        "moved": _("%(who)s moved it here from another conversation."),
        "unmerged": _("%(who)s parted it from a conversation with which it had been merged."),
    }.get(str(corrected.get("how")))
    if said:
        yield Reason(said % {"who": corrected.get("by") or "?"}, (int(corrected.get("from") or 0),))


def _chosen(match: Mapping[str, Any], texts: gettext.NullTranslations) -> Iterator[Reason]:
    _ = texts.gettext
    if match.get("outcome") == "new":
        if not match.get("corrected"):
            yield Reason(_("It began this conversation: nothing in it leads to an earlier one."))
        return
    evidence = _dicts(match.get("evidence"))
    reasons = {_reason(str(one.get("rule", "")), texts): one for one in reversed(evidence)}
    known = [(text, one) for text, one in reversed(reasons.items()) if text]
    if match.get("outcome") != "joined" or not known:
        return
    here = _("It is here because %(reason)s.")
    if match.get("corrected"):
        here = _("It had come there because %(reason)s.")
    yield Reason(here % {"reason": known[0][0]}, details=_details([known[0][1]]))
    if len(known) > 1:
        also = "; ".join(text for text, _one in known[1:])
        rest = _details([one for _text, one in known[1:]])
        yield Reason(_("Also: %(reasons)s.") % {"reasons": also}, details=rest)
    if standing := _standing(str(match.get("standing")), texts):
        yield Reason(standing)


def _reason(rule: str, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    return {
        "token": _("it was sent to an answer address of this conversation"),
        "our_id": _("it answers a mail of ours (its id is in the headers)"),
        "known_id": _("it answers a mail of this conversation"),
        "same_id": _("it has the id of a mail of this conversation"),
        "sibling": _("it answers the same mail as another one here"),
        "late_parent": _("another mail here is an answer to it"),
        "enclosed": _("it is about a mail that it has enclosed"),
        "thread_index": _("Outlook counts it to this conversation"),
        "attribution": _("it says above a quote whose mail of this conversation it answers"),
        "quote": _("it quotes lines that were written here"),
        "subject": _("the same person wrote about the same subject a short while ago"),
        "series": _("it is one of the numbered parts that were sent here just before"),
        "colleague": _("somebody of the same organisation wrote about the same subject"),
        "addressed": _("it is about the same subject and written to the customer as well"),
    }.get(rule, "")


def _standing(standing: str, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    return {
        "customer": _("The sender may join: it is the customer."),
        "participant": _("The sender may join: they take part in the conversation."),
        "ours": _("The sender may join: it is one of us."),
        "colleague": _("The sender may join: they are of the customer's organisation."),
    }.get(standing, "")


def _against(match: Mapping[str, Any], texts: gettext.NullTranslations) -> Iterator[Reason]:
    _ = texts.gettext
    said = {
        "stranger": _("It names another conversation in which the sender takes no part."),
        "unproved": _("It names another conversation, but the sender could not be confirmed."),
        "expired": _("It was sent to an answer address that is no longer valid."),
        "over": _("It continues a conversation that was closed long ago."),
        "spam": _("It continues a conversation that is spam."),
        "barred": _("It names a conversation from which mails of this thread were taken out."),
        "ambiguous": _("It may belong to another conversation, but nothing in it decides that."),
        "generic": _("Its subject is that of another conversation, but says too little."),
        "weaker": _("Something in it points to another conversation, but less clearly."),
    }
    by_reason: dict[str, list[int]] = {}
    for one in _dicts(match.get("rejected")):
        about = by_reason.setdefault(str(one.get("why", "")), [])
        if isinstance(one.get("conversation"), int) and one["conversation"] not in about:
            about.append(one["conversation"])
    for reason, about in by_reason.items():
        if reason in said:
            yield Reason(said[reason], tuple(about))


def _details(evidence: list[Mapping[str, Any]]) -> tuple[str, ...]:
    found = (str(one.get("detail") or "")[:200] for one in evidence)
    return tuple(dict.fromkeys(one for one in found if one))


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
