"""`inbox demo`: the service with a small company in it, and everybody's mail program."""

from __future__ import annotations

from inbox.cli.options import Config
from inbox.log import configure
from inbox.settings import load


def demo(config: Config = None) -> None:
    """Try everything with a small company; no mail leaves this machine."""
    from inbox.demo.start import run_demo

    settings = load(config)
    # People read this terminal: what goes well is not worth a line.
    level = settings.log_level if "log_level" in settings.model_fields_set else "WARNING"
    settings = settings.model_copy(update={"log_level": level})
    configure(settings.log_style, settings.log_level)
    run_demo(settings, config=config)
