"""Brings `inbox/locale/*.po` up to date with the texts of the source (`make messages`).

New texts appear with an empty `msgstr`; write the translation there. Nothing is guessed from
similar texts: a wrong sentence in a mail is worse than an English one, and a house test lists what
is missing. Texts are found by `babel.cfg`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from inbox.i18n import CATALOGUES, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[1]
HEADER = """\
# What people read, in the language {language}. `make messages` adds what is new.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> int:
    """Updates every catalogue and says how much is untranslated."""
    template = extract()
    for language in LANGUAGES[1:]:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        _write(catalog, language)
        print(f"{language}: {len(template)} texts, {len(untranslated(catalog))} to translate")
    return 0


def extract() -> Catalog:
    """All texts of the source, each with the files that it stands in."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call] # Babel has no type here
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        keywords={**DEFAULT_KEYWORDS, "N_": None},
        comment_tags=["Translators:"],
        strip_comment_tags=True,
        directory_filter=_is_source,
    )
    catalog = Catalog()
    for filename, _, text, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        # No line numbers: they would change the catalogues with every edit elsewhere.
        catalog.add(text, None, [(filename, 0)], auto_comments=comments, context=context)
    return catalog


def read(language: str) -> Catalog:
    """The catalogue of one language as it lies in the repository; empty when there is none."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def texts(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that have no translation, or one that nobody has confirmed."""
    return [str(m.id) for m in texts(catalog) if m.fuzzy or not _is_whole(m.string)]


def _is_whole(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _is_source(folder: str) -> bool:
    return Path(folder).name not in {"locale", "static", "__pycache__"} and (
        Path(folder) == ROOT or ROOT / "inbox" in (Path(folder), *Path(folder).parents)
    )


def _write(catalog: Catalog, language: str) -> None:
    CATALOGUES.mkdir(exist_ok=True)
    with (CATALOGUES / f"{language}.po").open("wb") as file:
        file.write(HEADER.format(language=language, plurals=catalog.plural_forms).encode())
        write_po(
            file, catalog, width=100, omit_header=True, ignore_obsolete=True, include_lineno=False
        )


if __name__ == "__main__":
    sys.exit(main())
