"""To whom an answer goes: a table of cases."""

from __future__ import annotations

import pytest

from inbox.desk.recipients import Addressed, Answered, addressed
from inbox.model.address import Address

JANE = Address(name="Jane", address="jane@shop.example")
HOME = Address(name="Jane at home", address="jane@home.example")
TOM = Address(address="tom@shop.example")
US = Address(name="Support", address="support@us.example")
TOKEN = Address(address="support+r.abcdefghijklmnopqrstuvwx23@us.example")
FORGED = Answered(author=JANE, reply_to=(HOME,), cc=(TOM,), is_forged=True)
NAMELESS = Address(address=JANE.address)
EVIL = Address(address="a@b>\r\nRCPT TO:<v@x")


@pytest.mark.parametrize(
    ("mail", "cc", "expected"),
    [
        (Answered(author=JANE), None, Addressed(to=(JANE,), cc=())),
        (Answered(author=JANE, to=(US, TOM)), None, Addressed(to=(JANE,), cc=(TOM,))),
        (Answered(author=JANE, cc=(TOM, JANE, US, TOKEN)), None, Addressed(to=(JANE,), cc=(TOM,))),
        (Answered(author=JANE, cc=(TOM,)), (), Addressed(to=(JANE,), cc=())),
        (Answered(author=JANE, cc=(TOM,)), (HOME,), Addressed(to=(JANE,), cc=(HOME,))),
        (Answered(author=JANE, reply_to=(HOME,)), None, Addressed(to=(HOME,), cc=())),
        (Answered(author=JANE, reply_to=(US, TOKEN)), None, Addressed(to=(JANE,), cc=())),
        (
            Answered(author=JANE, reply_to=(HOME, TOM, US, TOKEN)),
            None,
            Addressed(to=(JANE,), cc=()),
        ),
        (Answered(author=JANE, reply_to=(NAMELESS,)), None, Addressed(to=(JANE,), cc=())),
        (FORGED, None, Addressed(to=(JANE,), cc=())),
        (Answered(author=EVIL), None, Addressed(to=(), cc=())),
        (Answered(author=JANE, cc=(EVIL,)), None, Addressed(to=(JANE,), cc=())),
    ],
)  # fmt: skip
def test_addressed(mail: Answered, cc: tuple[Address, ...] | None, expected: Addressed) -> None:
    assert addressed(mail, lambda address: address.endswith("@us.example"), cc) == expected
