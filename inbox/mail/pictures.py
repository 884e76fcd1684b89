"""Pictures that may be a signature's, a logo's or a quote's: told by what they are, not by name.

Whether one is, the store knows: the same bytes came before.
"""

from __future__ import annotations

from dataclasses import dataclass

from inbox.model.mail import Attachment, ParsedMail

LARGEST_LOGO = 150_000  # bytes; photographs and screenshots are larger
# Proofs for programs, beside the words of a person.
_PROOFS = frozenset(
    (
        "application/pgp-encrypted",
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    )
)


# By the first bytes; what browsers show and that cannot act.
_SHOWN = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}


@dataclass(frozen=True, slots=True)
class Suspects:
    """SHA-256 of pictures within the words: all of them, and those as small as logos are."""

    pictures: frozenset[str] = frozenset()
    logos: frozenset[str] = frozenset()


def suspects(mail: ParsedMail) -> Suspects:
    """The pictures of a mail about which the store is to be asked; none for most mails."""
    pictures = [one for one in mail.attachments if _is_within_the_words(one)]
    return Suspects(
        frozenset(one.sha256 for one in pictures),
        frozenset(one.sha256 for one in pictures if one.size <= LARGEST_LOGO),
    )


def picture_type(content: bytes) -> str:
    """The type of a picture that browsers show and that cannot act, else an empty string."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in _SHOWN.items() if content.startswith(mark)), "")


def is_proof(file: Attachment) -> bool:
    """True for a signature or key as a file: nothing that a person looks at."""
    return file.content_type in _PROOFS


def _is_within_the_words(file: Attachment) -> bool:
    return file.content_type.startswith("image/") and (file.inline or bool(file.content_id))
