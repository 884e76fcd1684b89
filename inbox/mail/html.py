"""HTML of a mail → HTML that may be shown: one policy, nothing executable, nothing fetched.

nh3 (ammonia) keeps what the policy names; pictures from outside are parked, those that track are
named, `cid:` pictures get the given addresses, styles keep only properties that stay in their
frame. `sanitize` is idempotent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import nh3

from inbox.mail.html_guard import is_small, tame
from inbox.mail.trackers import find_trackers

_TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure",
    "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins",
    "kbd", "li", "main",
    "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt",
    "u", "ul", "var",
    "wbr",
}  # fmt: skip
_EVERYWHERE = {"align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width"}
_ATTRIBUTES = {
    "*": _EVERYWHERE,
    "a": {"href"},
    "img": {"src", "alt", "border", "hspace", "vspace"},
    "font": {"color", "face", "size"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "blockquote": {"type"},
}
_STYLES = {
    "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style",
    "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color",
    "border-left-style",
    "border-left-width", "border-radius", "border-right", "border-right-color",
    "border-right-style",
    "border-right-width", "border-spacing", "border-style", "border-top", "border-top-color",
    "border-top-style",
    "border-top-width", "border-width", "clear", "color", "direction", "display", "float", "font",
    "font-family",
    "font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing",
    "line-height",
    "list-style-type", "max-width", "min-width", "padding", "padding-bottom", "padding-left",
    "padding-right", "padding-top", "table-layout", "text-align", "text-decoration",
    "text-indent", "text-transform",
    "vertical-align", "white-space", "width", "word-break", "word-spacing", "word-wrap",
    "overflow-wrap",
}  # fmt: skip
_DROPPED_WITH_CONTENT = {
    "script", "style", "title", "svg", "math", "template", "noscript", "iframe", "object",
    "embed", "applet", "xmp",
    "noembed", "noframes", "select", "textarea", "audio", "video", "canvas",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel", "cid"}
_MAX_PASSES = 4
_REMOTE = re.compile(r"\s*(?:https?:)?\s*[/\\]{2}", re.I)
_BAD_STYLE = re.compile(
    r"[\\@<>]|url|expression|image|var\s*\(|attr\s*\(|/\*|javascript|behavior|binding", re.I
)
# A size of the window or beyond any screen hides what others wrote, in a frame or not.
_ENDLESS = re.compile(r"\d(?:d?v[whib]|d?vmin|d?vmax|cq\w+)\b|\d{5}|\de\+?\d", re.I)
_DIMENSION = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:px|%|em|pt)?")
_WORD = re.compile(r"[^\\(){}<>;:@/]*")
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.I)


@dataclass(frozen=True, slots=True)
class Sanitized:
    """HTML that may be shown, and the pictures from outside that are not loaded."""

    html: str
    remote_images: tuple[str, ...] = ()
    trackers: tuple[str, ...] = ()  # pictures that only report the reading: never loaded


def sanitize(
    html: str,
    cid_urls: Mapping[str, str] | None = None,
    remote: bool = False,
    *,
    new_window: bool = False,
) -> Sanitized:
    """The HTML by our one policy; `cid_urls` maps Content-IDs to addresses of ours.

    Remote pictures lose their address, listed in the result, unless `remote` is true; those that
    track always do. Given `cid_urls`, a picture that they do not name has no address either. With
    `new_window` links open apart: a sandboxed frame has no other way out. Never raises.
    """
    policy = _Policy(cid_urls, remote=remote, new_window=new_window)
    tamed = tame(html)
    policy.trackers = find_trackers(tamed)
    clean = _cleaned(tamed, policy)
    parked = tuple(dict.fromkeys(policy.parked))
    tracking = tuple(dict.fromkeys(policy.tracking))
    # A parser mends broken nests a step at a time: clean until nothing changes any more, so that
    # what a browser makes of the result is what was looked at.
    for _ in range(_MAX_PASSES):
        again = _cleaned(clean if is_small(clean) else tame(clean), policy)
        if again == clean:
            break
        clean = again
    return Sanitized(clean, parked, tracking)


def _cleaned(html: str, policy: _Policy) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=policy.filter,
        url_schemes=_SCHEMES | ({"data"} if "data:image/" in html else set()),
        set_tag_attribute_values={"a": {"target": "_blank"}} if policy.new_window else None,
        link_rel="noopener noreferrer nofollow",
        filter_style_properties=_STYLES,
        strip_comments=True,
    )


class _Policy:
    """What happens to each attribute; collects the pictures that it parks."""

    def __init__(
        self, cid_urls: Mapping[str, str] | None, *, remote: bool, new_window: bool
    ) -> None:
        self.cid_urls = cid_urls
        self.shown = frozenset((cid_urls or {}).values())
        self.remote = remote
        self.new_window = new_window
        self.trackers: frozenset[str] = frozenset()
        self.parked: list[str] = []
        self.tracking: list[str] = []

    def filter(self, tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return _style(value)
        if attribute in ("width", "height"):
            return value.strip() if _DIMENSION.fullmatch(value.strip()) else None
        if attribute == "src":
            return self._picture(value.strip())
        if attribute == "href":
            return _link(value)
        if attribute in ("title", "alt"):
            return value
        return value if _WORD.fullmatch(value) else None

    def _picture(self, source: str) -> str | None:
        if source.lower().startswith("cid:"):
            return self._part(source[4:].strip(), source)
        if source in self.shown or _DATA_PICTURE.fullmatch(source):
            return source
        if not _REMOTE.match(source):
            return None  # a relative address points into our own pages
        if source in self.trackers:
            self.tracking.append(source)
            return None
        if self.remote:
            return source
        self.parked.append(source)
        return None

    def _part(self, content_id: str, source: str) -> str | None:
        """Where a picture of the mail itself is (RFC 2392: its id may be percent-encoded)."""
        if self.cid_urls is None:
            return source
        return self.cid_urls.get(content_id) or self.cid_urls.get(unquote(content_id))


def _link(value: str) -> str | None:
    scheme = value.strip().partition(":")[0].lower()
    return value if scheme in ("http", "https", "mailto", "tel") or value.startswith("#") else None


def _style(value: str) -> str | None:
    kept = [one.strip() for one in value[:4000].split(";") if one.strip() and _is_tame_style(one)]
    return "; ".join(kept) or None


def _is_tame_style(declaration: str) -> bool:
    name, colon, setting = declaration.partition(":")
    if not colon or _BAD_STYLE.search(declaration) or _ENDLESS.search(setting):
        return False
    # Negative lengths move content out of its frame, over what others wrote.
    return not re.search(r"(?:^|[\s,(])-\s*[\d.]", setting) and name.strip().lower() in _STYLES
