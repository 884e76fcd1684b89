"""The catch-all SMTP server: takes every mail for everybody and files it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack

from aiosmtpd.smtp import SMTP, Envelope, Session

from inbox.demo.post import Post
from inbox.log import get_logger

log = get_logger("demo.sink")

_LARGEST = 64 * 1024 * 1024


class _Smtp(SMTP):
    """Lines as long as mail programs write them."""

    line_length_limit = 1 << 20


class Catcher:
    """What happens with a mail that was handed over."""

    def __init__(self, post: Post) -> None:
        self._post = post

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Files the mail for each recipient, then says 250."""
        content = envelope.original_content or b""
        for address in envelope.rcpt_tos:
            self._post.put(address, "in", content)
        log.info("mail.caught", recipients=len(envelope.rcpt_tos), size=len(content))
        return "250 2.0.0 caught"

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours is temporary, and its text is nobody's business."""
        log.error("sink.fault", exc_info=error)
        return "451 4.3.0 temporary failure"


async def catch_all(sockets: list[socket.socket], post: Post, stop: asyncio.Event) -> None:
    """Take mail on these until `stop` is set."""
    loop = asyncio.get_running_loop()
    catcher = Catcher(post)

    def session() -> _Smtp:
        return _Smtp(
            catcher, loop=loop, enable_SMTPUTF8=True, ident="sink", hostname="sink.example",
            data_size_limit=_LARGEST,
        )  # fmt: skip

    async with AsyncExitStack() as servers:
        for one in sockets:
            servers.callback((await loop.create_server(session, sock=one)).close)
        await stop.wait()
