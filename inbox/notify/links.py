"""What can be clicked in a mail: our pages, and mails that are ready to be written."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from inbox.settings import Settings


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go. `shown` is how a mail without HTML names it."""

    words: str
    href: str
    shown: str


def page(words: str, settings: Settings, conversation_id: int) -> Link:
    """The conversation in the web view."""
    url = f"{settings.public_url}/conversations/{conversation_id}"
    return Link(words, url, url)


def file_page(settings: Settings, conversation_id: int, file_id: int) -> str:
    """Where a file can be fetched by who may see it."""
    return f"{settings.public_url}/conversations/{conversation_id}/files/{file_id}"


def letter_to(words: str, address: str, subject: str, body: str = "") -> Link:
    """A mail to this address, ready to be written, in the thread of the subject."""
    # RFC 6068 §5: programs that read it like a form make a space of a plus sign.
    href = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
    if body:
        # RFC 6068 §5: lines of a body end in CRLF.
        href += f"&body={quote(body.replace(chr(10), chr(13) + chr(10)), safe='')}"
    return Link(words, href, address)


def ready_letter(words: str, address: str, subject: str, does: str, order: str = "") -> Link:
    """A mail that need only be sent; `does` says what that does, `order` is its first line.

    It ends like a signature: what programs add below it is none of the writer's words.
    """
    return letter_to(words, address, subject, f"{order}\n\n-- \n{does}")
