"""A form that was refused comes back as it was filled in."""

from __future__ import annotations

from html import escape

from hypothesis import given as every
from hypothesis import strategies as st

from inbox.web.refilled import refilled

PAGE = """<details class="menu"><summary>Old</summary></details><details class="menu">
<form method="post" action="/here?in=open&amp;_method=put">
<input type="hidden" name="key" value="1">
<input type="text" name="when" value="" aria-describedby="hint"><textarea name="text">Old</textarea>
<input type="text" name="line" value="a"><input type="text" name="line" value="b">
<select name="to"><option value="1" selected>One</option><option value="2">Two</option></select>
<input type="checkbox" name="tell" value="on" checked><button name="to" value="9">Go</button></form>
</details><form method="post" action="/there"><input name="when"></form>"""


def again(field: str = "when", path: str = "/here", **given: list[str]) -> str | None:
    return refilled(PAGE, path=path, method="PUT", given=given, field=field, said="No <such> day")


def test_it_comes_back_as_it_was_filled_in() -> None:
    page = again(when=['3" <days>'], text=["<b>"], line=["x", "y"], to=["2"], key=["7"])
    assert page
    assert 'value="3&quot; &lt;days&gt;"' in page
    assert '<textarea name="text">\n&lt;b&gt;</textarea>' in page
    assert page.index('name="line" value="x"') < page.index('name="line" value="y"')
    assert '<option value="1">' in page
    assert '<option value="2" selected>' in page
    assert 'name="key" value="1"' in page  # what the page itself says is of the page as it is now
    assert 'value="on">' in page  # what is not chosen is not sent
    assert '<button name="to" value="9">' in page


def test_an_option_without_a_value_is_its_words() -> None:
    form = """<form method="post" action="/zones"><select name="zone"><option value="">UTC</option>
<option selected>Africa/Abidjan</option><option>Europe/Rome</option></select></form>"""
    page = refilled(
        form, path="/zones", method="POST", given={"zone": ["Europe/Rome"]}, field="", said="No"
    )
    assert page
    assert "<option>Africa/Abidjan</option><option selected>Europe/Rome</option>" in page
    assert '<option value="">UTC</option>' in page


def test_the_sentence_stands_at_its_field_where_it_is_seen() -> None:
    page = again(when=["x"])
    assert page
    assert 'aria-invalid="true" aria-describedby="hint refused" autofocus' in page
    assert page.count('<span class="fault" role="alert" id="refused">No &lt;such&gt; day') == 1
    assert page.count('<details class="menu" open>') == 1
    above = again("nowhere")
    assert above
    assert above.index('id="refused"') < above.index('name="key"')
    assert "aria-invalid" not in above
    assert 'id="refused" tabindex="-1" autofocus>' in above
    assert again(path="/elsewhere") is None
    assert again(path="/there") is None  # which is asked for by another verb


def test_of_several_forms_with_one_address_it_is_the_one_that_was_sent() -> None:
    name = '<form method="post" action="/box"><input name="name" value="Sales"></form>'
    lines = '<form method="post" action="/box"><textarea name="lines">Old</textarea></form>'
    given = {"lines": ["New"]}
    page = refilled(name + lines, path="/box", method="POST", given=given, field="lines", said="No")
    assert page
    assert page.startswith(name)
    assert "\nNew</textarea>" in page


def test_an_address_is_asked_for_by_either_name() -> None:
    for name in ("address", "email"):
        form = f'<form method="post" action="/in"><input name="name"><input name="{name}"></form>'
        page = refilled(form, path="/in", method="POST", given={}, field="address", said="No")
        assert page
        assert f'name="{name}" aria-invalid="true"' in page


@every(st.text(), st.text(min_size=1))
def test_nothing_that_was_entered_becomes_a_part_of_the_page(text: str, line: str) -> None:
    page = again(text=[text], line=[line])
    assert page
    assert escape(text) in page
    assert page.count("<") == (again() or "").count("<")
