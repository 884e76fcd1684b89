"""Takes out of a text what must not leave: reply tokens, and the addresses of our people."""

from __future__ import annotations

import re
from collections.abc import Collection

from inbox.leaks.people import may_be_of
from inbox.mail.tokens import VERBS
from inbox.mail.ways_in import KEY, PAGE, SLASH
from inbox.model.address import is_within, normalize

# As in mail.tokens; also where links have written the signs as %2B and %40, or a service that
# watches clicks has done so once more; and where a program has cut the domain off. What stands
# before a token is tried from its first sign on only: else a file that is one long word (base64)
# would be read again at each of its signs. Behind a longer one the token goes all the same.
_PLUS, _AT = r"(?:\+|%(?:25){0,3}2B)", r"(?:@|%(?:25){0,3}40)"
_LOCAL = "A-Za-z0-9._%=-"
_TOKEN_ADDRESS = re.compile(
    rf"(?:(?:(?<![{_LOCAL}])[{_LOCAL}]{{1,64}})?{_PLUS}(?:{VERBS})\.|\b(?:{VERBS}){_PLUS})"
    rf"[a-z2-7]{{26}}"
    rf"(?:{_AT}[A-Za-z0-9.-]{{1,253}}|(?![A-Za-z0-9]))",
    re.IGNORECASE | re.ASCII,
)
# The page on which a customer says whether we have helped, and those that let one of us in: who
# passes such a mail on, or quotes it, gives away more than words.
_TOKEN_PAGE = re.compile(
    rf"(?:https?(?::|%(?:25){{0,3}}3A){SLASH}{{2}}[A-Za-z0-9.:%/_-]{{1,120}}?)?"
    rf"(?:{SLASH}ratings{SLASH}(?P<rated>[a-z2-7]{{26}})(?:{SLASH}[a-z]{{1,8}})?(?![A-Za-z0-9])"
    rf"|{PAGE}(?P<let_in>{KEY}))",
    re.IGNORECASE | re.ASCII,
)
_IN_PAGE = re.compile(rf"{SLASH}ratings{SLASH}([a-z2-7]{{26}})", re.IGNORECASE | re.ASCII)
# Whether it is one, the database knows.
_IN_ADDRESS = re.compile(
    rf"(?:{_PLUS}(?:{VERBS})\.|(?:{VERBS}){_PLUS})([a-z2-7]{{26}})", re.IGNORECASE | re.ASCII
)
_BREAK = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_TOKEN = re.compile(r"[a-z2-7]{26}.*", re.IGNORECASE | re.ASCII | re.DOTALL)
_ADDRESS = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters of a name that tell


def named_after(text: str, name: str, domains: Collection[str]) -> list[str]:
    """Addresses of our domains in a text that are made of the writer's name: theirs, though nobody
    has registered them. `planning` is not made of Ann, nor is `billing` of Ann (Billing).
    """
    name = name.partition("(")[0]
    words = {one for one in _LETTERS.findall(name.casefold()) if len(one) >= _LEAST}
    found = []
    for one in _ADDRESS.finditer(text) if domains and words else ():
        address = normalize(one[0])
        parts = _LETTERS.findall(address.partition("@")[0].casefold())
        if (words.intersection(parts) or may_be_of(address, [name])) and is_within(
            address, domains
        ):
            found.append(one[0])
    return found


def token_addresses(text: str) -> list[str]:
    """The addresses with our tokens in a text, each once and without the token: `support+r.…`."""
    found = [_TOKEN.sub("…", one[0].partition("@")[0]) for one in _TOKEN_ADDRESS.finditer(text)]
    for one in _TOKEN_PAGE.finditer(text):
        token = one.start(one.lastgroup or 0) - one.start()
        found.append(f"{one[0][:token]}…")
    return list(dict.fromkeys(found))


def tokens_in(text: str) -> set[str]:
    """All that may be a token of ours in an address, also where lines or spaces break it."""
    whole = _BREAK.sub("", text)
    return {
        one.lower()
        for said in (text, whole)
        for where in (_IN_ADDRESS, _IN_PAGE)
        for one in where.findall(said)
    }


def scrubbed(text: str, instead: str, people: Collection[str] = ()) -> str:
    """The text with `instead` (our mailbox's address) for token addresses and for `people`'s."""
    text = _TOKEN_PAGE.sub(instead, _TOKEN_ADDRESS.sub(instead, text))
    if not people:
        return text
    names = "|".join(re.escape(one) for one in sorted(people, key=len, reverse=True))
    return re.sub(rf"(?<![\w.+-])(?:{names})(?![\w-]|\.\w)", instead, text, flags=re.IGNORECASE)
