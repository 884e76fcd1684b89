"""What is wrong with a rule as it was written, said of the line that it is about."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from inbox.errors import Invalid
from inbox.refusal_words import anew, in_words
from inbox.refusals import Refusal
from inbox.rules.wording import said_of

_CHOICE: Final = re.compile(r"'([^']*)'")


class RuleFault(Invalid, ValueError):
    """A rule that cannot be kept; `line`: `conditions.tag` or several, as `said_of` takes them.

    Also a ValueError: the checks of a document are done within pydantic, which passes those on.
    """

    def said(self, texts: gettext.NullTranslations) -> str:
        """The sentence, in which each line has the name that pages give it."""
        if self.refusal is None or "line" not in self.about:
            return super().said(texts)
        line = self.about["line"]
        words = line if isinstance(line, list | tuple) else (line,)
        named = ", ".join(said_of(str(one), texts) for one in words)
        return in_words(self.refusal, {**self.about, "line": named}, texts)


def fault_of(found: Mapping[str, Any]) -> RuleFault:
    """The first thing that pydantic found wrong with a document, in our words."""
    where, kind, limits = found["loc"], found["type"], found.get("ctx", {})
    if isinstance(ours := limits.get("error"), RuleFault):
        return ours
    match kind, where:
        case "too_short" | "missing", ["actions"]:
            return RuleFault(Refusal.RULE_NO_ACTION)
        case "too_long", ["actions" | "conditions"]:
            return RuleFault(Refusal.RULE_MANY_LINES, most=limits["max_length"])
        case _, [_, _, _, *_] if fault := _of_line(kind, where, limits):
            return fault
    said = ": ".join((".".join(map(str, where)), found["msg"]))
    return RuleFault(Refusal.RULE_WRONG, reason=said.removeprefix(": "))


def _of_line(kind: str, where: Sequence[str], limits: Mapping[str, Any]) -> RuleFault | None:
    """What is wrong behind one condition or action: `actions.0.move.mailbox`."""
    line, most = f"{where[0]}.{where[2]}", limits.get("max_length")
    match kind, where[3]:
        case _, "minutes":
            return RuleFault(Refusal.RULE_SPAN)
        case _, "hours":
            return RuleFault(Refusal.RULE_HOURS)
        case "too_short" | "string_too_short" | "missing", _:
            return RuleFault(Refusal.RULE_LINE_EMPTY, line=line)
        case "too_long", _:
            return RuleFault(Refusal.RULE_LINE_MANY, line=line, most=most)
        case "string_too_long", _:
            return RuleFault(Refusal.RULE_LINE_LONG, line=line, most=most)
        case "literal_error", _:
            names = ", ".join(_CHOICE.findall(limits["expected"]))
            return RuleFault(Refusal.RULE_LINE_VALUE, line=line, names=names)
    return None


def kept_fault_in_words(fault: str, texts: gettext.NullTranslations) -> str:
    """Why a rule could not be followed, as it was kept (`move: …`), in the language of `texts`."""
    action, colon, why = fault.partition(": ")
    if not colon or not action.isidentifier():
        return anew(fault, texts)
    return f"{said_of(f'actions.{action}', texts)}: {anew(why, texts)}"
