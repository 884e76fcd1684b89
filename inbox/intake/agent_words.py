"""What one of us wrote in a mail, apart from what the mail quotes and signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.answered import find_source, recipients_of
from inbox.desk.letter import Letter
from inbox.errors import Invalid
from inbox.intake.known_words import trimmed_by_mail
from inbox.jobs.registry import Context
from inbox.mail.device_line import is_device_line
from inbox.mail.first_signature import Person, ends_letter
from inbox.mail.new_html import new_html
from inbox.mail.pictures import LARGEST_LOGO
from inbox.mail.signed import Ending, Known, last_lines, without_signature
from inbox.mail.trim import trim_text
from inbox.mail.trim_html import split_html
from inbox.model.address import Address, normalize
from inbox.model.mail import Attachment, ParsedMail, Trimmed
from inbox.store.engine import Writer
from inbox.store.followers import registered
from inbox.store.locks import lock
from inbox.store.people import our_domains
from inbox.store.rights import known_files
from inbox.store.signatures import signature_of
from inbox.store.tables import Agent

_WORDS = "These words are mine"
# How Outlook writes a picture into the text of a mail; and names that are known for one there.
_SHOWN = re.compile(r"\[cid:([^\[\]\s]{1,200})\]")
_A_NAME = re.compile(r"[^\[\]\n]{1,200}\.\w{3,4}")


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The parts that belong to the words, and SHA-256 of what may be a signature's."""

    own: frozenset[int] = frozenset()
    last: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()  # those that stand below the end of a letter
    are_placed: bool = True  # it is known which stand below the words

    def has(self, file: Attachment, known: Known) -> bool:
        """Whether a picture is part of what was said."""
        gone = self.last & (known.pictures | self.signed)
        return file.part in self.own and file.sha256 not in gone


async def answer_of(
    db: Writer,
    letter: Letter,
    raw: bytes,
    conversation_id: int,
    *,
    context: Context,
    agent: Agent,
    reader_id: int,
) -> Answer:
    """Their new words with the files that belong to them, for whom they wrote to besides.

    `reader_id`: who got the notice; a department may be asked, and one of its people answer.

    What the notice said that they answer is known and left out, wherever it stands; only where
    nothing of it is found the structure of the mail decides.
    """
    known = await trimmed_by_mail(
        db, letter, context, agent_id=reader_id, conversation_id=conversation_id
    )
    trimmed = known or letter.trimmed
    signed = await signature_of(db, agent.id)
    ends = last_lines(trimmed)
    who = Person(name=agent.name, domains=await our_domains(db))
    letter = replace(letter, trimmed=without_signature(trimmed, signed.lines, who))
    wrote = bool(known.new_text.strip()) if known else has_own_words(letter.mail)
    pictures = await _pictures(db, letter, raw, conversation_id) if wrote else _Pictures()
    is_ended = letter.trimmed.signature and ends_letter(letter.trimmed.new_text, who)
    if is_ended and pictures.are_placed:
        pictures = replace(pictures, signed=pictures.last)
    files = [one for one in letter.mail.attachments if not one.inline or pictures.has(one, signed)]
    # What a telephone adds by itself, sent by a slip of the thumb, says nothing to anybody.
    is_said = wrote and not _is_by_device(letter.trimmed)
    return Answer(
        text=_by_name(letter.trimmed.new_text, files) if is_said else "",
        files=tuple(map(_file, files)),
        cc=await _cc(db, letter, conversation_id),
        spool_id=letter.spool_id,
        has_html=letter.mail.html is not None,
        # The same mail again, by another way, is the same answer.
        idempotency=f"mail:{letter.clues.identity.hex()}",
        ending=Ending(lines=ends, pictures=tuple(sorted(pictures.last))),
    )


