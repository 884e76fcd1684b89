"""How a notice looks in programs that know little of CSS."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from tests.office import Office


async def test_its_letters_are_the_same_in_and_out_of_tables(office: Office) -> None:
    await office.hears(words="Boots", From="Pat Lee <pat@shop.example>")
    await office.works()
    cells = LexborHTMLParser(office.mail_to("karen@us.example").html).css("td")
    assert cells
    for cell in cells:  # Word lets no style into a table
        style = cell.attributes["style"] or ""
        assert style.startswith("font-family:'Segoe UI',")
        assert "font-size:16px" in style
