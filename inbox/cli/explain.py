"""`inbox explain`: why a mail is in its conversation, and not in another."""

from __future__ import annotations

import sys
from dataclasses import asdict
from gettext import NullTranslations
from typing import Annotated, Any

import typer

from inbox.cli.database import reading
from inbox.cli.options import AsJson, Config
from inbox.cli.output import plain, show_rows


def explain(
    message: Annotated[
        str, typer.Argument(help="The number of a message, or its Message-ID.", show_default=False)
    ],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say why a mail is in its conversation: what was chosen, what was rejected, and why."""
    from inbox.store.verdicts import verdicts

    found = reading(config, lambda db: verdicts(db, message))
    if as_json:
        show_rows([asdict(one) for one in found], [], as_json=True, empty="")
        return
    for one in found:
        sys.stdout.write("\n".join(_readable(asdict(one))) + "\n")


def _readable(seen: dict[str, Any]) -> list[str]:
    from inbox.asgi.why import why

    match = seen["match"]
    lines = [
        f"message {seen['message']} <{plain(seen['message_id'])}> from {plain(seen['author'])}",
        f"in conversation {seen['conversation']}: {plain(seen['subject'])}",
        f"outcome: {plain(match.get('outcome') or 'did not come by mail')}",
    ]
    for reason in why(match, NullTranslations()):
        about = ", ".join(map(str, reason.conversations))
        lines.append(f"  {plain(reason.text)}{f' [{about}]' if about else ''}")
    lines += [
        f"  + {plain(one.get('rule'))} {plain(one.get('weight'))}  {plain(one.get('detail') or '')}"
        for one in match.get("evidence") or []
    ]
    lines += [
        f"  - {plain(one.get('rule'))}, conversation {plain(one.get('conversation'))}:"
        f" {plain(one.get('why'))}"
        for one in match.get("rejected") or []
    ]
    return lines
