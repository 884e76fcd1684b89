"""People of a mail, as the row of a message keeps them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inbox.model.address import Address


def people_of(rows: Iterable[Mapping[str, str]]) -> tuple[Address, ...]:
    """The people in `to` or `cc` of a message."""
    return tuple(Address(name=row.get("name", ""), address=row["address"]) for row in rows)


def rows_of(people: Iterable[Address]) -> list[dict[str, str]]:
    """People, for `to` or `cc` of a message."""
    return [{"name": one.name, "address": one.address} for one in people]
