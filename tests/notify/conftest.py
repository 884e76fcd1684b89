"""The department in which these stories happen."""

from __future__ import annotations

import pytest

from tests.notify.asking import KAREN, Desk
from tests.notify.morning import Morning, open_morning
from tests.office import Office, office

__all__ = ["desk", "office"]


@pytest.fixture
async def desk(office: Office) -> Desk:
    """Jane has written, and Karen has the notice."""
    home = await office.hears(words="The boots are broken.\n\nJane", Subject="Boots")
    await office.works()
    return Desk(office, home, office.mail_to(KAREN))


@pytest.fixture
async def morning(office: Office) -> Morning:
    """Karen gets no single notices, but each morning what nobody has."""
    return await open_morning(office)
