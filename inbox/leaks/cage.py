"""A process that opens files which may be bombs: `python -m inbox.leaks.cage`.

In: a line of JSON that says what comes, then the files one behind the other. Out: a line of JSON
for each file, its words, as soon as they are known. It has so much memory and time and no more, so
that a file which is made to kill takes nobody with it but what comes behind it.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final

from inbox.leaks.archives import members
from inbox.leaks.attached import Attached, Kind, Opened, Words, open_file
from inbox.leaks.compound import compound_words
from inbox.leaks.pdf import pdf_words

_SECONDS: Final = 10  # of processor time
_MEMORY: Final = 1 << 30  # octets
_MOST_CHARACTERS: Final = 400_000  # of one file
_DEEPEST: Final = 3  # archives in archives


def words_of(file: Attached, depth: int = 0) -> Iterator[str]:
    """All words in a file and in the files in it. Raises nothing but for want of memory or time."""
    opened = Opened()
    if file.kind is Kind.ARCHIVE:
        for name, content in members(file.content):
            open_file(Attached(name, "", content), opened)
    elif file.kind is Kind.COMPOUND:
        opened.words.append(Words(file.filename, compound_words(file.content)))
    elif file.kind is Kind.PDF:
        opened.words.append(Words(file.filename, pdf_words(file.content)))
    else:
        open_file(file, opened)
    yield from (one.said for one in opened.words)
    if depth < _DEEPEST:
        for inner in opened.shut:
            yield from words_of(inner, depth + 1)


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Read all files of `source`, and write the words of each."""
    for filename, content_type, size in json.loads(source.readline()):
        file = Attached(filename, content_type, source.read(size))
        try:
            words = "\n\n".join(words_of(file))[:_MOST_CHARACTERS]
        except (MemoryError, RecursionError):
            words = ""
        out.write(json.dumps(words).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    main(sys.stdin.buffer, sys.stdout.buffer)
