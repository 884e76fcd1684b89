"""Mails that somebody passed on in the text of theirs → who wrote them, when, about what.

A header block is a forward if the program says so above it, if it stands inside a quote (answers
have an attribution there), or if the subject says so; otherwise it is the quote of an answer.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from inbox.mail.attribution import attributions
from inbox.mail.device_line import is_device_line
from inbox.mail.header_block import Block, read_block, split_glued
from inbox.mail.notes_header import read_notes_header
from inbox.mail.quote_marks import free_attributions, is_quoted, undirected, unquoted
from inbox.model.address import Address, normalize
from inbox.model.mail import Forwarded

_MAX_LINES = 3000
_FORWARD = re.compile(
    r"forward|fwd|weitergeleit|weiterleit|transf[éeè]r|reenvi|inoltr|encaminh|"
    r"doorgest|vidare|videres|välitet|edelleen|"
    r"przekaz|przesłan|přepos|preposl|továbbít|iletil|yönlend|пересл|пересыл|переадр|"
    r"перенапр|препрат|転送|转发|轉寄|轉發|전달|"
    r"redirec|proslij|proslje|posredov|προωθ|redireccion|redirigé|edasi|pārsūt|persiųst|"
    r"הועבר|meneruskan|chuyển tiếp"
)
_FORWARD_PREFIX = re.compile(
    r"(?i)^\s*(?:\[[^\]]{1,30}\]\s*)?(?:(?:fwd?|wg|tr|rv|enc|i|vs|vb|vl|pd|doorst|fs|"
    r"tov[aá]bb\w{0,6}|ilt|i̇lt|προωθ|πρθ|пересл?|пер|转发|轉寄|轉發|転送|fw|rif|redir|eds|prep[os]l)\s*[:：]\s*)+"
)
# What Apple Mail writes above a mail, whether or not it shows a header.
_BEGINS = re.compile(
    r"(?i)\s{0,4}(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|"
    r"début du (?:message|courriel|mail) (?:réexpédié|transféré)|"
    r"inizio (?:del )?messaggio inoltrato|"
    r"inicio del mensaje reenviado|in[íi]cio da mensagem (?:re)?encaminhada|"
    r"begin doorgestuurd bericht|vidarebefordrat (?:brev|mejl)|start på videresendt besked|"
    r"videresendt melding|välitetty viesti alkaa|początek przekazywanej wiadomości|"
    r"začátek přeposílané zprávy|začiatok preposlanej správy|a továbbított levél kezdete|"
    r"i̇letilmiş mesajın başlangıcı|iletilmiş mesajın başlangıcı|전달된 메시지|"
    r"начало (?:переадресованного|пересылаемого) сообщения|початок (?:листа, що пересилається|"
    r"переадресованого повідомлення)|転送されたメッセージ|以下是转发的邮件|以下為轉寄的郵件)"
    r"\s?[:：]\s{0,4}"
)
_END = re.compile(
    r"(?i)={2,}8<=+\s?end\b.*|\s{0,4}-{3,}\s?(?:end(?:e)?|fin|fine|конец|кінець|завершени[ея]|завершення|koniec)\b[^-]{0,60}-{3,}\s*$"
)
_AROUND_DATE = re.compile(
    r"(?i)^\W{0,4}(?:on|am|le|el(?: día)?|il(?: giorno)?|op|den|dne|dňa|w dniu|dnia|em|på|pe|"
    r"i meddelandet|στις|la|ngày)\s|"
    r"[\s,;]+(?:schrieb|wrote|a écrit|escribió|ha scritto|napisał|schreef|skrev|écrit|by|von|da|"
    r"от|від)?[\s,:：]*$"
)
# What stands before the name in an attribution: the date, and words of the sentence.
_NOT_NAME = re.compile(
    r"^(?:.*\d\S*\s)?(?:[гр]\.,?\s)?(?:\(?(?:[AP]\.?M\.?|UTC|GMT|CES?T|[A-Z]{3,4}\b)[^\s\w]*\s)?"
    r"(?:[a-zß-öø-ÿăąćčďđęěğıłľńňőřśşšťůűźżžа-яёіїєґ]{2,14}\s)*"
)
_ANY_PREFIX = re.compile(r"\s*[^\W\d_]{1,8}\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]")
_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>\"(),;:\[\]«»„”“]{1,128}@[^\s<>\"(),;:\[\]]{1,255})")
_QUOTED_NAME = re.compile(r"[\"„“«]([^\"„“”«»]{1,200})[\"”“»]\s*$")
# `CN=Ann Doe/OU=Support/O=ACME@ACME`, as Notes names people.
_NOTES_PATH = re.compile(r"^CN=|(?<=\w)(?:/(?:OU?=)?[\w .&-]{1,60}){1,6}(?:@[\w.-]{1,60})?$")
_ENTITY = re.compile(r"&(?:lt|gt|nbsp);")
_WIDE_RULE = re.compile(r"\s{0,4}(?:-{10,}|={10,}|_{10,}|[-=]{4,}[^-=]{4,60}[-=]{4,})\s*")
_SCISSORS = re.compile(r"={2,}8<=+\s?[^=]{4,60}=+$")  # The Bat!
_MARKUP = re.compile(r"[<\[]\s*mailto:[^<>\[\]]{1,300}[>\]]|<https?:[^<>]{0,500}>")


def is_forward(subject: str) -> bool:
    """Whether a subject says in any language that a mail is passed on."""
    return bool(_FORWARD_PREFIX.match(subject))


def find_forwarded(text: str, subject: str, *, is_answer: bool = False) -> Forwarded | None:
    """The first mail passed on in a text; None if the text only quotes what it answers.

    `is_answer`: the mail's headers name a mail that it answers.
    """
    lines = _lines(text)
    says = is_forward(subject)
    answers = not says and (is_answer or bool(_ANY_PREFIX.match(subject)))
    own = _FORWARD_PREFIX.sub("", subject).strip() if says else ""
    attributed = attributions(lines)
    for at, line in enumerate(lines):
        if not (at in attributed or _may_begin(lines, at)) or _is_inside(lines, at):
            continue
        quoted = is_quoted(line)
        block = _block_at(lines, at, quoted)
        if block is not None:
            announced = says or _is_announced(lines, at)
            if announced or (block.names_a_mail and (quoted or not answers)):
                return _from_block(block, lines, at, quoted, own)
            if block.names_a_mail:
                return None
        if length := 0 if quoted else attributed.get(at, 0):
            is_bare = not answers and not any(above.strip() for above in lines[:at])
            if says or is_bare or _is_announced(lines, at):
                return _from_attribution(lines, at, length, own)
            return None
    return None if answers else _without_header(lines, own)


def _may_begin(lines: list[str], at: int) -> bool:
    """False for most lines: a header has a colon in its first one, or stands below a blank one."""
    line = lines[at]
    if not line.strip() or len(line) > 500:
        return False
    return ":" in line or "：" in line or _is_below_blank(lines, at)


def _is_below_blank(lines: list[str], at: int) -> bool:
    return at == 0 or not lines[at - 1].strip(" >-_=*")


def _block_at(lines: list[str], at: int, quoted: bool) -> Block | None:
    below = _unquoted(lines[at : at + 40]) if quoted else lines[at : at + 40]
    block = read_block(below, 0, least=1)
    if block is None or not (block.is_likely or _is_begun(block, lines, at)):
        return read_notes_header(below, 0) if _is_below_blank(lines, at) else None
    return block


def _is_begun(block: Block, lines: list[str], at: int) -> bool:
    """True for a header of its sender alone, below the rule by which a program says so."""
    if "from" not in block.fields or not block.names_a_mail or not _is_announced(lines, at):
        return False
    above = next((line for line in reversed(lines[max(0, at - 4) : at]) if line.strip(" >")), "")
    return is_beginning(above) or unquoted(above).strip().startswith(("--", "==", "__"))


def _is_inside(lines: list[str], at: int) -> bool:
    """True for a line within a quote, not at its beginning."""
    if not at or not is_quoted(lines[at]):
        return False
    return is_quoted(lines[at - 1]) and not _is_marker(lines[at - 1])


def _lines(text: str) -> list[str]:
    lines = undirected(text.replace("\ufeff", "")).split("\n")[:_MAX_LINES]
    out: list[str] = []
    for line in lines if "--" in text else ():
        parts = split_glued(line) if "--" in line else [line]
        out += parts if len(parts) == 1 else [*parts, ""]
    out = out or lines
    if ">>> " in text:
        free_attributions(out)
    return out


def _without_header(lines: list[str], subject: str) -> Forwarded | None:
    """The mail below a line that programs write above one, where no header tells whose it is."""
    for at, line in enumerate(lines):
        if is_beginning(line):
            text = "\n".join(_unquoted(lines[at + 1 :])).strip()
            above = _above(lines[:at])
            return Forwarded(subject=subject, text=text, above=above) if text else None
    return None


def is_beginning(line: str) -> bool:
    """True for the line that Apple Mail and others write above a mail passed on."""
    return bool(_BEGINS.fullmatch(line[:200]))


def _is_announced(lines: list[str], at: int) -> bool:
    """True if a line shortly above says in any language that a mail is passed on."""
    above = [line for line in lines[max(0, at - 4) : at] if line.strip(" >")]
    return any(len(line) < 120 and _FORWARD.search(line.lower()) for line in above[-2:])


def _is_marker(line: str) -> bool:
    return not line.strip(" >\t") or bool(_FORWARD.search(line[:200].lower()))


def _unquoted(lines: list[str]) -> list[str]:
    return [unquoted(line) for line in lines]


def _from_block(block: Block, lines: list[str], at: int, quoted: bool, subject: str) -> Forwarded:
    rest = lines[at + block.end :]
    fields = _unescaped(block.fields)
    authors = people_in(fields.get("from", ""))
    name = _NOTES_PATH.sub("", fields.get("from", "").strip(" *\"'"))
    return Forwarded(
        from_=authors[0] if authors else (Address(name=name[:200]) if name else None),
        date=fields.get("date", "")[:200],
        subject=fields.get("subject", subject)[:1000],
        to=people_in(fields.get("to", "")),
        cc=people_in(fields.get("cc", "")),
        text=_inner_text(_quote(rest) if quoted else rest).strip("\n \u00a0"),
        above=_above(lines[:at]),
    )


def _unescaped(fields: dict[str, str]) -> dict[str, str]:
    """The values; some programs write the entities of HTML into the text as well."""
    if not any(_ENTITY.search(value) for value in fields.values()):
        return fields
    return {name: html.unescape(value).strip() for name, value in fields.items()}


def _above(lines: list[str]) -> str:
    """What stands above the header, without the line by which the program announces it."""
    end = len(lines)
    while end and _is_rule(lines[end - 1][:200]):
        end -= 1
    return "\n".join(lines[:end]).strip()


def _is_rule(line: str) -> bool:
    bare = unquoted(line).strip()
    if not any(map(str.isalnum, bare)) or bare.startswith(("--", "__", "==")):
        return True
    announces = bare.endswith((":", "：", "-", ">")) and _FORWARD.search(bare.lower())
    return bool(announces or _BEGINS.fullmatch(bare) or is_device_line(bare))


def _quote(lines: list[str]) -> list[str]:
    """The quoted lines without their marks, up to what is written below them."""
    last = max((at for at, line in enumerate(lines) if is_quoted(line)), default=-1)
    below = last + 1
    while below < len(lines) and lines[below].strip():
        below += 1  # wrapped by a relay: the rest of the quote's last line
    return _unquoted(lines[:below])


def _inner_text(lines: list[str]) -> str:
    """The text without its quote marks and the lines that programs write around it."""
    end = next((at for at, line in enumerate(lines) if _END.match(line[:120])), len(lines))
    said = [at for at in range(end) if lines[at].strip()]
    if said and _is_second_rule(lines[said[0]]):
        said = said[1:]
    if said and _is_wide(lines[said[-1]]):
        said = said[:-1]
    text = lines[said[0] : said[-1] + 1] if said else []
    if all(is_quoted(line) or not line.strip() for line in text):
        text = _unquoted(text)
    return "\n".join(text)


def _is_wide(line: str) -> bool:
    return bool(_WIDE_RULE.fullmatch(line[:200])) and not any(map(str.isalnum, line))


def _is_second_rule(line: str) -> bool:
    """True for the rule that ends a header, or says once more that a mail is passed on."""
    if line.startswith("==") and _SCISSORS.match(line[:200]):
        return True
    if not _WIDE_RULE.fullmatch(line[:200]):
        return False
    return _is_wide(line) or bool(_FORWARD.search(line[:200].lower()))


def _from_attribution(lines: list[str], at: int, length: int, subject: str) -> Forwarded | None:
    """A program that passes on with an attribution leaves the subject in the mail's own."""
    attribution = " ".join(line.strip() for line in lines[at : at + length])
    people = people_in(attribution)
    if not people:
        return None
    author = replace(people[0], name=_NOT_NAME.sub("", people[0].name))
    rest = lines[at + length :]
    below = next((line for line in rest if line.strip()), "")
    return Forwarded(
        from_=author,
        date=_date_in(attribution, author.name),
        subject=subject,
        text=_inner_text(_quote(rest) if is_quoted(below) else rest).strip("\n"),
        above=_above(lines[:at]),
    )


