"""Who gets a second try, and that nobody can overlook it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

LATE = """
from pathlib import Path
def test_late():
    first = Path(__file__ + ".tried")
    was_tried = first.exists()
    first.touch()
    assert was_tried, "the wire was slow"
"""
NEVER = "def test_never():\n    assert False, 'it is broken'\n"


def _run(folder: Path) -> subprocess.CompletedProcess[str]:
    plugins = ("tests.second_try", "xdist.plugin", "pytest_rerunfailures", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *(f"-p{plugin}" for plugin in plugins)]
    within = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    within.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        [*command, "-n", "1", "--rootdir", str(folder), "tests"],
        cwd=folder,
        env=within,
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_second_try_where_others_take_part(tmp_path: Path) -> None:
    """What passes late is named with its fault; what fails twice, or elsewhere, fails the run."""
    places = {"browser/test_a.py": LATE, "programs/test_b.py": NEVER, "mail/test_c.py": LATE}
    for name, test in places.items():
        file = tmp_path / "tests" / name
        file.parent.mkdir(parents=True)
        file.write_text(test)
    run = _run(tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    said = run.stdout.partition("NEEDED A SECOND TRY")[2]
    assert "the wire was slow" in said
    assert "a defect" in said
    assert sorted(re.findall("^SECOND TRY (.*)", said, re.MULTILINE)) == [
        "tests/browser/test_a.py::test_late",
        "tests/programs/test_b.py::test_never",
    ]
    # The count that .ci/run looks for is still the last line.
    count = run.stdout.splitlines()[-1]
    wanted = re.search("grep -E '(.*)'", (ROOT / ".ci/run").read_text())
    assert wanted
    assert re.search(wanted[1], count)
    assert "2 failed, 1 passed, 2 rerun" in count
