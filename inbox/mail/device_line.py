"""The line that a telephone or a program puts below what was written: `Sent from my iPhone`."""

from __future__ import annotations

import re

_LINK = re.compile(r"[(<\[]?\bhttps?://[^\s()<>\[\]]+[)>\]]?|\]\(|[\[\]]")
# Words for "sent" and the like, with which such a line begins in the languages of the programs.
_SENT = re.compile(
    r"(?i)\W{0,3}(?:sent\b|gesendet|von meinem|von meiner|envoy|télécharg|envía|enviado|enviat|"
    r"inviat|verzonden|"
    r"verstuurd|vanaf mijn|skickat|sendt|lähetetty|wysłan|odesláno|odoslané|küldve|trimis|"
    r"отправлен|послано|надіслан|відправлен|изпратен|послато|poslano|gönderildi|iphone'umdan|"
    r"στάλθηκε|送信|从我的|發自|发自|從我|来自|來自|나의|내\s|get outlook|download outlook|"
    r"outlook\b|"
    r"saatnud|nosūtīts|išsiųsta|נשלח|أرسلت|dikirim|mit freundlichen grüßen von meinem|"
    r"diese nachricht wurde|простите за краткость|excuse|please excuse|"
    r"mobil gesendet|unterwegs gesendet)"
)
_PRODUCT = re.compile(
    r"(?i)i-?phone|i-?pad|i-?pod|android|samsung|galaxy|blackberry|outlook|huawei|xiaomi|redmi|"
    r"yahoo|mail\.ru|thunderbird|windows|nokia|xperia|\blg\b|proton|gmx|web\.de|t-online|yandex|"
    r"яндекс|почт|mailbird|airmail|\bmail\b|mobile|mobil|telefon|phone|handy|smartphone|tablet|"
    r"\bapp\b|аппарат|смартфон|телефон|мобильн|мобільн|設備|手机|手機|機|htc\b|motorola|oneplus|"
    r"pixel|mac\b|macbook|spark|mymail|k-9|fairemail|telekom|vodafone|verizon|at&t|t-mobile|"
    r"mailspring|mailbox|bluemail|typeapp|canary|superhuman|tutanota|aquamail|aqua mail|"
    r"\bcell\b|galaktyk|realme|oppo\b|vivo\b|honor\b|zoho|roundcube|missive|fastmail|email\b|"
    r"メール|邮箱|郵件|邮件"
)
_MY = re.compile(
    r"(?i)(?:\w+ )?(?:sent )?(?:from|via|with|by|on) (?:my|a|the) (?:[\w.+-]+ ?){1,6}[.,!]?"
    r"(?:\s*(?:please |pls )?(?:excuse|forgive|pardon|sorry|ignore).{0,80})?"
)
_FROM_MOBILE = re.compile(r"(?i)(?:sent|\w{1,20}) (?:from|via|by) (?:mobile|phone|iphone|galaxy)")
_WITH_PRODUCT = re.compile(r"Sent (?:from|via|with|using) [A-Z][\w.&'-]*(?: [\w.&'-]+){0,5}")
# `Get Outlook for iOS`, in any language.
_OFFER = re.compile(
    r"(?i)^.{0,20}\boutlook\b.{0,24}\b(?:ios|android)\b.{0,16}$|^(?:ios|android).{0,8}outlook.{0,8}$"
)
_EAST = re.compile(r"(?i)^[\w\s.'-]{1,40}(?:から送信|より送信|で送信|에서 (?:보냄|전송))\S{0,6}$")
_ANY_SENT = re.compile(r"(?i)(?:sent|from|\w+ from)\b")
_SENTENCE = re.compile(
    r"\s(?:is|are|was|were|has|have|will|would|which|that|who|yesterday|today|last|"
    r"on \w+day)[\s.,;!]|"
    r", ist\s|\?\s*$"
)
# `From my iPhone`, and not `From my iPhone I see nothing`.
_TELLS = re.compile(
    r"(?i)\s(?:I|it|you|we|nothing|everything|can|can['’]t|cannot|could|does|doesn['’]t|did|do|"
    r"don['’]t|works?|opens?|loads?|fails?)(?:\s|$)"
)
_LONGEST = 160


def device_line(lines: list[str]) -> int:
    """Where the device's last paragraph of one or two lines begins; `len(lines)` when there is
    none.
    """
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for size in (1, 2):
        at = end - size
        if at < 0:
            break
        alone = at == 0 or not lines[at - 1].strip() or size == 1
        text = " ".join(line.strip() for line in lines[at:end])
        if alone and not _goes_on(lines, at) and is_device_line(text):
            return at
    return len(lines)


def is_device_line(text: str) -> bool:
    """True for one that names a device or a program, and says nothing else."""
    if len(text) > _LONGEST * 4:
        return False
    said = " ".join(_LINK.sub(" ", text).split()).strip("<>()*_ \u200e\u200f")
    if not said or len(said) > _LONGEST or _SENTENCE.search(f" {said} "):
        return False
    if _OFFER.search(said) or _EAST.search(said) or (_SENT.match(said) and _PRODUCT.search(said)):
        return True
    if not _ANY_SENT.match(said):
        return False
    mine = _MY.fullmatch(said) is not None and (
        said[:4].lower() == "sent" or bool(_PRODUCT.search(said) and not _TELLS.search(said))
    )
    return mine or bool(_FROM_MOBILE.fullmatch(said) or _WITH_PRODUCT.fullmatch(said.rstrip(".")))


def _goes_on(lines: list[str], at: int) -> bool:
    """True for the end of a sentence that was wrapped: `the parcel was / sent from my office`."""
    above = lines[at - 1].rstrip() if at else ""
    begins = lines[at].lstrip()[:1]
    return begins.islower() and bool(above) and above[-1].isalnum() and not is_device_line(above)
