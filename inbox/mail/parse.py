"""bytes → ParsedMail. Never raises, for any bytes; every oddity is a named defect.

Linear in the size of the mail. Text in the result is storable (no NUL, no lone surrogates).
"""

from __future__ import annotations

from dataclasses import replace

from inbox.mail import headers as read
from inbox.mail.attachments import describe
from inbox.mail.body import Body, read_body
from inbox.mail.bounce import looks_like_report, read_report
from inbox.mail.fields import Fields, split_fields
from inbox.mail.headers import Headers, read_headers
from inbox.mail.tree import Tree, read_tree, written_in
from inbox.mail.wrapped import unpack_wrapped
from inbox.model.mail import Attachment, BounceReport, Defect, ParsedMail

_MAX_DEFECTS = 100


def parse(raw: bytes) -> ParsedMail:
    """The mail that these bytes are; what is broken is read as far as it goes and named in
    `defects`.
    """
    fields = split_fields(raw)
    tree = read_tree(raw, fields)
    headers = read_headers(fields, "" if fields.is_ascii else written_in(raw, tree))
    body = read_body(raw, tree)
    return _mail(raw, fields, headers, tree, body)


def _mail(raw: bytes, fields: Fields, headers: Headers, tree: Tree, body: Body) -> ParsedMail:
    authors = read.authors(headers)
    lists = {name: read.people(headers, name) for name in ("sender", "reply-to", "to", "cc")}
    date, date_defects = read.date(headers)
    attachments, file_defects = _attachments(raw, body)
    defects = [*headers.defects, *authors.defects, *date_defects]
    for one in lists.values():
        defects += one.defects
    defects += [*tree.defects, *body.defects, *file_defects, *_missing(headers, authors.addresses)]
    senders = lists["sender"].addresses
    return ParsedMail(
        message_id=read.message_id(headers),
        in_reply_to=read.message_ids(headers, "in-reply-to"),
        references=read.message_ids(headers, "references"),
        date=date,
        from_=authors.addresses,
        sender=senders[0] if senders else None,
        reply_to=lists["reply-to"].addresses,
        to=lists["to"].addresses,
        cc=lists["cc"].addresses,
        delivered_to=read.delivered_to(headers),
        subject=headers.text("subject"),
        text=body.text,
        html=body.html,
        attachments=attachments,
        thread_index=read.thread_index(headers),
        thread_topic=headers.text("thread-topic"),
        headers=tuple(headers.items),
        received_count=len(headers.all("received")),
        size=len(raw),
        delivery=_delivery(raw, headers, tree, body),
        protection=body.protection,
        invitation=body.invitation,
        defects=tuple(dict.fromkeys(defects))[:_MAX_DEFECTS],
    )


def _delivery(raw: bytes, headers: Headers, tree: Tree, body: Body) -> BounceReport | None:
    if not looks_like_report(headers, tree):
        return None
    return read_report(raw, tree, headers, body.text)


def _attachments(raw: bytes, body: Body) -> tuple[tuple[Attachment, ...], list[Defect]]:
    found = list(body.inner)
    defects: list[Defect] = []
    for part in body.files:
        wrapped = unpack_wrapped(raw, part, body)
        if wrapped is None:
            found.append(describe(raw, part))
            continue
        found += wrapped[0]
        defects += wrapped[1]
    shown = body.html or ""
    return tuple(
        replace(one, inline=True) if one.content_id and f"cid:{one.content_id}" in shown else one
        for one in found
    ), defects


def _missing(headers: Headers, authors: tuple[object, ...]) -> list[Defect]:
    missing = [Defect("from.missing")] if not authors else []
    if not headers.first("message-id"):
        missing.append(Defect("message_id.missing"))
    return missing
