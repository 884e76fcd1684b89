"""The mails to our own people, three files each: `subject.txt`, `body.txt`, `body.html`.

HTML escapes everything by itself (the customer's words are in it, CVE-2026-32754); a value that is
not given is an error; `_()` speaks the reader's language.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from typing import Any

from inbox.mail.render import templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A mail: its subject, and its body in both forms, which say the same."""

    subject: str
    text: str
    html: str


def render(name: str, texts: gettext.NullTranslations, **values: Any) -> Rendered:
    """All three files of a template. HTML that is to stand as it is must come as `Markup`."""
    environment = templates("inbox.notify", texts)
    # What stands between two sentences: nothing where the full stop is as wide as a letter.
    gap = "" if values["language"] == "ja" else " "

    def one(file: str) -> str:
        return environment.get_template(f"{name}/{file}").render(values, gap=gap).strip()

    return Rendered(
        subject=one("subject.txt"), text=one("body.txt") + "\n", html=one("body.html") + "\n"
    )
