"""What an administrator is told to do about a relay that takes no mail."""

from __future__ import annotations

import pytest

from inbox.i18n import LANGUAGES, translations
from inbox.outbound.relay import Relay
from inbox.web.relay_advice import advice

RELAY = Relay(host="mail.example", port=587)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("535 5.7.8 no", "INBOX_RELAY_URL"),
        ("The SMTP AUTH extension is not supported by this server.", "mail.example:587"),
        ("Name or service not known", "mail.example"),
        ("Connection refused", "mail.example:587"),
        ("Timed out", "mail.example:587"),
        ("SMTP STARTTLS extension not supported by server.", "INBOX_RELAY_TLS=off"),
        ("WRONG_VERSION_NUMBER", "smtps://"),
        ("CERTIFICATE_VERIFY_FAILED", "mail.example"),
        ("550 5.7.1 no", "support@us.example"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_what_to_change(words: str, named: str, language: str) -> None:
    said = advice(words, RELAY, sender="support@us.example", texts=translations(language))
    assert named in said
    assert "%(" not in said


def test_what_we_do_not_know_has_no_advice() -> None:
    assert not advice("who knows", RELAY, sender="", texts=translations("en"))
