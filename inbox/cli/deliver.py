"""`inbox deliver`: one mail from any mail server's pipe into the spool.

What it ends with is what mail servers understand (sysexits.h): 0 kept, 64 wrong usage, 65 the mail
cannot be used, 67 nobody here has these addresses, 75 try again later. Whatever goes wrong on our
side is 75, so that the server keeps the mail.

A letter to several of whom some are unknown is kept for those who are known and ends with 0: the
one exit code speaks for all of them, and 67 would tell the sender that nobody has the letter.
Servers that hand over one recipient at a time get the exact answer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from inbox.cli.options import Config

if TYPE_CHECKING:
    from inbox.settings import Settings

_OK, _USAGE, _DATA_ERROR, _NO_USER, _TEMPORARY = 0, 64, 65, 67, 75


def deliver(
    recipients: Annotated[list[str] | None, typer.Argument(metavar="RCPT…")] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="SENDER", help="Envelope sender; '' for none.")
    ] = None,
    config: Config = None,
) -> None:
    """Take one mail from standard input, for the pipe of any mail server."""
    from inbox.errors import InboxError

    if sender is None or not recipients:
        _end(_USAGE, "usage: inbox deliver --from SENDER RCPT… < message")
    try:
        code, sentence = _on_the_spool(sender, recipients, config)
    except InboxError as error:
        _end(_TEMPORARY, error.public)
    except Exception as error:
        # Never a permanent failure for a fault of ours; the text of an exception may hold secrets.
        _end(_TEMPORARY, f"temporary failure ({type(error).__name__})")
    _end(code, sentence)


def as_sent(piped: bytes) -> bytes:
    """The mail as it was on the wire, from what a mail server writes to a pipe.

    A pipe is local: line ends are LF there, and an mbox line may stand on top. On the wire they
    were CRLF, which signatures are over, too; a mail that has any CRLF is taken as it is.
    """
    if piped.startswith((b"From ", b">From ")):
        piped = piped.partition(b"\n")[2]
    return piped if b"\r\n" in piped else piped.replace(b"\n", b"\r\n")


def _on_the_spool(sender: str, recipients: list[str], config: Path | None) -> tuple[int, str]:
    # A process a mail: nothing is loaded here that is not needed, SQLAlchemy least of all.
    import asyncio

    from inbox.log import configure
    from inbox.settings import load
    from inbox.store.embedded import database_url

    settings = load(config)
    configure(settings.log_style, "WARNING")
    raw = as_sent(sys.stdin.buffer.read(settings.max_message_bytes + 1))
    if not raw.strip():
        return _DATA_ERROR, "there is no mail on standard input"
    if len(raw) > settings.max_message_bytes:
        return _DATA_ERROR, f"the mail is larger than {settings.max_message_bytes} bytes"
    with database_url(settings) as url:
        return asyncio.run(_deliver(settings, url, raw, _address(sender), recipients))


async def _deliver(
    settings: Settings, url: str, raw: bytes, sender: str, recipients: list[str]
) -> tuple[int, str]:
    from inbox.clock import utcnow
    from inbox.errors import NoRoom
    from inbox.intake.door import SpoolDoor
    from inbox.model.mail import Envelope

    door = SpoolDoor.of(settings, url)
    try:
        known = [address for address in recipients if await door.knows(address)]
        if not known:
            return _NO_USER, f"no mailbox here: {_shown(recipients)}"
        if not await door.has_room(len(raw)):
            raise NoRoom
        envelope = Envelope(
            sender=sender, recipients=tuple(known), source="pipe", received_at=utcnow()
        )
        await door.accept(raw, envelope)
    finally:
        await door.close()
    unknown = [address for address in recipients if address not in known]
    return _OK, f"kept, but no mailbox here: {_shown(unknown)}" if unknown else ""


def _address(sender: str) -> str:
    # Postfix writes MAILER-DAEMON where the sender is empty.
    sender = sender.strip().removeprefix("<").removesuffix(">")
    return "" if sender.upper() == "MAILER-DAEMON" else sender


def _shown(addresses: list[str]) -> str:
    text = ", ".join(addresses)
    return "".join(c if c.isprintable() else "?" for c in text)


def _end(code: int, sentence: str) -> NoReturn:
    if sentence:
        sys.stderr.write(f"inbox deliver: {sentence}\n")
    raise typer.Exit(code)
