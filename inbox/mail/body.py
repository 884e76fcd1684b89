"""The tree of parts → what a person reads: text, HTML, and the leaves that are files."""

from __future__ import annotations

import html as markup
import re
from dataclasses import dataclass, field, replace

from inbox.mail.armor import without_armor
from inbox.mail.attachments import attachment, declared_name, describe
from inbox.mail.charset import decode_text
from inbox.mail.flowed import unflow
from inbox.mail.html_text import html_to_text
from inbox.mail.invites import invite_text, read_invitation
from inbox.mail.opaque import Cms, is_opaque, kind_of, signed_mail
from inbox.mail.stub import fuller_text
from inbox.mail.transfer import decode_transfer
from inbox.mail.tree import INNER_STEP, Part, Tree, content, written_in
from inbox.mail.uuencoded import uuencoded_files, without_uuencoded
from inbox.model.mail import Attachment, Defect, Invitation, Protection

MAX_TEXT = 2 * 1024 * 1024
_MOST_TEXTS = 5  # plain texts of one alternative that are compared
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_PROTECTED = {
    "application/pgp-encrypted": Protection.PGP_ENCRYPTED,
    "application/pgp-signature": Protection.PGP_SIGNED,
    "application/pkcs7-signature": Protection.SMIME_SIGNED,
    "application/x-pkcs7-signature": Protection.SMIME_SIGNED,
}
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.I)


@dataclass(slots=True)
class Body:
    """The readable text of a mail, its HTML if it has any, and its files."""

    text: str = ""
    html: str | None = None
    files: list[Part] = field(default_factory=list)
    inner: list[Attachment] = field(default_factory=list)  # uuencoded in the text, or in S/MIME
    defects: list[Defect] = field(default_factory=list)
    protection: Protection | None = None
    invitation: Invitation | None = None
    tree: Tree | None = None
    is_inner: bool = False  # in S/MIME, which is opened once

    def protect(self, found: Protection | None) -> None:
        """Note how a piece of it is protected; what cannot be read counts most."""
        if found and (self.protection is None or found.is_encrypted):
            self.protection = found


@dataclass(slots=True)
class _Piece:
    """What one branch of the tree says, in one or both forms."""

    text: str | None = None
    html: str | None = None


def read_body(raw: bytes, tree: Tree) -> Body:
    """Text and HTML of a mail, in the order of its parts; whatever is not text is a file."""
    body = Body(tree=tree)
    piece = _read(raw, tree.root, body)
    body.html = piece.html if piece.html and piece.html.strip() else None
    text = _readable(piece.text or "", body)
    calendar = _calendar(raw, body)
    body.invitation = read_invitation(calendar) if calendar else None
    if not text.strip():
        text = invite_text(calendar)
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        body.defects.append(Defect("text.cut", f"over {MAX_TEXT} characters", lost=True))
    body.text = text
    return body


def _readable(text: str, body: Body) -> str:
    """The plain text, or the HTML's where the plain text is missing or a stub."""
    if body.html is None:
        return text
    if not text.strip():
        return html_to_text(body.html)
    fuller = fuller_text(text, body.html)
    if fuller is None:
        return text
    body.defects.append(Defect("text.stub", "the HTML says more"))
    return fuller


def _calendar(raw: bytes, body: Body) -> str:
    """The first calendar of a mail."""
    for part in body.files:
        if part.content_type == "text/calendar":
            data = decode_transfer(raw[part.start : part.end], part.encoding)[0]
            return decode_text(data[:MAX_TEXT], part.params.get("charset", "")).text
    return ""


def _read(raw: bytes, part: Part, body: Body) -> _Piece:
    if part.children:
        if part.content_type == "multipart/alternative":
            return _alternative(raw, part, body)
        if part.content_type == "multipart/related":
            return _related(raw, part, body)
        return _sequence([_read(raw, child, body) for child in part.children])
    if _is_text(part):
        return _leaf(raw, part, body)
    if is_opaque(part):
        return _opaque(raw, part, body)
    body.protect(_PROTECTED.get(part.content_type))
    body.files.append(part)
    return _Piece()


def _opaque(raw: bytes, part: Part, body: Body) -> _Piece:
    """S/MIME in one piece: what is signed in it is the mail; what is encrypted is a file."""
    data = content(raw, part)
    found = None if body.is_inner else signed_mail(data)
    if found is None:
        if kind_of(data) is Cms.ENCRYPTED:
            body.protect(Protection.SMIME_ENCRYPTED)
        body.files.append(part)
        return _Piece()
    signed, tree = found
    inner = Body(is_inner=True, tree=tree)
    piece = _read(signed, tree.root, inner)
    body.protect(Protection.SMIME_SIGNED)
    body.protect(inner.protection)
    body.defects += [*tree.defects, *inner.defects]
    body.inner += [
        replace(describe(signed, one), part=part.leaf + INNER_STEP * (one.leaf + 1))
        for one in inner.files
    ]
    return piece


