"""An approved text and what one of us wrote → the words for a customer. Pure.

Values are data: what a customer calls themselves is never read as a placeholder, as HTML or as
Markdown. A value that is not known and has nothing in its place stops all of it, so that nobody
gets a text with a hole.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from jinja2 import Template, UndefinedError

from inbox.approved.greeting import greeting_of, without_greeting
from inbox.approved.placeholders import FIELDS, WORDS, Blank, check, environment
from inbox.mail.html_text import html_to_text
from inbox.mail.markdown import markdown
from inbox.mail.markup import to_html, to_lines

# A character for private use stands for the agent's words until the rest is done.
_HERE: Final = "\ue0f0"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_ALONE = re.compile(rf"<p>\s*{_HERE}\s*</p>")
_NO_NAME = re.compile(r"@|://|\bwww\.", re.IGNORECASE)
_LONGEST_VALUE = 200


class Form(StrEnum):
    """How a text is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What placeholders can stand for; what is empty is not known."""

    customer: str = ""
    agent: str = ""
    mailbox: str = ""
    address: str = ""
    subject: str = ""

    def groups(self) -> dict[str, dict[str, str]]:
        """As the text names them, without what is not known."""
        known = {
            ("customer", "name"): _name(self.customer),
            ("agent", "name"): _name(self.agent),
            ("mailbox", "name"): _name(self.mailbox),
            ("mailbox", "address"): _line(self.address),
            ("conversation", "subject"): _line(self.subject),
        }
        return {
            group: {name: known[group, name] for name in names if known[group, name]}
            for group, names in FIELDS.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The words as they go out; `html` where they have a form of their own."""

    text: str
    html: str = ""


class Unfilled(Exception):
    """A value is not known, and the text has nothing in its place."""

    def __init__(self, name: str) -> None:
        """The placeholder, as it is written."""
        super().__init__(name)
        self.name = name


def fill(body: str, form: Form, values: Values, words: str = "") -> Filled:
    """The text with its values, around the agent's words.

    These stand where the text says `{{ words }}`; else below its greeting, before all the rest. A
    greeting of their own takes the place of the text's. Raises Unfilled, Flawed.
    """
    said = _PRIVATE.sub("", words).strip("\n").rstrip()
    has_place = check(body)
    is_markdown = form is Form.MARKDOWN
    filled = _filled(body, values.groups(), is_markdown)
    if not has_place:
        filled = _placed(filled, said)
    elif greeting_of(said) and greeting_of(filled):
        filled = without_greeting(filled)
    if is_markdown:
        return _of_markdown(filled, said)
    return Filled(text=_tidy(filled.replace(_HERE, said)))


def typed(body: str, form: Form, values: Values, *, is_markdown: bool) -> str:
    """The text with its values as somebody would type it, who writes around it themselves.

    In Markdown where both are; else as it reads. Raises Unfilled, Flawed.
    """
    check(body)
    if form is Form.MARKDOWN and not is_markdown:
        return fill(body, form, values).text
    filled = _filled(body, values.groups(), form is Form.MARKDOWN)
    return _tidy(filled.replace(_HERE, ""))


def _filled(body: str, groups: dict[str, dict[str, str]], is_markdown: bool) -> str:
    try:
        return _template(_PRIVATE.sub("", body), is_markdown).render(groups, **{WORDS: _HERE})
    except UndefinedError as error:
        raise Unfilled(str(error)) from error


@lru_cache(maxsize=64)
def _template(body: str, is_markdown: bool) -> Template:
    def shown(value: object) -> object:
        if isinstance(value, Blank):
            raise UndefinedError(_path(value))
        said = str(value)
        return _MARKS.sub(r"\\\1", said) if is_markdown and said != _HERE else said

    made = environment()
    made.finalize = shown
    return made.from_string(body)


def _path(value: Blank) -> str:
    name = str(value._undefined_name)
    return next((f"{group}.{name}" for group, names in FIELDS.items() if name in names), name)


def _placed(filled: str, said: str) -> str:
    if not said:
        return filled
    greeting = greeting_of(filled)
    rest = without_greeting(filled)
    if greeting_of(said) or not greeting:
        return f"{_HERE}\n\n{rest}"
    return f"{greeting.strip()}\n\n{_HERE}\n\n{rest}"


def _of_markdown(filled: str, said: str) -> Filled:
    html = markdown().render(filled)
    own = to_html(said)
    html = _ALONE.sub(lambda _: own, html).replace(_HERE, to_lines(said))
    text = html_to_text(markdown().render(filled)).replace(_HERE, said)
    return Filled(text=_tidy(text), html=html.strip())


def _tidy(text: str) -> str:
    return _EMPTY_LINES.sub("\n\n", text.replace("\r\n", "\n")).strip("\n").rstrip()


def _line(value: str) -> str:
    """One line of what can be seen: nothing in it turns, hides or breaks what stands around it."""
    kept = "".join(
        " " if one.isspace() or unicodedata.category(one) in ("Cc", "Zl", "Zp") else one
        for one in value[: 4 * _LONGEST_VALUE]
        if unicodedata.category(one) not in ("Cf", "Co", "Cs", "Cn")
    )
    return " ".join(kept.split())[:_LONGEST_VALUE].strip()


def _name(value: str) -> str:
    """A name; one that leads somewhere is none."""
    name = _line(value)
    return "" if _NO_NAME.search(name) else name
