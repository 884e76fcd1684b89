"""All tables of the house."""

from __future__ import annotations

from inbox.store.tables.access import (
    Invitation,
    ProviderIdentity,
    RecoveryCode,
    SecondStep,
    SignInLink,
)
from inbox.store.tables.approved import Template, TemplateFile, TemplateText
from inbox.store.tables.browsing import Seen, Workspace
from inbox.store.tables.by_mail import Held, Ordered, ReplyToken
from inbox.store.tables.conversation import (
    Barred,
    Conversation,
    ConversationMailbox,
    Event,
    File,
    Message,
    MessageRef,
    Participant,
)
from inbox.store.tables.customers import (
    AddressRefused,
    Customer,
    CustomerAddress,
    CustomerMerge,
    CustomerPhone,
)
from inbox.store.tables.digest import Digest
from inbox.store.tables.drafts import Draft, DraftFile
from inbox.store.tables.figures import DayFigure, FirstAnswer
from inbox.store.tables.noted import CustomerNote, Following, PicturesShown
from inbox.store.tables.people import (
    Agent,
    AgentAddress,
    Blob,
    Follower,
    ListMember,
    LoginAttempt,
    Mailbox,
    MailboxAddress,
    Membership,
    Newcomer,
    Session,
    Setting,
)
from inbox.store.tables.programs import ApiAnswer, ApiToken, MailPassword
from inbox.store.tables.queues import Job, Outbound, OutboundRecipient, Spool
from inbox.store.tables.row import Row
from inbox.store.tables.ruled import (
    HouseRule,
    RuleDone,
    RuleStamp,
    RuleVersion,
    Webhook,
    WebhookDelivery,
)
from inbox.store.tables.satisfaction import Satisfaction
from inbox.store.tables.search import MessageWords
from inbox.store.tables.signatures import Logo, SignatureSeen

__all__ = [
    "AddressRefused",
    "Agent",
    "AgentAddress",
    "ApiAnswer",
    "ApiToken",
    "Barred",
    "Blob",
    "Conversation",
    "ConversationMailbox",
    "Customer",
    "CustomerAddress",
    "CustomerMerge",
    "CustomerNote",
    "CustomerPhone",
    "DayFigure",
    "Digest",
    "Draft",
    "DraftFile",
    "Event",
    "File",
    "FirstAnswer",
    "Follower",
    "Following",
    "Held",
    "HouseRule",
    "Invitation",
    "Job",
    "ListMember",
    "LoginAttempt",
    "Logo",
    "MailPassword",
    "Mailbox",
    "MailboxAddress",
    "Membership",
    "Message",
    "MessageRef",
    "MessageWords",
    "Newcomer",
    "Ordered",
    "Outbound",
    "OutboundRecipient",
    "Participant",
    "PicturesShown",
    "ProviderIdentity",
    "RecoveryCode",
    "ReplyToken",
    "Row",
    "RuleDone",
    "RuleStamp",
    "RuleVersion",
    "Satisfaction",
    "SecondStep",
    "Seen",
    "Session",
    "Setting",
    "SignInLink",
    "SignatureSeen",
    "Spool",
    "Template",
    "TemplateFile",
    "TemplateText",
    "Webhook",
    "WebhookDelivery",
    "Workspace",
]
