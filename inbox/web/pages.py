"""Pages from templates: one environment a language, everything escaped, sent compressed."""

from __future__ import annotations

import gettext
import gzip
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, Final

from babel import Locale
from babel.numbers import format_decimal
from fastapi import Response
from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from inbox.asgi.deps import Here
from inbox.auth.sessions import form_token
from inbox.i18n import negotiate, translations
from inbox.web.assets import assets
from inbox.web.dates import Calendar, calendar
from inbox.web.words import size_in_words

_WORTH_COMPRESSING = 600
_BOOST: Final = Markup('hx-boost="true" hx-target="#conversation" hx-swap="outerHTML show:none"')
_NO_DEFAULT: Final = Markup('<button type="submit" hidden disabled></button>')


@dataclass(frozen=True, slots=True)
class Reader:
    """How a page speaks to whoever asked for it."""

    language: str
    texts: gettext.NullTranslations
    calendar: Calendar


class Forms:
    """What the forms of a page have in common, as templates put it in."""

    def __init__(self, token: str) -> None:
        self._token = Markup('<input type="hidden" name="csrf_token" value="{}">').format(token)

    def token(self) -> Markup:
        """The field by which a form is known to be of a page of ours."""
        return self._token

    def boost(self) -> Markup:
        """The attributes of a form whose answer takes the place of the conversation."""
        return _BOOST

    def no_default(self) -> Markup:
        """Stands before all other buttons of a form whose fields Enter is not to send.

        Enter presses a form's first button, and where that is disabled nothing at all (HTML,
        implicit submission).
        """
        return _NO_DEFAULT


def reader_of(here: Here) -> Reader:
    """The language and dates of the person signed in, else of the browser."""
    if here.signed:
        language, zone = here.signed.viewer.language, here.signed.viewer.time_zone
    else:
        language, zone = negotiate(here.request.headers.get("accept-language")), "UTC"
    texts = translations(language)
    return Reader(language, texts, calendar(here.now, zone, language, texts))


def page(here: Here, template: str, status: int = 200, **values: Any) -> Response:
    """An HTML answer. Templates know the reader, the form token and who is signed in."""
    return page_in(here, reader_of(here).language, template, status, **values)


def page_in(here: Here, language: str, template: str, status: int = 200, **values: Any) -> Response:
    """The same in a language of its own, whoever reads it."""
    return html_response(here, _rendered(here, language, template, **values), status)


def as_html(here: Here, template: str, **values: Any) -> str:
    """A part of a page as its HTML, for an answer that brings more than that."""
    return _rendered(here, reader_of(here).language, template, **values)


def _rendered(here: Here, language: str, template: str, **values: Any) -> str:
    token = form_token(here.signed.token) if here.signed else ""
    return (
        _environment(language)
        .get_template(template)
        .render(
            lang=language,
            viewer=here.signed.viewer if here.signed else None,
            form_token=token,
            forms=Forms(token),
            **values,
        )
    )


def html_response(here: Here, html: str, status: int = 200) -> Response:
    """HTML as bytes, compressed where the browser can read it."""
    body = html.encode()
    headers = {"vary": "Accept-Encoding, HX-Request"}
    if is_htmx(here) and here.request.method != "GET":
        # What was posted has no page at its address: the one from before can be loaded again.
        headers["hx-push-url"] = "false"
    if len(body) > _WORTH_COMPRESSING and _takes_gzip(here):
        body = gzip.compress(body, 5, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(body, status, headers, "text/html; charset=utf-8")


def is_htmx(here: Here) -> bool:
    """Whether a part of a page is asked for, not a page. Going back asks for the whole."""
    headers = here.request.headers
    return "hx-request" in headers and "hx-history-restore-request" not in headers


def wants_part(here: Here, *elements: str) -> bool:
    """Whether the answer will take the place of one of these elements only."""
    target = here.request.headers.get("hx-target", "")
    return is_htmx(here) and any(target.endswith(f"#{one}") for one in elements)


def _takes_gzip(here: Here) -> bool:
    return "gzip" in here.request.headers.get("accept-encoding", "")


class _Environment(Environment):
    """Names that hold everywhere are looked up in one table: each part of a page reads all.

    What a template says in the same words on every page is put into it as it is compiled.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, *more: Any, **named: Any) -> str:
        return super()._generate(_Known(self.globals).visit(source), *more, **named)


class _Known(NodeTransformer):
    """Calls of ours whose answer hangs on nothing but the text that stands there."""

    def __init__(self, made: Mapping[str, Any]) -> None:
        self._made = made

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """The answer itself, where all that is given is written in the template."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        given = [one.value for one in node.args if isinstance(one, nodes.Const)]
        is_all = len(given) == len(node.args) and not (node.kwargs or node.dyn_args)
        if name not in ("_", "pgettext", "icon", "asset") or not is_all:
            return node
        return nodes.Const(self._made[name](*given), lineno=node.lineno)


@cache
def _environment(language: str) -> Environment:
    environment = _Environment(
        loader=PackageLoader("inbox.web"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined] # the extension adds it
    environment.globals |= _said(translations(language))
    environment.globals["asset"] = lambda name: assets()[name].url
    environment.globals["icon"] = _icon
    locale = Locale(language)
    environment.filters["size"] = partial(size_in_words, locale=locale)
    environment.filters["decimal"] = partial(format_decimal, format="#,##0.0", locale=locale)
    return environment


def _said(texts: gettext.NullTranslations) -> dict[str, Callable[..., Markup]]:
    """What the extension would install, but each text is looked up once: a page has hundreds."""
    plain = cache(lambda text: Markup(texts.gettext(text)))  # noqa: S704 - ours
    without_values = cache(lambda text: plain(text) % {})

    def say(text: str, /, **values: object) -> Markup:
        return plain(text) % values if values else without_values(text)

    @lru_cache(maxsize=2000)  # of fifty rows many have as many messages as another
    def said_of(one: str, several: str, number: int) -> Markup:
        return Markup(texts.ngettext(one, several, number)) % {"num": number}  # noqa: S704 - ours

    def say_number(one: str, several: str, number: int, /, **values: object) -> Markup:
        if not values:
            return said_of(one, several, number)
        said = Markup(texts.ngettext(one, several, number))  # noqa: S704 - ours
        return said % {"num": number, **values}

    def say_in(context: str, text: str) -> Markup:
        return Markup(texts.pgettext(context, text))  # noqa: S704 - ours

    return {"gettext": say, "_": say, "ngettext": say_number, "pgettext": say_in}


@cache  # a page has a hundred of thirty kinds
def _icon(name: str) -> Markup:
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        assets()["icons.svg"].url, name
    )
