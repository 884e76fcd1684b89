"""Structured logs: events with keys, never the text of a mail, never a token."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any, cast

from inbox.absent import absent

# Where rich is there, structlog loads it to draw what we never show: 60 ms and five megabytes in
# each process of the house.
with absent("rich"):
    import structlog
    import structlog.stdlib
    from structlog.contextvars import bound_contextvars

if TYPE_CHECKING:
    from structlog.typing import Processor

__all__ = ["bound_contextvars", "configure", "get_logger", "redact"]

_SECRET = re.compile(
    r"(?i)(?<=\+)([a-z0-9-]{1,12}\.)?[a-z2-7]{26}(?=@)|(?<=://)[^/@\s]+(?=@)"
    r"|(?<=/ratings/)[a-z2-7]{26}"
)
# PostgreSQL names, in its own language and in brackets, the row that it refuses: addresses, or a
# whole mail, over several lines; and its driver the beginning of a value that it cannot take.
_ROW = re.compile(
    r"(?<=DETAIL:  )[^(\n]*\(.*?"
    r"(?=\n(?:HINT|CONTEXT):|\n\[SQL:|\n\nThe above|\n\nDuring|\Z)"
    r"|(?<=for query argument )\$\d+: [^\n]*",
    re.DOTALL,
)
_SECRET_KEYS = frozenset({"password", "token", "secret", "authorization", "cookie"})


def configure(style: str, level: str = "INFO") -> None:
    """Set up logging for this process; `style` is `text` or `json`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    _configure_libraries(shared, renderer)


def _configure_libraries(shared: list[Processor], renderer: Processor) -> None:
    """What libraries log looks like ours, and is as silent about people."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_part, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # aiosmtpd's, which prints the text of mails below WARNING; uvicorn's, which any stranger fills.
    for name in ("mail.log", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _part(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {"part": event["_record"].name, **event}


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose events carry the name of their part."""
    return cast("structlog.stdlib.BoundLogger", structlog.get_logger(part=name))


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask reply tokens, passwords in URLs and rows that PostgreSQL names.

    And control characters, which could drive a terminal.
    """
    for key, value in event.items():
        if key in _SECRET_KEYS:
            event[key] = "***"
        elif isinstance(value, str):
            event[key] = _printable(_SECRET.sub("***", _ROW.sub("***", value)))
    return event


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)
