"""Names say what a thing is, and none takes the place of another module."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.house.tree import PACKAGE, ROOT, Source, sources

VAGUE = {
    *("utils", "util", "helpers", "helper", "common", "misc"),
    *("base", "service", "services", "manager"),
}
# `inbox.threading` is about the threads of mails; test_entry_points.py proves that it harms nobody.
KNOWN_SHADOWS = {"threading"}


def test_no_file_has_a_name_that_says_nothing() -> None:
    # The tests start a service; the program has nothing that is only "a service".
    vague = [
        source.name
        for source in sources()
        if source.path.stem in VAGUE
        and not (source.name.startswith("tests/") and source.path.stem == "service")
    ]
    assert not vague, f"name them after what they do: {vague}"


def test_no_package_shadows_the_standard_library() -> None:
    packages = {source.path.relative_to(PACKAGE).parts[0] for source in sources("inbox")}
    modules = {name.removesuffix(".py") for name in packages} - {"__init__", "__main__"}
    assert modules & sys.stdlib_module_names <= KNOWN_SHADOWS


@pytest.mark.parametrize("name", ["alembic/__init__.py", "alembic.py"])
def test_migrations_do_not_hide_the_library(name: str) -> None:
    # With either of them `from alembic import op` finds our folder instead of the package.
    assert not (ROOT / name).exists()


def test_our_words_for_things() -> None:
    strays = [
        f"{source.name}:{line} {name}"
        for source in sources("inbox")
        for name, line in _identifiers(source)
        if "ticket" in name.lower()
    ]
    assert not strays, f"a conversation is a conversation: {strays}"


def _identifiers(source: Source) -> Iterator[tuple[str, int]]:
    for node in ast.walk(source.tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg(arg=name) | ast.Name(id=name):
                yield name, node.lineno


def test_what_is_public_says_what_it_promises() -> None:
    silent = [
        f"{source.name}: {getattr(node, 'name', 'the module')}"
        for source in sources("inbox")
        for node in (source.tree, *source.tree.body)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and not getattr(node, "name", "").startswith("_")
        and source.tree.body
        and not ast.get_docstring(node)
    ]
    assert not silent
