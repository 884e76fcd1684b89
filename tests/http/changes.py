"""What every change of the web view and the API is given where its right is what matters.

Numbers are named: a value of `NUMBERS` stands for the number of that thing in the company of the
test, and so does what stands in braces in an address. What is not here is given nothing.
"""

from __future__ import annotations

from typing import Any, Final

from tests.api.bodies import BODIES

CONVERSATION: Final = "/conversations/{conversation_id}"
_LATER = {"until": "3 days"}
_SPAM = {"name": "Spam", "mailbox": "support@us.example", "about": ["words"], "value": ["win"]}
_RULE = _SPAM | {"negate": [""], "do": ["spam"], "what": [""]}
_HOOK = {"name": "Shop", "url": "https://shop.example/hook", "events": "*", "enabled": "on"}
_LETTER = {"to": "glue@supplier.example", "text": "Do you have any?"}
_FIRST = _LETTER | {"subject": "Glue", "mailbox": "mailbox"}
_PASS_ON = _LETTER | {"message": "message"}
_TEXT = {"name": "Refund", "language": "en", "body": "Paid."}

# By method and path the fields of a form.
FORMS: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("POST", "/conversations"): _FIRST,
    ("POST", "/conversations/new/preview"): _FIRST,
    ("POST", "/conversations/new/draft"): _FIRST | {"key": "a-letter"},
    ("DELETE", "/conversations/new/draft"): _FIRST | {"key": "a-letter"},
    ("POST", "/conversations/new/texts"): _FIRST | {"insert": "text"},
    ("POST", "/dispatch/assignments"): {"conversation": ["conversation"], "agent": "me"},
    ("POST", "/workspaces"): {"query": "is:open"},
    ("POST", "/workspaces/{workspace_id}"): {"query": "is:open", "name": "Open"},
    ("POST", f"{CONVERSATION}/presence"): {"page": "p", "doing": "looking"},
    ("PUT", "/settings/sound"): {"sound": "true"},
    ("POST", f"{CONVERSATION}/replies"): {"text": "Size 42 it is."},
    ("POST", f"{CONVERSATION}/notes"): {"text": "Size 42, I think."},
    ("PUT", "/writing"): {"markdown": "true"},
    ("POST", f"{CONVERSATION}/preview"): {"text": "Size"},
    ("POST", f"{CONVERSATION}/forwards"): _PASS_ON,
    ("POST", f"{CONVERSATION}/forwards/draft"): _PASS_ON,
    ("DELETE", f"{CONVERSATION}/forwards/draft"): _PASS_ON,
    ("POST", f"{CONVERSATION}/forwards/preview"): _PASS_ON,
    ("POST", f"{CONVERSATION}/forwards/texts"): _PASS_ON | {"insert": "text"},
    ("POST", f"{CONVERSATION}/texts"): {"text": "Size", "insert": "text"},
    ("POST", f"{CONVERSATION}/draft"): {"text": "Size", "kind": "reply"},
    ("DELETE", f"{CONVERSATION}/draft"): {"text": "Size", "kind": "reply"},
    **{
        ("POST", path): {"conversation": ["conversation"], **_LATER}
        for path in ("/marked", "/closures", "/assignments", "/waits", "/spam", "/snoozes")
    },
    ("POST", "/taggings"): {"conversation": ["conversation"], "tags": "vip, glue"},
    ("POST", "/priorities"): {"conversation": ["conversation"], "priority": "high"},
    ("POST", "/moves"): {"conversation": ["conversation"], "to": "billing"},
    ("POST", "/merges"): {"conversation": ["conversation", "into"]},
    **{(method, f"{CONVERSATION}/assignee"): {"agent": "me"} for method in ("POST", "PUT")},
    ("POST", f"{CONVERSATION}/promise"): _LATER,
    ("POST", f"{CONVERSATION}/category"): {"category": "Size"},
    ("POST", f"{CONVERSATION}/solution"): {"solution": "Sent"},
    ("DELETE", f"{CONVERSATION}/followers"): {"agent": "me"},
    ("POST", f"{CONVERSATION}/snooze"): _LATER,
    ("POST", f"{CONVERSATION}/wait"): _LATER,
    ("POST", f"{CONVERSATION}/mailbox"): {"mailbox": "billing"},
    ("POST", f"{CONVERSATION}/priority"): {"priority": "high"},
    ("POST", f"{CONVERSATION}/tags"): {"tags": "vip, glue"},
    ("POST", f"{CONVERSATION}/splits"): {"message": "newest"},
    ("POST", f"{CONVERSATION}/messages/{{message_id}}/home"): {"conversation": "into"},
    ("POST", f"{CONVERSATION}/merge"): {"conversation": "into"},
    **{
        (method, f"{CONVERSATION}/customer/contacts"): {"contact": "pat@home.example"}
        for method in ("POST", "DELETE")
    },
    ("POST", f"{CONVERSATION}/customer/notes"): {"text": "Calls at night"},
    ("POST", f"{CONVERSATION}/customer/merges"): {"address": "kim@other.example"},
    ("PUT", "/settings/me"): {"name": "Somebody", "language": "it"},
    ("PUT", "/settings/absence"): {"day": "2026-11-24"},
    ("PUT", "/settings/signature"): {"lines": "Yours"},
    ("PUT", "/settings/notices"): {
        "quiet_from": "20:00",
        "quiet_to": "07:00",
        "digest_at": "09:00",
    },
    ("PUT", "/settings/notices/{mailbox_id}"): {"notices": "mine"},
    ("POST", "/settings/tokens"): {"name": "script"},
    ("POST", "/settings/mail-passwords"): {"name": "phone"},
    ("POST", "/house/texts"): _TEXT | {"mailbox": "alone"},
    ("PUT", "/house/tags/{name}"): {"name": "important"},
    ("PUT", "/house/newcomers"): {"address": "lee"},
    ("DELETE", "/house/newcomers"): {"address": "liz"},
    ("POST", "/house/rules"): _RULE,
    ("PUT", "/house/rules/{rule_id}"): _RULE | {"name": "Junk"},
    ("PUT", "/house/rules/{rule_id}/switch"): {"on": "on"},
    ("PUT", "/house/rules/{rule_id}/place"): {"place": "1"},
    ("POST", "/house/webhooks"): _HOOK,
    ("PUT", "/house/webhooks/{webhook_id}"): _HOOK | {"name": "ERP"},
    ("POST", "/house/people"): {"name": "Newer", "email": "newer@us.example", "role": "agent"},
    ("PUT", "/house/people/{agent_id}"): {"name": "Other"},
    ("POST", "/house/people/{agent_id}/addresses"): {"address": "new@home.example"},
    ("DELETE", "/house/people/{agent_id}/addresses"): {"address": "new@home.example"},
    ("PUT", "/house/people/{agent_id}/absence"): {"day": "2026-11-24"},
    ("POST", "/house/mailboxes"): {
        "name": "Sales",
        "address": "vendite@us.example",
        "language": "en",
        "zone": "UTC",
    },
    ("PUT", "/house/mailboxes/{mailbox_id}"): {"language": "it"},
    **{
        (method, "/house/mailboxes/{mailbox_id}/aliases"): {"address": "verkauf@us.example"}
        for method in ("POST", "DELETE")
    },
    ("POST", "/house/mailboxes/{mailbox_id}/members"): {"email": "newer@us.example"},
    ("POST", "/house/mailboxes/{mailbox_id}/trials"): {"to": "mailbox"},
    ("POST", "/house/departments"): {"name": "Stores", "address": "stores@us.example"},
    ("POST", "/house/departments/{department_id}/speakers"): {"email": "newer@us.example"},
}
# As the API calls them; what is a number there is one of these here.
_NUMBERED: Final = {
    "message": "message",
    "into": "into",
    "conversation": "into",
    "conversations": "conversation",
    "mailbox": "billing",
    "customer": "kim",
    "events": "event",
}


def given(method: str, path: str) -> dict[str, Any]:
    """What a change is given, its numbers named."""
    if not path.startswith("/api/"):
        return FORMS.get((method, path), {})
    body = BODIES.get((method, path.removeprefix("/api/v1")), {})
    return {key: _named(key, value) for key, value in body.items()}


def _named(key: str, value: object) -> object:
    if isinstance(value, list) and value and isinstance(value[0], int):
        return [_NUMBERED.get(key, key)]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return _NUMBERED.get(key, value) if is_number else value
