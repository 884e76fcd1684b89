"""The picture below the signature of a mailbox: set, taken off, and as a mail takes it along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from inbox.errors import Invalid
from inbox.mail.compose import OutgoingFile
from inbox.mail.logo import read_logo
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.logos import keep_logo, logo_by
from inbox.store.tables import Mailbox

_WIDEST: Final = 240  # pixels in a mail; a finer picture is shown as small, and sharp
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The picture below a signature: the file that goes along, and how large it is shown."""

    file: OutgoingFile
    width: int
    height: int


async def set_logo(db: Writer, mailbox: Mailbox, octets: bytes | None) -> Mailbox:
    """The picture that stands below its signature from now on, or none.

    Raises Invalid for what is no PNG or JPEG, or too large for one.
    """
    if octets is None:
        mailbox.logo = None
        return mailbox
    picture = read_logo(octets)
    if picture is None:
        raise Invalid(Refusal.NO_LOGO)
    key = sha256(picture.content).digest()
    await keep_logo(db, key, picture.content, picture.content_type, picture.width, picture.height)
    mailbox.logo = key
    return mailbox


async def signed_picture(db: Reader, draft: Mapping[str, Any]) -> Signed | None:
    """The picture that stood below the signature when the mail was planned."""
    if not (key := draft.get("logo")):
        return None
    found = await logo_by(db, bytes.fromhex(key))
    if found is None:
        return None
    width = min(found.width, _WIDEST)
    # The same in every mail: so that programs show it once, and it is known when it comes back.
    domain = str(draft["address"]).rpartition("@")[2]
    return Signed(
        file=OutgoingFile(
            filename=f"logo.{_ENDINGS[found.content_type]}",
            content_type=found.content_type,
            content=found.content,
            content_id=f"{key[:32]}@{domain}",
            inline=True,
        ),
        width=width,
        height=max(1, round(found.height * width / found.width)),
    )
