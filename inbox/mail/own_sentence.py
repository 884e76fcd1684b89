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
    r"私[がはの]|我们?|[Yy]our|Ihr\w{0,2}|[Vv]otre|[Vv]os|[Вв]аш\w*)(?![\w.@-])"
)
# Whoever speaks to somebody, points at something or asks has written the line, and no program.
_ADDRESSING = re.compile(
    r"(?<![\w.@'’-])(?:I|I['’]\w+|[Yy]ou|[Tt]his|[Tt]hese|that|[Ss]ee|below|[Ii]ch|Sie|siehe|"
    r"[Jj]e|[Vv]ous|[Vv]oici|io|[Ee]cco|[Qq]uesto|usted|[Ee]sto|aquí|você|[Ii]sto|ik|[Dd]it|[Dd]eze|"
    r"[Вв]ы|ты|[Вв]от|[Сс]м|[Ээ]то|ви|[Оо]сь|[Цц]е)(?![\w@-])|[?？]|以下|下記|次の|あなた|[你您]|如下"
)
# What stands at the end of the line in the languages of mail programs.
_WROTE = re.compile(
    r"(?i)\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|napisał\(?a?\)?|"
    r"napsal\(?a?\)?|napísal\(?a?\)?|schreef|geschreven|skrev|kirjoitti|írta|a scris|"
    r"написал\(?а?\)?|пишет|писал\(?а?\)?|написав|пише|написа|yazdı|"
    r"je (?:napisao|napisal)\(?a?\)?|napisao|napisal\(?a?\)?|ha escrito|va escriure|kirjutas|"
    r"rakstīja|rašė|parašė|menulis|έγραψε|đã viết)\b"
    r"|写道|寫道|のメール|書きました|작성|เขียน|כתב|كتب|كتابة"
)
_SHOWN_ADDRESS = re.compile(
    r"(?<!=)[<(\[«]\s*(?:mailto:)?[^\s<>()]+@[^\s<>()]+|@[\w.-]+>?\s?[:：]\W*$"
)
_COLON_INSIDE = re.compile(r"[^\W\d_]:\s(?![^()]*\))")
_LAST_WORD = re.compile(r"([^\W\d_])[^\W\d_]*\)?\s?[:：]\W*$")
_SMALL_WORD = re.compile(r"(?<![\w.])[a-zß-ÿ]{2,}(?![\w.])")
_CAPITAL_INSIDE = re.compile(r"\W[A-Z](?:[a-z]|\W)")
_MOST_SMALL_WORDS = 4


def speaks_of_itself(line: str) -> bool:
    """True for `On 12 March I wrote to you:` in the languages of most mail."""
    return _MYSELF.search(line) is not None


def announces(line: str) -> bool:
    """True for `this is what I mean:`, which leads to a piece that the writer chose."""
    if wrote(line):
        return False
    return not is_terse(line) or _addresses(line) or speaks_of_itself(line)


def may_name_someone(line: str) -> bool:
    """False for a sentence without a name in it."""
    if not is_terse(line) or _addresses(line):
        return False
    return not line.isascii() or _CAPITAL_INSIDE.search(line) is not None


def _addresses(line: str) -> bool:
    return _ADDRESSING.search(line) is not None


def is_terse(line: str) -> bool:
    """False for a sentence: it has more small words than stand around a date and a name."""
    few = len(_SMALL_WORD.findall(line)) <= _MOST_SMALL_WORDS
    return few and _COLON_INSIDE.search(line) is None


def wrote(line: str) -> bool:
    """True if it says so in a language of mail programs."""
    return _WROTE.search(line) is not None


def shows_address(line: str) -> bool:
    """True if an address stands in brackets or at the end, and nothing is told before it."""
    return _SHOWN_ADDRESS.search(line) is not None and _COLON_INSIDE.search(line) is None


def ends_in_verb(line: str) -> bool:
    """True unless the last word is a name or a number: `… Ann Lee kirjutas:`."""
    last = _LAST_WORD.search(line)
    return last is not None and not last[1].isupper()
