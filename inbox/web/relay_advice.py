"""What is wrong on the way to the relay, as one sentence that says what to do."""

from __future__ import annotations

import gettext

from inbox.outbound.relay import Relay
from inbox.outbound.trouble import Trouble, trouble_of


def advice(words: str, relay: Relay, *, sender: str, texts: gettext.NullTranslations) -> str:
    """What to do about what the relay, or the way there, has said; empty where we do not know."""
    kind = trouble_of(words)
    if kind is None:
        return ""
    return _sentences(texts)[kind] % {
        "place": f"{relay.host}:{relay.port}",
        "host": relay.host,
        "sender": sender,
    }


def _sentences(texts: gettext.NullTranslations) -> dict[Trouble, str]:
    _ = texts.gettext
    return {
        Trouble.SIGN_IN: _(
            "Your mail server does not take our user and password: "
            "set them right in INBOX_RELAY_URL, and start the service again."
        ),
        Trouble.NO_SIGN_IN: _(
            "At %(place)s nobody can sign in: take another port in INBOX_RELAY_URL, usually 587, "
            "or leave user and password out."
        ),
        Trouble.NO_NAME: _(
            "There is no host called %(host)s: set its name right in INBOX_RELAY_URL, "
            "and start the service again."
        ),
        Trouble.NOBODY: _(
            "No mail server listens at %(place)s: set host and port right in INBOX_RELAY_URL, "
            "and start the service again."
        ),
        Trouble.SILENT: _(
            "Nobody answers at %(place)s: see whether a firewall lets us through, and set host "
            "and port right in INBOX_RELAY_URL. Port 465 wants smtps:// there."
        ),
        Trouble.NO_TLS: _(
            "Your mail server offers no encryption at %(place)s: take another port in "
            "INBOX_RELAY_URL, or INBOX_RELAY_TLS=off where nobody can listen on the way."
        ),
        Trouble.NOT_TLS: _(
            "There is no encryption from the start at %(place)s: write smtp:// instead of "
            "smtps:// in INBOX_RELAY_URL, or take another port."
        ),
        Trouble.CERTIFICATE: _(
            "The certificate of %(host)s cannot be trusted: write its name in INBOX_RELAY_URL as "
            "it stands there, or give it one that is known."
        ),
        Trouble.LATER: _("Your mail server wants to be asked again later; that is done by itself."),
        Trouble.REFUSED: _("Let your mail server take mail from %(sender)s, and send another one."),
    }
