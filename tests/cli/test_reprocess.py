"""`inbox reprocess`: only said, never done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database


@pytest.mark.parametrize("words", [(), ("--threads",), ("--dry-run",)])
def test_nothing_is_moved_by_a_rule(run: Run, words: tuple[str, ...]) -> None:
    ended = run("reprocess", *words)
    assert ended.code == 2
    assert "--threads --dry-run" in ended.err
    assert not ended.out


def test_an_archive_that_is_as_it_should_be(office: Run, tmp_path: Path) -> None:
    mail = "From: jane@shop.example\nTo: support@shop.example\nSubject: Boots\n\nToo small.\n"
    office("deliver", "--from", "jane@shop.example", "support@shop.example", stdin=mail)
    assert office("reprocess", "--threads", "--dry-run").out == "all would stay\n"
    assert office("reprocess", "--threads", "--dry-run", "--json").out == ""
