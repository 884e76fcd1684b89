"""What is kept of a mail to be read lets nobody in."""

from __future__ import annotations

import pytest

from inbox.mail.ways_in import closed
from tests.growth import assert_linear

KEY = "inbox_" + "Ab3_-" * 8 + "xyz"
AT = "https://desk.us.example"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Come in: {AT}/invitations/{KEY}.", f"Come in: {AT}/invitations/…."),
        (f"<{AT}/inbox/sign-in/links/{KEY}>", f"<{AT}/inbox/sign-in/links/…>"),
        (f'<a href="{AT}/invitations/{KEY}">', f'<a href="{AT}/invitations/…">'),
        (
            f"https%3A%2F%2Fdesk%2Finvitations%2F{KEY}&x=1",
            "https%3A%2F%2Fdesk%2Finvitations%2F…&x=1",
        ),
        (f"> {AT}/invitations/{KEY[:30]}\n> {KEY[30:]}\n> Ann", f"> {AT}/invitations/…\n> Ann"),
        (f"{AT}/invitations/{KEY[:9]}=\r\n{KEY[9:]} now", f"{AT}/invitations/… now"),
        (f"> {AT}/invitations/{KEY[:3]}\n> {KEY[3:]}", f"> {AT}/invitations/…"),
    ],
)
def test_what_lets_in_is_taken_out(text: str, left: str) -> None:
    assert closed(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "https://party.example/invitations/summer-party",
        f"{AT}/invitations/{KEY}x",
        f"https://supplier.example/invitations/{KEY[6:]}",  # of another service
        f"{AT}/invitations/summer\nparty of the year",
        f"/links/{KEY}",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert closed(text) == text


def test_reading_grows_with_the_text_alone() -> None:
    assert_linear(lambda size: closed("/invitations/" * size + "a\n> " * size), 2_000)
