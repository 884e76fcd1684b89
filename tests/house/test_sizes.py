"""Files and functions stay small enough to be read at once."""

from __future__ import annotations

import ast

from tests.house.tree import ROOT, Source, sources, written

MAX_FILE, MAX_FUNCTION = 350, 60


def test_files_are_short() -> None:
    paths = written(
        ".py .css .js .jinja .html .txt", "inbox", "alembic", "tests", "bench", "scripts"
    )
    long = {
        str(path.relative_to(ROOT)): lines
        for path in paths
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE
    }
    assert not long, f"split by what they do, not by size: {long}"


def test_functions_are_short() -> None:
    long = {name: lines for source in sources() for name, lines in _long_functions(source)}
    assert not long, f"name the steps: {long}"


def _long_functions(source: Source) -> list[tuple[str, int]]:
    return [
        (f"{source.name}:{node.lineno} {node.name}", lines)
        for node in ast.walk(source.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION
    ]
