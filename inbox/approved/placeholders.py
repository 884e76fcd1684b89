"""What an approved text may hold besides its words: placeholders, and choices between words. Pure.

A text is written by few and sent in the name of many, so it is read before it is kept: names that
nobody fills in, loops, calculations and everything else that is not listed here is refused, with
its line. What is left grows no faster than its text, whatever stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

# `words` are the agent's own.
FIELDS: Final = {
    "customer": ("name",),
    "agent": ("name",),
    "mailbox": ("name", "address"),
    "conversation": ("subject",),
}
WORDS: Final = "words"
LONGEST: Final = 20_000  # characters of a text
_MOST_NODES = 1_000
_FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim", "default", "d"})
_WITH_OTHERS: Final = frozenset({"default", "d"})
_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Or, nodes.And, nodes.Not, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand),
    nodes.Filter,
)


class Flaw(StrEnum):
    """What is wrong with a text."""

    EMPTY = "empty"
    LONG = "long"
    SYNTAX = "syntax"  # the line cannot be read
    UNKNOWN = "unknown"  # nobody fills in this name
    NOT_ALLOWED = "not_allowed"  # a loop, a calculation, a function
    WORDS_TWICE = "words_twice"


class Flawed(Exception):
    """The text cannot be kept: what is wrong, in which line, and the name that it is about."""

    def __init__(self, flaw: Flaw, line: int = 1, name: str = "") -> None:
        """The first thing that is wrong."""
        super().__init__(f"{flaw.value} in line {line} {name}".strip())
        self.flaw, self.line, self.name = flaw, line, name[:60]


class Blank(StrictUndefined):
    """A value that is not known: nothing where it is asked for, an error where it is shown."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]  # there it raises
        """Not there, so that `or` and `if` find something else."""
        return False


def environment() -> SandboxedEnvironment:
    """Where texts are read and filled in: no loader, no globals, and the few filters."""
    made = SandboxedEnvironment(undefined=Blank, autoescape=False, keep_trailing_newline=False)
    made.globals.clear()
    made.tests.clear()
    made.filters = {name: made.filters[name] for name in sorted(_FILTERS)}
    return made


_READING: Final = environment()


def check(body: str) -> bool:
    """Whether the text says itself where the agent's words go. Raises Flawed."""
    if not body.strip():
        raise Flawed(Flaw.EMPTY)
    if len(body) > LONGEST:
        raise Flawed(Flaw.LONG)
    try:
        has_place = _has_place(_READING.parse(body))
        # Only now, for this calculates already what can be calculated.
        _READING.compile(body)
    except TemplateSyntaxError as error:
        raise Flawed(Flaw.SYNTAX, error.lineno) from error
    except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
        raise Flawed(Flaw.NOT_ALLOWED) from error
    return has_place


def _has_place(tree: nodes.Node) -> bool:
    places = 0
    for count, node in enumerate(_all(tree)):
        if count > _MOST_NODES:
            raise Flawed(Flaw.NOT_ALLOWED, node.lineno)
        _judge(node)
        places += isinstance(node, nodes.Name) and node.name == WORDS
        if places > 1:
            raise Flawed(Flaw.WORDS_TWICE, node.lineno, WORDS)
    return bool(places)


def _all(root: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        # A name behind a point was judged with what stands before it.
        if not (isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name)):
            waiting += reversed(list(node.iter_child_nodes()))


def _judge(node: nodes.Node) -> None:
    name = _named(node)
    if name is not None and name != WORDS:
        group, _, field = name.partition(".")
        if field not in FIELDS.get(group, ()):
            raise Flawed(Flaw.UNKNOWN, node.lineno, name)
    if isinstance(node, nodes.Output):
        truth = next(filter(_is_truth, node.nodes), None)
        if truth is not None:
            raise Flawed(Flaw.NOT_ALLOWED, truth.lineno)
    if not _is_allowed(node):
        raise Flawed(Flaw.NOT_ALLOWED, node.lineno)


def _named(node: nodes.Node) -> str | None:
    match node:
        case nodes.Getattr(node=nodes.Name(name=group), attr=field):
            return f"{group}.{field}"
        case nodes.Getattr(attr=field):
            return f"….{field}"
        case nodes.Name(name=name, ctx="load"):
            return str(name)
    return None


def _is_allowed(node: nodes.Node) -> bool:
    match node:
        case nodes.Name(ctx=context):
            return bool(context == "load")
        case nodes.Const(value=value):
            return isinstance(value, str | bool | None)
        case nodes.Filter(name=name, args=args, kwargs=kwargs, dyn_args=None, dyn_kwargs=None):
            most = 2 if name in _WITH_OTHERS else 0
            return name in _FILTERS and len(args) <= most and not kwargs
        case nodes.Filter():
            return False
        case nodes.Operand(op=op):
            return op in ("eq", "ne")
    return isinstance(node, _ALLOWED)


def _is_truth(node: nodes.Node) -> bool:
    """Whether what is shown may be yes or no, which no customer wants to read: `True`, `False`."""
    match node:
        case nodes.Not() | nodes.Compare():
            return True
        case nodes.Const(value=value):
            return not isinstance(value, str)
        case nodes.Or(left=left, right=right) | nodes.And(left=left, right=right):
            return _is_truth(left) or _is_truth(right)
        case nodes.CondExpr(expr1=one, expr2=other):
            return _is_truth(one) or (other is not None and _is_truth(other))
        case nodes.Filter(node=inner) if inner is not None:
            return _is_truth(inner)
    return False
