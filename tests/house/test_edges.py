"""What may happen only in a few places, and where those are."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import ROOT, Source, calls, sources, written

# One request, one mail, one job is one transaction, and who opened it ends it (decision 0002).
MAY_COMMIT = {"inbox/jobs/worker.py", "inbox/store/engine.py", "inbox/store/migrate.py"}
# The last line of defence of each edge; everything else catches what it expects.
MAY_CATCH_ALL = (
    "inbox/asgi/",
    "inbox/cli/deliver.py",  # whatever the fault, any other exit code bounces the mail
    "inbox/jobs/worker.py",
    "inbox/mail/tnef.py",  # a library that raises Exception itself
    "inbox/run/",
    "inbox/smtp_in/",
)


def test_only_the_edges_commit() -> None:
    strays = _lines_calling("commit", except_in=MAY_COMMIT)
    assert not strays, f"the transaction belongs to the edge: {strays}"


def test_effects_are_written_in_the_verb() -> None:
    strays = _lines_calling("listens_for", except_in=set())
    assert not strays, f"an effect at a distance: {strays}"


def test_only_the_edges_catch_everything() -> None:
    strays = [
        f"{source.name}:{line}"
        for source in sources("inbox")
        if not source.name.startswith(MAY_CATCH_ALL)
        for line in _catch_alls(source)
    ]
    assert not strays, f"catch what you expect: {strays}"


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"\|\s*safe\b", "only sanitised HTML is safe, and that comes as Markup from Python"),
        (r"\{%-?\s*autoescape\s+false", "everything that is shown is escaped"),
        (r"""(?:src|href)=["']https?://(?!\{)""", "no page loads anything from elsewhere"),
        (r"\son[a-z]+\s*=\s*[\"']", "the content security policy refuses inline scripts"),
        (r"<script(?![^>]*\bsrc=)[^>]*>", "the content security policy refuses inline scripts"),
        (
            r'(?<![-\w])name="(?:remove|append|closest|matches|attributes|children|submit|action)"',
            "a field of this name hides what its form can do from what swaps the page",
        ),
    ],
)
def test_templates(pattern: str, why: str) -> None:
    strays = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in written(".html .jinja .j2", "inbox")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not strays, f"{why}: {strays}"


def _lines_calling(name: str, *, except_in: set[str]) -> list[str]:
    return [
        f"{source.name}:{line}"
        for source in sources("inbox")
        if source.name not in except_in
        for line in calls(source, name)
    ]


def _catch_alls(source: Source) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]


def _is_broad(caught: ast.expr | None) -> bool:
    match caught:
        case None:
            return True
        case ast.Name(id=name):
            return name in ("Exception", "BaseException")
        case ast.Tuple(elts=names):
            return any(_is_broad(name) for name in names)
    return False
