"""What proves agents' mails: the certificate under which they sign in, and who is ready."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import text

from inbox.clock import utcnow
from inbox.errors import ConfigError
from inbox.run.finding import Finding, broken, doubtful, good
from inbox.settings import Settings
from inbox.smtp_in.tls import server_context
from inbox.store.engine import Database

SUBMISSIONS: Final = ("submission_listen", "submissions_listen")

_SOON: Final = timedelta(days=14)
_MOST_NAMED: Final = 5
# Who writes for a mailbox, and whether their mail has been proved: by their server, or by signing
# in.
_READY = text("""
select agent.email,
       exists (select from agent_address a
                where a.agent_id = agent.id and a.proved_at is not null)
       or exists (select from mail_password p
                   where p.agent_id = agent.id and p.revoked_at is null
                     and p.used_at is not null) as is_ready,
       bool_or(mailbox.proof = 'strict') as is_strict
  from agent
  join membership on membership.agent_id = agent.id
  join mailbox on mailbox.id = membership.mailbox_id and mailbox.removed_at is null
 where agent.disabled_at is null
 group by agent.id
 order by agent.email
""")


def examine_certificate(settings: Settings) -> list[Finding]:
    """Whether mail programs will trust the certificate under which people sign in."""
    names = [f"INBOX_{name.upper()}" for name in SUBMISSIONS if getattr(settings, name)]
    if not names:
        return []
    what = "certificate"
    try:
        context = server_context(settings.tls_certificate, settings.tls_key)
    except ConfigError as error:
        return [broken(what, error.public, "set both to files in PEM form")]
    if context is None:
        do = "set INBOX_TLS_CERTIFICATE and INBOX_TLS_KEY"
        return [broken(what, f"there is none, and {names[0]} needs one", do)]
    return [_trusted(what, context, utcnow())]


def _trusted(what: str, context: ssl.SSLContext, now: datetime) -> Finding:
    try:
        shown = _shown(context)
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or "its handshake fails"
        do = "mail programs ask people about it or refuse; let an authority that they know sign it"
        return doubtful(what, f"is not trusted by this machine: {reason}", do)
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
    names = ", ".join(str(value) for kind, value in shown.get("subjectAltName", ()))
    says = f"is trusted until {ends:%Y-%m-%d}, for {names}"
    if ends - now < _SOON:
        return doubtful(what, says, "renew it, and start the service again")
    return good(what, says)


def _shown(context: ssl.SSLContext) -> dict[str, tuple[tuple[str, str], ...]]:
    """The certificate as a mail program sees it, after a handshake in memory. Raises SSLError."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False  # only they know by which name they reach us
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(there, back, server_side=True)
    client = trusting.wrap_bio(back, there)
    is_done = False
    while not is_done:
        is_done = True
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                is_done = False
    return dict(client.getpeercert() or {})  # type: ignore[arg-type] # of its many shapes


async def examine_proof(database: Database, settings: Settings) -> list[Finding]:
    """Who would be held if every mailbox were strict, and whether anybody can be proved at all."""
    what = "proof of agents"
    async with database.read() as db:
        people = (await db.execute(_READY)).all()
    if settings.mail_auth == "none":
        do = "set INBOX_MAIL_AUTH, or let them sign in (INBOX_SUBMISSION_LISTEN)"
        says = "nobody checks who wrote: an answer by mail needs its address and no more"
        return [doubtful(what, says, do)]
    if settings.mail_auth in ("relay", "exchange") and not settings.trusted_authserv:
        says = f"INBOX_MAIL_AUTH={settings.mail_auth} believes nobody yet"
        return [broken(what, says, "set INBOX_TRUSTED_AUTHSERV to its name, or your tenant's id")]
    if not people:
        return []
    late = [row for row in people if not row.is_ready]
    if not late:
        return [good(what, "all have been proved; mailboxes may be set to proof=strict")]
    named = ", ".join(row.email for row in late[:_MOST_NAMED])
    more = f" and {len(late) - _MOST_NAMED} more" if len(late) > _MOST_NAMED else ""
    says = f"{len(people) - len(late)} of {len(people)} have been; not yet {named}{more}"
    if any(row.is_strict for row in late):
        do = "their answers to mailboxes with proof=strict are held until their server signs"
    else:
        do = "set no mailbox to proof=strict before; sign their mail, or let them sign in"
    return [doubtful(what, says, do)]
