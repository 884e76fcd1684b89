"""format=flowed (RFC 3676) → paragraphs as they were typed."""

from __future__ import annotations


def unflow(text: str, *, delsp: bool = False) -> str:
    """The text with soft line breaks joined; quote marks stay, signatures and fixed lines too."""
    out: list[str] = []
    paragraph: list[str] = []
    open_depth = -1  # quote depth of a paragraph that goes on, or -1
    for line in text.split("\n"):
        depth, content = _unquoted(line)
        if content.startswith(" "):
            content = content[1:]  # RFC 3676 §4.4: space-stuffing
        is_signature = content == "-- "
        is_soft = content.endswith(" ") and not is_signature
        if open_depth != depth or is_signature:
            out.append("".join(paragraph))
            paragraph = [">" * depth + (" " if depth else "")]
        paragraph.append(content[:-1] if is_soft and delsp else content)
        open_depth = depth if is_soft else -1
    out.append("".join(paragraph))
    return "\n".join(out[1:])


def _unquoted(line: str) -> tuple[int, str]:
    content = line.lstrip(">")
    return len(line) - len(content), content
