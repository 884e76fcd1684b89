"""Values as people give them in words: addresses, names, lists."""

from __future__ import annotations

import re
from typing import Final

from inbox.desk.mailbox_settings import one_line
from inbox.errors import Invalid
from inbox.model.address import normalize
from inbox.refusals import Refusal

_ADDRESS: Final = re.compile(r"[^\s@<>(),:;\"\\\[\]]{1,64}@[^\s@<>(),:;\"\\\[\]]{1,255}")


def an_address(address: str) -> str:
    """An address in its normal form. Raises Invalid for what is none."""
    normal = normalize(address)
    if not _ADDRESS.fullmatch(normal) or not normal.isprintable():
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=address[:320])
    return normal


def a_name(value: str) -> str:
    """A name of one line. Raises Invalid."""
    try:
        return one_line(value)
    except ValueError as error:
        raise Invalid(Refusal.NO_NAME, field="name") from error


def listed(value: str) -> list[str]:
    """What stands between commas."""
    return [part.strip() for part in value.split(",") if part.strip()]
