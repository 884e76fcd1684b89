"""Rules and webhooks on their pages, without any script."""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Any

import pytest

from inbox.rules.spelled import Line
from inbox.store.tables import Mailbox
from inbox.web.routes import house_rules
from inbox.web.rule_forms import behind
from tests.http.company import Company
from tests.http.conftest import Doors

LINES = {
    "about": ["words", "", "sender"],
    "negate": ["", "", "not"],
    "value": ["boots", "", "*@else.example"],
    "do": ["tag", ""],
    "what": ["shoes", ""],
}


async def test_a_rule_is_written_in_lines_tried_and_switched_on(
    doors: Doors, company: Company, support: Mailbox, boots: int
) -> None:
    mia = await doors.open(await company.agent("Mia Wolf", support.address, role="manager"))
    form = {"name": "Boots", "mailbox": support.address, **LINES}
    tried = await mia.post("/house/rules", form | {"trial": "1"})
    assert "It would have matched 1 time" in tried.text
    assert f'href="/conversations/{boots}"' in tried.text
    assert (
        "Boots" not in (await mia.page("/house/rules")).partition("<main")[2].partition("href")[0]
    )
    wrong = await mia.post("/house/rules", form | {"do": ["promise"], "what": ["soon"]})
    assert wrong.status_code == 422
    assert "Write the hours of a promise as a number from 1 to 1000." in wrong.text
    nothing = await mia.post("/house/rules", form | {"do": [""], "what": [""]})
    assert "A rule has to do something: choose at least one action." in nothing.text
    kept = await mia.post("/house/rules", form)
    assert "switched off. Try it" in kept.text
    assert 'value="*@else.example"' in kept.text
    listed = await mia.post(f"{kept.url.path}/switch?_method=put", {"on": "on"})
    assert "Switch off" in listed.text
    changed = await mia.post(f"{kept.url.path}?_method=put", form | {"name": "Shoes"})
    assert "version 3" in changed.text
    back = await mia.post(f"{kept.url.path}/versions/1?_method=put")
    assert "<bdi>Boots</bdi></h2>" in back.text
    more = await mia.post(f"{kept.url.path}?_method=put", form | {"more": "1"})
    assert more.text.count('name="about"') == 2 + 6
    most = {"about": ["words"] * 50, "negate": [""] * 50, "value": ["boots"] * 50}
    longest = form | most | {"do": ["tag"] * 50, "what": ["shoes"] * 50}
    assert "version 5" in (await mia.post(f"{kept.url.path}?_method=put", longest)).text
    await mia.post(f"{kept.url.path}?_method=delete")
    assert (await mia.get(kept.url.path)).status_code == 404
    # Those of the house are to be read, and an administrator's to write and to switch.
    assert (await mia.post("/house/rules", form | {"mailbox": ""})).status_code == 403
    ada = await doors.open(await company.agent("Ada Boss", role="admin"))
    house = (await ada.post("/house/rules", form | {"mailbox": ""})).url.path
    assert (await mia.get(house)).status_code == 200
    changes: dict[str, dict[str, Any]] = {
        "?_method=put": form,
        "/switch?_method=put": {"on": "on"},
        "/place?_method=put": {"place": "1"},
        "/versions/1?_method=put": {},
        "?_method=delete": {},
    }
    for asked, said in changes.items():
        assert (await mia.post(f"{house}{asked}", said)).status_code == 403, asked


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Line("assign_load"), "everybody of the mailbox"),
        (Line("assign_turn", "skill: routers"), "everybody of the mailbox, skill: routers"),
        (Line("assign_turn", "ann@us.example, also taken"), "ann@us.example, also taken"),
        (Line("tag", "vip"), "vip"),
    ],
)
def test_to_whom_a_rule_gives_is_said(line: Line, said: str) -> None:
    assert behind(NullTranslations(), line) == said


async def test_a_trial_says_how_far_it_is_and_goes_on_by_itself(
    doors: Doors,
    company: Company,
    support: Mailbox,
    boots: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        house_rules, "_PATIENCE", 0.0
    )  # after each mail the page says how far it is
    mia = await doors.open(await company.agent("Mia Wolf", support.address, role="manager"))
    form = {"name": "Boots", "mailbox": support.address, **LINES}
    begun = await mia.post("/house/rules", form | {"trial": "1"})
    [goes_on] = set(re.findall(r'name="before" value="([0-9 ]+)"', begun.text))
    assert goes_on.endswith(" 1 1")
    assert f'hx-vals=\'{{"before": "{goes_on}"}}\'' in begun.text
    assert "/htmx." in begun.text
    part = await mia.post(
        "/house/rules", form | {"before": goes_on}, headers={"hx-request": "true"}
    )
    assert part.text.lstrip().startswith('<hx-partial hx-target="#trial-said"')
    assert "It would have matched 1 time" in part.text
    assert "hx-trigger" not in part.text
    whole = await mia.post("/house/rules", form | {"before": goes_on})  # without scripts
    assert "It would have matched 1 time" in whole.text
    wrong = await mia.post("/house/rules", form | {"before": "1 2"})
    assert wrong.status_code == 422


async def test_a_program_is_added_tried_and_removed(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    ada = await doors.open(await company.agent("Ada Boss", support.address, role="admin"))
    form = {"name": "CRM", "url": "https://crm.example/hook", "events": "*", "enabled": "on"}
    inside = await ada.post("/house/webhooks", form | {"url": "https://[::ffff:10.0.0.1]/"})
    assert "private address" in inside.text
    made = await ada.post("/house/webhooks", form)
    assert "whsec_" in made.text
    assert "whsec_" not in await ada.page(made.url.path)
    renewed = await ada.post(f"{made.url.path}/secret?_method=put")
    assert "whsec_" in renewed.text
    tried = await ada.post(f"{made.url.path}/trials")
    assert "on its way" in tried.text
    [row] = re.findall(r'id="(delivery-\d+)"', tried.text)
    again = await ada.post(f"{made.url.path}/{row.replace('delivery-', 'deliveries/')}")
    assert str(again.url).endswith(f"#{row}")
    assert "crm.example" in await ada.page("/house/webhooks")
    await ada.post(f"{made.url.path}?_method=delete")
    assert "CRM" not in await ada.page("/house/webhooks")
