"""A mail as its reader will get it, shown to who writes it."""

from __future__ import annotations

import asyncio

from fastapi import Response
from markupsafe import Markup

from inbox.asgi.deps import Here
from inbox.asgi.headers import MAIL
from inbox.errors import InboxError
from inbox.mail.compose import Draft, compose
from inbox.notify.shown import shown
from inbox.web.pages import page, reader_of
from inbox.web.routes.files import sanitized


async def show_mail(here: Here, draft: Draft) -> Response:
    """The page of a mail: its very bytes are made, and read as a mail that has come is."""
    raw = await asyncio.to_thread(compose, draft)
    clean = await asyncio.to_thread(sanitized, raw)
    html = Markup(clean.html)  # noqa: S704 - sanitised just now
    head = shown(reader_of(here).texts, draft)
    return _framed(page(here, "preview.html", fault="", shown=head, html=html))


def show_fault(here: Here, error: InboxError) -> Response:
    """The page where there is no such mail, and why."""
    fault = error.said(reader_of(here).texts)
    return _framed(page(here, "preview.html", error.http, fault=fault))


def _framed(response: Response) -> Response:
    response.headers["content-security-policy"] = MAIL
    response.headers["x-frame-options"] = "SAMEORIGIN"
    return response
