"""A skipped test fails the run, unless it was allowed to be skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

TESTS = """
import pytest

@pytest.mark.skipif(True, reason="no browser here")
def test_browser(): ...

def test_database():
    pytest.skip("no database here")

@pytest.mark.peers
def test_peers():
    pytest.skip("no postfix here")

@pytest.mark.xfail(reason="known")
def test_known():
    assert False
"""


@pytest.mark.parametrize(
    ("strict", "ci", "count"),
    [
        ("1", "", "1 failed, 1 skipped, 1 xfailed, 1 error"),
        ("1", "true", "2 failed, 1 xfailed, 1 error"),
        ("0", "", "3 skipped, 1 xfailed"),
    ],
)
def test_skips(strict: str, ci: str, count: str, tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    assert count in _run(tmp_path, INBOX_TEST_STRICT=strict, CI=ci)


def test_a_file_that_skips_itself_fails(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text('import pytest\npytest.importorskip("nothing")\n')
    assert "1 error" in _run(tmp_path, INBOX_TEST_STRICT="1", CI="")


def _run(folder: Path, **environment: str) -> str:
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = peers\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(folder)],
        cwd=folder, env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True, text=True, timeout=60, check=False,
    ).stdout  # fmt: skip
