"""A page whose form was refused, again: with what was entered, and the sentence at its field. Pure.

It works on pages of ours alone: their attributes stand in double quotes and hold no `>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Final
from urllib.parse import parse_qs, urlsplit

_FORM: Final = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_CONTROL: Final = re.compile(
    r"<(?P<tag>input|button)\b[^>]*>|<(?P<area>textarea|select)\b[^>]*>.*?</(?P=area)>", re.DOTALL
)
_OPTION: Final = re.compile(r"<option\b[^>]*>[^<]*")
_MENU: Final = re.compile(r"<details\b[^>]*>|</details>")
_KEPT: Final = ("hidden", "submit", "file", "password")  # what a page says by itself, or cannot
_CHOSEN: Final = ("checkbox", "radio")
_ALSO: Final = {"address": "email", "new": "password"}  # what pages call it as well
_ID: Final = "refused"

Given = Mapping[str, Sequence[str]]


def refilled(
    page: str, *, path: str, method: str, given: Given, field: str = "", said: str
) -> str | None:
    """The page, with its form that goes to `path`; None where it has no such form.

    What is wrong is said at the field, or above all fields.
    """
    forms = [one for one in _FORM.finditer(page) if _goes(one[0], path, method)]
    if not forms:
        return None
    form = max(forms, key=lambda one: _likeness(one[0], given))  # the first of those that are alike
    before = _opened(page[: form.start()])
    field = _named(form[0], field) or _only_field(form[0])
    return before + _filled(form[0], given, field, said) + page[form.end() :]


def _goes(form: str, path: str, method: str) -> bool:
    addresses = [_attribute(form, "action"), *re.findall(r'\bformaction="([^"]*)"', form)]
    for one in map(unescape, addresses):
        parts = urlsplit(one)
        meant = parse_qs(parts.query).get("_method", [_attribute(form, "method") or "get"])[0]
        if (parts.path, meant.upper()) == (path, method):
            return True
    return False


def _likeness(form: str, given: Given) -> tuple[int, int]:
    """How much of what was sent it asks for, and how much of what it says by itself was sent.

    A page may have one for each setting, or for each of many things.
    """
    controls = [one[0] for one in _CONTROL.finditer(form)]
    asked = {unescape(_attribute(one, "name")) for one in controls}
    said = [one for one in controls if _attribute(one, "value")]
    pairs = [(_attribute(one, "name"), unescape(_attribute(one, "value"))) for one in said]
    return len(asked & {*given}), sum(value in given.get(name, ()) for name, value in pairs)


def _named(form: str, field: str) -> str:
    """The name of the field in this form, which may call it in another way."""
    other = _ALSO.get(field, "")
    if re.search(rf'\sname="{re.escape(escape(field))}"', form) or not other:
        return field
    return other if re.search(rf'<input\b[^>]*\sname="{other}"', form) else field


def _only_field(form: str) -> str:
    """The name of what can be filled in, where there is one thing alone."""
    controls = [one[0] for one in _CONTROL.finditer(form) if not one[0].startswith("<button")]
    seen = [one for one in controls if _attribute(one, "type") not in ("hidden", "submit")]
    return unescape(_attribute(seen[0], "name")) if len(seen) == 1 else ""


def _opened(before: str) -> str:
    """What stands before the form, with the menus unfolded in which it lies."""
    around: list[re.Match[str]] = []
    for one in _MENU.finditer(before):
        if one[0] == "</details>":
            del around[-1:]
        else:
            around.append(one)
    for one in reversed(around):
        if " open" not in one[0]:
            before = f"{before[: one.end() - 1]} open{before[one.end() - 1 :]}"
    return before


def _filled(form: str, given: Given, field: str, said: str) -> str:
    left = {name: list(values) for name, values in given.items()}
    sentence = f'<span class="fault" role="alert" id="{_ID}">{escape(said)}</span>'
    is_said = False

    def fill(found: re.Match[str]) -> str:
        nonlocal is_said
        control, name = found[0], unescape(_attribute(found[0], "name"))
        kind = _attribute(control, "type")
        is_sent = name in given or (kind in _CHOSEN and name)  # what is not chosen is not sent
        filled = _with(control, left, given, name) if is_sent else control
        if is_said or name != field or not name or kind in ("hidden", "submit"):
            return filled
        is_said = True
        return _marked(filled) + sentence

    filled = _CONTROL.sub(fill, form)
    if is_said:
        return filled
    seen = sentence.replace(">", ' tabindex="-1" autofocus>', 1)  # wherever the form stands
    return re.sub(r"^<form\b[^>]*>", lambda found: found[0] + seen, filled)


def _with(control: str, left: dict[str, list[str]], given: Given, name: str) -> str:
    """A control with what was entered; of several with one name each has its own."""
    if control.startswith("<select"):
        return _OPTION.sub(lambda found: _chosen(found[0], "selected", given[name]), control)
    kind = _attribute(control, "type")
    if control.startswith("<button") or kind in _KEPT:
        return control
    if kind in _CHOSEN:
        return _chosen(control, "checked", given.get(name, ()))
    value = escape(left[name].pop(0)) if left[name] else ""
    if control.startswith("<textarea"):
        head = control[: control.index(">") + 1]
        return f"{head}\n{value}</textarea>"
    bare = re.sub(r'\svalue="[^"]*"', "", control)
    return f'{bare[:-1]} value="{value}">'


def _chosen(control: str, how: str, values: Sequence[str]) -> str:
    tag, end, words = control.partition(">")
    bare = re.sub(rf"\s{how}\b", "", tag)
    # An option without a value is sent as its words.
    value = _attribute(control, "value") if ' value="' in tag else words.strip()
    return f"{bare} {how}{end}{words}" if unescape(value) in values else bare + end + words


def _marked(control: str) -> str:
    hint = _attribute(control, "aria-describedby")
    bare = re.sub(r'\s(?:aria-describedby="[^"]*"|autofocus\b)', "", control)
    described = " ".join(filter(None, (hint, _ID)))
    marks = f' aria-invalid="true" aria-describedby="{described}" autofocus>'
    return bare.replace(">", marks, 1)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag[: tag.index(">") + 1])
    return found[1] if found else ""
