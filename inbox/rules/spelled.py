"""A rule as people write it, a line for each condition and action ↔ its document. Pure.

`not sender: *@acme.example, *@other.example` is a condition, `move: billing@us.example` an action.
What stands behind the colon depends on the word before it; commas are between several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from inbox.refusals import Refusal
from inbox.rules.faults import RuleFault

FLAGS: Final = ("new", "assigned", "has_file", "open_hours")
LISTS: Final = (
    *("recipient", "sender", "sender_name", "organisation", "subject", "text", "words", "file"),
    *("mailbox", "status", "priority", "category", "tag", "language", "proof"),
)
ABOUT: Final = (*LISTS, "header", *FLAGS, "waiting")
DO: Final = (
    *("move", "assign_turn", "assign_load", "tag", "untag", "priority", "answer", "note"),
    *("notify", "spam", "webhook", "promise"),
)
_BETWEEN: Final = re.compile(r"[,;\n]")
_SPAN: Final = re.compile(r"(\d{1,6})\s*([mhd]?)")
_MINUTES: Final = {"": 1, "m": 1, "h": 60, "d": 24 * 60}
_NOT: Final = "not "
# Actions with one thing behind them: what is kept, under which name, and how it is read.
_SIMPLE: Final = {
    "move": ("move", "mailbox", "text"),
    "tag": ("tag", "add", "several"),
    "untag": ("tag", "remove", "several"),
    "priority": ("priority", "value", "word"),
    "answer": ("answer", "template", "text"),
    "note": ("note", "text", "text"),
    "notify": ("notify", "whom", "several"),
    "spam": ("spam", "", ""),
    "webhook": ("webhook", "to", "text"),
    "promise": ("promise", "hours", "hours"),
}
_SKILL: Final = "skill:"
_OVER: Final = "also taken"


@dataclass(frozen=True, slots=True)
class Line:
    """A condition or an action: its word, what stands behind it, whether it is turned round."""

    word: str
    value: str = ""
    negate: bool = False

    def __str__(self) -> str:
        """As it is typed."""
        behind = f": {self.value}" if self.value else ""
        return f"{_NOT if self.negate else ''}{self.word}{behind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A whole rule in lines."""

    when: str = "mail"
    match: str = "all"
    stop: bool = False
    conditions: tuple[Line, ...] = ()
    actions: tuple[Line, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """The same as it is kept. Raises RuleFault with the line that cannot be understood."""
        return {
            "when": self.when,
            "match": self.match,
            "stop": self.stop,
            "conditions": [condition_of(one) for one in self.conditions],
            "actions": list(_together(action_of(one) for one in self.actions)),
        }


def line_of(typed: str) -> Line:
    """A line as somebody types it. Raises RuleFault for none."""
    rest = typed.strip()
    negate = rest.lower().startswith(_NOT)
    word, _, value = (rest[len(_NOT) :] if negate else rest).partition(":")
    if not word.strip():
        raise RuleFault(Refusal.FIELD_EMPTY)
    return Line(word.strip().lower().replace(" ", "_"), value.strip(), negate)


def condition_of(line: Line) -> dict[str, Any]:
    """A condition as it is kept. Raises RuleFault."""
    made: dict[str, Any] = {"about": line.word, "negate": line.negate}
    if line.word in FLAGS:
        return made
    if line.word == "waiting":
        return made | {"minutes": _minutes(line.value)}
    if line.word == "header":
        name, _, values = line.value.partition(":")
        return made | {"name": name.strip(), "any": _several(values)}
    if line.word not in LISTS:
        raise RuleFault(Refusal.RULE_NO_CONDITION, said=line.word, names=", ".join(ABOUT))
    if not (several := _several(line.value)):
        raise RuleFault(Refusal.RULE_LINE_EMPTY, line=f"conditions.{line.word}")
    return made | {"any": several}


def action_of(line: Line) -> dict[str, Any]:
    """An action as it is kept. Raises RuleFault."""
    if line.word in ("assign", "assign_turn", "assign_load"):
        return _assign(line)
    if line.word not in _SIMPLE:
        raise RuleFault(Refusal.RULE_NO_ACTION_CALLED, said=line.word, names=", ".join(DO))
    do, name, kind = _SIMPLE[line.word]
    if not name:
        return {"do": do}
    value: Any = line.value
    if kind == "several":
        value = _several(value)
    elif kind == "hours":
        value = _whole(value)
    return {"do": do, name: value.lower() if kind == "word" else value}


def names_somebody(line: Line) -> bool:
    """Whether a line that gives something to people says to whom; else it is everybody there."""
    return bool(_assign(line)["to"])


def spelled(document: Mapping[str, Any]) -> Spelled:
    """The lines of a document that can be understood; of another only what can."""
    conditions = (one for one in _parts(document, "conditions") if "about" in one)
    actions = (one for one in _parts(document, "actions") if "do" in one)
    return Spelled(
        when=str(document.get("when", "mail")),
        match=str(document.get("match", "all")),
        stop=bool(document.get("stop")),
        conditions=tuple(map(_condition, conditions)),
        actions=tuple(line for one in actions for line in _actions(one)),
    )


def _parts(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = document.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _condition(one: Mapping[str, Any]) -> Line:
    values = ", ".join(map(str, one.get("any") or ()))
    if "minutes" in one:
        values = _span(int(one["minutes"]))
    if one["about"] == "header":
        values = f"{one.get('name', '')}: {values}" if values else str(one.get("name", ""))
    return Line(str(one["about"]), values, bool(one.get("negate")))


def _actions(one: Mapping[str, Any]) -> Iterable[Line]:
    match one["do"]:
        case "assign":
            yield Line(f"assign_{one.get('by', 'turn')}", _assigned(one))
        case "tag":
            for word, name in (("tag", "add"), ("untag", "remove")):
                if values := one.get(name):
                    yield Line(word, ", ".join(map(str, values)))
        case "notify":
            yield Line("notify", ", ".join(map(str, one.get("whom") or ())))
        case "spam":
            yield Line("spam")
        case word:
            said = next((value for name, value in one.items() if name != "do"), "")
            yield Line(str(word), str(said))


def _assign(line: Line) -> dict[str, Any]:
    made: dict[str, Any] = {"do": "assign", "to": [], "over": False, "skill": ""}
    made["by"] = "load" if line.word == "assign_load" else "turn"
    for part in _several(line.value):
        if part.lower().startswith(_SKILL):
            made["skill"] = part[len(_SKILL) :].strip()
        elif part.lower() == _OVER:
            made["over"] = True
        else:
            made["to"].append(part)
    return made


def _assigned(one: Mapping[str, Any]) -> str:
    skill = one.get("skill")
    parts = [
        *map(str, one.get("to") or ()),
        *([f"{_SKILL} {skill}"] if skill else []),
        *([_OVER] if one.get("over") else []),
    ]
    return ", ".join(parts)


def _together(actions: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Tags on and tags off that follow each other are one action, as they were."""
    before: dict[str, Any] | None = None
    for one in actions:
        if before and one["do"] == before["do"] == "tag" and not set(one) & set(before) - {"do"}:
            before = before | one
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _several(value: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(value) if one.strip()]


def _minutes(value: str) -> int:
    found = _SPAN.fullmatch(value.strip().lower())
    if not found:
        raise RuleFault(Refusal.RULE_SPAN)
    return int(found[1]) * _MINUTES[found[2]]


def _span(minutes: int) -> str:
    for unit in ("d", "h"):
        if minutes % _MINUTES[unit] == 0:
            return f"{minutes // _MINUTES[unit]}{unit}"
    return f"{minutes}m"


def _whole(value: str) -> int:
    if not value.isdecimal():
        raise RuleFault(Refusal.RULE_HOURS)
    return int(value)
