"""What Amazon's notifications say of mails that went through its relay."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox.mail.classify import classify
from inbox.mail.parse import parse
from inbox.model.mail import Envelope, Kind, ParsedMail

SNS = Envelope(sender="0101@amazonses.example", recipients=("support@desk.example",))
MAIL = {"headers": [{"name": "Message-ID", "value": "<ours@desk.example>"}]}
BOUNCE = {
    "notificationType": "Bounce",
    "bounce": {
        "bounceType": "Permanent",
        "bouncedRecipients": [
            {
                "emailAddress": "bob@kunde.example",
                "status": "5.1.1",
                "diagnosticCode": "smtp; 550 5.1.1 user unknown",
            },
            {"emailAddress": "eve@kunde.example", "status": "5.2.2", "diagnosticCode": "full"},
        ],
    },
    "mail": MAIL,
}


def notification(said: object, *, joint: str = "") -> ParsedMail:
    body = json.dumps(said)
    body = f"{body[:100]}{joint}{body[100:]}\n\n--\nTo stop this, visit https://aws.example\n"
    return parse(
        (
            "From: SES <no-reply@sns.example>\nTo: support@desk.example\n"
            "Subject: AWS Notification Message\nx-amz-sns-message-id: 1-2-3\n\n" + body
        ).encode()
    )


@pytest.mark.parametrize("said", [BOUNCE, {"Type": "Notification", "Message": json.dumps(BOUNCE)}])
@pytest.mark.parametrize("joint", ["", "!\n "])
def test_a_bounce(said: dict[str, Any], joint: str) -> None:
    verdict = classify(notification(said, joint=joint), SNS)
    assert verdict.kind is Kind.BOUNCE
    assert verdict.bounce is not None
    assert verdict.bounce.original_message_id == "ours@desk.example"
    assert [(one.address, one.permanent) for one in verdict.bounce.recipients] == [
        ("bob@kunde.example", True),
        ("eve@kunde.example", False),
    ]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            {
                "notificationType": "Complaint",
                "complaint": {"complainedRecipients": [{"emailAddress": "bob@kunde.example"}]},
            },
            Kind.ABUSE_REPORT,
        ),
        (
            {"eventType": "Delivery", "delivery": {"recipients": ["bob@kunde.example"]}},
            Kind.RECEIPT,
        ),
        ({"notificationType": "Bounce", "bounce": []}, Kind.HUMAN),
        ([1, 2], Kind.HUMAN),
    ],
)
def test_other_notifications(said: object, kind: Kind) -> None:
    assert classify(notification(said), SNS).kind is kind
