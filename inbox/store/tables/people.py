"""Who we are and who writes to us: agents, mailboxes (departments), customers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Bytes, Created, Id, Json, Row, Texts

HOURS_KEY = (
    "md5(time_zone || '|' || hours || '|' || own_days || '|' || targets || '|' || holidays::text)"
)


class Agent(Row):
    """A person of ours; a colleague works by mail alone and has no password.

    Or a department behind one address of many people, which is a colleague as well.
    """

    __tablename__ = "agent"
    __table_args__ = (
        CheckConstraint("role in ('admin', 'manager', 'agent', 'colleague')", name="role"),
        CheckConstraint("not is_list or role = 'colleague'", name="list_is_colleague"),
        CheckConstraint("digest_minutes between 60 and 90", name="digest_minutes"),
        CheckConstraint("list_order in ('newest', 'waiting', 'due')", name="list_order"),
        CheckConstraint("list_density in ('comfortable', 'compact')", name="list_density"),
    )

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(server_default="agent")
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="en")
    # When mails to them leave: without a zone, theirs is the mailbox's.
    time_zone: Mapped[str | None]
    quiet: Mapped[str] = mapped_column(server_default="")  # 22:00-07:00
    digest_at: Mapped[str] = mapped_column(server_default="08:00")
    digest_minutes: Mapped[int] = mapped_column(server_default="60")  # of one all day long
    next_digest_at: Mapped[datetime | None]
    is_list: Mapped[bool] = mapped_column(server_default="false")
    disabled_at: Mapped[datetime | None]
    # By their own out-of-office mail or word; what they do themselves ends it.
    away_until: Mapped[datetime | None]
    tasks: Mapped[bool] = mapped_column(server_default="false")  # assignments as invitations
    bundles: Mapped[bool] = mapped_column(server_default="true")  # what follows soon in one mail
    sound: Mapped[bool | None]  # when the web view has news; empty until they were asked
    desktop: Mapped[bool] = mapped_column(server_default="false")  # notifications of such news
    markdown: Mapped[bool] = mapped_column(server_default="false")  # how they write in the web view
    list_order: Mapped[str] = mapped_column(server_default="newest")  # in the web view
    list_density: Mapped[str] = mapped_column(server_default="comfortable")
    # What stands below their name where the signature of a mailbox has a place for it.
    own_lines: Mapped[str] = mapped_column(server_default="")
    skills: Mapped[Texts] = mapped_column(server_default="{}")  # by which rules find them
    created_at: Mapped[Created]


class AgentAddress(Row):
    """An address from which a person's mail counts as theirs."""

    __tablename__ = "agent_address"

    address: Mapped[str] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
    # Once a mail from here has passed aligned authentication, every later one must.
    proved_at: Mapped[datetime | None]


class Mailbox(Row):
    """A department: what customers write to, and how it answers."""

    __tablename__ = "mailbox"
    __table_args__ = (
        CheckConstraint("confirm in ('off', 'proved', 'all')", name="confirm"),
        CheckConstraint("join_policy in ('participants', 'anyone')", name="join_policy"),
        CheckConstraint("proof in ('learned', 'strict')", name="proof"),
        CheckConstraint(
            "colleagues_answer in ('never', 'assigned', 'always')", name="colleagues_answer"
        ),
        CheckConstraint("undo_seconds between 0 and 3600", name="undo_seconds"),
        CheckConstraint("confirm_daily between 1 and 50", name="confirm_daily"),
        CheckConstraint("remind_days between 0 and 365", name="remind_days"),
        CheckConstraint("close_days between 0 and 365", name="close_days"),
        CheckConstraint("reopen_days between 0 and 3650", name="reopen_days"),
        CheckConstraint("satisfaction_hours between 0 and 1000", name="satisfaction_hours"),
        CheckConstraint("satisfaction_days between 1 and 3650", name="satisfaction_days"),
    )

    id: Mapped[Id]
    address: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="en")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    signature: Mapped[str] = mapped_column(server_default="")
    footer: Mapped[str] = mapped_column(server_default="")  # what the law wants below every mail
    # The picture below its signature; no other table is asked which mailboxes have it.
    logo: Mapped[bytes | None] = mapped_column(ForeignKey("logo.sha256"))
    confirm: Mapped[str] = mapped_column(server_default="proved")
    confirm_daily: Mapped[int] = mapped_column(server_default="1")  # to one address at most
    undo_seconds: Mapped[int] = mapped_column(server_default="30")
    customer_token: Mapped[bool] = mapped_column(server_default="false")
    join_policy: Mapped[str] = mapped_column(server_default="participants")
    proof: Mapped[str] = mapped_column(server_default="learned")
    colleagues_answer: Mapped[str] = mapped_column(server_default="assigned")  # the customer
    reopen_days: Mapped[int] = mapped_column(server_default="30")
    quotes: Mapped[bool] = mapped_column(server_default="true")  # their own words below an answer
    categories: Mapped[Texts] = mapped_column(server_default="{}")  # to choose from; any where none
    close_needs: Mapped[Texts] = mapped_column(server_default="{}")  # see model.closing
    # Whether customers are asked if we have helped, how long after the end, and how often at most.
    asks_satisfaction: Mapped[bool] = mapped_column(server_default="false")
    satisfaction_hours: Mapped[int] = mapped_column(server_default="24")
    satisfaction_days: Mapped[int] = mapped_column(server_default="30")
    # When somebody is there (in the words of sla.week; always where there are none), the days that
    # have hours of their own, and the holidays of a country and region: dates and their names, as
    # desk.holidays writes them.
    hours: Mapped[str] = mapped_column(server_default="")
    own_days: Mapped[str] = mapped_column(server_default="")
    country: Mapped[str] = mapped_column(server_default="")
    region: Mapped[str] = mapped_column(server_default="")
    holidays: Mapped[Json] = mapped_column(server_default="{}")
    targets: Mapped[str] = mapped_column(server_default="")  # in the words of sla.targets
    # Of all that deadlines hang on: what was read under a key holds as long as it is the same.
    hours_key: Mapped[str] = mapped_column(Computed(HOURS_KEY, persisted=True))
    # By address, members each: who is told what is late, who after them, and who of what is urgent.
    manager: Mapped[str] = mapped_column(server_default="")
    above: Mapped[str] = mapped_column(server_default="")
    critical: Mapped[Texts] = mapped_column(server_default="{}")
    same_day: Mapped[bool] = mapped_column(server_default="false")  # a list when the day is over
    # After how many open days without an answer customers are reminded, and after how many more
    # theirs is closed; 0: never. Whether they are told that one of us has closed it.
    remind_days: Mapped[int] = mapped_column(server_default="0")
    close_days: Mapped[int] = mapped_column(server_default="0")
    tells_closing: Mapped[bool] = mapped_column(server_default="false")
    removed_at: Mapped[datetime | None]
    created_at: Mapped[Created]


