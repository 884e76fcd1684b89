"""A notice says where the same customer wrote about the same."""

from __future__ import annotations

from tests.office import Office, office

__all__ = ["office"]


async def test_the_same_customer_wrote_about_this(office: Office) -> None:
    first = await office.hears(
        office.letter("The zipper of the green tent tore at the camp.", Subject="Tent")
    )
    await office.works()
    await office.hears(
        office.letter("The tent: when is the zipper repaired? We camp in May.", Subject="Repair")
    )
    await office.works()
    notice = office.mail_to("karen@us.example")
    assert notice.mail["Subject"] == "Repair"
    line = next(line for line in notice.text.splitlines() if "wrote about this" in line)
    assert line == (
        "Jane Doe wrote about this on 3 March 2025 09:01 (Tent): "
        f"https://desk.us.example/conversations/{first}"
    )
    assert f'href="https://desk.us.example/conversations/{first}"' in notice.html


async def test_nothing_is_said_of_other_matters(office: Office) -> None:
    await office.hears(office.letter("The zipper of the green tent tore.", Subject="Tent"))
    await office.hears(office.letter("Please send a bill.", Subject="Bill"))
    await office.works()
    assert "wrote about this" not in office.mail_to("karen@us.example").text
