"""Every way to start the program finds the standard library, in spite of `inbox.threading`."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.house.tree import ROOT

# Runs the program as the name says, then looks where `threading` came from.
PROBE = """
import runpy, sys
start, target = sys.argv[1:3]
sys.argv = ["inbox", "--help"]
try:
    runpy.run_module(target, run_name="__main__", alter_sys=True) if start == "module" \
        else runpy.run_path(target, run_name="__main__")
except SystemExit as end:
    code = end.code
import threading
print("THREADING", threading.__file__, "EXIT", code or 0)
"""
SCRIPT = str(Path(sysconfig.get_path("scripts")) / "inbox")
STDLIB = str(Path(sysconfig.get_path("stdlib")))


@pytest.mark.parametrize(
    ("start", "target", "folder"),
    [("module", "inbox", ROOT), ("script", SCRIPT, ROOT / "tests")],
    ids=["python -m inbox", "inbox"],
)
def test_entry_point_gets_the_stdlib(start: str, target: str, folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROBE, start, target],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert f"THREADING {STDLIB}/threading.py EXIT 0" in run.stdout


def test_nothing_is_started_from_within_the_package() -> None:
    # `python inbox/x.py` would put inbox/ on the path, and then `threading` is ours.
    scripts = [*ROOT.glob("scripts/*"), ROOT / "Makefile", *ROOT.glob(".ci/*")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in scripts if path.is_file()}
    assert not [name for name, text in texts.items() if "python inbox/" in text]
