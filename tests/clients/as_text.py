"""What programs share that write answers as text: marks or none, wrapping, rewritten links."""

from __future__ import annotations

import re
import textwrap

from tests.clients.answer import Answer
from tests.clients.links import URL, safe_link


def marked(answer: Answer, led: str, *, mark: str = "> ", width: int = 0, signed: str = "") -> str:
    """Marks before each line of the quote."""
    blocks = [_with_mark(above, mark, width) + (f"\n\n{words}\n" if words else "")
              for above, words in answer.pieces()]  # fmt: skip
    quoted = f"{led}\n" + "\n".join(blocks)
    return _placed(answer, quoted, signed)


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


def bare(answer: Answer, led: str, signed: str = "", *, signs_above: bool = False) -> str:
    """No marks at all: the header says where the quote begins.

    `signs_above`: a signature is there before one begins to answer between the lines.
    """
    blocks = [above + (f"\n\n{words}\n" if words else "") for above, words in answer.pieces()]
    return _placed(answer, f"{led}\n\n" + "\n".join(blocks), signed, signs_above=signs_above)


def _placed(answer: Answer, quoted: str, signed: str, *, signs_above: bool = False) -> str:
    signed = f"\n\n{signed}" if signed else ""
    above = f"{signed.strip()}\n\n" if signs_above and signed else ""
    signed = "" if above and answer.place == "inline" else signed
    end = f"\n\n{answer.disclaimer}\n" if answer.disclaimer else "\n"
    if answer.place == "top":
        return f"{answer.said()}{signed}\n\n{quoted}{end}"
    if answer.place == "bottom":
        return f"{quoted}\n\n{answer.said()}{signed}{end}"
    return f"{above}{quoted}{signed}{end}"


def linked(text: str) -> str:
    """Outlook writes the targets of links behind them, and its service puts its own in between."""
    text = re.sub(r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", r"\1<mailto:\1>", text)
    return URL.sub(lambda found: f"{found[0]}<{safe_link(found[0])}>", text)
