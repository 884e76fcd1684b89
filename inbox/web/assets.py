"""Our own style sheets, scripts and icons: in memory, at addresses that change with them."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"

# In this order; the layers are declared in the first.
_BUNDLES: Final = {
    "inbox.css": (
        "tokens.css",
        "base.css",
        "controls.css",
        "rail.css",
        "list.css",
        "conversation.css",
        "customer.css",
        "message.css",
        "composer.css",
        "write.css",
        "pages.css",
        "search.css",
        "own.css",
        "together.css",
        "palette.css",
        "house.css",
        "dispatch.css",
        "figures.css",
        "rating.css",
        "print.css",
    ),
    "htmx.js": ("vendor/htmx.js", "vendor/hx-sse.js"),
    "unreached.js": ("unreached.js",),
    "desk.js": (
        "ground.js",
        "list.js",
        "back.js",
        "marks.js",
        "rail.js",
        "drafts.js",
        "chips.js",
        "keys.js",
        "page.js",
        "news.js",
        "live.js",
        "together.js",
        "bell.js",
        "palette.js",
    ),
    "write.js": ("suggest.js", "write.js"),
    "dispatch.js": ("dispatch.js",),
    "in_place.js": ("in_place.js",),
    "desktop.js": ("desktop.js",),
    "sign_in.js": ("sign_in.js",),
    "icons.svg": ("icons.svg",),
    "favicon.svg": ("favicon.svg",),
    "favicon-new.svg": ("favicon-new.svg",),
}
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


# Lines that hold nothing else: they are for us, and a fourteenth of what would be sent.
_COMMENT: Final = re.compile(rb"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    name: str
    digest: str
    content_type: str
    plain: bytes
    gzipped: bytes

    @property
    def url(self) -> str:
        """Its address: another content has another one, so it may be kept for ever."""
        return f"/static/{self.digest}/{self.name}"


@cache
def assets() -> dict[str, Asset]:
    """All files by name."""
    return {name: _asset(name, parts) for name, parts in _BUNDLES.items()}


def _asset(name: str, parts: tuple[str, ...]) -> Asset:
    plain = b"\n".join(_COMMENT.sub(b"", (STATIC / part).read_bytes()) for part in parts)
    return Asset(
        name=name,
        digest=sha256(plain).hexdigest()[:16],
        content_type=_TYPES[Path(name).suffix],
        plain=plain,
        gzipped=gzip.compress(plain, 9, mtime=0),
    )
