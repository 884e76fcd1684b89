"""S/MIME in one piece (smime.p7m, RFC 8551 §3.5) → the mail that is signed in it, or what it is.

No key is used and no signature checked: this only finds the words. A walk of a few steps through
CMS (RFC 5652) in DER or BER, as streaming programs write it; no length is believed.
"""

from __future__ import annotations

from enum import StrEnum

from inbox.mail.attachments import declared_name
from inbox.mail.tree import Part, Tree, content, read_tree

_OCTETS, _OCTETS_IN_PIECES, _END = 0x04, 0x24, 0x00
_SEQUENCE, _EXPLICIT, _OID = 0x30, 0xA0, 0x06
_MAX_STEPS = 100_000
_MAX_LAYERS = 3


class Cms(StrEnum):
    """What a CMS structure says that it is."""

    SIGNED = "signed"
    ENCRYPTED = "encrypted"
    UNKNOWN = "unknown"


_KINDS = {
    "2a864886f70d010702": Cms.SIGNED,  # signedData
    "2a864886f70d010703": Cms.ENCRYPTED,  # envelopedData
    "2a864886f70d010706": Cms.ENCRYPTED,  # encryptedData
    "2a864886f70d0109100117": Cms.ENCRYPTED,  # authEnvelopedData
}


def is_opaque(part: Part) -> bool:
    """True for a part that holds a whole mail in CMS; a detached signature is none."""
    if part.content_type in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return True
    return declared_name(part).lower().endswith("smime.p7m")


def kind_of(data: bytes) -> Cms:
    """What the CMS says that it is; UNKNOWN for bytes that are none. Never raises."""
    return _Walk(data).kind()


def signed_mail(data: bytes) -> tuple[bytes, Tree] | None:
    """The MIME entity that is signed, out of up to three layers; None where there is none."""
    found = None
    for _ in range(_MAX_LAYERS):
        walk = _Walk(data)
        inner = walk.content() if walk.kind() is Cms.SIGNED else b""
        if not inner:
            break
        found = inner, read_tree(inner)
        root = found[1].root
        if root.children or not is_opaque(root):
            break
        data = content(inner, root)
    return found


class _Walk:
    """A place in the bytes, moved from tag to tag."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.steps = 0

    def kind(self) -> Cms:
        """Step into ContentInfo and read its type."""
        if not self._enter(_SEQUENCE):
            return Cms.UNKNOWN
        return _KINDS.get(self._read(_OID).hex(), Cms.UNKNOWN)

    def content(self) -> bytes:
        """The octets of SignedData's content (RFC 5652 §5.1), after its version and digests."""
        if not (self._enter(_EXPLICIT) and self._enter(_SEQUENCE)):
            return b""
        self._skip()
        self._skip()
        if not self._enter(_SEQUENCE):
            return b""
        self._skip()
        return b"".join(self._octets()) if self._enter(_EXPLICIT) else b""

    def _octets(self) -> list[bytes]:
        """One string, or its pieces (X.690 §8.7.3)."""
        pieces: list[bytes] = []
        depth = 0
        while self.steps < _MAX_STEPS:
            tag, start, length = self._header()
            if tag == _OCTETS_IN_PIECES:
                self.at = start
                depth += 1
            elif tag == _OCTETS and length >= 0:
                pieces.append(self.data[start : start + length])
                self.at = start + length
                if not depth:
                    break
            else:
                break
        return pieces

    def _enter(self, wanted: int) -> bool:
        tag, start, _ = self._header()
        if tag == wanted:
            self.at = start
        return tag == wanted

    def _read(self, wanted: int) -> bytes:
        tag, start, length = self._header()
        if tag != wanted or length < 0:
            return b""
        self.at = start + length
        return self.data[start : self.at]

    def _skip(self) -> None:
        """Move behind an element, also one whose end only its last piece tells."""
        depth = 0
        while self.steps < _MAX_STEPS:
            tag, start, length = self._header()
            if tag < 0:
                return
            if length < 0:
                depth += 1
            elif tag == _END and depth:
                depth -= 1
            self.at = start + max(length, 0)
            if not depth:
                return

    def _header(self) -> tuple[int, int, int]:
        """Tag, where its content begins, its length: -1 for "until the end marker" (X.690 §8.1)."""
        self.steps += 1
        head = self.data[self.at : self.at + 10]
        if len(head) < 2:
            return -1, len(self.data), 0
        tag, first = head[0], head[1]
        if first < 0x80:
            return tag, self.at + 2, first
        count = first & 0x7F
        if not count:
            return tag, self.at + 2, -1
        length = int.from_bytes(head[2 : 2 + count], "big") if count <= 8 else len(self.data)
        return tag, self.at + 2 + count, length
