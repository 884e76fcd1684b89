"""The mails that we write, from templates: each as text and as HTML that say the same.

A template is a pair `NAME.txt` and `NAME.html` in `templates/`; HTML escapes everything by itself,
a value that is not given is an error, `_()` and `ngettext()` speak the reader's language.
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
    """A mail's body in both forms."""

    text: str
    html: str


def render(name: str, texts: gettext.NullTranslations, **values: Any) -> Rendered:
    """Both forms of a template. HTML that is to stand as it is must come as `markupsafe.Markup`."""
    environment = templates("inbox.mail", texts)
    return Rendered(
        text=environment.get_template(f"{name}.txt").render(values).strip("\n") + "\n",
        html=environment.get_template(f"{name}.html").render(values).strip() + "\n",
    )


@cache
def templates(package: str, texts: gettext.NullTranslations) -> Environment:
    """The templates of mails in a package's folder `templates`, in a reader's language.

    HTML escapes everything by itself: a customer's words are in it (CVE-2026-32754).
    """
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True  # as babel.cfg extracts them
    environment.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    environment.filters["paragraphs"] = lambda text: Markup(to_html(text))  # noqa: S704 - escaped
    return environment