def has_own_words(mail: ParsedMail) -> bool:
    """Whether anything stands above what is quoted.

    Where nothing does, `trim` shows the reader what there is; but here it would be sent: a notice
    that nobody knows any more with all that is in it, as the answer to the customer.
    """
    if mail.html and (split := split_html(mail.html)):
        above, below = split
        if below.strip():
            return any(map(str.isalnum, above))
    if trim_text(f"{_WORDS}\n\n{mail.text}").new_text.strip() != _WORDS:
        return True
    # `See below:` reads like the line above a quote, but that names a day or an address.
    said = trim_text(mail.text).new_text
    return bool(said.strip()) and not any(sign.isdigit() or sign == "@" for sign in said)


def _by_name(text: str, files: Sequence[Attachment]) -> str:
    """The words with each picture among them called as the file that comes along, or not at all."""
    names = {one.content_id: one.filename for one in files if _A_NAME.fullmatch(one.filename)}
    return _SHOWN.sub(lambda found: f"[{names[found[1]]}]" if found[1] in names else "", text)


def _is_by_device(trimmed: Trimmed) -> bool:
    return is_device_line(" ".join(trimmed.new_text.split()))


async def _pictures(db: Writer, letter: Letter, raw: bytes, conversation_id: int) -> _Pictures:
    """The pictures but those of the quote, which may show what is only for us."""
    inline = [file for file in letter.mail.attachments if file.inline]
    if not inline:
        return _Pictures()
    keys = [bytes.fromhex(one.sha256) for one in inline]
    quoted = {key.hex() for key in await known_files(db, conversation_id, keys)}
    part = new_html(raw, letter.trimmed.new_text)
    if part is None:
        # It cannot be told from the HTML: what the conversation has already is quoted.
        own = [one for one in inline if one.sha256 not in quoted]
        return _Pictures(_parts(own), _logos(own), are_placed=False)
    own = [one for one in inline if one.content_id in part.content_ids]
    last = [
        one
        for one in inline
        if one.content_id in part.at_end
        or (one.content_id not in part.content_ids and one.sha256 not in quoted)
    ]
    return _Pictures(_parts(own), _logos(last))


def _parts(pictures: Sequence[Attachment]) -> frozenset[int]:
    return frozenset(one.part for one in pictures)


def _logos(pictures: Sequence[Attachment]) -> frozenset[str]:
    return frozenset(one.sha256 for one in pictures if one.size <= LARGEST_LOGO)


async def _cc(db: Writer, letter: Letter, conversation_id: int) -> tuple[Address, ...] | None:
    """Who else is to have it: those whom the customer had there, and whom the writer has added.

    Among these are people of ours, whom the verbs draw in.
    """
    added = [*_added(letter), *await _ours(db, letter)]
    if not added:
        return None
    conversation = await lock(db, conversation_id)
    try:
        source = await find_source(db, conversation)
        kept = await recipients_of(db, conversation, source, None)
    except Invalid:
        return tuple(added)
    there = {normalize(one.address) for one in (*kept.to, *kept.cc)}
    return (*kept.cc, *(one for one in added if one.address not in there))


def _added(letter: Letter) -> Sequence[Address]:
    people = [
        replace(one, address=normalize(one.address)) for one in (*letter.mail.to, *letter.mail.cc)
    ]
    return [one for one in people if letter.is_outside(one)]


async def _ours(db: Writer, letter: Letter) -> list[Address]:
    """People of ours, besides the writer, to whom the mail went as well."""
    people = [
        replace(one, address=normalize(one.address)) for one in (*letter.mail.to, *letter.mail.cc)
    ]
    named = {one.address: one for one in people if one.address in letter.ours}
    named.pop(letter.clues.author, None)
    known = await registered(db, list(named))
    return [one for address, one in named.items() if address in known]


def _file(file: Attachment) -> AnswerFile:
    return AnswerFile(
        filename=file.filename,
        content_type=file.content_type,
        part=file.part,
        size=file.size,
        sha256=bytes.fromhex(file.sha256),
        content_id=file.content_id,
        inline=file.inline,
    )
