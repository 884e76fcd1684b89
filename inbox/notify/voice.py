"""How a mail to one of us that is about several conversations says things: in whose language."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.lists import format_list

from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.tokens import reply_address
from inbox.model.address import Address
from inbox.notify.draft import as_reader, draft_to
from inbox.notify.reading import moment_in
from inbox.notify.render import Rendered
from inbox.notify.spoken import language_of, zone_of
from inbox.outbound.keyed import reply_token
from inbox.settings import Settings
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Digest, Mailbox, Outbound


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words they are, and for whom; `digest_id` the Message-ID of the digest."""

    agent: Agent
    mailbox: Mailbox
    settings: Settings
    secret: bytes
    digest_id: str
    kept: Mapping[str, Any] = field(default_factory=dict)  # what the mail kept that says it

    @property
    def texts(self) -> gettext.NullTranslations:
        """The reader's language."""
        return translations(self.language)

    @property
    def language(self) -> str:
        """The reader's language, one of those that we speak."""
        return language_of(self.agent, self.kept)

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.language == "ja" else " "

    @property
    def zone(self) -> ZoneInfo:
        """In which times are said."""
        return zone_of(self.agent, self.mailbox, self.kept)

    @property
    def address(self) -> str:
        """Where answers to the digest go."""
        token = reply_token(self.secret, self.digest_id)
        return reply_address(self.mailbox.address, "d", token, self.settings.domain)

    def draft(self, context: Context, outbound: Outbound, body: Rendered) -> Draft:
        """The mail to them; what they answer is about the digest."""
        back = Address(name=self.mailbox.name, address=self.address)
        reader = as_reader(self.agent)
        return draft_to(context, outbound, self.mailbox, reader, body, reply_to=(back,))

    def listed(self, names: Sequence[str]) -> str:
        """Names as people list them: A, B and C."""
        return format_list(names, locale=self.language)

    def moment(self, when: datetime) -> str:
        """Day and time for people."""
        return moment_in(when, self.language, self.zone)


async def voice_of(
    db: Reader | Writer, context: Context, row: Digest | Outbound, outbound: Outbound | None
) -> Voice:
    """For whom a list is that went out with a mail, and how it says things."""
    return Voice(
        agent=await db.get_one(Agent, row.agent_id),
        mailbox=await db.get_one(Mailbox, row.mailbox_id),
        settings=context.settings,
        secret=context.secret,
        digest_id=outbound.header_id if outbound else "",
        kept=outbound.draft if outbound else {},
    )
