"""What a digest says, line by line: as it leaves, and as it is found again in an answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from inbox.model.marks import Urgency
from inbox.notify.links import Link, letter_to, page
from inbox.notify.voice import Voice
from inbox.orders.urgency import told as told_urgency
from inbox.orders.verbs import Verb, told
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Message

_WORDS: Final = 200  # characters of what the customer wrote
_NAME: Final = 60  # of theirs
_ANSWER: Final = {"en": "answer", "ru": "ответ", "it": "risposta", "de": "Antwort", "ja": "返信"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """One conversation: `head` has its number, `late` what should have been done by now."""

    head: str
    late: str
    facts: str
    words: str
    links: tuple[Link, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines, in text and in HTML."""
        linked = " · ".join(link.words for link in self.links)
        facts = " · ".join(filter(None, (self.late, self.facts)))
        return (self.head, facts, self.words, linked)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """The whole list, with the lines above and below it."""

    top: str
    how: str  # what an answer does
    items: tuple[ItemWords, ...]
    foot: tuple[str, ...]

    @property
    def around(self) -> tuple[str, ...]:
        """The lines that belong to no item."""
        return (self.top, self.how, *self.foot)


def subject_of(voice: Voice, items: Sequence[Mapping[str, Any]], *, is_day: bool = False) -> str:
    """The subject: how many, and how many of them nobody has; or what a day has left."""
    texts, count, free = voice.texts, len(items), _free(items)
    if is_day:
        left = texts.ngettext("%(num)d of today unanswered", "%(num)d of today unanswered", count)
        return f"{voice.mailbox.name}: {left % {'num': count}}"
    said = texts.ngettext("%(num)d open conversation", "%(num)d open conversations", count)
    if not free:
        return said % {"num": count}
    without = texts.ngettext("%(num)d unassigned", "%(num)d unassigned", free)
    comma = "、" if voice.language == "ja" else ", "
    return f"{said % {'num': count}}{comma}{without % {'num': free}}"


async def words_of(
    db: Reader | Writer,
    voice: Voice,
    items: Sequence[Mapping[str, Any]],
    *,
    more: bool = False,
    is_day: bool = False,
) -> DigestWords:
    """What the digest of these items says; `is_day`: they are what a day has left."""
    ids = [one["message"] for one in items if one["message"]]
    rows = await db.execute(select(Message.id, Message.text).where(Message.id.in_(ids)))
    texts = {row.id: row.text for row in rows}
    several = len({one["mailbox"] for one in items}) > 1
    # Short, as it stands in each link: Gmail shows the first 102 kB of a mail.
    subject = voice.mailbox.name
    return DigestWords(
        top=_of_day(voice, items) if is_day else _top(voice, items),
        how=how_to_answer(voice),
        items=tuple(
            _item(voice, number, one, texts.get(one["message"], ""), subject, several=several)
            for number, one in enumerate(items, 1)
        ),
        foot=(*([_more(voice)] if more else []), *foot_of(voice)),
    )


def _of_day(voice: Voice, items: Sequence[Mapping[str, Any]]) -> str:
    said = voice.texts.ngettext(
        "The day is over. %(num)d conversation that came today has no answer.",
        "The day is over. %(num)d conversations that came today have no answer.",
        len(items),
    )
    return said % {"num": len(items)}


def _top(voice: Voice, items: Sequence[Mapping[str, Any]]) -> str:
    texts, count = voice.texts, len(items)
    free, late = _free(items), sum(one["is_late"] for one in items)
    said = [
        texts.ngettext("%(num)d conversation is open.", "%(num)d conversations are open.", count)
        % {"num": count}
    ]
    if free:
        said.append(
            texts.ngettext("%(num)d is unassigned.", "%(num)d are unassigned.", free)
            % {"num": free}
        )
    if late:
        said.append(
            texts.ngettext(
                "%(num)d should have been answered by now.",
                "%(num)d should have been answered by now.",
                late,
            )
            % {"num": late}
        )
    return ("" if voice.language == "ja" else " ").join(said)


def _item(
    voice: Voice, number: int, item: Mapping[str, Any], text: str, subject: str, *, several: bool
) -> ItemWords:
    _ = voice.texts.gettext
    named = " ".join(item["subject"].split())[:120] or _("(no subject)")
    if item["is_mine"]:
        holder = _("you have it")
    else:
        name = item["holder"]
        holder = _("%(name)s has it") % {"name": name} if name else _("nobody has it yet")
    urgency = Urgency(item.get("priority", 0))
    word = told_urgency(urgency, voice.language) if urgency is not Urgency.NORMAL else ""
    since, due = _moment(voice, item["since"]), _moment(voice, item["due"])
    facts = [
        _("priority %(word)s") % {"word": word} if word else "",
        item["customer"][:_NAME] or _("The customer"),
        item["mailbox"] if several else "",
        holder,
        _("waiting since %(when)s") % {"when": since} if since else "",
        _("answer promised until %(when)s") % {"when": due} if due else "",
    ]
    return ItemWords(
        head=f"{number}. {named}",
        late=_("overdue") if item["is_late"] else "",
        facts=" · ".join(filter(None, facts)),
        words=_first_words(scrubbed(text, voice.mailbox.address)),
        links=_links(voice, number, item, subject),
    )


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _WORDS:
        return words
    # Where there are no spaces between words the cut is anywhere.
    return words[:_WORDS].rpartition(" ")[0].rstrip(" ,.;:") or words[:_WORDS]


def _links(voice: Voice, number: int, item: Mapping[str, Any], subject: str) -> tuple[Link, ...]:
    """Mails that need only be sent, and the page."""
    _, language = voice.texts.gettext, voice.language
    subject = f"Re: {subject}"

    def do(words: str, body: str) -> Link:
        return letter_to(words, voice.address, subject, f"{number} {body}")

    take = [] if item["is_mine"] else [do(_("Take it"), told(Verb.TAKE, language))]
    return (
        *take,
        do(_("Answer"), f"{_ANSWER[language]}: "),
        do(_("Close"), told(Verb.CLOSE, language)),
        page(_("Open"), voice.settings, item["conversation"]),
    )


def how_to_answer(voice: Voice) -> str:
    """What an answer to a list does."""
    _, language = voice.texts.gettext, voice.language
    take, assign, close = (told(one, language) for one in (Verb.TAKE, Verb.ASSIGN, Verb.CLOSE))
    how = _(
        "Answer this mail with a number and what is to be done, on one line or on several:"
        " “1 %(take)s”, “2 %(assign)s Anna”, “3 %(close)s”."
    )
    return how % {"take": take, "assign": assign, "close": close}


def _more(voice: Voice) -> str:
    return voice.texts.gettext("More are open than are listed here.")


def foot_of(voice: Voice) -> tuple[str, ...]:
    """What becomes of words in an answer to a list."""
    words = voice.texts.gettext(
        "Words under a number are a comment that only we see; after “%(answer)s:” they go to the"
        " customer."
    )
    return (words % {"answer": _ANSWER[voice.language]},)


def _free(items: Sequence[Mapping[str, Any]]) -> int:
    return sum(one["holder"] is None for one in items)


def _moment(voice: Voice, said: str | None) -> str:
    return voice.moment(datetime.fromisoformat(said)) if said else ""
