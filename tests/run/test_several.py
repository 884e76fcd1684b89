"""Several processes forked from one: whoever started that one sees a single child."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from tests.polling import until
from tests.service import until_gone

ROLE = """
import os, sys
from inbox.log import configure
from inbox.run.several import fork_several
configure("json", "ERROR")
fork_several("worker", 2)
sys.stdout.write(f"say {os.getpid()}\\n")
sys.stdout.flush()
if os.path.exists(sys.argv[1]):
    sys.exit(3)
sys.stdout.write("ready workers=1\\n")
sys.stdout.flush()
sys.stdin.read()
"""


class Family:
    def __init__(self, condition: str) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, "-c", ROLE, condition],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def line(self) -> str:
        assert self.parent.stdout is not None
        return self.parent.stdout.readline().strip()

    def end(self) -> tuple[int, str]:
        """Its exit code and what else it said."""
        assert self.parent.stdout is not None
        return self.parent.wait(), self.parent.stdout.read()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.parent.pid).children()

    def ready(self) -> list[psutil.Process]:
        said = {self.line(), self.line()}
        assert self.line() == "ready workers=2"
        children = self.children()
        assert said == {f"say {child.pid}" for child in children}
        return children


@pytest.fixture
def family() -> Iterator[Family]:
    family = Family("/no/such/file")
    with family.parent:
        yield family
        family.parent.kill()


def test_they_are_ready_when_all_are_and_who_dies_is_followed_by_another(family: Family) -> None:
    first, second = family.ready()
    first.kill()
    until(lambda: len(family.children()) == 2 and first not in family.children())
    third = next(child for child in family.children() if child != second)
    assert family.line() == f"say {third.pid}"
    family.parent.send_signal(signal.SIGTERM)
    assert family.end() == (0, "")  # and ready was said once
    until_gone([second, third])


@pytest.mark.parametrize("how", ["its end", "the end of its starter"])
def test_all_end_with_the_one_they_come_from(family: Family, how: str) -> None:
    children = family.ready()
    if how == "its end":
        family.parent.kill()
    else:
        assert family.parent.stdin is not None
        family.parent.stdin.close()
    family.parent.wait()
    until_gone(children)


def test_who_ends_unready_ends_all_with_its_code() -> None:
    family = Family("/")
    with family.parent:
        code, said = family.end()
    assert code == 3
    assert "ready" not in said
