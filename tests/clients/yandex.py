"""Yandex Mail: the date, the name in quotes and a colon, then a plain `blockquote`."""

from __future__ import annotations

from html import escape

from tests.clients.answer import Answer, yandex_led
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.program import Program

_SIGNED = ("<div>-- </div><div>", "</div>")


def text(answer: Answer) -> str:
    """The text part."""
    return marked(answer, yandex_led(answer) + "\n", signed=answer.signed(mark="-- \n"))


def html(answer: Answer) -> str:
    """The HTML part."""
    before = f"<div>{escape(yandex_led(answer))}</div>"
    return page(answer, before, "<blockquote>", "</blockquote>", "", signed_html(answer, _SIGNED))


PROGRAM = Program("yandex", text, html, mailer="X-Mailer: Yamail", encoding="8bit")
