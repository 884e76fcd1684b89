"""What the DNS says of a mailbox's domain, and what to write there: MX, SPF, DKIM, DMARC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from inbox.mail_auth.dns import Lookup, Temporary, texts
from inbox.run.finding import Finding, doubtful, good

# Where big senders keep their keys. A key elsewhere cannot be found without knowing its name.
_SELECTORS: Final = (
    "selector1", "google", "default", "mail", "dkim", "s1", "k1", "fm1", "protonmail", "2026",
)  # fmt: skip


def examine_domain(domain: str, ask: Lookup) -> list[Finding]:
    """Four findings on a domain; one when the DNS cannot be asked from here."""
    try:
        return [check(domain, ask) for check in (_mx, _spf, _dkim, _dmarc)]
    except Temporary as reason:
        return [
            doubtful(
                f"DNS of {domain}",
                f"cannot be asked from here ({reason})",
                "look at its MX, SPF, DKIM and DMARC from a machine with a name server",
            )
        ]


def _mx(domain: str, ask: Lookup) -> Finding:
    what = f"MX of {domain}"
    hosts = [value for value in ask(domain, "MX") if isinstance(value, tuple)]
    names = sorted((first, str(second)) for first, second in hosts) if hosts else []
    if not names:
        return doubtful(
            what,
            "there is none: mail reaches you only if another server hands it over",
            f"add an MX record for {domain}, or forward its mail to INBOX_SMTP_LISTEN",
        )
    return good(what, "mail goes to " + ", ".join(name for _, name in names))


def _spf(domain: str, ask: Lookup) -> Finding:
    what = f"SPF of {domain}"
    found = [text for text in _texts(ask, domain) if text.lower().startswith("v=spf1")]
    if not found:
        return doubtful(
            what,
            "there is none: your answers look forged to others",
            f'add a TXT record at {domain}: "v=spf1 include:YOUR-RELAY ~all"',
        )
    if len(found) > 1:
        return doubtful(
            what,
            "there are several, which counts as none (RFC 7208 §3.2)",
            "join them into one record",
        )
    if found[0].rstrip().lower().endswith("+all"):
        return doubtful(what, "it lets everybody send in your name", "end it with ~all or -all")
    return good(what, found[0])


def _dkim(domain: str, ask: Lookup) -> Finding:
    what = f"DKIM of {domain}"
    for selector in _SELECTORS:
        if any("p=" in text for text in _texts(ask, f"{selector}._domainkey.{domain}")):
            return good(what, f"there is a key: {selector}")
    return doubtful(
        what,
        "no key under a usual name; a key under another cannot be seen from outside",
        "let your relay sign for this domain and publish the key that it names",
    )


def _dmarc(domain: str, ask: Lookup) -> Finding:
    what = f"DMARC of {domain}"
    for name in _from_here_up(domain):
        found = [text for text in _texts(ask, f"_dmarc.{name}") if _is_dmarc(text)]
        if len(found) == 1:
            return _policy(what, found[0])
    return doubtful(
        what,
        "there is none: others cannot tell your mail from a forgery",
        f'add a TXT record at _dmarc.{domain}: "v=DMARC1; p=none; rua=mailto:YOU@{domain}"',
    )


def _policy(what: str, record: str) -> Finding:
    tags = dict(_tags(record))
    policy = tags.get("p", "none").lower()
    if policy in ("quarantine", "reject"):
        return good(what, f"{policy}; mailboxes may be set to proof=strict")
    return doubtful(
        what,
        "p=none: it watches and forbids nothing",
        "when the reports show only your own servers, set p=quarantine",
    )


def _tags(record: str) -> Iterator[tuple[str, str]]:
    for part in record.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            yield name.strip().lower(), value.strip()


def _is_dmarc(text: str) -> bool:
    return text.replace(" ", "").lower().startswith("v=dmarc1")


def _from_here_up(domain: str) -> Iterator[str]:
    # The organisation's record stands in for a missing one (RFC 7489 §6.6.3). Asking each parent
    # below the top-level domain finds it without a list of public suffixes.
    labels = domain.split(".")
    for i in range(max(1, len(labels) - 1)):
        yield ".".join(labels[i:])


def _texts(ask: Lookup, name: str) -> list[str]:
    return [text.decode("utf-8", "replace") for text in texts(ask, name)]
