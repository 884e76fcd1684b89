"""A rule in the options of a command, which stand here once: `add` and `set` take the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Annotated, Any

import typer

from inbox.cli.options import Misuse

If = Annotated[
    list[str] | None,
    typer.Option("--if", metavar="CONDITION", help='Such as "subject: refund*, money back".'),
]
Do = Annotated[list[str] | None, typer.Option("--do", metavar="ACTION", help='Such as "tag: vip".')]
Match = Annotated[bool | None, typer.Option("--any/--all", help="Whether one condition is enough.")]
Stop = Annotated[
    bool | None, typer.Option("--stop/--go-on", help="Whether no rule below it is asked then.")
]
OfMailbox = Annotated[
    str | None,
    typer.Option("--mailbox", metavar="ADDRESS", help='Of this mailbox; "" is the whole house.'),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was typed of a rule; None for what was not."""

    do: list[str] | None = None
    condition: list[str] | None = None
    any_: bool | None = None
    stop: bool | None = None
    mailbox: str | None = None

    def document(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """A rule that says it, and what it said `before` of what was not typed. Raises Misuse."""
        from inbox.rules.spelled import Spelled, line_of, spelled

        was = spelled(before)
        try:
            asked = was.conditions
            if self.condition is not None:
                asked = tuple(map(line_of, self.condition))
            when = "time" if any(one.word == "waiting" for one in asked) else "mail"
            match = was.match if self.any_ is None else "any" if self.any_ else "all"
            return Spelled(
                # Who asks how long somebody waits does not mean the moment at which they write.
                when=was.when if asked is was.conditions and before else when,
                match=match,
                stop=was.stop if self.stop is None else self.stop,
                conditions=asked,
                actions=was.actions if self.do is None else tuple(map(line_of, self.do)),
            ).document()
        except ValueError as error:
            raise Misuse(str(error)) from error


def takes_a_rule(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options; it gets what was typed as `given`."""

    def run(
        *,
        do: Do = None,
        condition: If = None,
        any_: Match = None,
        stop: Stop = None,
        mailbox: OfMailbox = None,
        **own: Any,
    ) -> None:
        given = Given(do=do, condition=condition, any_=any_, stop=stop, mailbox=mailbox)
        command(given=given, **own)

    theirs, shared = signature(command, eval_str=True), signature(run, eval_str=True)
    parameters = [
        *(one for one in theirs.parameters.values() if one.name != "given"),
        *(one for one in shared.parameters.values() if one.name != "own"),
    ]
    run.__signature__ = theirs.replace(  # type: ignore[attr-defined] # how inspect is told
        parameters=[one.replace(kind=one.KEYWORD_ONLY) for one in parameters]
    )
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run
