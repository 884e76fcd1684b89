"""The tree of parts → what a person reads: text, HTML, and the leaves that are files."""

from __future__ import annotations

import html as markup
import re
from dataclasses import dataclass, field

from inbox.mail.attachments import attachment, declared_name
from inbox.mail.charset import decode_text
from inbox.mail.flowed import unflow
from inbox.mail.html_text import html_to_text
from inbox.mail.invites import invite_text
from inbox.mail.transfer import decode_transfer
from inbox.mail.tree import INNER_STEP, Part, Tree
from inbox.mail.uuencoded import uuencoded_files, without_uuencoded
from inbox.model.mail import Attachment, Defect

MAX_TEXT = 2 * 1024 * 1024
_STUB = 300
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.I)


@dataclass(slots=True)
class Body:
    """The readable text of a mail, its HTML if it has any, and its files."""

    text: str = ""
    html: str | None = None
    files: list[Part] = field(default_factory=list)
    inner: list[Attachment] = field(default_factory=list)  # uuencoded in the text
    defects: list[Defect] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    """What one branch of the tree says, in one or both forms."""

    text: str | None = None
    html: str | None = None


def read_body(raw: bytes, tree: Tree) -> Body:
    """Text and HTML of a mail, in the order of its parts; whatever is not text is a file."""
    body = Body()
    piece = _read(raw, tree.root, body)
    body.html = piece.html if piece.html and piece.html.strip() else None
    text = _readable(piece.text or "", body)
    if not text.strip():
        text = _calendar(raw, body)
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
    if len(text) > _STUB or len(body.html) < 3000 + 10 * len(text):
        return text
    fuller = html_to_text(body.html)
    if len(fuller) < 200 + 4 * len(text):
        return text
    body.defects.append(Defect("text.stub", "the HTML says more"))
    return fuller


def _calendar(raw: bytes, body: Body) -> str:
    """The first invitation in words, for a mail that has no others."""
    for part in body.files:
        if part.content_type == "text/calendar":
            data = decode_transfer(raw[part.start : part.end], part.encoding)[0]
            return invite_text(decode_text(data[:MAX_TEXT], part.params.get("charset", "")).text)
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
    body.files.append(part)
    return _Piece()


def _alternative(raw: bytes, part: Part, body: Body) -> _Piece:
    """RFC 2046 §5.1.4: the same thing several times; plain text and the last HTML are kept."""
    whole = _Piece()
    for child in part.children:
        piece = _read(raw, child, body)
        if piece.html is not None and (piece.html.strip() or whole.html is None):
            whole.html = piece.html
        is_fuller = piece.text is not None and (whole.text is None or not whole.text.strip())
        if is_fuller and (piece.html is None or whole.text is None):
            whole.text = piece.text
    return whole


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
    text = _decoded(data, part, body, is_html=is_html)
    if is_html or (part.content_type == "text/plain" and _LOOKS_HTML.match(text)):
        return _Piece(html=text)
    if part.content_type in ("text/enriched", "text/richtext"):
        return _Piece(
            text=re.sub(r"<<|</?[\w-]{1,60}>", lambda m: "<" if m[0] == "<<" else "", text)
        )
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
    elif "begin " in text:
        text = _without_files(text, part, body)
    return _Piece(text=text)


def _decoded(data: bytes, part: Part, body: Body, *, is_html: bool) -> str:
    charset = part.params.get("charset", "")
    if is_html and not charset and (found := _META_CHARSET.search(data[:4096])):
        charset = found[1].decode("ascii", "replace")
    decoded = decode_text(data, charset)
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
