"""A test that was skipped has proved nothing, so it fails: a run without a browser, a database or a
mail program must not look like one with them. `INBOX_TEST_STRICT=0` turns this off; tests marked
`peers` (mail programs of the system) may be skipped outside CI.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

pytest_plugins = ["tests.second_try"]

# Before anything of ours is loaded: looking through what stays anyway is a tenth of loading it.
gc.set_threshold(20_000, 20, 20)

_IS_STRICT = os.environ.get("INBOX_TEST_STRICT", "1") != "0"
_IS_CI = os.environ.get("CI", "") not in ("", "0", "false")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and not _may_skip(item):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and _IS_STRICT:
        _fail(report)
    return report


def _may_skip(item: pytest.Item) -> bool:
    is_peer = item.get_closest_marker("peers") is not None
    return not _IS_STRICT or (is_peer and not _IS_CI)


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{reason}\nA skipped test fails the run; INBOX_TEST_STRICT=0 allows it."
