"""What browsers get of our style sheets and scripts."""

from __future__ import annotations

import pytest

from inbox.web.assets import _BUNDLES, STATIC, assets


def without_comments(lines: list[str]) -> list[str]:
    """The lines that are not, as a whole, a part of a comment."""
    left, is_comment = [], False
    for line in map(str.strip, lines):
        is_comment = is_comment or line.startswith("/*")
        if not is_comment:
            left.append(line)
        is_comment = is_comment and not line.endswith("*/")
    return left


@pytest.mark.parametrize("name", [one for one in _BUNDLES if one.endswith((".css", ".js"))])
def test_all_is_sent_but_comments(name: str) -> None:
    files = [(STATIC / part).read_text() for part in _BUNDLES[name]]
    sent = assets()[name].plain.decode()
    lines = without_comments([line for one in files for line in one.splitlines()])
    assert [line for line in map(str.strip, sent.splitlines()) if line] == list(filter(None, lines))
    assert "\n/*" not in sent
