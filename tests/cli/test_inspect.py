"""`inbox inspect` shows what is understood, for any file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from inbox.cli.inspect import inspect

KEYS = (
    "file message_id in_reply_to references date from reply_to to cc subject base_subject text "
    "html new_text quoted_text signature attachments kind bounce forwarded thread_index language "
    "defects"
).split()


def test_one_object_a_line_with_every_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "a.eml", tmp_path / "b.eml"]
    files[0].write_bytes(b"From: Jane <jane@x.example>\r\nSubject: Re: Boots\r\n\r\nHello")
    files[1].write_bytes(bytes(range(256)))
    inspect(files, as_json=True)
    seen = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["file"] for one in seen] == [str(file) for file in files]
    assert all(set(KEYS) <= set(one) for one in seen)
    assert seen[0]["base_subject"] == "boots"


def test_people_read_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"From: Jane <jane@x.example>\r\nSubject: Boots\r\n\r\nHello")
    inspect([file])
    assert "| Hello" in capsys.readouterr().out


def test_a_missing_file_is_named_and_the_others_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"Subject: Boots\r\n\r\nHello")
    with pytest.raises(typer.Exit) as stopped:
        inspect([tmp_path / "none.eml", file], as_json=True)
    assert stopped.value.exit_code == 1
    printed = capsys.readouterr()
    assert "none.eml" in printed.err
    assert '"subject": "Boots"' in printed.out
