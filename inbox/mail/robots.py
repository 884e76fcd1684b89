"""Whom no machine should write to: robots, and what people write to a list. Pure."""

from __future__ import annotations

import re
from typing import Final

from inbox.model.mail import ParsedMail

_ROBOT: Final = re.compile(
    r"(?:do[-_.]?)?not?[-_.]?reply|mailer[-_.]?daemon|postmaster|bounces?|notifications?|"
    r"auto[-_.]?(?:reply|confirm|mailer)|newsletter|listserv|majordomo",
    re.ASCII,
)
_LIST_HEADERS: Final = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Loop")


def is_robot(address: str) -> bool:
    """Whether the address, in normal form, says that nobody reads what comes there."""
    return _ROBOT.fullmatch(address.partition("@")[0].partition("+")[0]) is not None


def is_through_list(mail: ParsedMail) -> bool:
    """Whether the mail came by a list, or as one of very many: an answer may reach them all."""
    precedence = mail.header("Precedence").strip().lower()
    return any(map(mail.header, _LIST_HEADERS)) or precedence in ("bulk", "junk", "list")
