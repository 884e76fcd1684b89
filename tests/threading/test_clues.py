from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from inbox.mail.ids import new_message_id
from inbox.mail.thread_index import child, new_root
from inbox.mail.tokens import hash_token
from inbox.model.address import Address
from inbox.model.mail import Attachment, BounceReport, Envelope, Kind, ParsedMail, Verdict
from inbox.threading.clues import Where, find_clues, identity
from inbox.threading.references import hash_id

SECRET = b"secret"
OURS = new_message_id("us.example", SECRET, lambda count: b"a" * count)
TOKEN = "a2" * 13
NOW = datetime(2026, 11, 22, tzinfo=UTC)
MAIL = ParsedMail(
    message_id="own@customer.example",
    from_=(Address(name="Pat", address="Pat@Customer.example"),),
    to=(Address(address="support@us.example"),),
    subject="Re: Boots",
    text="42",
)
ENVELOPE = Envelope(sender="pat@customer.example", recipients=("support@us.example",))


def test_ids_the_answered_first_then_references_newest_first() -> None:
    mail = replace(
        MAIL, in_reply_to=("c@x",), references=("a@x", OURS, "c@x", "own@customer.example")
    )
    answers = find_clues(mail, ENVELOPE, SECRET).answers
    assert [(one.message_id, one.where, one.is_ours) for one in answers] == [
        ("c@x", Where.IN_REPLY_TO, False),
        (OURS, Where.REFERENCES, True),
        ("a@x", Where.REFERENCES, False),
    ]


def test_what_to_look_for_in_the_store() -> None:
    clues = find_clues(replace(MAIL, in_reply_to=("c@x",)), ENVELOPE)
    assert clues.id_hashes == (hash_id("c@x"), hash_id("own@customer.example"))
    assert find_clues(replace(MAIL, message_id=""), ENVELOPE).id_hashes == ()


@pytest.mark.parametrize("field", ["recipients", "delivered_to", "to", "cc"])
def test_tokens_in_every_recipient_field(field: str) -> None:
    address = f"support+r.{TOKEN}@us.example"
    mail, envelope = MAIL, ENVELOPE
    if field == "recipients":
        envelope = replace(ENVELOPE, recipients=(address,))
    elif field == "delivered_to":
        mail = replace(MAIL, delivered_to=(address, address))
    elif field == "to":
        mail = replace(MAIL, to=(Address(address=address.upper()),))
    else:
        mail = replace(MAIL, cc=(Address(address=address),))
    clues = find_clues(mail, envelope)
    assert [(one.verb, one.key) for one in clues.tokens] == [("r", hash_token(TOKEN))]
    assert clues.token_hashes == (hash_token(TOKEN),)


def test_author_recipients_and_subject_in_comparable_form() -> None:
    clues = find_clues(MAIL, ENVELOPE)
    assert clues.author == "pat@customer.example"
    assert clues.organisation == "customer.example"
    assert clues.recipients == {"support@us.example"}
    assert (clues.subject.text, clues.subject.is_reply) == ("boots", True)
    assert find_clues(replace(MAIL, from_=()), ENVELOPE).author == ""


def test_the_root_of_outlooks_index() -> None:
    root = new_root(NOW, bytes(16))
    assert find_clues(replace(MAIL, thread_index=child(root, NOW, 1)), ENVELOPE).thread_root == root
    assert find_clues(replace(MAIL, thread_index=b"x"), ENVELOPE).thread_root == b""


def test_the_mail_inside_a_bounce_or_a_receipt() -> None:
    bounce = Verdict(kind=Kind.BOUNCE, bounce=BounceReport(original_message_id=OURS))
    clues = find_clues(MAIL, ENVELOPE, SECRET, verdict=bounce)
    assert clues.kind is Kind.BOUNCE
    assert [(one.message_id, one.where) for one in clues.answers] == [(OURS, Where.ENCLOSED)]
    receipt = replace(MAIL, headers=(("Original-Message-ID", f"<{OURS}>"),))
    assert find_clues(receipt, ENVELOPE).answers[0].where is Where.ENCLOSED


def test_identity_is_id_sender_and_content_together() -> None:
    same = [
        replace(MAIL, text="42  \n\n"),
        replace(MAIL, from_=(Address(name="P.", address="pat@customer.example"),)),
        replace(MAIL, to=(), received_count=9),
    ]
    file = Attachment(part=1, filename="a", content_type="a/b", size=1, sha256="00")
    other = [
        replace(MAIL, message_id="another@customer.example"),
        replace(MAIL, from_=(Address(address="lee@customer.example"),)),
        replace(MAIL, text="43"),
        replace(MAIL, attachments=(file,)),
    ]
    assert {identity(one) for one in same} == {identity(MAIL)}
    assert len({identity(one) for one in [MAIL, *other]}) == 5


def test_two_mails_without_an_id_differ_by_date_and_subject() -> None:
    bare = replace(MAIL, message_id="", date=NOW)
    assert identity(bare) == identity(replace(bare))
    assert identity(bare) != identity(replace(bare, subject="Other"))
    assert identity(bare) != identity(replace(bare, date=NOW.replace(hour=1)))


def test_very_many_ids_are_bounded() -> None:
    mail = replace(MAIL, references=tuple(f"{n}@x" for n in range(5000)))
    answers = find_clues(mail, ENVELOPE).answers
    assert len(answers) == 60
    assert answers[0].message_id == "4999@x"
