"""`python -m inbox`."""

from inbox.cli.main import main

main()
