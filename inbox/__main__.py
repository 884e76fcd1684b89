"""`python -m inbox`."""

from __future__ import annotations

from inbox.cli.main import main

main()
