"""One second try for tests beside which something runs that is not ours.

A browser, a mail program: on a machine that others use as well they may fail for a reason that
lies in neither them nor us. Whatever needed its second try is said aloud at the end, with what went
wrong at the first, and is looked into (docs/decisions/0041-one-second-try.md).
"""

from __future__ import annotations

from typing import Final

import pytest

FOLDERS: Final = ("tests/browser/", "tests/programs/")

SAID: Final = (
    "What failed once and passed at the second try is a defect all the same, in the product or in "
    "its test, that somebody has to look into: a slow machine explains it, and is no excuse."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(FOLDERS):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tried = terminalreporter.getreports("rerun")
    if not tried:
        return
    terminalreporter.section("NEEDED A SECOND TRY", "!", red=True, bold=True)
    for report in tried:
        terminalreporter.line(f"{report.nodeid} ({report.when})", bold=True)
        terminalreporter.line(report.longreprtext)
    terminalreporter.line(SAID, red=True)
    for nodeid in dict.fromkeys(report.nodeid for report in tried):
        terminalreporter.line(f"SECOND TRY {nodeid}", red=True, bold=True)
