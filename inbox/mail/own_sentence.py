"""Sentences of the writer's own that look like the line which programs write above a quote."""

from __future__ import annotations

import re

# Whoever speaks of themselves has written the sentence, and no program.
_MYSELF = re.compile(
    r"(?<![\w.@'’-])(?:I (?:\w+ ){0,2}(?:wrote|sent|said|asked)|we|our|us|me|my|ich|mir|mich|"
    r"mein\w*|wir|uns|unser\w*|j['’]ai|je (?:vous|t['’])|nous|notre|"
    r"ho (?:\w+ )?(?:scritto|inviato|mandato|chiesto)|abbiamo|nostr[aoei]|yo|"
    r"he (?:escrito|enviado)|hemos|nuestr\w+|escribí|escrevi|escrevemos|nosso|jag|jeg|ik|wij|mij|"
    r"я|мне|мы|нам|наш\w*|мой|мені|ми|napisał[ae]m|pisał[ae]m|jsem|jsme|írtam|kirjoitin|yazdım|"
    r"私[がはの]|我们?)(?![\w.@-])"
)
_SMALL_WORD = re.compile(r"(?<![\w.])[a-zß-ÿ]{2,}(?![\w.])")
_CAPITAL_INSIDE = re.compile(r"\W[A-Z]")
_MOST_SMALL_WORDS = 4


def speaks_of_itself(line: str) -> bool:
    """True for `On 12 March I wrote to you:` in the languages of most mail."""
    return _MYSELF.search(line) is not None


def may_name_someone(line: str) -> bool:
    """False for a sentence: it has more small words than stand around a date and a name."""
    if len(_SMALL_WORD.findall(line)) > _MOST_SMALL_WORDS:
        return False
    return not line.isascii() or _CAPITAL_INSIDE.search(line) is not None
