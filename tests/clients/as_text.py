"""How each program writes an answer as text: with marks or without, wrapped, links rewritten."""

from __future__ import annotations

import re
import textwrap

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
from tests.clients.links import URL, safe_link


def _marked(answer: Answer, led: str, *, mark: str = "> ", width: int = 0, device: str = "") -> str:
    """Marks before each line of the quote."""
    blocks = [_with_mark(above, mark, width) + (f"\n\n{words}\n" if words else "")
              for above, words in answer.pieces()]  # fmt: skip
    quoted = f"{led}\n" + "\n".join(blocks)
    return _placed(answer, quoted, device)


def _with_mark(text: str, mark: str, width: int) -> str:
    lines = [line for one in text.split("\n") for line in (_wrapped(one, width) or [""])]
    return "\n".join(
        f"{mark.strip()}{line}" if line.startswith(">") else f"{mark}{line}".rstrip()
        for line in lines
    )


def _wrapped(line: str, width: int) -> list[str]:
    if not width or len(line) <= width:
        return [line]
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _bare(answer: Answer, led: str, device: str = "") -> str:
    """No marks at all: the header says where the quote begins."""
    blocks = [above + (f"\n\n{words}\n" if words else "") for above, words in answer.pieces()]
    return _placed(answer, f"{led}\n\n" + "\n".join(blocks), device)


def _placed(answer: Answer, quoted: str, device: str) -> str:
    signed = f"\n\n{device}" if device else ""
    if answer.place == "top":
        return f"{answer.said()}{signed}\n\n{quoted}\n"
    if answer.place == "bottom":
        return f"{quoted}\n\n{answer.said()}{signed}\n"
    return f"{quoted}{signed}\n"


def _linked(text: str) -> str:
    """Outlook writes the targets of links behind them, and its service puts its own in between."""
    text = re.sub(r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", r"\1<mailto:\1>", text)
    return URL.sub(lambda found: f"{found[0]}<{safe_link(found[0])}>", text)


def outlook(answer: Answer) -> str:
    return _linked(_bare(answer, outlook_header(answer)))


def outlook_web(answer: Answer) -> str:
    return _linked(_bare(answer, "_" * 32 + "\n" + outlook_header(answer)))


def outlook_mobile(answer: Answer) -> str:
    device = phrases.OUTLOOK_MOBILE[answer.language] + "<https://aka.ms/o0ukef>"
    return _bare(answer, "_" * 32 + "\n" + outlook_header(answer), device)


def gmail(answer: Answer) -> str:
    led = "\n".join(textwrap.wrap(answer.led(phrases.GMAIL[answer.language]), 76))
    return _marked(answer, f"{led}\n", width=76)


def apple(answer: Answer) -> str:
    return _marked(answer, answer.led(phrases.APPLE[answer.language]) + "\n")


def iphone(answer: Answer) -> str:
    led = "> " + answer.led(phrases.APPLE[answer.language]) + "\n>"
    return _marked(answer, led, device=phrases.IPHONE[answer.language])


def thunderbird(answer: Answer) -> str:
    return _marked(answer, answer.led(phrases.THUNDERBIRD[answer.language]), width=72)


def yahoo(answer: Answer) -> str:
    led = "    " + answer.led(phrases.YAHOO[answer.language]) + "  \n "
    return _bare(answer, led)


def mail_ru(answer: Answer) -> str:
    return _marked(answer, f">{mail_ru_led(answer)}\n> ", mark=">")


def yandex(answer: Answer) -> str:
    return _marked(answer, yandex_led(answer) + "\n")


def samsung(answer: Answer) -> str:
    return _bare(answer, samsung_header(answer), phrases.SAMSUNG_DEVICE[answer.language])


def k9(answer: Answer) -> str:
    led = answer.led(phrases.K9[answer.language])
    device = f"-- \n{phrases.K9_DEVICE[answer.language]}"
    return _marked(answer, led, mark=">", width=72, device=device)


def proton(answer: Answer) -> str:
    return _marked(answer, proton_led(answer) + "\n")


def zoho(answer: Answer) -> str:
    return _bare(answer, zoho_led(answer))
