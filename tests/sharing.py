"""How the tests are shared out among the processes that run them."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

# What is dear to begin with, and kept to the end by one process: a running service, a parsed house.
_TOGETHER = (
    "tests/house/",
    "tests/programs/test_answers.py",
    "tests/programs/test_postfix.py",
    "tests/programs/test_submission.py",
    "tests/programs/test_swaks.py",
)


class ByWhatTheyNeed(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """A file is run by one process, and so are files that need the same dear thing."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return file.rpartition("/")[0] if file.startswith(_TOGETHER) else file
