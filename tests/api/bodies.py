"""What each change of the API is given, so that nothing but the right is missing."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from inbox.demo.pictures import PHOTO_OF_A_TEAPOT as LOGO

HOME = "support@us.example"
SPAM = {"actions": [{"do": "spam"}]}
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/conversations/{conversation_id}/splits"): {"message": 1},
    ("POST", "/conversations/{conversation_id}/merges"): {"into": 2},
    ("PUT", "/messages/{message_id}/conversation"): {"conversation": 2},
    ("PUT", "/conversations/{conversation_id}/wait"): {"until": "2027-01-01T09:00:00Z"},
    ("PUT", "/conversations/{conversation_id}/snooze"): {"until": "2027-01-01T09:00:00Z"},
    ("PUT", "/conversations/{conversation_id}/mailbox"): {"mailbox": 2},
    ("PUT", "/conversations/{conversation_id}/priority"): {"priority": "high"},
    ("PUT", "/conversations/{conversation_id}/tags"): {"add": ["vip"]},
    ("PUT", "/newcomers/{address}"): {"state": "refused"},
    ("PUT", "/me"): {"name": "Other"},
    ("PUT", "/me/absence"): {"until": "2027-01-01T09:00:00Z"},
    ("PUT", "/me/notices"): {"notices": "mine"},
    ("POST", "/customers/{customer_id}/addresses"): {"address": "pat@home.example"},
    ("POST", "/customers/{customer_id}/phones"): {"number": "+49 30 1234567"},
    ("POST", "/customers/{customer_id}/merges"): {"customer": 2},
    ("POST", "/people"): {"email": "new@us.example", "name": "New", "role": "agent"},
    ("PUT", "/people/{person_id}"): {"name": "Other"},
    ("POST", "/house/mailboxes"): {"address": "sales@us.example", "name": "Sales"},
    ("PUT", "/house/mailboxes/{mailbox_id}"): {"settings": {"language": "it"}},
    ("PUT", "/house/mailboxes/{mailbox_id}/logo"): {"content": b64encode(LOGO).decode()},
    ("PUT", "/tags/{name}"): {"name": "other"},
    ("POST", "/customers/{customer_id}/notes"): {"text": "Calls at night"},
    ("PUT", "/conversations/{conversation_id}/assignee"): {"agent": None},
    ("PUT", "/conversations/{conversation_id}/closure"): {},
    ("PUT", "/conversations/{conversation_id}/classification"): {"solution": "Sent"},
    ("PUT", "/conversations/{conversation_id}/promise"): {"until": "2027-01-01T09:00:00Z"},
    ("POST", "/templates"): {"name": "Refund", "language": "en", "body": "Paid.", "own": True},
    ("POST", "/rules"): {"name": "Spam", "document": SPAM, "mailbox": HOME},
    ("POST", "/rules/trials"): {"document": SPAM, "mailbox": HOME},
    ("PUT", "/rules/{rule_id}"): {"name": "Spam", "document": SPAM, "mailbox": HOME},
    ("PUT", "/rules/{rule_id}/switch"): {"on": True},
    ("PUT", "/rules/{rule_id}/place"): {"place": 1},
    ("POST", "/webhooks"): {"name": "CRM", "url": "https://crm.example/hook"},
    ("PUT", "/webhooks/{webhook_id}"): {"name": "CRM", "url": "https://crm.example/hook"},
    ("POST", "/webhooks/{webhook_id}/trials"): {},
    ("POST", "/webhooks/deliveries/{delivery_id}/tries"): {},
    ("POST", "/several"): {"conversations": [1], "do": "close"},
    ("POST", "/several/undo"): {"events": [1]},
    ("POST", "/workspaces"): {"query": "is:open"},
    ("PUT", "/workspaces/{workspace_id}"): {"query": "is:open", "name": "Open"},
    ("POST", "/conversations"): {
        "mailbox": 1,
        "to": {"address": "glue@supplier.example"},
        "subject": "Glue",
        "text": "Do you have any?",
    },
    ("POST", "/conversations/{conversation_id}/replies"): {"text": "Size 42 it is."},
    ("POST", "/conversations/{conversation_id}/notes"): {"text": "Size 42, I think."},
    ("PUT", "/conversations/{conversation_id}/drafts/{kind}"): {"text": "Size"},
    ("PUT", "/conversations/{conversation_id}/messages/{message_id}/forward-draft"): {"text": "Hi"},
    ("PUT", "/drafts/{letter}"): {"mailbox": 1, "text": "Hi"},
    ("POST", "/conversations/{conversation_id}/forwards"): {"to": "glue@supplier.example"},
}
