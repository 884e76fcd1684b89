"""Mails that somebody passed on in the text of theirs → who wrote them, when, about what.

A header block is a forward if the program says so above it, if it stands inside a quote (answers
have an attribution there), or if the subject says so; otherwise it is the quote of an answer.
"""

from __future__ import annotations

import re

from inbox.mail.attribution import attribution_length
from inbox.mail.header_block import Block, read_block
from inbox.mail.quote_marks import is_quoted, unquoted
from inbox.model.address import Address, normalize
from inbox.model.mail import Forwarded

_MAX_LINES = 3000
_FORWARD = re.compile(
    r"(?i)forward|fwd|weitergeleit|weiterleit|transf[éeè]r|reenvi|inoltr|encaminh|"
    r"doorgest|vidare|videres|välitet|edelleen|"
    r"przekaz|przesłan|přepos|preposl|továbbít|iletil|yönlend|пересл|пересыл|переадр|"
    r"перенапр|препрат|転送|转发|轉寄|轉發|전달|"
    r"redirec|proslij|proslje|posredov|προωθ|redireccion|redirigé|edasi|pārsūt|persiųst|"
    r"הועבר|meneruskan|chuyển tiếp"
)
_FORWARD_PREFIX = re.compile(
    r"(?i)^\s*(?:\[[^\]]{1,30}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|vs|vb|vl|pd|doorst|fs|továbbítás|ilt|προωθ|пересл?|转发|轉寄|転送|fw|rif)\s*[:：]"
)
_ANY_PREFIX = re.compile(r"\s*[^\W\d_]{1,8}\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]")
_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>\"(),;:\[\]«»„”“]{1,128}@[^\s<>\"(),;:\[\]]{1,255})")
_QUOTED_NAME = re.compile(r"[\"„“«]([^\"„“”«»]{1,200})[\"”“»]\s*$")
_MARKUP = re.compile(r"[<\[]\s*mailto:[^<>\[\]]{1,300}[>\]]|<https?:[^<>]{0,500}>")


def find_forwarded(text: str, subject: str, *, is_answer: bool = False) -> Forwarded | None:
    """The first mail passed on in a text; None if the text only quotes what it answers.

    `is_answer`: the mail's headers name a mail that it answers.
    """
    lines = text.replace("\ufeff", "").split("\n")[:_MAX_LINES]
    says = bool(_FORWARD_PREFIX.match(subject))
    answers = not says and (is_answer or bool(_ANY_PREFIX.match(subject)))
    for at, line in enumerate(lines):
        if not line.strip() or len(line) > 500:
            continue
        quoted = is_quoted(line)
        if quoted and at and is_quoted(lines[at - 1]) and not _is_marker(lines[at - 1]):
            continue
        plain = _unquoted(lines[at : at + 40]) if quoted else lines[at : at + 40]
        block = read_block(plain, 0)
        if block is not None and block.is_likely:
            if quoted or not answers or _is_announced(lines, at):
                return _from_block(block, lines, at, quoted)
            return None
        length = 0 if quoted else attribution_length(lines, at)
        if length:
            is_bare = not answers and not any(above.strip() for above in lines[:at])
            return _from_attribution(lines, at, length, subject) if says or is_bare else None
    return None


def _is_announced(lines: list[str], at: int) -> bool:
    """True if a line shortly above says in any language that a mail is passed on."""
    above = [line for line in lines[max(0, at - 4) : at] if line.strip(" >")]
    return any(_FORWARD.search(line) and len(line) < 120 for line in above[-2:])


def _is_marker(line: str) -> bool:
    return not line.strip(" >\t") or bool(_FORWARD.search(line[:200]))


def _unquoted(lines: list[str]) -> list[str]:
    return [unquoted(line) for line in lines]


def _from_block(block: Block, lines: list[str], at: int, quoted: bool) -> Forwarded:
    rest = lines[at + block.end :]
    text = "\n".join(_unquoted(rest) if quoted else rest)
    authors = people_in(block.fields.get("from", ""))
    name = block.fields.get("from", "").strip(" *\"'")
    return Forwarded(
        from_=authors[0] if authors else (Address(name=name[:200]) if name else None),
        date=block.fields.get("date", "")[:200],
        subject=block.fields.get("subject", "")[:1000],
        to=people_in(block.fields.get("to", "")),
        cc=people_in(block.fields.get("cc", "")),
        text=text.strip("\n \u00a0"),
    )


def _from_attribution(lines: list[str], at: int, length: int, subject: str) -> Forwarded | None:
    """A program that passes on with an attribution leaves the subject in the mail's own."""
    people = people_in(" ".join(lines[at : at + length]))
    if not people:
        return None
    rest = lines[at + length :]
    below = next((line for line in rest if line.strip()), "")
    text = "\n".join(_unquoted(rest) if is_quoted(below) else rest)
    return Forwarded(
        from_=people[0],
        subject=_FORWARD_PREFIX.sub("", subject).strip(),
        text=text.strip("\n"),
    )


def people_in(value: str) -> tuple[Address, ...]:
    """The mailboxes in a value as programs show them, with `mailto:` in brackets and semicolons."""
    value = value[:20_000]
    found: dict[str, Address] = {}
    last = 0
    for match in _ADDRESS.finditer(value):
        before = _MARKUP.sub("", value[last : match.start()])
        last = match.end()
        address = normalize(match[1].strip(".'*"))
        name = _name_before(before)
        if address not in found:
            found[address] = Address(name="" if "@" in name else name[:200], address=address)
    return tuple(found.values())


def _name_before(text: str) -> str:
    """The name that stands before an address: what is in quotes, else all since the last comma."""
    text = text.rstrip(" <[(*")
    if quoted := _QUOTED_NAME.search(text):
        name = quoted[1]
    else:
        name = re.split(r"[;,>\])]", text.rstrip("\"'"))[-1]
    return " ".join(name.strip(" \t<>[]()\"'*:«»„”“").split())
