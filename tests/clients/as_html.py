"""What programs share that write answers as HTML."""

from __future__ import annotations

from html import escape

from tests.clients.answer import Answer

LOGO = "image001.png@01DC5B2A.6F1B2C30"


def paragraphs(words: str, tag: str = "div") -> str:
    return "".join(f"<{tag}>{escape(one) or '<br>'}</{tag}>" for one in words.split("\n"))


def page(
    answer: Answer,
    before: str,
    opened: str,
    closed: str,
    after: str,
    signed: str,
    *,
    signs_above: bool = False,
    tag: str = "div",
) -> str:
    """The quote between `opened` and `closed`, which are written anew around each answer."""
    blocks = [
        f"{opened}{above}{closed}" + (paragraphs(words, tag) if words else "")
        for above, words in answer.html_pieces()
    ]
    quoted = f"{before}{''.join(blocks)}{after}"
    said = paragraphs(answer.said(), tag)
    body = {
        "top": f"{said}{signed}<br>{quoted}",
        "bottom": f"{quoted}<br>{said}{signed}",
        "inline": f"{signed}{quoted}" if signs_above else f"{quoted}{signed}",
    }[answer.place]
    end = f"<br><p>{escape(answer.disclaimer)}</p>" if answer.disclaimer else ""
    return f"<html><head><meta charset='x'></head><body>{body}{end}</body></html>"


def header_html(header: str) -> str:
    lines = (line.partition(":") for line in header.split("\n"))
    return "<br>".join(f"<b>{label}:</b>{escape(value)}" for label, _, value in lines)


def lines_html(answer: Answer) -> str:
    """The signature's lines with its picture; nothing without one."""
    picture = [f'<img width="96" src="cid:{LOGO}">'] if answer.logo else []
    return "<br>".join([*map(escape, answer.signature), *picture])


def signed_html(answer: Answer, around: tuple[str, str]) -> str:
    """The signature between two pieces of HTML; nothing without one."""
    return f"{around[0]}{lines_html(answer)}{around[1]}" if answer.signature else ""
