"""What somebody writes in a text field becomes both forms of a mail, and can do nothing."""

from __future__ import annotations

import pytest

from inbox.mail.markdown import Written, write
from tests.growth import assert_linear

SHOT = {"shot.png": "p1@inline"}


def marked(source: str, **pictures: str) -> Written:
    return write(source, pictures, is_markdown=True)


def test_markdown_has_a_form_and_a_text_that_reads_well() -> None:
    found = marked(
        "Dear Pat,\n\n**Please** do this:\n\n1. open [the form](https://us.example/form)\n"
        "2. write to help@us.example\n\nAnn\nSupport"
    )
    assert "<strong>Please</strong>" in found.html
    assert "<ol>" in found.html
    assert 'href="https://us.example/form"' in found.html
    assert 'href="mailto:help@us.example"' in found.html
    assert "Ann<br>" in found.html
    assert found.text == (
        "Dear Pat,\n\nPlease do this:\n\n1. open the form <https://us.example/form>\n"
        "2. write to help@us.example\n\nAnn\nSupport"
    )


def test_plain_text_stays_as_it_is() -> None:
    source = "2 * 3 * 4 is **24**\n  indented"
    assert write(source, {}, is_markdown=False) == Written(text=source)


@pytest.mark.parametrize("is_markdown", [True, False])
def test_a_picture_stands_in_the_words(is_markdown: bool) -> None:
    source = "See here:\n\n![the <sole>](Shot.png)\n\nand ![other](other.png)"
    found = write(source, SHOT, is_markdown=is_markdown)
    assert '<img src="cid:p1@inline" alt="the &lt;sole&gt;"' in found.html
    assert found.html.count("<img") == 1
    assert found.pictures == {"p1@inline"}
    assert "[Shot.png]" in found.text


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](  JaVaScRiPt&#58;alert(1))",
        "<javascript:alert(1)>",
        "[a](data:text/html;base64,PHN2Zz4=)",
        "[a]: javascript:alert(1)\n\n[a]",
        "![a](https://tracker.example/p.png)",
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "![a](cid:p1@inline)",
        "![a](cid:somebody@else)",
        '![a" onerror="alert(1)](x.png)',
        "\ue100",
    ],
)
@pytest.mark.parametrize("is_markdown", [True, False])
def test_nothing_in_it_acts(evil: str, is_markdown: bool) -> None:
    html = write(f"Hello {evil} ![](shot.png)", SHOT, is_markdown=is_markdown).html
    assert html.count("<img") == 1
    for sign in ("<script", "<svg", 'href="javascript', 'href="data', "onerror=alert(1)>"):
        assert sign not in html.lower()
    assert 'src="https://tracker' not in html


def test_many_short_words_are_read_once_and_no_link_is_in_a_link() -> None:
    found = write("*a* " * 4000, {}, is_markdown=True)
    assert found.html.count("<em>") == 4000
    assert_linear(lambda size: write("*a* " * size, {}, is_markdown=True), 2000)
    said = write("[https://a.example](https://b.example) https://c.example", {}, is_markdown=True)
    assert said.html.count("<a ") == 2
