"""mail.ru: a `blockquote` with a blue line, led by the attribution; marks without a space."""

from __future__ import annotations

from html import escape

from tests.clients.answer import Answer, mail_ru_led
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.program import Program

_SIGNED = ("<div>&nbsp;</div><div>--<br>", "</div>")


def text(answer: Answer) -> str:
    """The text part."""
    return marked(
        answer, f">{mail_ru_led(answer)}\n> ", mark=">", signed=answer.signed(mark="--\n")
    )


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(mail_ru_led(answer))
    opened = '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">'
    before = f"{opened}{led}<br></blockquote>"
    return page(
        answer, before, f"{opened}<div>", "</div></blockquote>", "", signed_html(answer, _SIGNED)
    )


PROGRAM = Program("mail.ru", text, html, mailer="X-Mailer: Mail.Ru Mailer 1.0")
