"""Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231), bounded and
lenient.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from inbox.mail.charset import decode
from inbox.mail.encoded_words import clean, decode_words

_MAX_VALUE = 8192
_MAX_PARAMS = 100
_PARAM = re.compile(r"""[;\s]*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?([^;]*)|([^;]*))""", re.S)
_CONTINUED = re.compile(r"^(.+?)\*(\d{1,3})(\*?)$")


def parse_params(value: str) -> tuple[str, dict[str, str]]:
    """The bare value in lower case and its parameters, names in lower case, values decoded."""
    bare, params = _parsed(value[:_MAX_VALUE])
    return bare, params.copy()


# The same few fields of a mail are asked for several times.
@lru_cache(maxsize=64)
def _parsed(value: str) -> tuple[str, dict[str, str]]:
    head, _, rest = value.partition(";")
    bare = _without_comment(head).strip().strip("\"'").lower()
    if "=" in bare and "/" not in bare:  # `Content-Type: charset=utf-8` names no type at all
        bare, rest = "", value
    if not rest:
        return bare, {}
    return bare, _joined(_pairs(rest))


def _pairs(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    position = 0
    while len(found) < _MAX_PARAMS and (match := _PARAM.match(rest, position)):
        name, quoted, tail, token = match.groups()
        position = match.end()
        if quoted is not None:
            text = re.sub(r"\\([\"\\])", r"\1", quoted)
            # `filename="a";` is the rule; `filename="a" b.txt` is seen: keep the quoted part.
            text = text if not tail.strip() or not tail.strip().startswith("=?") else text + tail
        else:
            text = _without_comment(token).strip()
        found.setdefault(name.lower(), text)
        if position < len(rest) and rest[position] != ";":
            position = rest.find(";", position)
            if position < 0:
                break
    return found


def _joined(pairs: dict[str, str]) -> dict[str, str]:
    """Continuations (`name*0`, `name*1*`) put together and percent-encoded values decoded."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    for name, text in pairs.items():
        if continued := _CONTINUED.match(name):
            pieces.setdefault(continued[1], []).append(
                (int(continued[2]), text, bool(continued[3]))
            )
        elif name.endswith("*"):
            pieces.setdefault(name[:-1], []).append((0, text, True))
        else:
            plain[name] = decode_words(text)
    for name, found in pieces.items():
        if text := _from_pieces(sorted(found)):
            plain[name] = text
    return plain


def _from_pieces(pieces: list[tuple[int, str, bool]]) -> str:
    first = pieces[0][1]
    charset = ""
    if pieces[0][2] and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
        pieces = [(pieces[0][0], first, True), *pieces[1:]]
    encoded = any(is_encoded for _, _, is_encoded in pieces)
    if not encoded:
        return decode_words("".join(text for _, text, _ in pieces))
    data = b"".join(
        unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "surrogateescape")
        for _, text, is_encoded in pieces
    )
    text = decode(data, charset).text
    return decode_words(text) if "=?" in text else clean(text)


def _without_comment(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text) if "(" in text else text
