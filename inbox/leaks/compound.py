"""Files of old Office and saved mails of Outlook (`.doc`, `.xls`, `.ppt`, `.msg`) → their words.

They are a file system in a file (MS-CFB), which is not followed: its texts lie in it as they are,
in two octets a sign or in one, so that runs of letters are read off wherever they stand. No count
and no offset is believed; nothing can keep it busy.
"""

from __future__ import annotations

import re
from typing import Final

from inbox.leaks.keyed import keyed

_LARGEST: Final = 16 << 20  # octets that are looked at
# Scripts with spaces, and Japanese and Chinese where signs of both kinds stand together.
_WIDE = re.compile(
    "[\t\r\n\u0020-\u007e\u00a0-\u052f\u1e00-\u1eff\u2010-\u203a\u20ac"
    "\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff01-\uff9f]{8,}"
)
_NARROW = re.compile(rb"[\t\r\n\x20-\x7e\x80-\xff]{12,}")
_FEWEST_SPACES: Final = 1
# What the encrypted files of newer Office are kept in (MS-OFFCRYPTO §2.3.4).
_SEALED: Final = "EncryptedPackage".encode("utf-16-le")


def is_sealed(content: bytes) -> bool:
    """Whether it is but the hull of what nobody can read without a password."""
    return _SEALED in content


def compound_words(content: bytes) -> str:
    """All that reads like text, run by run; linear, never raises."""
    content = content[:_LARGEST]
    wide = _WIDE.findall(content.decode("utf-16-le", "replace"))
    narrow = (one.decode("cp1252", "replace") for one in _NARROW.findall(content))
    return "\n".join(said for run in (*wide, *narrow) if (said := _said(run)))


def _said(run: str) -> str:
    return run if _is_text(run) else "\n".join(keyed(run))


def _is_text(run: str) -> bool:
    """Whether somebody may have written it; octets that mean something else look different."""
    if any("\u3040" <= sign <= "\u309f" or sign in "。、，" for sign in run):
        return True
    letters = sum(sign.isalpha() and sign < "\u3000" for sign in run)
    return run.strip().count(" ") >= _FEWEST_SPACES and letters >= 0.6 * len(run)
