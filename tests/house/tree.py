"""The project's own files, as the house tests look at them."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "inbox"
_OWN = ("inbox", "alembic", "tests", "bench", "scripts")
# Libraries as they came, mails that test the parser, and migrations, which a tool writes.
_NOT_BY_HAND = ("inbox/web/static/vendor/", "tests/corpus/", "alembic/versions/")


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: where it is, its text and its syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def files() -> tuple[Path, ...]:
    """Every file that git knows or would add; without git, every one that is not ignored."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout.split("\0")  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        listed = list(_walk())
    paths = (ROOT / name for name in sorted(listed) if name)
    return tuple(path for path in paths if path.is_file())


def _walk() -> Iterator[str]:
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in {".git", *ignored}]
        yield from (
            os.path.relpath(os.path.join(folder, name), ROOT)
            for name in names
            if not any(fnmatch(name, pattern) for pattern in ignored)
        )


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files below these folders of the project, all by default."""
    return tuple(_source(path) for path in written(".py", *(folders or _OWN)))


@cache
def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path, text, ast.parse(text, str(path)))


def written(suffixes: str, *folders: str) -> list[Path]:
    """Files below the folders that were written by hand, with one of these suffixes."""
    return [
        path
        for path in files()
        if path.suffix in suffixes.split()
        and (name := str(path.relative_to(ROOT))).startswith(tuple(f"{f}/" for f in folders))
        and not name.startswith(_NOT_BY_HAND)
    ]


@cache
def imported(*packages: str) -> list[ModuleType]:
    """Every module of these packages and below, imported."""
    roots = [importlib.import_module(name) for name in packages]
    below = [
        importlib.import_module(found.name)
        for root in roots
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}.")
        if not found.name.endswith("__main__")
    ]
    return roots + below


def calls(source: Source, attribute: str) -> list[int]:
    """The lines on which something is called by this name: `x.name(…)` or `name(…)`."""
    return [
        node.lineno
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _called(node.func) == attribute
    ]


def _called(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
