"""Plain text that only points at the HTML beside it ("view in browser") → the HTML's words."""

from __future__ import annotations

import re

from inbox.mail.html_text import html_to_text

_LONGEST = 300
_MORE = 200
_TAG = re.compile(r"<(?!a\s|img\s)[^<>]*>\s*", re.I)
_POINTS_ELSEWHERE = re.compile(
    r"\bx?html\b|html(?=\W?(?:mail|形式|メール|格式|邮件))|browser|web ?version|"
    r"online[ -](?:version|ansicht)|"
    r"браузер|navigateur|navegador|przeglądar|prohlížeč|tarayıcı|ブラウザ|浏览器|瀏覽器|브라우저",
    re.I,
)


def fuller_text(text: str, html: str) -> str | None:
    """The HTML's words where the plain text is a stub; None where it says as much."""
    if len(text) > _LONGEST:
        return None
    points = _POINTS_ELSEWHERE.search(text) is not None
    # Most HTML is long by its tags and styles.
    is_long = len(html) >= 3000 + 10 * len(text) and _said_at_most(html) >= _MORE + 4 * len(text)
    if not (points or is_long):
        return None
    fuller = html_to_text(html)
    says_more = len(fuller) >= _MORE + 4 * len(text)
    says_other = points and fuller.strip() and _shared(text, fuller) < 0.6
    return fuller if says_more or says_other else None


def _said_at_most(html: str) -> int:
    """How many characters the HTML has beside its tags, each of which counts for a space."""
    return len(_TAG.sub(" ", html))


def _shared(text: str, other: str) -> float:
    """How many of the words of a text another has, from 0 to 1."""
    words = re.findall(r"\w+", text.lower())
    known = set(re.findall(r"\w+", other.lower()))
    return sum(word in known for word in words) / max(1, len(words))
