"""What understanding a mail costs: milliseconds a mail, beside two plain parsers in the same run.

`python -m bench.understand [FOLDER …] [--count 400] [--runs 5] [--small]`

Without a folder, over the mails of bench.corpus; else over every .eml in the folders. `inspect` is
the whole understanding: text, HTML made safe, what is new and what is quoted, kind, bounce,
forwarded mail, files with their hashes. `mail-parser` and `stdlib` (email.policy.default) only take
the mail apart: headers, addresses, bodies, files. Each mail is read by all three, one after the
other; its time with each is the least of the runs, which leaves out what the machine did beside.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import gc
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import mailparser

from bench import corpus
from inbox.mail.inspection import inspect
from inbox.threading.subject import base_subject

SMALL = 70_000
Reader = Callable[[bytes], object]


def by_inspect(raw: bytes) -> object:
    """The whole understanding, as `inbox inspect` has it."""
    return inspect(raw, base_subject=lambda text: base_subject(text).text)


def by_mail_parser(raw: bytes) -> object:
    """mail-parser: it reads everything when asked to parse."""
    mail = mailparser.parse_from_bytes(raw)
    return mail.subject, mail.from_, mail.to, mail.cc, mail.date, mail.body, mail.attachments


def by_stdlib(raw: bytes) -> object:
    """The standard library's modern policy; what it cannot read is left out, as it raises."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    found: list[object] = []
    for name in ("Subject", "From", "To", "Cc", "Date", "Message-ID"):
        found.append(str(mail.get(name, "")))
    for part in mail.walk():
        if not part.is_multipart():
            try:
                found.append(part.get_content())
            except (LookupError, ValueError, AttributeError):
                found.append(part.get_payload(decode=True))
    return found


READERS: dict[str, Reader] = {
    "inspect": by_inspect,
    "mail-parser": by_mail_parser,
    "stdlib": by_stdlib,
}


def main() -> None:
    """Measure and print a table, then the same as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=400, help="mails of the made corpus")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--small", action="store_true", help="only mails under 70 kB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as made:
        if not asked.folders:
            corpus.write(Path(made), asked.count)
        mails = list(_mails(asked.folders or [Path(made)], small=asked.small))
    if not mails:
        parser.error("no .eml files there")
    times = {name: _times(read, mails, asked.runs) for name, read in READERS.items()}
    found = {name: _summary(one) for name, one in times.items()}
    plain = found["mail-parser"]
    for name, one in found.items():
        ratio = one["median_ms"] / plain["median_ms"]
        print(
            f"{name:12} median {one['median_ms']:7.3f} ms  mean {one['mean_ms']:7.3f} ms  "
            f"p99 {one['p99_ms']:8.3f} ms  {ratio:5.2f} x mail-parser"
        )
    print(json.dumps({"mails": len(mails), "bytes": sum(map(len, mails)), **found}))


def _mails(folders: Sequence[Path], *, small: bool) -> list[bytes]:
    found = [path for folder in folders for path in sorted(folder.rglob("*.eml"))]
    mails = [path.read_bytes() for path in found]
    return [mail for mail in mails if not small or len(mail) < SMALL]


def _times(read: Reader, mails: list[bytes], runs: int) -> list[float]:
    """Milliseconds of CPU for each mail, the least of the runs."""
    for mail in mails[:20]:
        _once(read, mail)
    best = [float("inf")] * len(mails)
    for _ in range(runs):
        gc.collect()
        for number, mail in enumerate(mails):
            best[number] = min(best[number], _once(read, mail))
    return best


def _once(read: Reader, mail: bytes) -> float:
    before = time.perf_counter_ns()
    try:
        read(mail)
    except Exception as error:  # a reader that fails has used its time all the same
        if read is by_inspect:
            raise AssertionError("it never raises") from error
    return (time.perf_counter_ns() - before) / 1e6


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median_ms": round(median(ordered), 4),
        "mean_ms": round(sum(ordered) / len(ordered), 4),
        "p99_ms": round(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)], 4),
    }


if __name__ == "__main__":
    main()
