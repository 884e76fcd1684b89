from __future__ import annotations

import pytest

from inbox.mail.classify import classify
from inbox.mail.parse import parse
from inbox.model.address import Address
from inbox.model.mail import Envelope
from inbox.threading.reply_to import is_own, named_in_reply_to

JANE = "From: Jane Doe <jane@shop.example>\n"


def named(headers: str) -> str | None:
    mail = parse(f"{headers}To: support@us.example\nSubject: Boots\n\nToo small.\n".encode())
    envelope = Envelope(sender="jane@shop.example", recipients=("support@us.example",))
    found = named_in_reply_to(mail, classify(mail, envelope, ()))
    return found.address if found else None


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (JANE + "Reply-To: jane@home.example\n", "jane@home.example"),
        (JANE + "Reply-To: Jane Doe <Jane.Doe@Home.Example>\n", "jane.doe@home.example"),
        (JANE + "Reply-To: nora.dorn@home.example\n", "nora.dorn@home.example"),
        (JANE + "Reply-To: jane@home.example, Jane <JANE@home.example>\n", "jane@home.example"),
        (JANE, None),
        (JANE + "Reply-To: jane@shop.example\n", None),
        (JANE + "Reply-To: jane@home.example, tom@home.example\n", None),
        (JANE + "Reply-To: jane@shop.example, jane@home.example\n", None),
        (JANE + "From: tom@shop.example\nReply-To: jane@home.example\n", None),
    ],
)
def test_one_other_address_of_a_person(headers: str, address: str | None) -> None:
    assert named(headers) == address


@pytest.mark.parametrize(
    "header",
    [
        "List-Id: <users.lists.example>",
        "List-Post: <mailto:users@lists.example>",
        "List-Unsubscribe: <https://lists.example/u>",
        "Mailing-List: list users@lists.example",
        "Precedence: list",
        "Precedence: bulk",
        "Auto-Submitted: auto-generated",
    ],
)
def test_what_a_list_or_a_program_says_is_nobodys(header: str) -> None:
    assert named(f"{JANE}Reply-To: jane@home.example\n{header}\n") is None


@pytest.mark.parametrize(
    "local",
    [
        "noreply", "no-reply", "do-not-reply", "donotreply", "reply+ab12cd", "jane+case", "bounces",
        "case-4711123", "info", "support", "office", "wordpress", "web-form", "shop.orders",
        "0f3b9c2d7a61", "jane=home.example", "a" * 41,
    ],
)  # fmt: skip
def test_robots_desks_and_addresses_for_one_matter(local: str) -> None:
    assert named(f"{JANE}Reply-To: {local}@home.example\n") is None
    # Nor does a form speak of itself: behind it is another person each time.
    assert named(f"From: Jane Doe <{local}@shop.example>\nReply-To: jane@home.example\n") is None


@pytest.mark.parametrize(
    ("author", "address", "name", "own"),
    [
        ("jane@shop.example", "jane.doe@shop.example", "", True),
        ("jane@shop.example", "jane.doe@mail.shop.example", "jane doe", True),
        ("jane@shop.example", "tom@shop.example", "Tom Doe", False),
        ("jane@shop.example", "jane@home.example", "Jane Doe", False),
        ("jane@gmail.com", "jane.doe@gmail.com", "Jane Doe", False),
        ("jane@gmail.com", "jane@shop.example", "Jane Doe", False),
    ],
)
def test_what_counts_at_once(author: str, address: str, name: str, own: bool) -> None:
    writer = Address(name="Jane Doe", address=author)
    assert is_own(writer, Address(name=name, address=address)) is own


def test_nothing_is_nobodys() -> None:
    assert not is_own(Address(address="jane@shop.example"), Address())
