"""The repository says nothing about the machine it was written on, and keeps no secrets."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT, files

# Put together here, so that this file does not contain what it looks for.
TRACES = {
    "a path of one machine": [f"/{top}/" for top in ("work", "root", "home/[a-z]", "opt/pypi")],
    "a package index by its host": [
        r"files\.python" + r"hosted\.org",
        r"(?<![\w.])pypi\." + r"org",
        r"registry\.npm" + r"js\.org",
        r"deb\.deb" + r"ian\.org",
    ],
    "a private key": ["-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"],
    "a conflict that was not resolved": [r"(?m)^[<>]{7} "],
}
# Mails may contain anything, a certificate for a name that cannot exist protects nothing, and uv's
# lock names the public index by its nature.
EXCEPT = ("tests/corpus/", "tests/wire/mail.test.pem", "uv.lock")


@pytest.mark.parametrize("what", TRACES)
def test_no_traces(what: str) -> None:
    pattern = re.compile("|".join(TRACES[what]))
    strays = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files()
        if not str(path.relative_to(ROOT)).startswith(EXCEPT)
        and (match := pattern.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert not strays, f"{what}: {strays}"
