"""What a mail is besides its words: an invitation, or protected; as people say it. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from inbox.i18n import day_in_full
from inbox.mail.invites import invitation_of
from inbox.model.mail import Invitation, Moment, Protection
from inbox.web.pages import Reader

_MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation, or an answer to one, in a few lines."""

    title: str
    when: str
    location: str


def protection_words(protection: str, texts: gettext.NullTranslations) -> str:
    """What is to be said of a mail around which somebody put cryptography; mostly nothing."""
    _ = texts.gettext
    match protection:
        case Protection.SMIME_ENCRYPTED:
            return _("Encrypted with S/MIME: it cannot be read here. The original is below.")
        case Protection.PGP_ENCRYPTED:
            return _("Encrypted with PGP: it cannot be read here. The original is below.")
    return ""


def signed_words(protection: str, texts: gettext.NullTranslations) -> str:
    """How a mail is signed; that nobody checked it belongs to it."""
    _ = texts.gettext
    match protection:
        case Protection.SMIME_SIGNED:
            return _("Signed with S/MIME; the signature was not checked.")
        case Protection.PGP_SIGNED:
            return _("Signed with PGP; the signature was not checked.")
    return ""


def invitation_view(
    found: Invitation | Mapping[str, Any] | None, reader: Reader
) -> InvitationView | None:
    """The invitation as the reader says it, with times in their zone; None for none."""
    invitation = invitation_of(found) if isinstance(found, Mapping) else found
    if invitation is None:
        return None
    return InvitationView(
        title=_title(invitation, reader.texts),
        when=", ".join(filter(None, (_span(invitation, reader), _again(invitation, reader.texts)))),
        location=invitation.location[:_MOST_SHOWN],
    )


def wordless_words(invitation: Mapping[str, Any] | None, protection: str, reader: Reader) -> str:
    """What a list says of a mail that has no words to show."""
    if said := invitation_view(invitation, reader):
        return ", ".join(filter(None, (said.title, said.when)))
    _ = reader.texts.gettext
    match protection:
        case Protection.SMIME_ENCRYPTED:
            return _("Encrypted with S/MIME")
        case Protection.PGP_ENCRYPTED:
            return _("Encrypted with PGP")
    return ""


def _title(invitation: Invitation, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    what = invitation.summary[:_MOST_SHOWN] or _("an appointment")
    if invitation.method == "reply" and len(invitation.answers) == 1:
        answer = invitation.answers[0]
        said = {
            "accepted": _("%(name)s comes: %(what)s"),
            "declined": _("%(name)s does not come: %(what)s"),
            "tentative": _("%(name)s may come: %(what)s"),
        }.get(answer.status, _("%(name)s answers: %(what)s"))
        return said % {"name": answer.person.name or answer.person.address, "what": what}
    said = {
        "cancel": _("Called off: %(what)s"),
        "counter": _("Another time is proposed: %(what)s"),
        "reply": _("Answer to an invitation: %(what)s"),
        "publish": _("For the calendar: %(what)s"),
    }.get(invitation.method, _("Invitation: %(what)s"))
    return said % {"what": what}


def _span(invitation: Invitation, reader: Reader) -> str:
    if invitation.start is None:
        return ""
    start, end = _time(invitation.start, reader), _time(invitation.end, reader)
    if start is None:
        return _day(invitation.start, reader)
    begins = reader.calendar.when(start).exact
    if end is None:
        return begins + _zone(invitation.start)
    local = end.astimezone(reader.calendar.zone)
    is_same_day = local.date() == start.astimezone(reader.calendar.zone).date()
    ends = f"{local:%H:%M}" if is_same_day else reader.calendar.when(end).exact
    return f"{begins} – {ends}{_zone(invitation.start)}"


def _again(invitation: Invitation, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    return {
        "daily": _("every day"),
        "weekly": _("every week"),
        "monthly": _("every month"),
        "yearly": _("every year"),
    }.get(invitation.recurs, "")


def _time(moment: Moment | None, reader: Reader) -> datetime | None:
    """A moment of a known zone; of an unknown one it is taken as it stands."""
    if moment is None or "T" not in moment.at:
        return None
    try:
        at = datetime.fromisoformat(moment.at)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=reader.calendar.zone)


def _zone(moment: Moment) -> str:
    """The name of a zone that we do not know."""
    has_offset = "+" in moment.at or moment.at.count("-") > 2
    return "" if has_offset or not moment.zone else f" ({moment.zone[:60]})"


def _day(moment: Moment, reader: Reader) -> str:
    try:
        day = date.fromisoformat(moment.at)
    except ValueError:  # no day that there is
        return ""
    return day_in_full(day, reader.calendar.locale)
