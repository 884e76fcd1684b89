"""Pictures that are there to report that a mail is read → their addresses.

Two signs: nobody is meant to see the picture, or mailing programs count at its address.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST = 2000
_OUTSIDE = re.compile(r"\s*(?:https?:)?\s*[/\\]{2}", re.I)
_TINY = re.compile(r"\s*0*[012](?:\.0+)?\s*(?:px|pt)?\s*;?\s*", re.I)
_UNSEEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!))",
    re.I,
)
_SIZE = re.compile(r"(?:^|;)\s*(?:max-)?(width|height)\s*:\s*([^;]{0,20})", re.I)
# Pictures of one point that keep columns apart, as pages had them before there were style sheets.
_SPACER = re.compile(
    r"(?:spacer|blank|clear|shim|transparent|trans|space)[\w-]{0,20}\.(?:gif|png)$", re.I
)
_COUNTED = re.compile(
    r"""
    //(?:[\w.-]{1,253}\.)?(?:
      awstrack\.me/ | bananatag\.com/ | bat\.bing\.com/ | bl-1\.com/ | cirrusinsight\.com/
    | close\.(?:io|com)/email_opened | cmail\d{1,3}\.com/t/ | contactmonkey\.com/
    | counter\.yadro\.ru/ | createsend\d{0,3}\.com/t/ | customeriomail\.com/e/o | demdex\.net/
    | didtheyreadit\.com/ | doubleclick\.net/ | emltrk\.com/ | exct\.net/open\.aspx
    | facebook\.com/email_open_log_pic | getnotify\.com/ | gmass\.co/
    | google-analytics\.com/(?:r/|g/)?(?:__utm\.gif|collect) | hubspot\w{0,10}\.(?:com|net)/e[23]t
    | intercom[\w-]{0,10}\.(?:com|io)/(?:via/)?o(?:pen)?[/?] | linkedin\.com/emimp
    | list-manage\.com/track | mailfoogae\.appspot\.com/ | mailtrack\.io/
    | mandrillapp\.com/track/open | mc\.yandex\.(?:ru|com)/watch | mixmax\.com/(?:api/)?track
    | mkt\d{1,6}\.com/open | outreach\.io/api/mailings/opened | pstmrk\.it/open | readnotify\.com/
    | rs6\.net/on\.jsp | r\.superhuman\.com/ | saleshandy\.com/ | salesloft\.com/email_trackers
    | sparkpostmail\d?\.com/q/ | top-fwz1\.mail\.ru/ | track\.hubspot\.com/ | trk\.klaviyo\.com/
    | twitter\.com/scribe/ibis | whoreadme\.com/ | yesware\.com/t
    )
    | /wf/open\?upn= | /track(?:ing)?/open(?:\.php|/|\?) | /e-?mail[_/-]?open(?:ed|s)?[/?.]
    | /mail_read_tracker/ | /open(?:_?track(?:er|ing)?|\.aspx|\.php)\b | /tr/op/[\w-]{20}
    | /trk\?t= | /o/[0-9a-f]{24} | /(?:pixel|beacon)\.(?:gif|png)\?
    """,
    re.X | re.I,
)


def find_trackers(html: str) -> frozenset[str]:
    """Addresses of the tracking pictures in tamed HTML; linear, never raises."""
    if "<im" not in html and "<IM" not in html:
        return frozenset()
    pictures = LexborHTMLParser(html).css("img[src]")[:_MOST]
    found = ((one.attributes.get("src") or "").strip() for one in pictures if _is_tracker(one))
    return frozenset(found)


def _is_tracker(picture: LexborNode) -> bool:
    attributes = picture.attributes
    address = (attributes.get("src") or "").strip()
    if not _OUTSIDE.match(address):
        return False
    if _COUNTED.search(address[:2000]):
        return True
    if _SPACER.search(address[:2000]):
        return False
    style = (attributes.get("style") or "")[:2000]
    if "hidden" in attributes or _UNSEEN.search(style):
        return True
    sizes = {name.lower(): said for name, said in _SIZE.findall(style)}
    for name in ("width", "height"):
        if name not in sizes:
            sizes[name] = attributes.get(name) or ""
    return all(
        _TINY.fullmatch(sizes[name].replace("!important", "")) for name in ("width", "height")
    )
