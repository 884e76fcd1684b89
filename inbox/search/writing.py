"""The fields of a form → the question that somebody would type. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inbox.search.vocabulary import Operator, Part

_OPERATORS: Final = (
    Operator.FROM,
    Operator.TO,
    Operator.SUBJECT,
    Operator.FILE,
    Operator.CUSTOMER,
    Operator.BY,
    Operator.ASSIGNED,
    Operator.IN,
    Operator.TAG,
    Operator.IS,
    Operator.AFTER,
    Operator.BEFORE,
)


def written(fields: Mapping[str, str]) -> str:
    """`words` as they are, `without` each with a minus, and the fields named as operators."""
    found = [" ".join(fields.get("words", "").split())]
    found += [f"-{_whole(one)}" for one in fields.get("without", "").split()]
    for operator in _OPERATORS:
        if value := " ".join(fields.get(operator.value, "").split()):
            found.append(f"{operator.value}:{_whole(value)}")
    if fields.get("files"):
        found.append(f"{Operator.HAS.value}:{Part.FILE.value}")
    return " ".join(filter(None, found))


def _whole(value: str) -> str:
    plain = value.replace('"', "")
    return f'"{plain}"' if " " in plain else plain
