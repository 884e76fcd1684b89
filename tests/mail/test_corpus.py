"""Every mail of `tests/corpus/mail` is understood as the file beside it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inbox.mail.inspection import inspect
from inbox.mail.parse import parse
from inbox.threading.subject import base_subject

CORPUS = Path(__file__).parents[1] / "corpus" / "mail"
MAILS = sorted(CORPUS.glob("*.eml"))


def test_there_is_a_mail_for_each_oddity() -> None:
    assert len(MAILS) >= 100
    assert all(mail.with_suffix(".json").exists() for mail in MAILS)


@pytest.mark.parametrize("mail", MAILS, ids=lambda path: path.stem)
def test_mail_is_understood(mail: Path) -> None:
    raw = mail.read_bytes()
    expect = json.loads(mail.with_suffix(".json").read_text("utf-8"))["expect"]
    seen = inspect(raw, mail.name, base_subject=lambda text: base_subject(text).text)

    authors = expect.pop("authors", None)
    if authors is not None:
        assert [one.address for one in parse(raw).from_] == authors
    for part in expect.pop("html_has", []):
        assert part in seen["html"]
    for part in expect.pop("html_not", []):
        assert part not in seen["html"].lower()
    for part in expect.pop("new_has", []):
        assert part in seen["new_text"]
    if (bounced := expect.pop("bounced", None)) is not None:
        assert [one["address"] for one in seen["bounce"]["recipients"]] == bounced
    if (defects := expect.pop("defects", None)) is not None:
        assert set(defects) <= {one["code"] for one in seen["defects"]}
        assert defects or not seen["defects"]
    for key, value in expect.items():
        assert shaped_like(seen[key], value) == value, key


def shaped_like(seen: Any, wanted: Any) -> Any:
    """What was seen, reduced to the keys that the expectation names."""
    if isinstance(wanted, dict) and isinstance(seen, dict):
        return {key: shaped_like(seen.get(key), value) for key, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(seen, list) and len(seen) == len(wanted):
        return [shaped_like(one, other) for one, other in zip(seen, wanted, strict=True)]
    return seen
