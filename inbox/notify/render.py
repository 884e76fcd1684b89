"""The mails to our own people, three files each: `subject.txt`, `body.txt`, `body.html`.

HTML escapes everything by itself (the customer's words are in it, CVE-2026-32754); a value that is
not given is an error; `_()` speaks the reader's language.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from inbox.mail.markup import to_html


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A mail: its subject, and its body in both forms, which say the same."""

    subject: str
    text: str
    html: str


def render(name: str, texts: gettext.NullTranslations, **values: Any) -> Rendered:
    """All three files of a template. HTML that is to stand as it is must come as `Markup`."""
    environment = _environment(texts)

    def one(file: str) -> str:
        return environment.get_template(f"{name}/{file}").render(values).strip()

    return Rendered(
        subject=one("subject.txt"), text=one("body.txt") + "\n", html=one("body.html") + "\n"
    )


@cache
def _environment(texts: gettext.NullTranslations) -> Environment:
    environment = Environment(
        loader=PackageLoader("inbox.notify"),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True  # as babel.cfg extracts them
    environment.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["paragraphs"] = lambda text: Markup(to_html(text))  # noqa: S704 - escaped
    return environment
