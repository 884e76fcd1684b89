"""Why a mail is in its conversation, said in sentences: `message.match` → words."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from typing import Any


def why(match: Mapping[str, Any], texts: gettext.NullTranslations) -> list[str]:
    """One sentence for what decided, one for what else agrees, one for what was decided against."""
    if not match:
        return []
    _ = texts.gettext
    evidence = [one for one in match.get("evidence") or [] if isinstance(one, Mapping)]
    reasons = [_reason(str(one.get("rule", "")), texts) for one in evidence]
    known = [reason for reason in dict.fromkeys(reasons) if reason]
    found = []
    if match.get("outcome") == "joined" and known:
        found.append(_("It is here because %(reason)s.") % {"reason": known[0]})
        if len(known) > 1:
            found.append(_("Also: %(reasons)s.") % {"reasons": "; ".join(known[1:])})
    elif match.get("outcome") == "new":
        found.append(_("It began this conversation: nothing in it leads to an earlier one."))
    return [*found, *_against(match, texts)]


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
        "quote": _("it quotes lines that we sent"),
        "subject": _("the same person wrote about the same subject a short while ago"),
    }.get(rule, "")


def _against(match: Mapping[str, Any], texts: gettext.NullTranslations) -> list[str]:
    _ = texts.gettext
    said = {
        "stranger": _("It names another conversation in which the sender takes no part."),
        "unproved": _("It names another conversation, but the sender could not be confirmed."),
        "expired": _("It was sent to an answer address that is no longer valid."),
        "over": _("It continues a conversation that was closed long ago."),
    }
    rejected = [one for one in match.get("rejected") or [] if isinstance(one, Mapping)]
    return [
        said[reason]
        for reason in dict.fromkeys(str(one.get("why", "")) for one in rejected)
        if reason in said
    ]