class MailboxAddress(Row):
    """An address that leads to a mailbox: its own and its aliases."""

    __tablename__ = "mailbox_address"

    address: Mapped[str] = mapped_column(primary_key=True)
    mailbox_id: Mapped[int] = mapped_column(
        ForeignKey("mailbox.id", ondelete="CASCADE"), index=True
    )


class Membership(Row):
    """An agent's access to a mailbox, and what they want to hear of it by mail."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("notices in ('none', 'mentions', 'mine', 'all')", name="notices"),
        CheckConstraint("digest in ('off', 'hourly', 'daily')", name="digest"),
        CheckConstraint("dispatcher in ('off', 'hourly', 'daily')", name="dispatcher"),
    )

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    mailbox_id: Mapped[int] = mapped_column(
        ForeignKey("mailbox.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    notices: Mapped[str] = mapped_column(server_default="all")
    digest: Mapped[str] = mapped_column(server_default="off")  # instead of single notices
    # How often they are told of what nobody has, and of what is due.
    dispatcher: Mapped[str] = mapped_column(server_default="off")


class Follower(Row):
    """Somebody of ours who was drawn into one conversation: access to it by mail, no more.

    Members of its mailboxes have no need of it. It ends with the row.
    """

    __tablename__ = "follower"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    how: Mapped[str]  # assigned, mentioned or copied
    by_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    created_at: Mapped[Created]


class ListMember(Row):
    """Somebody who has answered for a department that is asked by one address.

    Whom an administrator has removed stays here, so that the next answer does not bring them back.
    """

    __tablename__ = "list_member"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[Created]
    removed_at: Mapped[datetime | None]


class Newcomer(Row):
    """An address that wrote as one of ours and is nobody's: an administrator is asked once.

    It answered for a department, or (`message_id`) wrote to a customer with a mailbox in Cc.
    """

    __tablename__ = "newcomer"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'confirmed', 'refused')", name="state"),
        Index("ix_newcomer_asked_at", "asked_at", postgresql_where=text("asked_at is not null")),
    )

    address: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    list_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str] = mapped_column(server_default="waiting")
    asked_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    created_at: Mapped[Created]


class Session(Row):
    """A signed-in browser: the cookie's SHA-256, so that a copy of the table opens nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_agent_id", "agent_id"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    created_at: Mapped[Created]
    last_seen_at: Mapped[Created]
    expires_at: Mapped[datetime]
    peer: Mapped[str] = mapped_column(server_default="")
    user_agent: Mapped[str] = mapped_column(server_default="")
    how: Mapped[str] = mapped_column(server_default="password")  # they came in: or link, provider


class LoginAttempt(Row):
    """A failed sign-in: slows down guessing by account and by peer, locks nobody out."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_key_at", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[str]
    at: Mapped[Created]


class Setting(Row):
    """What the whole organisation shares: the keyed-check secret, learned things."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Json]


class Blob(Row):
    """Bytes that came by the web and not in a mail, addressed by SHA-256."""

    __tablename__ = "blob"

    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    content: Mapped[Bytes]
    created_at: Mapped[Created]
    agent_id: Mapped[int | None]  # who put it aside last

    __table_args__ = (
        Index(
            "ix_blob_agent_id_created_at",
            "agent_id",
            "created_at",
            postgresql_where=text("agent_id is not null"),
        ),
    )
