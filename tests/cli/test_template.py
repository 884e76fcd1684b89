"""`inbox template` as an administrator keeps the texts of a department."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database


def test_texts_are_kept_listed_and_removed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "refund-abroad.en.txt").write_text("Dear {{ customer.name or 'customer' }},\n")
    (tmp_path / "refund-abroad.de.md").write_text("**Hallo**")
    assert run("template", "import", str(tmp_path)).out == "2 texts kept\n"
    assert run("template", "import", str(tmp_path)).code == 0  # the same again changes nothing
    added = run("template", "add", "Soles", "--article", "--title", "Loose soles", stdin="Glue.")
    assert added.out == "article 2 Soles: en kept\n"
    rows = run("template", "list", "--json").json
    assert [(row["name"], row["languages"], row["used"]) for row in rows] == [
        ("refund abroad", ["de", "en"], 0),
        ("Soles", ["en"], 0),
    ]
    assert run("template", "show", "1", "--json").json["texts"]["de"] == "**Hallo**"
    assert run("template", "remove", "1", "--language", "de").code == 0
    assert run("template", "show", "1", "--json").json["languages"] == ["en"]


def test_one_wrong_text_of_a_folder_keeps_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.en.txt").write_text("fine")
    (tmp_path / "b.en.txt").write_text("a\n{{ customer.phone }}")
    ended = run("template", "import", str(tmp_path))
    assert ended.code == 1
    assert "b.en.txt: Line 2: nobody knows customer.phone." in ended.err
    assert run("template", "list", "--json").json == []


def test_a_folder_of_texts_is_one_persons(run: Run, tmp_path: Path) -> None:
    assert run("agent", "add", "karen@us.example", "--name", "Karen", "--role", "admin").code == 0
    (tmp_path / "greeting.en.txt").write_text("Hi!")
    assert run("template", "import", str(tmp_path), "--mailbox", "karen@us.example").code == 0
    assert [row["mailbox"] for row in run("template", "list", "--json").json] == ["one person"]
