"""The new words of an HTML mail, cut behind the same words as its text."""

from __future__ import annotations

import pytest

from inbox.mail.new_html import new_html

GMAIL = """<div dir="ltr">Size <b>42</b>, please:<div><img src="cid:boots@x"></div></div><br>
<div class="gmail_quote"><div class="gmail_attr">On Monday Pat wrote:</div>
<blockquote><p>Which size?</p><img src="cid:logo@x"></blockquote></div>"""
OUTLOOK = """<html><head><style>p {color: red}</style></head><body><div class="WordSection1">
<p class="MsoNormal">Here is the <a href="https://us.example/list">list</a>:</p>
<ol><li>one</li><li>two</li></ol><p>Karen</p><p>-- </p><p>Karen Miller</p><img src="cid:logo@x">
<div id="divRplyFwdMsg"><b>From:</b> Pat</div></div></body></html>"""


@pytest.mark.parametrize(
    ("html", "new_text", "has", "has_not", "pictures"),
    [
        (GMAIL, "Size 42, please:\n\n[boots.png]", "<b>42</b>", "Which size", {"boots@x"}),
        (GMAIL, "Size 42, please:\n\n[cid:8a6d-4d1c]", "<b>42</b>", "Which size", {"boots@x"}),
        (
            OUTLOOK,
            "Here is the list<https://us.example/list>:\n\n1. one\n2. two\n\nKaren",
            'href="https://us.example/list"',
            "Karen Miller",
            set(),
        ),
        ("<p>Yes.</p><script>alert(1)</script>", "Yes.", "<p>Yes.</p>", "alert", set()),
        ("<p>Code:</p><p>4711</p><p>x</p>", "Code:\n4711", "<p>4711</p>", "<p>x", set()),
        ("<p>Thanks</p><p>👍</p><p>Karen</p>", "Thanks\n👍", "👍", "Karen", set()),
        ("<p>👍</p><hr><p>quote</p>", "👍", "👍", "quote", set()),
        ("<ul><li>a</li></ul><p>:-)</p><p>x</p>", "* a\n:-)", ":-)", "<p>x", set()),
        ("<p>42</p>", "42", "42", "43", set()),
    ],
)
def test_cut(html: str, new_text: str, has: str, has_not: str, pictures: set[str]) -> None:
    found = new_html(_mail(html), new_text)
    assert found is not None
    assert has in found.html
    assert has_not not in found.html
    assert found.content_ids == pictures


@pytest.mark.parametrize(
    ("html", "new_text"),
    [
        ("<p>Something else</p>", "Yes."),
        ("<p>Yes. And a secret.</p>", "Yes."),
        ("<p>Yes</p>", "Yes, and more than the HTML says"),
        ("", "Yes."),
        ("<p>Yes</p><p>42</p>", "Yes\n43"),
    ],
)
def test_nothing_is_guessed(html: str, new_text: str) -> None:
    assert new_html(_mail(html), new_text) is None


def test_lines_of_word_stay_together() -> None:
    html = '<p class="MsoNormal">One</p><p class="MsoNormal">Two</p><pre>3</pre>'
    found = new_html(_mail(html), "One\nTwo\n3")
    assert found is not None
    assert found.html == '<p style="margin:0">One</p><p style="margin:0">Two</p><pre>3</pre>'


def test_what_was_taken_out_of_the_text_is_no_difference() -> None:
    found = new_html(
        _mail("<p>Write to karen@us.example</p>"),
        "Write to support@us.example",
        lambda text: text.replace("karen@", "support@"),
    )
    assert found is not None


def _mail(html: str) -> bytes:
    return b"From: a@us.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()


@pytest.mark.parametrize(
    "html",
    [
        "<div>@close<br><br>We send <b>new</b> ones.</div>",
        "<p>@close</p><p>&nbsp;</p><p>We send <b>new</b> ones.</p>",
        "<div><div>@<i>close</i></div></div><div><p></p>We send <b>new</b> ones.</div>",
    ],
)
def test_what_stands_above_the_words_is_left_out(html: str) -> None:
    raw = f"Content-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
    found = new_html(raw, "We send new ones.", above="@close\n\n")
    assert found
    assert "<b>new</b>" in found.html
    assert "close" not in found.html
    assert new_html(raw, "We send new ones.") is None
    assert new_html(raw, "We send new ones.", above="@take\n") is None
    assert new_html(raw, "We send old ones.", above="@close\n") is None