def _alternative(raw: bytes, part: Part, body: Body) -> _Piece:
    """RFC 2046 §5.1.4: the same thing several times; plain text and the last HTML are kept."""
    whole = _Piece()
    for number, child in enumerate(part.children):
        piece = _read(raw, child, body)
        if piece.html is not None and (piece.html.strip() or whole.html is None):
            whole.html = piece.html
        is_fuller = piece.text is not None and (whole.text is None or not whole.text.strip())
        if is_fuller and (piece.html is None or whole.text is None):
            whole.text = piece.text
        elif number < _MOST_TEXTS and piece.text and child.content_type == "text/plain":
            whole.text = _both(whole.text or "", piece.text)
    return whole


def _both(text: str, other: str) -> str:
    """Two plain texts that should say the same: the longer one if it does, else both."""
    words, more = " ".join(text.split()), " ".join(other.split())
    if more in words:
        return text
    return other if words in more else f"{text.rstrip()}\n\n{other}"


def _related(raw: bytes, part: Part, body: Body) -> _Piece:
    """RFC 2387: the root, with files that it shows; a text beside the root is another text."""
    return _sequence([_read(raw, child, body) for child in part.children])


def _sequence(pieces: list[_Piece]) -> _Piece:
    """One after the other, as Apple Mail splits a text around its pictures."""
    said = [piece for piece in pieces if piece.text is not None or piece.html is not None]
    if not said:
        return _Piece()
    if len(said) == 1:
        return said[0]
    whole = _Piece()
    if any(piece.text is not None for piece in said):
        texts = [p.text if p.text is not None else html_to_text(p.html or "") for p in said]
        whole.text = "\n".join(text.rstrip("\n") for text in texts if text.strip())
    if any(piece.html is not None for piece in said):
        whole.html = "\n".join(
            p.html if p.html is not None else _as_html(p.text or "") for p in said
        )
    return whole


def _leaf(raw: bytes, part: Part, body: Body) -> _Piece:
    data, defect = decode_transfer(raw[part.start : part.end], part.encoding)
    if defect:
        body.defects.append(defect)
    if len(data) > 4 * MAX_TEXT:
        data = data[: 4 * MAX_TEXT]
        body.defects.append(Defect("text.cut", f"over {4 * MAX_TEXT} bytes", lost=True))
    is_html = part.content_type in ("text/html", "application/xhtml+xml")
    text = _decoded(raw, data, part, body, is_html=is_html)
    if is_html or (part.content_type == "text/plain" and _LOOKS_HTML.match(text)):
        return _Piece(html=text)
    if part.content_type in ("text/enriched", "text/richtext"):
        return _Piece(
            text=re.sub(r"<<|</?[\w-]{1,60}>", lambda m: "<" if m[0] == "<<" else "", text)
        )
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
    elif "begin " in text and not body.is_inner:
        text = _without_files(text, part, body)
    if "-----BEGIN PGP " in text:
        text, protection = without_armor(text)
        body.protect(protection)
    return _Piece(text=text)


def _decoded(raw: bytes, data: bytes, part: Part, body: Body, *, is_html: bool) -> str:
    charset = part.params.get("charset", "")
    if is_html and not charset and (found := _META_CHARSET.search(data[:4096])):
        charset = found[1].decode("ascii", "replace")
    # What the other texts are written in, for one that does not say.
    hint = "" if charset or data.isascii() or not body.tree else written_in(raw, body.tree)
    decoded = decode_text(data, charset, hint)
    if decoded.defect:
        body.defects.append(decoded.defect)
    return decoded.text


def _without_files(text: str, part: Part, body: Body) -> str:
    files = uuencoded_files(text)
    body.inner += [
        attachment(part.leaf + INNER_STEP * (n + 1), name, "application/octet-stream", data)
        for n, (name, data) in enumerate(files)
    ]
    return without_uuencoded(text) if files else text


def _is_text(part: Part) -> bool:
    """True for a part that is meant to be read in place, not saved."""
    if part.disposition == "attachment":
        return False
    is_readable = part.content_type in (
        "text/plain",
        "text/html",
        "text/enriched",
        "text/richtext",
        "application/xhtml+xml",
    )
    if not is_readable:
        return False
    return not declared_name(part) or part.leaf == 0


def _as_html(text: str) -> str:
    return f"<pre>{markup.escape(text)}</pre>" if text.strip() else ""
