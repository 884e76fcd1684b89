"""How each program writes an answer as HTML, with the elements by which it knows its quotes."""

from __future__ import annotations

import re
from html import escape

from tests.clients import phrases
from tests.clients.answer import (
    Answer,
    mail_ru_led,
    outlook_header,
    proton_led,
    samsung_header,
    yandex_led,
    zoho_led,
)
from tests.clients.links import safe_link


def _paragraphs(words: str, tag: str = "div") -> str:
    return "".join(f"<{tag}>{escape(one) or '<br>'}</{tag}>" for one in words.split("\n"))


def _html(answer: Answer, before: str, opened: str, closed: str, after: str, signed: str) -> str:
    """The quote between `opened` and `closed`, which are written anew around each answer."""
    blocks = [
        f"{opened}{above}{closed}" + (_paragraphs(words) if words else "")
        for above, words in answer.html_pieces()
    ]
    quoted = f"{before}{''.join(blocks)}{after}"
    said = _paragraphs(answer.said())
    body = {
        "top": f"{said}{signed}<br>{quoted}",
        "bottom": f"{quoted}<br>{said}{signed}",
        "inline": f"{quoted}{signed}",
    }[answer.place]
    return f"<html><head><meta charset='x'></head><body>{body}</body></html>"


def _header_html(header: str) -> str:
    lines = (line.partition(":") for line in header.split("\n"))
    return "<br>".join(f"<b>{label}:</b>{escape(value)}" for label, _, value in lines)


def _word(html: str) -> str:
    """Outlook for Windows hands all HTML to Word, its links to the service that watches clicks."""
    html = re.sub(r"(href=\")(https?://[^\"]+)", lambda m: m[1] + escape(safe_link(m[2])), html)
    html = re.sub(r"<p>(.*?)</p>", r"<p class=MsoNormal>\1<o:p></o:p></p>", html, flags=re.DOTALL)
    return html.replace("<p class=MsoNormal><o:p></o:p></p>", "<p class=MsoNormal>&nbsp;</p>")


def outlook(answer: Answer) -> str:
    header = _header_html(outlook_header(answer))
    border = (
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
        f"<p>{header}</p></div></div><p></p>"
    )
    return _word(_html(answer, border, "<div>", "</div>", "", "<p></p>"))


def outlook_web(answer: Answer) -> str:
    before = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000">'
        f"{_header_html(outlook_header(answer))}</font><div>&nbsp;</div></div>"
    )
    return _html(answer, before, "<div>", "</div>", "", "")


def outlook_mobile(answer: Answer) -> str:
    device = phrases.OUTLOOK_MOBILE[answer.language]
    signed = (
        '<div id="ms-outlook-mobile-signature"><div><br></div>'
        f'<a href="https://aka.ms/o0ukef">{device}</a></div>'
    )
    before = (
        '<hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">'
        f"{_header_html(outlook_header(answer))}</font><div>&nbsp;</div></div>"
    )
    return _html(answer, before, "<div>", "</div>", "", signed)


def gmail(answer: Answer) -> str:
    led = escape(answer.led(phrases.GMAIL[answer.language]))
    before = f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{led}<br></div>'
    opened = '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">'
    return _html(answer, before, opened, "</blockquote>", "</div>", "")


def apple(answer: Answer) -> str:
    led = escape(answer.led(phrases.APPLE[answer.language]))
    before = f'<blockquote type="cite"><div>{led}</div></blockquote>'
    opened = '<blockquote type="cite"><div>'
    return _html(answer, before, opened, "</div></blockquote>", "", "")


def iphone(answer: Answer) -> str:
    led = escape(answer.led(phrases.APPLE[answer.language]))
    device = (
        f'<br id="lineBreakAtBeginningOfSignature"><div>{phrases.IPHONE[answer.language]}</div>'
    )
    before = f'<div><br><blockquote type="cite">{led}<br><br></blockquote></div>'
    opened = '<blockquote type="cite"><div>\ufeff'
    return _html(answer, before, opened, "</div></blockquote>", "", device)


def thunderbird(answer: Answer) -> str:
    led = escape(answer.led(phrases.THUNDERBIRD[answer.language]))
    before = f'<div class="moz-cite-prefix">{led}<br></div>'
    opened = '<blockquote type="cite" cite="mid:x@us.example">'
    return _html(answer, before, opened, "</blockquote>", "", "")


def yahoo(answer: Answer) -> str:
    led = escape(answer.led(phrases.YAHOO[answer.language]))
    before = f'<div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>{led}</div><div><br></div>'
    return _html(answer, before, '<div id="yiv1">', "</div>", "</div></div>", "")


def mail_ru(answer: Answer) -> str:
    led = escape(mail_ru_led(answer))
    opened = '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">'
    before = f"{opened}{led}<br></blockquote>"
    return _html(answer, before, f"{opened}<div>", "</div></blockquote>", "", "<div>&nbsp;</div>")


def yandex(answer: Answer) -> str:
    before = f"<div>{escape(yandex_led(answer))}</div>"
    return _html(answer, before, "<blockquote>", "</blockquote>", "", "<div>&nbsp;</div>")


def samsung(answer: Answer) -> str:
    lines = "".join(f"<div>{escape(line)}</div>" for line in samsung_header(answer).split("\n"))
    device = phrases.SAMSUNG_DEVICE[answer.language]
    signed = f'<div id="composer_signature"><div style="font-size:85%">{device}</div></div>'
    before = f'<div style="font-size:100%"><!-- originalMessage -->{lines}<div><br></div></div>'
    return _html(answer, before, "<div>", "</div>", "", signed)


def k9(answer: Answer) -> str:
    led = escape(answer.led(phrases.K9[answer.language]))
    signed = f"<br>-- <br><div class='k9mail-signature'>{phrases.K9_DEVICE[answer.language]}</div>"
    before = f'<div class="gmail_quote">{led}'
    opened = '<blockquote class="gmail_quote" style="border-left: 1px solid #729fcf;">'
    return _html(answer, before, opened, "</blockquote>", "</div>", signed)


def proton(answer: Answer) -> str:
    before = f'<div class="protonmail_quote">{escape(proton_led(answer))}<br>'
    opened = '<blockquote class="protonmail_quote" type="cite">'
    return _html(answer, before, opened, "</blockquote>", "</div>", "")


def zoho(answer: Answer) -> str:
    before = f'<div class="zmail_extra_hr"></div><div>{escape(zoho_led(answer))}</div>'
    opened = '<blockquote id="blockquote_zmail" style="margin: 0px;">'
    return _html(answer, before, opened, "</blockquote>", "", "")
