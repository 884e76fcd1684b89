"""A process that opens files which may be bombs: `python -m inbox.leaks.cage`.

In: a line of JSON that says what comes, then the files one behind the other. Out: a line of JSON
for each file, its words and whether these are all, as soon as they are known. It has so much memory
and time and no more, so that a file which is made to kill takes nobody with it but what comes
behind it.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from inbox.leaks.archives import members, unpacked
from inbox.leaks.attached import Attached, Kind, Opened, Words, open_file
from inbox.leaks.compound import compound_words, is_sealed
from inbox.leaks.pdf import read_pdf

_SECONDS: Final = 10  # of processor time
_MEMORY: Final = 1 << 30  # octets
_MOST_CHARACTERS: Final = 400_000  # of one file
_DEEPEST: Final = 3  # archives in archives


def words_of(file: Attached, depth: int = 0) -> Iterator[Words]:
    """All words in a file and in the files in it. Raises nothing but for want of memory or time."""
    opened = Opened()
    match file.kind:
        case Kind.ARCHIVE:
            _open_all(members(file.content), opened)
        case Kind.PACKED:
            _open_all(unpacked(file.content), opened)
        case Kind.COMPOUND:
            is_whole = not is_sealed(file.content)
            opened.words.append(Words("", compound_words(file.content), is_whole))
        case Kind.PDF:
            read = read_pdf(file.content)
            opened.words.append(Words("", read.said, read.is_whole))
            _open_all(read.files, opened)
        case _:
            open_file(file, opened)
    yield from opened.words
    for inner in opened.shut:
        if depth < _DEEPEST:
            yield from words_of(inner, depth + 1)
        else:
            yield Words("", "", is_whole=False)


def _open_all(files: Iterable[tuple[str, bytes | None]], opened: Opened) -> None:
    for name, content in files:
        if content is None:
            opened.words.append(Words(name, "", is_whole=False))
        else:
            open_file(Attached(name, "", content), opened)


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Read all files of `source`, and write of each its words, and whether these are all."""
    for filename, content_type, size in json.loads(source.readline()):
        file = Attached(filename, content_type, source.read(size))
        try:
            found = list(words_of(file))
            words = "\n\n".join(one.said for one in found)[:_MOST_CHARACTERS]
            is_whole = all(one.is_whole for one in found)
        except (MemoryError, RecursionError):
            words, is_whole = "", False
        out.write(json.dumps([words, is_whole]).encode() + b"\n")
        out.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    main(sys.stdin.buffer, sys.stdout.buffer)
