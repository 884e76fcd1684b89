"""Mangled mails, steered to lines not yet reached, through all that reads mail.

`scripts/fuzz [SECONDS]`, or `python -m fuzz.understand [libFuzzer's options] FOLDER`. Each mail
must keep the laws of tests/mail/laws.py within the time that its size allows. What breaks one is
left as `crash-…` in `.cache/fuzz`: make it a case in tests/corpus/mail or tests/mail, then mend the
code.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["inbox"]):
    from tests.mail import laws

MOST_SECONDS = 2.0  # for a mail of at most 1 MB, many times slower for being watched
OWN_MAILS = Path(__file__).parents[1] / "tests" / "corpus" / "mail"


def understand(raw: bytes) -> None:
    """Read the mail in every way; AssertionError names the law that it breaks."""
    before = time.process_time()
    mail = laws.a_mail_can_be_kept(raw)
    laws.a_mail_can_be_shown(raw)
    laws.a_mail_has_a_kind(mail, "")
    laws.trimming_loses_no_word(mail.text, mail.html)
    laws.what_was_forwarded_can_be_kept(mail)
    if mail.html is not None:
        laws.html_is_made_safe(mail.html)
    laws.an_answer_reads_the_same(mail)
    took = time.process_time() - before
    assert took < MOST_SECONDS, f"{took:.1f} s for {len(raw)} bytes"


def seed(folder: Path) -> None:
    """Put the project's own mails where the fuzzer begins."""
    folder.mkdir(parents=True, exist_ok=True)
    for mail in OWN_MAILS.glob("*.eml"):
        (folder / mail.name).write_bytes(mail.read_bytes())


def main() -> None:
    """Run until the time is over or a law is broken."""
    folder = Path(sys.argv[-1])
    seed(folder)
    atheris.Setup(sys.argv, understand)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