def _date_in(attribution: str, name: str) -> str:
    """The date of an attribution: what is left of it without the person and the words around."""
    if name:
        attribution = attribution.replace(name, "|")
    pieces = re.split(r"[|<>\"„“”«»]", attribution)
    dated = [piece for piece in pieces if re.search(r"\d{1,2}\D|\d{4}", piece) and "@" not in piece]
    words = dated[0] if dated else ""
    return _AROUND_DATE.sub("", words).strip(" ,;:：")[:200]


def people_in(value: str) -> tuple[Address, ...]:
    """The mailboxes in a value as programs show them, with `mailto:` in brackets and semicolons."""
    value = value[:20_000]
    found: dict[str, Address] = {}
    last = 0
    matches = list(_ADDRESS.finditer(value))
    # Between semicolons, and in front of the only one, a comma belongs to a name: `Doe, Jane`.
    joint = ";" if ";" in value or len(matches) == 1 else ","
    for match in matches:
        if "/" in match[1] and "." not in match[1].partition("@")[2]:
            continue  # a name in Notes: `Doe/Support/ACME@ACME`
        before = _MARKUP.sub("", value[last : match.start()])
        last = match.end()
        address = normalize(match[1].strip(".'*"))
        name = _name_before(before, joint)
        if address not in found:
            found[address] = Address(name="" if "@" in name else name[:200], address=address)
    return tuple(found.values())


def _name_before(text: str, joint: str) -> str:
    """The name that stands before an address: in quotes, else all since the last `joint`."""
    text = text.rstrip(" <[(*")
    if quoted := _QUOTED_NAME.search(text):
        name = quoted[1]
    else:
        name = re.split(rf"[{joint};>\])]", text.rstrip("\"'"))[-1]
    return " ".join(name.strip(" \t<>[]()\"'*:«»„”“").split())
