"""Lines on top of a mail that say to whom it is to go."""

from __future__ import annotations

import pytest

from inbox.mail.to_lines import ToLines, to_lines

PAT, BO = "pat@shop.example", "bo@shop.example"


@pytest.mark.parametrize(
    ("text", "to", "cc", "rest"),
    [
        ("@to pat@shop.example\n\nHello", (PAT,), (), "Hello"),
        ("To: pat@shop.example\nHello", (PAT,), (), "Hello"),
        ("\nAn: pat@shop.example, bo@shop.example;\n\nHallo", (PAT, BO), (), "Hallo"),
        ("A: pat@shop.example\nCopia: bo@shop.example\nCiao", (PAT,), (BO,), "Ciao"),
        ("Кому: pat@shop.example\nКопия: bo@shop.example\nПривет", (PAT,), (BO,), "Привет"),
        ("＠宛先：　pat@shop.example\nこんにちは", (PAT,), (), "こんにちは"),
        ("@to Pat Lee <pat@shop.example>\nHello", (PAT,), (), "Hello"),
        ('@to "Lee, Pat" <pat@shop.example>, Bo <bo@shop.example>\nHello', (PAT, BO), (), "Hello"),
        ("@to pat@shop.example<mailto:pat@shop.example>\nHello", (PAT,), (), "Hello"),
        ("@cc bo@shop.example\nHello", (), (BO,), "Hello"),
        ("Hello,\n@to pat@shop.example", (), (), "Hello,\n@to pat@shop.example"),
        ("To pat@shop.example I have written already.", (), (), None),
        ("A friend (pat@shop.example) told me of it.", (), (), None),
        ("to whom it may concern", (), (), None),
        ("", (), (), ""),
    ],
)  # fmt: skip
def test_to_lines(text: str, to: tuple[str, ...], cc: tuple[str, ...], rest: str | None) -> None:
    expected = ToLines(to=to, cc=cc, rest=text if rest is None else rest)
    found = to_lines(text)
    assert (found.to, found.cc, found.rest.lstrip("\n")) == (to, cc, expected.rest)
