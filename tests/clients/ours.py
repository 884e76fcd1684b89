"""Mails of ours as they leave, to be answered: a notice to an agent, an answer to a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from inbox.i18n import LANGUAGES, translations
from inbox.mail.compose import Draft, compose
from inbox.mail.markup import to_html
from inbox.mail.quote import Quoted, quote_html, quote_text
from inbox.mail.render import render as render_reply
from inbox.model.address import Address
from inbox.notify.render import Rendered, render
from tests.clients.letters import TALKS
from tests.clients.notice import Seen

_WHEN = datetime(2026, 11, 22, 9, 12, tzinfo=UTC)
_ROME = ZoneInfo("Europe/Rome")
_PAT = Address(name="Pat Lee", address="pat@customer.example")
_SUPPORT = Address(name="Support", address="support@us.example")
_KAREN = Address(name="Karen Miller", address="karen@us.example")
_TOKEN = "support+n.aaaabbbbccccddddeeeeffffgg@us.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A mail of ours, with what of it may be shown again and what is only for us."""

    seen: Seen
    questions: tuple[str, ...]
    sent: tuple[str, ...]
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Link:
    words: str
    href: str
    shown: str


def notice(language: str) -> Ours:
    """A customer's letter in this language, as one of us gets it."""
    talk = TALKS[language]
    quoted = [Quoted(author=_PAT, date=_WHEN, text="Do you have boots for the winter?")]
    whole = _notice(language, talk.letter, quoted)
    raw = _mail(Address(name="Pat Lee via Support", address="support@us.example"), _KAREN, whole)
    return Ours(
        seen=Seen.of(raw),
        questions=talk.questions,
        sent=(talk.letter, quote_text(quoted, language=_ui(language), zone=_ROME)),
        inside=(_notice(language, "", ()).text,),
    )


def reply(language: str) -> Ours:
    """The same letter as an agent would write it, as a customer gets it."""
    talk = TALKS[language]
    quoted = [Quoted(author=_PAT, date=_WHEN, text="Do you have boots for the winter?")]
    body = render_reply(
        "reply",
        translations(_ui(language)),
        words=talk.letter,
        words_html=None,
        signature="Boots & Co., Main Street 5",
        logo=None,
        quote=quote_text(quoted, language=_ui(language), zone=_ROME),
        quote_html=Markup(quote_html(quoted, language=_ui(language), zone=_ROME)),
    )
    whole = Rendered(subject="Re: boots", text=body.text, html=body.html)
    raw = _mail(Address(name="Karen Miller (Support)", address="support@us.example"), _PAT, whole)
    return Ours(
        seen=Seen.of(raw),
        questions=talk.questions,
        sent=(talk.letter, "Boots & Co., Main Street 5", "Do you have boots for the winter?"),
    )


def _ui(language: str) -> str:
    return language if language in LANGUAGES else "en"


def _notice(language: str, words: str, quoted: Any) -> Rendered:
    ui = _ui(language)
    texts = translations(ui)
    _ = texts.gettext
    open_ = "https://desk.us.example/conversations/12"
    return render(
        "notice",
        texts,
        language=ui,
        subject="boots",
        words=words,
        pictures=[],
        files_elsewhere=[],
        more=[],
        less=_(
            "To hear less of %(mailbox)s: “@%(notices)s %(mine)s”, “%(mentions)s” or “%(none)s” on "
            "the first line of an answer."
        )
        % {
            "mailbox": "Support",
            "notices": "notices",
            "mine": "mine",
            "mentions": "mentions",
            "none": "none",
        },
        pressing="",
        top=[_("Your answer goes to %(name)s.") % {"name": "Pat Lee"}],
        facts=["Support", _("nobody has it yet"), str(_PAT), "22 November 2026 10:12"],
        instead=[_Link(_("Comment inside"), f"mailto:{_TOKEN}?subject=Re%3A%20boots", _TOKEN)],
        links=[
            *(
                _Link(words, f"mailto:{address}?subject=Re%3A%20boots&body=--", address)
                for words, address in (
                    (_("Take it"), _TOKEN.replace("+n.", "+take.")),
                    (_("Close"), _TOKEN.replace("+n.", "+close.")),
                )
            ),
            _Link(_("Open"), open_, open_),
        ],
        earlier=quote_text(quoted, language=ui, zone=_ROME),
        earlier_html=Markup(quote_html(quoted, language=ui, zone=_ROME) or to_html("")),
    )


def _mail(from_: Address, to: Address, body: Rendered) -> bytes:
    return compose(
        Draft(
            from_=from_,
            to=(to,),
            reply_to=(_SUPPORT,),
            subject="boots",
            message_id="n.1.aaaabbbb@us.example",
            date=_WHEN,
            text=body.text,
            html=body.html,
        )
    )
