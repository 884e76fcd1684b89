"""The notice: a customer's mail, or what a colleague did with it, in one's own mail program.

It is read like the mail itself and answered like it. Comments are never quoted in it as history:
whatever it quotes may come back below an answer, and an answer goes to the customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.header_values import takes_utf8
from inbox.mail.markup import to_html
from inbox.mail.quote import LIMIT, quote_html, quote_text, shortened
from inbox.mail.tokens import Verb
from inbox.model.address import Address
from inbox.model.conversation import MessageKind, Status
from inbox.notify.also import also_there
from inbox.notify.asked import is_of_asked, other_ways, told_on_top
from inbox.notify.commands import deeds_of, how_to_hear_less
from inbox.notify.draft import draft_of
from inbox.notify.due import PRESSING
from inbox.notify.earlier import Earlier, said_earlier
from inbox.notify.guests import asks_reader, has_pages, is_guest, may_answer, opened, ways_out
from inbox.notify.items import is_for_customer, items_of, main_of
from inbox.notify.links import Link, file_page, letter_to
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.recipients import About
from inbox.notify.render import Rendered, render
from inbox.notify.told import (
    Besides,
    besides,
    came_to_them,
    happened,
    public_words,
)
from inbox.outbound.composers import composer
from inbox.outbound.files import files_of, load_files
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import File, Message, Outbound

_MOST_OCTETS: Final = 10_000_000  # of all files together; larger ones are links
_PICTURES: Final = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of the message: those that go along, which of them are shown, and the others."""

    taken: tuple[File, ...]
    shown: dict[int, str]  # file id: content id
    elsewhere: tuple[File, ...]

    def of(self, message: Message) -> list[File]:
        """Those of a message that go along."""
        return [one for one in self.taken if one.message_id == message.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """The texts of a notice: those that its reader may quote to a customer, and the others."""

    shown: tuple[str, ...]
    inside: tuple[str, ...]


@composer("asked")
@composer("notice")
async def notice_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail of a notice."""
    reading = await read(db, context, outbound)
    more = await besides(db, reading)
    files = await _files(db, reading, more)
    attachments = [
        await load_files(db, message, files.of(message), shown=files.shown)
        for message in (reading.message, *(one.message for one in more))
    ]
    return await draft_of(
        db,
        reading,
        _body(reading, files, await said_earlier(db, reading, more), more),
        author=_author(reading),
        verb=_verb(reading),
        attachments=tuple(one for each in attachments for one in each),
        is_urgent=main_of(outbound).about == About.URGENT,
    )


async def words_of_notice(db: Reader, context: Context, outbound: Outbound) -> NoticeWords:
    """What the mail of a notice said: its rows do not change, so that it can be made again."""
    reading = await read(db, context, outbound)
    more = await besides(db, reading)
    files = await _files(db, reading, more)
    earlier = await said_earlier(db, reading, more)
    said, older = _words(reading, files), _older(reading, earlier)
    top, said_all = _top(reading)[0], _body(reading, files, earlier, more).text
    before, _, rest = said_all.removeprefix(top).partition(said)
    top = f"{top}{before}"
    rest = rest.rpartition(older)[0] if older else rest
    inside: list[str] = []
    for words in (public := public_words(more)):
        before, _, rest = rest.partition(words)
        inside.append(before)
    # With the rest: a few words alone would be found whole in each quote that begins with them.
    return NoticeWords(shown=(said, *public, older), inside=(*inside, f"{rest}\n{top}"))


def _body(reading: Reading, files: _Files, earlier: Earlier, more: Sequence[Besides]) -> Rendered:
    message = reading.message
    language, zone = reading.language, reading.zone
    quoted = _quotes(reading, earlier)
    return render(
        "notice",
        reading.texts,
        language=language,
        subject=_subject(reading),
        words=_words(reading, files),
        pictures=[
            {"content_id": files.shown[one.id], "filename": one.filename}
            for one in files.taken
            if one.id in files.shown
        ],
        files_elsewhere=[
            {
                "filename": one.filename,
                "url": file_page(reading.context.settings, message.conversation_id, one.id)
                if has_pages(reading)
                else "",
            }
            for one in files.elsewhere
        ],
        more=more,
        top=_top(reading),
        pressing=_pressing(reading),
        instead=_instead(reading),
        facts=_facts(reading),
        less=how_to_hear_less(reading),
        links=[*earlier.offers, *_links(reading)],
        earlier=_older(reading, earlier),
        # Both escape what they quote.
        earlier_html=Markup(  # noqa: S704 - escaped there
            quote_html(earlier.quoted, language=language, zone=zone) or to_html(quoted)
        ),
    )


def _older(reading: Reading, earlier: Earlier) -> str:
    """What was said before, as text: by the conversation, else by the mail's own quotes."""
    quoted = quote_text(earlier.quoted, language=reading.language, zone=reading.zone)
    return quoted or _quotes(reading, earlier)


def _quotes(reading: Reading, earlier: Earlier) -> str:
    """What the mail itself quotes, where the conversation has nothing that was said before."""
    return "" if earlier.quoted else shortened(_safe(reading, reading.message.quoted), LIMIT)


def _verb(reading: Reading) -> Verb:
    """What an answer does: what a colleague did is talked about inside, never with the customer."""
    if is_guest(reading) or reading.is_mixed:
        return "n"
    if is_of_asked(reading):
        return "f"
    return "r" if is_for_customer(items_of(reading.outbound)) and reading.customer.address else "n"


def _subject(reading: Reading) -> str:
    """The customer's, unchanged: programs make threads of it."""
    is_mail = reading.message.kind == MessageKind.MAIL
    return reading.message.subject if is_mail else reading.conversation.subject


def _words(reading: Reading, files: _Files) -> str:
    _ = reading.texts.gettext
    words = _safe(reading, reading.message.text).strip()
    if words:
        return words
    return _("Only files.") if files.taken or files.elsewhere else _("A mail without words.")


def _safe(reading: Reading, text: str) -> str:
    return scrubbed(text, reading.mailbox.address)


def _author(reading: Reading) -> str:
    message = reading.message
    person = Address(name=message.author_name, address=message.author_address)
    if not name_of(person):
        return reading.mailbox.name
    return reading.texts.gettext("%(name)s via %(mailbox)s") % {
        "name": name_of(person),
        "mailbox": reading.mailbox.name,
    }


def _top(reading: Reading) -> list[str]:
    """What an answer does, and what happened where that is not plain."""
    _ = reading.texts.gettext
    customer, main = name_of(reading.customer), main_of(reading.outbound)
    if main.about == About.RECEIVED:
        done = "" if reading.customer.address else _nobody(reading)
    else:
        done = happened(reading, main, is_dated=True)
    given = came_to_them(reading)
    if _verb(reading) == "f":
        return [*told_on_top(reading), *filter(None, [_shared(reading)])]
    if _verb(reading) == "r":
        where = ", ".join(one.address for one in reading.answered_at)
        name = f"{customer} ({where})" if where else customer
        does = _("Your answer goes to %(name)s.") % {"name": name}
    else:
        does = _("Your answer is a comment that only we see.")
    asks = asks_reader(reading) if is_guest(reading) else ""
    lines = (does, reading.of_newcomers, given, done, asks, _shared(reading))
    return [line for line in lines if line]


def _pressing(reading: Reading) -> str:
    """What does not wait: in HTML it stands above the words, and in front of them in the source,
    so that a list of mails on a telephone shows it.
    """
    main = main_of(reading.outbound)
    return happened(reading, main) if main.about in PRESSING else ""


def _nobody(reading: Reading) -> str:
    """Why nobody can be answered."""
    _ = reading.texts.gettext
    if takes_utf8(address := reading.message.author_address):
        said = _("No mail of ours can go to %(address)s: it would take SMTPUTF8.")
        return said % {"address": address}
    return _("It names no sender.")


def _shared(reading: Reading) -> str:
    """Who else has the conversation: one letter to two departments is one matter."""
    names = _mailboxes(reading)
    if len(names) < 2:
        return ""
    together = reading.texts.gettext(
        "%(mailboxes)s have this conversation together: one answer is enough."
    )
    return together % {"mailboxes": reading.listed(names)}


def _mailboxes(reading: Reading) -> list[str]:
    return [reading.mailbox.name, *(reading.outbound.draft.get("shared") or ())]


def _facts(reading: Reading) -> list[str]:
    _ = reading.texts.gettext
    draft, message = reading.outbound.draft, reading.message
    holder = draft.get("holder")
    if holder is None:
        has_it = _("nobody has it yet")
    else:
        has_it = _("%(name)s has it") % {"name": holder} if holder else _("you have it")
    facts = [", ".join(_mailboxes(reading)), has_it]
    if ended := draft.get("ended"):
        facts.append(_("spam") if ended == Status.SPAM else _("closed"))
    if message.kind == MessageKind.MAIL and message.author_address:
        facts.append(str(Address(name=message.author_name, address=message.author_address)))
    facts.append(reading.moment(message.received_at))
    if (due := _due(reading)) and not is_of_asked(reading):
        facts.append(_("answer promised until %(when)s") % {"when": reading.moment(due)})
    return facts


def _due(reading: Reading) -> datetime | None:
    """By when an answer was promised: by whoever has it, else to the customer by the mailbox."""
    draft = reading.outbound.draft
    if promised := draft.get("promised"):
        return datetime.fromisoformat(promised)
    if by := draft.get("answer_by"):
        return datetime.fromisoformat(by)
    return None


def _links(reading: Reading) -> list[Link]:
    subject = reply_subject(_subject(reading))
    out = [] if _verb(reading) == "f" else ways_out(reading, subject)
    return [*deeds_of(reading, subject), *out, *opened(reading), *also_there(reading)]


def _instead(reading: Reading) -> list[Link]:
    """The other ways that the words can go."""
    _ = reading.texts.gettext
    subject = reply_subject(_subject(reading))
    if _verb(reading) == "f":
        return other_ways(reading, subject)
    if not (reading.customer.address and may_answer(reading)):
        return []
    if _verb(reading) == "r":
        return [letter_to(_("Comment inside"), reading.address("n"), subject)]
    words = _("Answer %(name)s") % {"name": name_of(reading.customer)}
    return [letter_to(words, reading.address("r"), subject)]


async def _files(db: Reader, reading: Reading, more: Sequence[Besides]) -> _Files:
    """As many as a mail may take along, in their order; without those of the signature."""
    of = [reading.message.id, *(one.message.id for one in more)]
    files = [file for each in of for file in await files_of(db, each) if not file.aside]
    domain = reading.mailbox.address.rpartition("@")[2]
    taken: list[File] = []
    room = _MOST_OCTETS
    for one in files:
        if one.size <= room:
            taken.append(one)
            room -= one.size
    shown = {
        one.id: f"file-{one.id}@{domain}"
        for one in taken
        if one.inline and one.content_type in _PICTURES
    }
    return _Files(tuple(taken), shown, tuple(one for one in files if one not in taken))
