"""Mails as people's programs write them: new ones, and answers with the answered mail below.

They are not made with the service's own composer, so that what comes in is as foreign as it is
in life: Outlook's header block, Gmail's attribution, their ids, their Thread-Index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from inbox.demo.company import Person
from inbox.mail import header_values, thread_index, wire
from inbox.mail.markup import to_html, to_lines
from inbox.mail.quote import Quoted, attribution, quote_text
from inbox.model.address import Address
from inbox.model.mail import ParsedMail


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes with a letter."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail before it is bytes."""

    from_: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    subject: str
    text: str
    html: str
    date: datetime
    message_id: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    thread_index: bytes | None = None
    program: str = "gmail"
    files: tuple[Enclosure, ...] = ()

    @property
    def recipients(self) -> list[str]:
        """Everybody it goes to, once."""
        return list(dict.fromkeys(one.address for one in (*self.to, *self.cc)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person types, and whom it goes to besides."""

    text: str
    files: tuple[Enclosure, ...] = ()
    to_all: bool = False


def new_letter(
    me: Person,
    to: tuple[Address, ...],
    subject: str,
    words: Words,
    *,
    now: datetime,
    rng: Callable[[int], bytes],
) -> Letter:
    """A letter that begins something."""
    return Letter(
        from_=me.mailbox,
        to=to,
        subject=subject,
        text=words.text,
        html=to_html(words.text),
        date=now,
        message_id=_new_id(me, rng),
        thread_index=thread_index.new_root(now, rng(16)) if me.program == "outlook" else None,
        program=me.program,
        files=words.files,
    )


def answer(
    me: Person, mail: ParsedMail, words: Words, *, now: datetime, rng: Callable[[int], bytes]
) -> Letter:
    """An answer to a mail: addressed to its Reply-To, the mail quoted below as the program does."""
    to, cc = addressed(me, mail, to_all=words.to_all)
    quoting = _as_outlook if me.program == "outlook" else _as_gmail
    text, html = quoting(me, mail, words.text, now)
    prefix = {"de": "AW: ", "it": "R: "}.get(
        me.language, "RE: " if me.program == "outlook" else "Re: "
    )
    index = mail.thread_index
    return Letter(
        from_=me.mailbox,
        to=to,
        cc=cc,
        subject=mail.subject if _is_reply(mail.subject) else prefix + mail.subject,
        text=text,
        html=html,
        date=now,
        message_id=_new_id(me, rng),
        in_reply_to=mail.message_id,
        references=(*mail.references, mail.message_id),
        thread_index=thread_index.child(index, now, rng(1)[0]) if index else None,
        program=me.program,
        files=words.files,
    )


def addressed(
    me: Person, mail: ParsedMail, *, to_all: bool
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc of an answer (RFC 5322 §3.6.3); `me` is left out of them."""
    to = mail.reply_to or mail.from_
    if mail.author and mail.author.address == me.address:  # following up one's own mail
        return mail.to, mail.cc if to_all else ()
    if not to_all:
        return to, ()
    there = {one.address for one in to} | {me.address}
    # The author stands behind their Reply-To already: naming both would send it twice.
    others = [one for one in (*mail.to, *mail.cc) if one.address not in there]
    return to, tuple(replace(one) for one in dict.fromkeys(others))


def write(letter: Letter) -> bytes:
    """The letter as it goes over the wire."""
    body = wire.multipart(
        "alternative",
        [_leaf("plain", letter.text), _leaf("html", f"<html><body>{letter.html}</body></html>")],
        letter.message_id,
    )
    if letter.files:
        body = wire.multipart("mixed", [body, *map(_file, letter.files)], letter.message_id)
    whole = EmailMessage(policy=wire.WIRE)
    for name, value in _headers(letter):
        whole[name] = value
    for name, value in body.items():
        whole[name] = value
    whole.set_payload(body.get_payload())
    return wire.to_bytes(whole)


def _headers(letter: Letter) -> Iterator[tuple[str, str]]:
    yield "From", header_values.addresses([letter.from_], len("From: "))
    yield "To", header_values.addresses(letter.to, len("To: "))
    if letter.cc:
        yield "Cc", header_values.addresses(letter.cc, len("Cc: "))
    yield "Subject", header_values.text(letter.subject, len("Subject: "))
    yield "Date", format_datetime(letter.date.astimezone(UTC))
    yield "Message-ID", wire.ids([letter.message_id])
    if letter.in_reply_to and wire.is_id(letter.in_reply_to):
        yield "In-Reply-To", wire.ids([letter.in_reply_to])
        yield "References", wire.ids(_chain(letter.references))
    if letter.thread_index:
        yield "Thread-Index", thread_index.to_header(letter.thread_index)
    if letter.program == "outlook":
        yield "X-Mailer", "Microsoft Outlook 16.0"
    yield "MIME-Version", "1.0"


def _chain(references: tuple[str, ...]) -> list[str]:
    sound = [one for one in dict.fromkeys(references) if wire.is_id(one)]
    return sound if len(sound) < 20 else [sound[0], *sound[-18:]]


def _leaf(subtype: str, content: str) -> EmailMessage:
    return wire.leaf(f'text/{subtype}; charset="utf-8"', [], *wire.encode_text(content))


def _file(file: Enclosure) -> EmailMessage:
    disposition = "attachment" + header_values.filename_parameters("filename", file.filename)
    kind = file.content_type + header_values.filename_parameters("name", file.filename)
    return wire.leaf(
        kind, [("Content-Disposition", disposition)], *wire.encode_octets(file.content)
    )


def _as_gmail(me: Person, mail: ParsedMail, words: str, _now: datetime) -> tuple[str, str]:
    quoted = Quoted(
        author=mail.author or Address(address="unknown@invalid"),
        date=mail.date,
        text=mail.text,
        html=None,
    )
    said = attribution(quoted, me.language, UTC)
    text = f"{words}\n\n{quote_text([quoted], language=me.language, zone=UTC)}"
    html = (
        f'<div dir="ltr">{to_html(words)}</div><br>'
        f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{escape(said)}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;'
        f'border-left:1px solid #ccc;padding-left:1ex">{to_html(mail.text)}</blockquote></div>'
    )
    return text, html


_LABELS = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
}


def _as_outlook(me: Person, mail: ParsedMail, words: str, now: datetime) -> tuple[str, str]:
    values = (
        str(mail.author or ""),
        f"{mail.date or now:%d.%m.%Y %H:%M}",
        "; ".join(str(one) for one in mail.to),
        mail.subject,
    )
    lines = list(zip(_LABELS[me.language], values, strict=True))
    plain = "\n".join(f"{label}: {value}" for label, value in lines)
    rich = "<br>".join(f"<b>{label}:</b> {escape(value)}" for label, value in lines)
    text = f"{words}\n\n{'_' * 32}\n{plain}\n\n{mail.text}"
    html = (
        f'<div class="WordSection1"><p class="MsoNormal">{to_lines(words)}</p>'
        '<p class="MsoNormal">&nbsp;</p><div id="divRplyFwdMsg" style="border:none;'
        'border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        f"{rich}</p></div>{to_html(mail.text)}</div>"
    )
    return text, html


def _is_reply(subject: str) -> bool:
    return subject.lower().startswith(("re:", "aw:", "r:", "rv:", "antw:", "sv:", "回复:"))


def _new_id(me: Person, rng: Callable[[int], bytes]) -> str:
    domain = me.address.rpartition("@")[2]
    if me.program == "outlook":
        return f"{rng(16).hex().upper()}@{domain}"
    return f"CA{sha256(rng(16)).hexdigest()[:40]}@mail.{domain}"
