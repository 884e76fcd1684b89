"""What one of us writes in a text field → both forms of a mail: as Markdown, or as plain text.

A picture stands in the words as `![what it shows](name.png)` where a picture of that name goes
along; any other is only its words. Markdown knows no HTML and no `javascript:`, and its HTML goes
through the policy of all mails. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Final
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from inbox.mail.html import sanitize
from inbox.mail.html_text import html_to_text
from inbox.mail.markup import linked, to_html

_PICTURE = re.compile(r"!\[([^\[\]\n]{0,200})\]\(([^()\s]{1,200})\)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Stand for the pictures of a plain text until its HTML is made.
_MOST_PICTURES: Final = 100
_FIRST: Final = 0xE100
# Word knows no `max-width`, and shows a picture as it is.
_STYLE: Final = "max-width:100%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The words in both forms; without `html` the text says all. `pictures`: ids of those in it."""

    text: str
    html: str = ""
    pictures: frozenset[str] = frozenset()


def write(source: str, pictures: Mapping[str, str], *, is_markdown: bool) -> Written:
    """The words as they go out; `pictures` has the Content-ID of each that goes along, by name."""
    named = {_name(name): content_id for name, content_id in pictures.items()}
    source = _PRIVATE.sub("", source).replace("\r\n", "\n").strip("\n").rstrip()
    return _of_markdown(source, named) if is_markdown else _of_text(source, named)


def markdown() -> MarkdownIt:
    """How Markdown of ours is read: neither HTML nor `javascript:`, and lines end where they end.

    A picture from elsewhere would tell who looks at it.
    """
    return MarkdownIt("js-default", {"breaks": True, "linkify": False}).disable("image")


def _of_markdown(source: str, pictures: Mapping[str, str]) -> Written:
    reader = _reader()
    html = reader.render(source, {"pictures": pictures}).strip()
    text = html_to_text(reader.render(source, {"pictures": pictures, "as_text": True}))
    return _clean(text.strip("\n").rstrip(), html, pictures)


def _of_text(source: str, pictures: Mapping[str, str]) -> Written:
    shown: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        content_id = pictures.get(_name(found[2]))
        if content_id is None or len(shown) == _MOST_PICTURES:
            return found[0]
        shown.append(_img(content_id, found[1] or found[2]))
        return chr(_FIRST + len(shown) - 1)

    marked = _PICTURE.sub(stand_in, source)
    if not shown:
        return Written(text=source)
    html = _PRIVATE.sub(lambda one: shown[ord(one[0]) - _FIRST], to_html(marked))
    text = _PICTURE.sub(
        lambda found: f"[{found[2]}]" if _name(found[2]) in pictures else found[0], source
    )
    return _clean(text, html, pictures)


def _clean(text: str, html: str, pictures: Mapping[str, str]) -> Written:
    clean = sanitize(html, {one: f"cid:{one}" for one in pictures.values()}).html
    shown = frozenset(one for one in pictures.values() if f'"cid:{one}"' in clean)
    return Written(text=text, html=clean, pictures=shown)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = markdown().enable("image")
    reader.add_render_rule("image", _image)
    reader.add_render_rule("text", _text)
    reader.add_render_rule("link_open", _link)
    reader.add_render_rule("link_close", _link)
    return reader


def _image(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: Mapping[str, Any],
) -> str:
    token = tokens[at]
    source = unquote(str(token.attrGet("src") or ""))
    content_id = env["pictures"].get(_name(source))
    if content_id is None:
        return escape(token.content)
    if env.get("as_text"):
        return f"[{escape(source)}]"
    return _img(content_id, token.content or source)


def _text(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    _options: OptionsDict,
    env: Mapping[str, Any],
) -> str:
    content = tokens[at].content
    return escape(content) if env.get("is_link") or env.get("as_text") else linked(content)


def _link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    options: OptionsDict,
    env: dict[str, Any],
) -> str:
    # Noted on the way: to look back from each word would take the square of their number.
    env["is_link"] = tokens[at].type == "link_open"
    return renderer.renderToken(tokens, at, options, env)


def _img(content_id: str, alt: str) -> str:
    return f'<img src="cid:{escape(content_id)}" alt="{escape(alt)}" style="{_STYLE}">'


def _name(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
