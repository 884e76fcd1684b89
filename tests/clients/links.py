"""What services that watch clicks make of a link."""

from __future__ import annotations

import re
from urllib.parse import quote

URL = re.compile(r"https?://[^\s\"<>]+")
_SAFE = "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C&reserved=0"


def safe_link(url: str) -> str:
    """The link as Microsoft's service writes it."""
    return _SAFE.format(quote(url, safe=""))
