"""A mail as the customer gets it, shown to who wrote it."""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from inbox.mail.compose import Draft, OutgoingFile
from inbox.model.address import Address

_BODY: Final = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Its head, its text, and its HTML without the page around; `pictures` are shown in it."""

    head: tuple[str, ...]
    text: str
    html: Markup
    pictures: tuple[OutgoingFile, ...]


def shown(texts: gettext.NullTranslations, mail: Draft) -> Shown:
    """The whole of it; of its files only pictures within the text go along, the others by name."""
    _ = texts.gettext
    files = [one.filename for one in mail.attachments if not one.inline]
    head = {
        _("From"): str(mail.from_),
        _("To"): _people(mail.to),
        _("Cc"): _people(mail.cc),
        _("Subject"): mail.subject,
        _("Files"): ", ".join(files),
    }
    body = _BODY.search(mail.html or "")
    return Shown(
        head=tuple(f"{name}: {value}" for name, value in head.items() if value),
        text=mail.text.strip("\n"),
        # Our own mail: sanitised, and escaped where it was made.
        html=Markup(body[1] if body else ""),  # noqa: S704 - our own mail
        pictures=tuple(one for one in mail.attachments if one.inline),
    )


def _people(people: tuple[Address, ...]) -> str:
    return ", ".join(map(str, people))
