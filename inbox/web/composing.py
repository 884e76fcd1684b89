"""The form at the bottom of a conversation: empty, as a draft left it, or as it was refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from inbox.asgi.deps import Here
from inbox.desk.answered import find_source, recipients_of
from inbox.desk.finish import Ending
from inbox.desk.recipients import Addressed
from inbox.errors import Invalid
from inbox.store.drafts import Kept, drafts_in
from inbox.store.engine import Reader as Session
from inbox.store.people import mailbox_of, senders_of
from inbox.store.tables import Conversation
from inbox.web.answering import listed
from inbox.web.dates import When
from inbox.web.pages import reader_of
from inbox.web.uploads import signed_names
from inbox.web.writing import Tools


@dataclass(frozen=True, slots=True)
class Composer:
    """What is in it. Nothing but `key`, `expected` and `customer` is known before `completed`."""

    key: str
    expected: int
    customer: str
    kind: str = "reply"
    text: str = ""
    to: list[str] = field(default_factory=list)  # who gets an answer in any case
    audience: str = "all"
    cc: str = ""
    others: int = 0  # who gets an answer to all
    bcc: str = ""
    sender: str = ""
    senders: list[str] = field(default_factory=list)  # to choose from; none without a choice
    quote: bool = True
    until: str = ""
    ending: Ending | None = None  # what was said of what closing needs, where it is asked for
    kept: list[tuple[str, str]] = field(default_factory=list)  # file name, signed
    fault: str = ""
    is_stale: bool = False
    leaks: list[str] = field(default_factory=list)  # a sentence for each
    named: str = ""  # the words that speak of a file which is not there
    again: str = ""  # the text that went out twice as it is
    told: list[str] = field(default_factory=list)  # the names of both, and of earlier tries
    version: int = 0  # of the draft that is shown; 0 for none
    was: str = ""  # its kind
    saved: When | None = None
    other: str = ""  # the kind of another draft that is kept
    is_elsewhere: bool = False  # another page has saved a newer one
    is_markdown: bool = False
    forwards: list[int] = field(default_factory=list)  # mails that are being passed on
    tools: Tools | None = None
    used: list[int] = field(default_factory=list)  # approved texts in it
    is_typed: bool = False  # shows what was typed just now, not what was saved

    @property
    def is_doubted(self) -> bool:
        """Whether it goes only to somebody who has read why it should perhaps not."""
        return self.is_stale or bool(self.leaks or self.named or self.again)

    @property
    def is_refused(self) -> bool:
        """Whether it shows what could not be done as it was asked for."""
        return self.is_doubted or bool(self.fault) or self.is_elsewhere

    @property
    def has_more(self) -> bool:
        """Whether something is set of what is folded otherwise."""
        is_other = bool(self.senders) and self.sender not in ("", self.senders[0])
        return bool(self.bcc) or is_other or not self.quote


async def completed(
    db: Session, here: Here, conversation: Conversation, composer: Composer, wanted: str = ""
) -> Composer:
    """The form with everything that can be chosen in it, and the draft of the kind that is wanted,
    or else the newest, unless it shows what was typed.
    """
    mailbox = await mailbox_of(db, conversation)
    told = await _told(db, conversation)
    own = list(await senders_of(db, here.viewer.id))
    senders = [mailbox.address, *(one for one in own if one != mailbox.address)]
    whole = replace(
        composer,
        to=[one.name or one.address for one in told.to],
        others=len(told.cc),
        senders=senders if len(senders) > 1 else [],
    )
    every = await drafts_in(db, here.viewer.id, conversation.id)
    kept = [one for one in every if one.kind != "forward"]
    whole = replace(whole, forwards=[int(one.name) for one in every if one.kind == "forward"])
    if composer.is_typed:
        known = composer.was or composer.kind
        return replace(whole, other=next((one.kind for one in kept if one.kind != known), ""))
    whole = replace(whole, cc=listed(told.cc), quote=mailbox.quotes, sender=mailbox.address)
    chosen = next((one for one in kept if one.kind == wanted), None)
    if chosen is None and not wanted:
        chosen = next(iter(kept), None)
    if chosen is None:
        return replace(whole, kind=wanted or whole.kind, other=next((one.kind for one in kept), ""))
    others = [one.kind for one in kept if one.kind != chosen.kind]
    return replace(_filled(whole, chosen, here), other=next(iter(others), ""))


def _filled(composer: Composer, kept: Kept, here: Here) -> Composer:
    found: dict[str, Any] = dict(kept.fields)
    quotes = {"on": True, "off": False}
    return replace(
        composer,
        kind=kept.kind,
        text=kept.text,
        audience=found.get("audience", composer.audience),
        cc=found.get("cc", composer.cc),
        bcc=found.get("bcc", ""),
        sender=found.get("sender", composer.sender),
        quote=quotes.get(found.get("quote", ""), composer.quote),
        until=found.get("until", ""),
        ending=Ending(**found["ending"]) if "ending" in found else None,
        kept=signed_names(kept.files, here.house.secret),
        version=kept.version,
        was=kept.kind,
        is_markdown=found.get("markdown", composer.is_markdown),
        used=list(found.get("used", ())),
        saved=reader_of(here).calendar.when(kept.updated_at),
    )


async def _told(db: Session, conversation: Conversation) -> Addressed:
    """Who would get an answer to all; nobody where there is none to answer."""
    try:
        source = await find_source(db, conversation)
        return await recipients_of(db, conversation, source, None)
    except Invalid:
        return Addressed(to=(), cc=())
