"""Whose mails a rule is tried on."""

from __future__ import annotations

import pytest

from inbox.asgi.ruled import tried_in
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER])
@pytest.mark.parametrize(("mailbox", "tried"), [(None, [1, 2]), (2, [2]), (3, [])])
def test_nobody_counts_mails_of_others(role: Role, mailbox: int | None, tried: list[int]) -> None:
    ann = Viewer(id=1, name="Ann", email="a@us.example", role=role, mailboxes=frozenset({1, 2}))
    assert tried_in(mailbox, ann) == tried
