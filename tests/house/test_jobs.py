"""Every job is known by name, has an end to its tries, and is known to the worker that runs it."""

from __future__ import annotations

import ast
import subprocess
import sys

from inbox.jobs.registry import Kind, all_kinds
from inbox.jobs.retry import Backoff
from tests.house.tree import Source, imported, sources


def test_every_job_has_a_retry_policy() -> None:
    endless = [kind.name for kind in _kinds() if not _ends(kind.retry)]
    assert not endless


def test_every_job_that_is_asked_for_exists() -> None:
    known = {kind.name for kind in _kinds()}
    unknown = [
        f"{source.name}:{line} {name}"
        for source in sources("inbox")
        for name, line in _enqueued(source)
        if name not in known
    ]
    assert not unknown


def test_worker_knows_every_job() -> None:
    # In a process of its own: here everything has been imported already.
    program = (
        "import inbox.run.worker as worker, inbox.jobs.registry as registry;"
        "worker.know_all_jobs();"
        "print(*(kind.name for kind in registry.all_kinds()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert set(run.stdout.split()) == {kind.name for kind in _kinds()}


def _kinds() -> list[Kind]:
    imported("inbox")
    return [kind for kind in all_kinds() if kind.work.__module__.startswith("inbox.")]


def _ends(retry: Backoff) -> bool:
    return 1 <= retry.times <= 50 and retry.pause(retry.times) is None


def _enqueued(source: Source) -> list[tuple[str, int]]:
    """The names that `enqueue(db, "name", …)` asks for."""
    return [
        (name, node.lineno)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, (ast.Name, ast.Attribute))
        and ast.unparse(node.func).rpartition(".")[2] == "enqueue"
        for argument in node.args[1:2]
        if isinstance(argument, ast.Constant) and isinstance(name := argument.value, str)
    ]
