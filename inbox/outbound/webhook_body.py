"""What another program is told of an event, and how it knows that it is ours.

As Standard Webhooks has it: `webhook-id`, `webhook-timestamp`, and in `webhook-signature` an
HMAC-SHA256 over `id.timestamp.body` with the secret that only both sides know.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from inbox.model.marks import Urgency

PREFIX: Final = "whsec_"
_MOST_TEXT: Final = 4000
# What events say besides is only for us: what was held, and what was found in it.
_TOLD: Final = (
    *("from", "to", "mailbox", "names", "assignee_id", "until", "added", "removed", "priority"),
    *("category", "solution", "people", "value", "rated", "words", "asked", "messages"),
    *("undoes", "undid"),
)


def new_secret(rng: Callable[[int], bytes]) -> str:
    """A secret for both sides: 256 bits."""
    return PREFIX + b64encode(rng(32)).decode()


def signed(secrets: Iterable[str], key: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """The headers by which whoever gets it knows that it is ours, new, and the first or a repeat.

    `key` is the same at every try. Of several signatures one that is right is enough.
    """
    stamp = str(int(now.timestamp()))
    signs = b".".join((key.encode(), stamp.encode(), body))
    keys = (b64decode(secret.removeprefix(PREFIX)) for secret in secrets)
    made = (b64encode(hmac.new(key, signs, sha256).digest()).decode() for key in keys)
    return {
        "content-type": "application/json",
        "user-agent": "inbox-webhook/1",
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{one}" for one in made),
    }


def body_of(row: Mapping[str, Any], *, public_url: str) -> str:
    """An event as JSON, from what `outbound.webhooks` reads of it."""
    payload = row["payload"] or {}
    told = {name: payload[name] for name in _TOLD if name in payload}
    data = {
        "event": row["event_id"],
        "rule": row["rule"] or None,
        "by": {"kind": row["actor_kind"], "id": row["actor_id"], "name": row["actor_name"]},
        "conversation": {
            "id": row["conversation_id"],
            "url": f"{public_url}/conversations/{row['conversation_id']}",
            "subject": row["subject"],
            "status": row["status"],
            "priority": Urgency(row["priority"]).word,
            "tags": row["tags"],
            "category": row["category"],
            "mailbox": {"address": row["address"], "name": row["mailbox_name"]},
            "customer": {"name": row["customer_name"], "address": row["customer_address"]},
            "assignee": row["assignee"],
        },
        "message": _message(row),
        "details": told,
    }
    said = {"type": row["name"], "timestamp": row["at"].isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False)


def _message(row: Mapping[str, Any]) -> dict[str, Any] | None:
    if row["message_id"] is None:
        return None
    told = {
        "id": row["message_id"],
        "kind": row["kind"],
        "visibility": row["visibility"],
        "from": {"name": row["author_name"], "address": row["author_address"]},
        "subject": row["message_subject"],
        "at": row["received_at"].isoformat(),
    }
    # What is said inside stays inside; whoever may read it asks the API.
    is_public = row["visibility"] == "public"
    return told | ({"text": row["text"][:_MOST_TEXT]} if is_public else {})
