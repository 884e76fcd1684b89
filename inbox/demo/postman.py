"""Carries what people write: to the service by SMTP, to everybody else straight to their box."""

from __future__ import annotations

from aiosmtplib import SMTP, SMTPException, SMTPRecipientsRefused

from inbox.demo.company import is_department
from inbox.demo.letters import Letter, write
from inbox.demo.post import Post
from inbox.errors import InboxError
from inbox.settings import split_listen

_PATIENCE = 30.0  # seconds


class NotTaken(InboxError):
    """The service did not take the mail; the text is what it said."""


class Postman:
    """Knows where the service takes mail."""

    def __init__(self, post: Post, receiver: str) -> None:
        self._post = post
        self._host, self._port = split_listen(receiver)

    async def carry(self, letter: Letter) -> str:
        """Deliver a letter and keep a copy with its sender; the copy's name. Raises NotTaken."""
        raw = write(letter)
        departments = [one for one in letter.recipients if is_department(one)]
        if departments:
            await self._hand_over(letter.from_.address, departments, raw)
        for address in letter.recipients:
            if address not in departments:
                self._post.put(address, "in", raw)
        return self._post.put(letter.from_.address, "out", raw)

    async def _hand_over(self, sender: str, recipients: list[str], raw: bytes) -> None:
        client = SMTP(
            hostname=self._host,
            port=self._port,
            timeout=_PATIENCE,
            start_tls=False,
            local_hostname="sink.example",
        )
        try:
            async with client:
                refused, _ = await client.sendmail(sender, recipients, raw)
        except SMTPRecipientsRefused as error:
            raise NotTaken("; ".join(str(one.message) for one in error.recipients)) from error
        except (SMTPException, OSError) as error:
            raise NotTaken(str(error) or "the service does not answer") from error
        if refused:
            raise NotTaken("; ".join(reply.message for reply in refused.values()))
