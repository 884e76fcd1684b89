"""What a person wrote, where mail programs mark quotes and signatures in HTML."""

from __future__ import annotations

from inbox.mail.html_text import html_to_text
from inbox.mail.trim import trim

SIGNED = (
    '<div>So glad.<div class="gmail_quote">On Tue, Nov 10, 2026 at 10:00 AM, Ann wrote:<br>'
    '<blockquote class="gmail_quote">Which size?</blockquote></div>-- <br>'
    '<div class="gmail_signature"><div>Pat Lee<br>Walker</div></div>{0}</div>'
)


def test_what_stands_below_the_signature_below_a_quote_is_an_answer() -> None:
    html = SIGNED.format("<div>One thing more: laces, too.</div>")
    assert trim(html_to_text(html), html).new_text.endswith("One thing more: laces, too.")
    for footer in ("", "<div>Sent from my iPhone</div>"):
        html = SIGNED.format(footer)
        assert trim(html_to_text(html), html).new_text == "So glad."


def test_the_signature_below_a_bottom_answer_is_folded() -> None:
    html = (
        '<div class="moz-cite-prefix">On 11/10/26 10:00, Ann wrote:<br></div>'
        '<blockquote type="cite"><p>Which size?</p></blockquote><p>Size 42.</p>{0}'
    )
    signature = '<pre class="moz-signature">-- \nPat Lee\nWalker</pre>'
    signed = html.format(signature)
    trimmed = trim(html_to_text(signed), signed)
    assert trimmed.new_text == "Size 42."
    assert trimmed.signature == "--\nPat Lee\nWalker"
    more = html.format(signature + "<p>And laces.</p>")
    assert trim(html_to_text(more), more).new_text.endswith("And laces.")
