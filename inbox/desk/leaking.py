"""Whether an answer that one of us is about to send says what is only for us."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote

from inbox.desk.answer import AnswerFile
from inbox.desk.file_words import words_of
from inbox.desk.signed_with import signed_with
from inbox.errors import InboxError
from inbox.i18n import texts_of
from inbox.leaks.attached import Attached, Opened, Words, open_encoded
from inbox.leaks.frame import Piece, pieces
from inbox.leaks.guard import Inside, Leak, Source, find_leaks
from inbox.leaks.people import may_be_of
from inbox.mail.compose import OutgoingFile
from inbox.mail.tokens import hash_token
from inbox.model.address import is_within, normalize
from inbox.model.conversation import MessageKind
from inbox.outbound.clean import without_tokens
from inbox.outbound.scrub import named_after, scrubbed, token_addresses, tokens_in
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.internal import (
    Utterance,
    names_of_ours,
    names_of_people,
    private_among,
    shared_files,
    signed_as,
    utterances,
)
from inbox.store.people import our_domains, ours_among, own_addresses
from inbox.store.rights import tokens_of_ours
from inbox.store.tables import Agent
from inbox.threading.participants import organisation

_NOTICES: Final = "inbox/notify/"  # the files that say what our own people are told
_ADDRESS = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_ATTRIBUTE = re.compile(r"\b(?:href|alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MOST_ADDRESSES: Final = 500
_LARGE: Final = 60_000  # characters, from which on comparing would hold up the others
_SOURCES: Final = {MessageKind.NOTE: Source.NOTE, MessageKind.HELD: Source.ANSWER}


class Leaking(InboxError):
    """Words that would leave are only for us; who is told which may send them all the same."""

    http = 409
    default = Refusal.ONLY_FOR_US

    def __init__(self, *, leaks: tuple[Leak, ...]) -> None:
        super().__init__()
        self.leaks = leaks


class Looked(NamedTuple):
    """What is looked for in all that would leave, in one go and, of much, beside the others."""

    outgoing: str
    doors: list[str]  # addresses with a token of ours
    addresses: list[str]
    tokens: dict[str, set[str]]  # by file: what may be one of ours
    sealed: list[str]  # files that nobody can look into


def refuse(leaks: tuple[Leak, ...], told: Collection[str] = ()) -> None:
    """Raises Leaking unless the writer was `told` of each of them (`Leak.key`), and may say so."""
    if any(one.is_for_nobody or one.key not in told for one in leaks):
        raise Leaking(leaks=leaks)


async def words_in_files(
    db: Reader | Writer,
    conversation_id: int,
    files: Sequence[Attached],
    *,
    by: Agent,
    asked: str = "",
) -> list[Words]:
    """What files of `by` say as they leave. Those that the customer has sent or got say nothing to
    them, and to who is `asked` instead only where one could speak in our name.
    """
    if not files:
        return []
    keys = [sha256(one.content).digest() for one in files]
    known = await shared_files(db, conversation_id, keys)
    own = await own_addresses(db, by.id)
    new = [one for one, key in zip(files, keys, strict=True) if key not in known]
    words = await words_of(await asyncio.to_thread(_as_they_leave, new, own))
    if asked:
        theirs = [one for one, key in zip(files, keys, strict=True) if key in known]
        words += await _keys_of(theirs)
    return words


async def refuse_keys(db: Reader | Writer, files: Sequence[OutgoingFile]) -> None:
    """Raises Leaking for files of a customer that are passed on and have a token of ours in them.

    Whatever else is in them is theirs; who cannot look into one passes it on all the same.
    """
    words = await _keys_of([Attached(one.filename, one.content_type, one.content) for one in files])
    refuse(tuple(await _doors(db, _tokens(words))))


async def _keys_of(files: Sequence[Attached]) -> list[Words]:
    if not files:
        return []
    words = await words_of(await asyncio.to_thread(_as_they_leave, files, ()))
    return [
        Words(one.filename, " ".join(f"r+{key}" for key in tokens_in(one.said))) for one in words
    ]


def _as_they_leave(files: Sequence[Attached], own: Collection[str]) -> list[Attached]:
    made = [
        OutgoingFile(filename=one.filename, content_type=one.content_type, content=one.content)
        for one in files
    ]
    left = without_tokens(made, lambda text: scrubbed(text, "", own))
    return [Attached(one.filename, one.content_type, one.content) for one in left]


async def leaks_in_answer(
    db: Reader | Writer,
    conversation_id: int,
    text: str,
    files: Sequence[AnswerFile] = (),
    *,
    by: Agent,
    asked: str = "",
    own_domains: Collection[str] = (),
) -> tuple[Leak, ...]:
    """The same (see `leaks_in`) of an answer that was not written in a mail, with its files."""
    read = [Attached(one.filename, one.content_type, one.content) for one in files if one.content]
    words = await words_in_files(db, conversation_id, read, by=by, asked=asked)
    return await leaks_in(
        db, conversation_id, text, in_files=words, by=by, asked=asked, own_domains=own_domains
    )


async def leaks_in(
    db: Reader | Writer,
    conversation_id: int,
    text: str,
    html: str | None = None,
    *,
    in_files: Sequence[Words] = (),
    by: Agent,
    asked: str = "",
    own_domains: Collection[str] = (),
) -> tuple[Leak, ...]:
    """What an answer by `by` would tell its readers that is only for us: words of comments, of held
    answers, of notices, of others' mails, and addresses of our people. Empty for nearly all.

    `asked`: the address of somebody outside to whom it goes instead of the customer; what they said
    and what we said to them they know.

    `html`: as it would leave, for what only its links and pictures say. Our tokens and the writer's
    own addresses (see `signed_with`) are taken out of both; out of files (`in_files`) not always.
    """
    own = await own_addresses(db, by.id)
    own += await signed_with(db, text, by, own_domains)

    def look() -> Looked:
        return _look(scrubbed(_whole(text, html), "", own), in_files)

    is_large = len(text) + sum(len(one.said) for one in in_files) >= _LARGE
    looked = await asyncio.to_thread(look) if is_large else look()
    outgoing = looked.outgoing
    said = await utterances(db, conversation_id)
    names = set(await names_of_ours(db))
    for one in said:
        names |= {one.author_name, one.author_address.partition("@")[0]}
    shared = [one for one in said if one.is_shared or _is_with(one, asked)]
    known = set(map(id, shared))
    inside = [text for one in said if id(one) not in known for text in _inside(one, by)]
    allowed = [text for one in shared for text in (one.text, one.quoted, one.subject)]
    allowed += await signed_as(db, conversation_id)

    def compare() -> tuple[Leak, ...]:
        return find_leaks(outgoing, inside, allowed=allowed, frame=_frame(), names=names)

    size = len(outgoing) + sum(len(one.text) for one in inside) + sum(map(len, allowed))
    found = compare() if size < _LARGE else await asyncio.to_thread(compare)
    doors = await _doors(db, looked.tokens) or [
        Leak(said=one, source=Source.NOTICE) for one in looked.doors
    ]
    sealed = [Leak(said=one, source=Source.SEALED) for one in dict.fromkeys(looked.sealed)]
    theirs = await _addresses(db, looked.addresses, shared, by, own_domains)
    return (*doors, *found, *theirs, *sealed)


def _look(text: str, in_files: Sequence[Words]) -> Looked:
    encoded = Opened()  # the source of a mail that somebody has pasted
    open_encoded("", text, encoded)
    outgoing = "\n\n".join((text, *(one.said for one in in_files)))
    return Looked(
        outgoing=outgoing,
        doors=token_addresses(outgoing),
        addresses=_ADDRESS.findall(outgoing)[:_MOST_ADDRESSES],
        tokens=_tokens((*in_files, *encoded.words)),
        sealed=[one.filename for one in in_files if not one.is_whole],
    )


def _tokens(found: Iterable[Words]) -> dict[str, set[str]]:
    tokens: dict[str, set[str]] = {}
    for one in found:
        tokens.setdefault(one.filename, set()).update(tokens_in(one.said))
    return tokens


def _whole(text: str, html: str | None) -> str:
    """The words with what a program reads besides: where links lead, what pictures are called."""
    if not html:
        return text
    values = (unquote(unescape(one or other)) for one, other in _ATTRIBUTE.findall(html))
    return "\n\n".join((text, *values))


async def _doors(db: Reader | Writer, found: Mapping[str, set[str]]) -> list[Leak]:
    """Files from which our tokens could not be taken out, of what may be one in each."""
    keys = {token: hash_token(token) for tokens in found.values() for token in tokens}
    ours = await tokens_of_ours(db, list(keys.values())) if keys else frozenset()
    return [
        Leak(said=filename, source=Source.TOKEN)
        for filename, tokens in found.items()
        if any(keys[token] in ours for token in tokens)
    ]


def _is_with(one: Utterance, asked: str) -> bool:
    """Whether it was said by this person, or by us to them."""
    if one.kind == MessageKind.FORWARD:
        return any(person["address"] == asked for person in one.people)
    return bool(asked) and one.kind == MessageKind.MAIL and one.author_address == asked


def _inside(one: Utterance, by: Agent) -> list[Inside]:
    # Who writes an answer that was held once more, says it again: these words are theirs.
    if one.kind == MessageKind.HELD and one.author_id == by.id:
        return []
    source = _SOURCES.get(MessageKind(one.kind), Source.MAIL)
    is_own = one.kind in (MessageKind.NOTE, MessageKind.FORWARD) and one.author_id == by.id
    return [Inside(text=one.text, source=source, is_own=is_own)] if one.text else []


async def _addresses(
    db: Reader | Writer,
    written: Sequence[str],
    shared: Sequence[Utterance],
    by: Agent,
    own_domains: Collection[str],
) -> tuple[Leak, ...]:
    """Where our people read mail: what is registered, and what is one of theirs by its looks."""
    named = {normalize(one): one for one in written}
    if not named:
        return ()
    private = set(await private_among(db, list(named)))
    domains = await our_domains(db)
    inside = [one for one in named if organisation(one) in domains or is_within(one, own_domains)]
    if inside:
        people = await names_of_people(db)
        theirs = set(named_after("\n".join(inside), by.name, own_domains))
        own = {one for one in inside if one in theirs or may_be_of(one, people)}
        private |= own - await ours_among(db, own)
    if not private:
        return ()
    known = {normalize(str(one["address"])) for each in shared for one in each.people}
    for each in shared:
        if each.kind == MessageKind.MAIL:
            known.update(map(normalize, _ADDRESS.findall(f"{each.text}\n{each.quoted}")))
    return tuple(
        Leak(said=said, source=Source.ADDRESS)
        for address, said in named.items()
        if address in private - known
    )


@cache
def _frame() -> tuple[Piece, ...]:
    return pieces(texts_of(_NOTICES))
