"""PGP written into a text (RFC 9580 §6, §7) → its words; nothing is decrypted or checked."""

from __future__ import annotations

import re

from inbox.model.mail import Protection

_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"
_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_HASH = re.compile(r"(?:Hash|Charset|NotDashEscaped): ?[^\n]{0,200}")


def without_armor(text: str) -> tuple[str, Protection | None]:
    """The text without the marks and the signature of PGP, and which of them stood in it.

    What is encrypted stays as it is. Only marks that begin a line count: a quoted one is a quote.
    """
    lines = text.split("\n")
    marks = {line.rstrip() for line in lines if line.startswith("-----BEGIN PGP ")}
    if _ENCRYPTED in marks:
        return text, Protection.PGP_ENCRYPTED
    if not {_SIGNED, _SIGNATURE} <= marks:
        return text, None
    return "\n".join(_words(lines)), Protection.PGP_SIGNED


def _words(lines: list[str]) -> list[str]:
    out: list[str] = []
    place = "outside"
    for line in lines:
        mark = line.rstrip()
        if place == "outside" and mark == _SIGNED:
            place = "head"
        elif place == "head":
            place = "head" if _HASH.fullmatch(mark) else "words"
            if mark and place == "words":  # no empty line where there should be one
                out.append(_undashed(line))
        elif place == "words" and mark == _SIGNATURE:
            place = "signature"
        elif place == "signature":
            place = "outside" if mark == _SIGNATURE_END else "signature"
        else:
            out.append(_undashed(line) if place == "words" else line)
    return out


def _undashed(line: str) -> str:
    """RFC 9580 §7.2: a line that begins with a dash was written behind `- `."""
    return line[2:] if line.startswith("- ") else line
