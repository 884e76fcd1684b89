"""`make run` on a machine that lacks something says what, and what to do about it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

BASICS = ("cat", "cksum", "dirname", "id", "rm")
OLD = 'case "$1" in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac\n'
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo 3.12 ;; esac\n'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout and, in `bin`, all the programs that the machine has."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "bin").mkdir()
    for name in BASICS:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


@pytest.mark.parametrize(
    ("python", "said"),
    [
        (None, "Python 3.11 or newer is needed, and none was found (python3 is: missing)"),
        (OLD, "Python 3.11 or newer is needed, and none was found (python3 is: Python 3.9.2)"),
        (WITHOUT_VENV, "On Debian and Ubuntu, as root: apt install python3.12-venv"),
    ],
    ids=["no Python", "an old one", "one without venv"],
)
@pytest.mark.parametrize("script", ["run", "test"])
def test_what_is_missing(machine: Path, script: str, python: str | None, said: str) -> None:
    if python:
        _program(machine, "python3", python)
    ran = _start(machine, script)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_second_time_installs_nothing(machine: Path) -> None:
    # A "Python" that makes venvs, runs pip, and writes down what it was asked for.
    python = (
        'echo "$*" >>"$PWD/asked"; case "$*" in *"-m venv"*) mk "$0" ;; *print*) echo 3.12 ;; esac'
    )
    _program(machine, "python3", python)
    _program(machine, "mk", 'mkdir -p .venv/bin && cp "$1" .venv/bin/python')
    for name in ("mkdir", "cp"):
        (machine / "bin" / name).symlink_to(str(shutil.which(name)))
    assert _start(machine, "setup", "run").returncode == 0
    first = (machine / "asked").read_text()
    assert "-m pip install" in first
    assert "requirements/run.txt" in first
    assert _start(machine, "setup", "run").returncode == 0
    assert "pip" not in (machine / "asked").read_text().removeprefix(first)


def test_scripts_can_be_run() -> None:
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    assert not [path.name for path in scripts if not path.stat().st_mode & 0o111]
    for script in scripts:
        assert subprocess.run(["sh", "-n", script], check=False).returncode == 0, script.name


def _program(machine: Path, name: str, body: str) -> None:
    program = machine / "bin" / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


def _start(machine: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", f"scripts/{script}", *arguments],
        cwd=machine, env={"PATH": str(machine / "bin")},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
