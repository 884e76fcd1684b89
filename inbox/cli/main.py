"""The command line: what people and scripts type, and how it ends."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import signal
import sys
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from inbox.errors import InboxError

# Each is a module of this package, with a function or a group (`app`) of its name. Only the one
# that is asked for is loaded: the processes of `inbox serve` start here, too, and stay small.
COMMANDS: Final = (
    "serve",
    "demo",
    "mailbox",
    "agent",
    "customer",
    "token",
    "template",
    "rule",
    "webhook",
    "queue",
    "quarantine",
    "deliver",
    "inspect",
    "thread",
    "explain",
    "reprocess",
    "search",
    "dispatch",
    "channels",
    "stats",
    "migrate",
    "doctor",
    "role",
)
# These see to signals themselves.
_STAYING: Final = ("serve", "demo", "role")
# What is loaded stays: looking through it for garbage takes a seventh of the time of loading it.
_GARBAGE_AFTER: Final = (20_000, 20, 20)


class _Told(SystemExit):
    """Told to end by a signal: what was begun is cleared away first, the database server above all,
    which nobody else would ever stop.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(128 + signum)
        self.signum = signum


def main() -> NoReturn:
    """Run one command: exit 0 done, 1 failed with one sentence on stderr, 2 wrong usage."""
    gc.set_threshold(*_GARBAGE_AFTER)
    # Nor is anything looked through at the end, when all of it goes anyway: half a second, or one.
    atexit.register(gc.freeze)
    if sys.argv[1:2] not in [[name] for name in _STAYING]:
        _clear_away_when_told_to_end()
    try:
        build(sys.argv[1:])()
    except _Told as told:
        # Whoever sent it sees what they would have seen anyway: that it ended us.
        signal.signal(told.signum, signal.SIG_DFL)
        os.kill(os.getpid(), told.signum)
    except InboxError as error:
        if not getattr(error, "has_said_why", False):
            sys.stderr.write(f"inbox: {error.public}\n")
        sys.exit(1)
    except BrokenPipeError:
        # Whoever reads us (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0)


def build(words: list[str]) -> typer.Typer:
    """The commands that these words may mean: the one they name, or all to list or to refuse."""
    app = typer.Typer(
        name="inbox",
        cls=_InOurWords,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_about)
    asked_for = [name for name in COMMANDS if name in words[:1]]
    for name in asked_for or COMMANDS:
        module = importlib.import_module(f"inbox.cli.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name, hidden=name == "role")(getattr(module, name))
    return app


def _clear_away_when_told_to_end() -> None:
    def end(signum: int, _frame: object) -> NoReturn:
        for each in signals:  # once is enough
            signal.signal(each, signal.SIG_IGN)
        raise _Told(signum)

    # What is ignored already (nohup) stays so.
    signals = [
        each for each in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) == signal.SIG_DFL
    ]
    for each in signals:
        signal.signal(each, end)


class _InOurWords(TyperGroup):
    """Says of a wrong value what was expected, where typer passes on what pydantic says."""

    def invoke(self, ctx: Any) -> Any:
        """Run what was asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            from pydantic import ValidationError

            from inbox.settings import expected

            if isinstance(error.__cause__, ValidationError):
                error.message = expected(error.__cause__)
            raise


def _about() -> None:
    """A shared inbox that lives in e-mail."""
