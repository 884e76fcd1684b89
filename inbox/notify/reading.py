"""What the mails to our own people are made of: the rows, and how they are said."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from sqlalchemy import bindparam, select

from inbox.desk.addresses import people_of
from inbox.desk.answered import HEAD, belongs, elsewhere, is_forged
from inbox.i18n import translations
from inbox.jobs.registry import Context
from inbox.mail.header_values import takes_utf8
from inbox.mail.tokens import Verb, reply_address
from inbox.model.address import Address
from inbox.model.conversation import MessageKind, Visibility
from inbox.notify.items import items_of, main_of
from inbox.notify.spoken import language_of, zone_of
from inbox.outbound.keyed import reply_token
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Reader
from inbox.store.tables import Agent, Conversation, Mailbox, Message, Outbound, Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A mail that is about to be made, with the rows behind it."""

    context: Context
    outbound: Outbound
    message: Message
    conversation: Conversation
    mailbox: Mailbox
    agent: Agent
    customer: Address  # who an answer goes to
    answered_at: tuple[Address, ...] = ()  # where the customer wants to be answered, if elsewhere
    is_mixed: bool = False  # it shows to one what was said to another: an answer stays inside

    @property
    def texts(self) -> gettext.NullTranslations:
        """The reader's language."""
        return translations(self.language)

    @property
    def language(self) -> str:
        """The reader's language, one of those that we speak."""
        return language_of(self.agent, self.outbound.draft)

    @property
    def zone(self) -> ZoneInfo:
        """In which times are said."""
        return zone_of(self.agent, self.mailbox, self.outbound.draft)

    @property
    def is_outside(self) -> bool:
        """Whether the reader had no part in the conversation when the mail was planned."""
        return bool(self.outbound.draft.get("outside"))

    @property
    def answering(self) -> str:
        """What an answer to a mail does that is no notice."""
        _ = self.texts.gettext
        if self.is_outside:
            return _(
                "You do not take part in this conversation: an answer to this mail would be held"
                " back."
            )
        said = _("An answer to this mail is a comment that only we see.")
        return self.gap.join(filter(None, (said, self.of_newcomers)))

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.language == "ja" else " "

    @property
    def of_newcomers(self) -> str:
        """What becomes of the words of somebody new, where a department reads it; else nothing."""
        if not self.agent.is_list:
            return ""
        return self.texts.gettext(
            "Whoever of you answers for the first time waits until an administrator has said who"
            " they are."
        )

    def address(self, verb: Verb, argument: str = "") -> str:
        """The reader's own address for answers (`r`), comments (`n`), or something else."""
        token = reply_token(self.context.secret, self.outbound.header_id)
        domain = self.context.settings.domain
        return reply_address(self.mailbox.address, verb, token, domain, argument)

    def listed(self, names: Sequence[str]) -> str:
        """Names as people list them: A, B and C."""
        return format_list(names, locale=self.language)

    def clock(self, when: datetime) -> str:
        """The time of day for people."""
        return when.astimezone(self.zone).strftime("%H:%M")

    def day(self, when: datetime) -> str:
        """The day for people."""
        return day_in(when, self.language, self.zone)

    def moment(self, when: datetime) -> str:
        """Day and time for people."""
        return moment_in(when, self.language, self.zone)


def moment_in(when: datetime, language: str, zone: ZoneInfo) -> str:
    """Day and time as people of this language say them there."""
    time = format_time(when.astimezone(zone), "HH:mm", locale=_locale(language))
    return f"{day_in(when, language, zone)} {time}"


def day_in(when: datetime, language: str, zone: ZoneInfo) -> str:
    """The day as people of this language say it there."""
    return format_date(when.astimezone(zone), "long", locale=_locale(language))


def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


# Built once: that takes as long as to run it.
_ROWS = (
    select(Message, Conversation, Mailbox, Agent)
    .select_from(Message)
    .join(Conversation, Conversation.id == bindparam("conversation_id"))
    .join(Mailbox, Mailbox.id == bindparam("mailbox_id"))
    .join(Agent, Agent.id == bindparam("agent_id"))
    .where(Message.id == bindparam("message_id"))
)


async def read(db: Reader, context: Context, outbound: Outbound) -> Reading:
    """Everything that a mail to one of us says something of."""
    ids = {
        "message_id": main_of(outbound).message,
        "conversation_id": outbound.conversation_id,
        "mailbox_id": outbound.mailbox_id,
        "agent_id": outbound.agent_id,
    }
    message, conversation, mailbox, agent = (await db.execute(_ROWS, ids)).one()
    customer, elsewhere = await _customer(db, message, conversation)
    return Reading(
        context=context,
        outbound=outbound,
        message=message,
        conversation=conversation,
        mailbox=mailbox,
        agent=agent,
        customer=customer,
        answered_at=elsewhere,
        is_mixed=await _is_mixed(db, outbound),
    )


def name_of(person: Address) -> str:
    """A name to show; an address in its place is cut, so that it looks like no other address."""
    named = person.name if "@" not in person.name else ""
    return named.strip() or person.address.partition("@")[0]


async def _is_mixed(db: Reader, outbound: Outbound) -> bool:
    """Whether several things are told of which not all were said to the same people."""
    items = items_of(outbound)
    if len(items) < 2:
        return False
    ids = [one.message for one in items]
    rows = await db.execute(
        select(Message.visibility, Message.author_address).where(Message.id.in_(ids))
    )
    between = {
        (row.visibility, row.author_address if row.visibility == Visibility.INTERNAL else "")
        for row in rows
    }
    return len(between) > 1


async def _customer(
    db: Reader, message: Message, conversation: Conversation
) -> tuple[Address, tuple[Address, ...]]:
    """Whom the verb that answers would write to: the newest whom the conversation knows, and where
    they want to be answered.
    """
    row = (
        await db.execute(
            select(Message.author_name, Message.author_address, Message.proof, HEAD.label("head"))
            .outerjoin(Spool, Spool.id == Message.spool_id)
            .where(
                Message.conversation_id == message.conversation_id,
                Message.kind == MessageKind.MAIL,
                Message.visibility == Visibility.PUBLIC,
                Message.id <= message.id,  # what was known then, at every try to send it
                Message.author_address != "",
            )
            .order_by(belongs(conversation).desc(), *NEWEST_FIRST)
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return _told(message), ()
    author = Address(name=row.author_name, address=row.author_address)
    where = await elsewhere(db, author, row.head, is_forged=is_forged(row.proof))
    if takes_utf8(author.address) and not where:
        return replace(author, address=""), ()  # by name alone: no mail of ours goes there
    return author, where


def _told(message: Message) -> Address:
    """To whom one of us wrote first, where nobody has written to us yet."""
    return next(iter(people_of(message.to)), Address())
