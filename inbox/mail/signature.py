"""The end of a person's own words: signature and the line of their device."""

from __future__ import annotations

import re

_DELIMITER = re.compile(r"(?:--|—|––|__)\s*$")
_RULE = re.compile(r"\s{0,3}(?:_{5,}|-{5,}|\*{5,}|={5,})\s*$")
_MAX_LINES = 25
_DEVICE = re.compile(
    r"(?i)\W{0,3}(?:sent|gesendet|von meinem|envoy|envía|enviado|enviat|inviat|verzonden|"
    r"verstuurd|skickat|sendt|lähetetty|"
    r"wysłan|wysłane|odesláno|odoslané|küldve|trimis|отправлен|надіслан|изпратен|послато|"
    r"poslano|gönderildi|iphone'umdan|"
    r"στάλθηκε|送信|从我的|發自|发自|從我的|나의|내\s|get outlook|download outlook|outlook für|"
    r"outlook pour|obtener outlook|"
    r"outlook|saatnud|nosūtīts|išsiųsta|נשלח|أرسلت|dikirim|"
    r"mit freundlichen grüßen von meinem|--\s*отправлено|diese nachricht wurde)"
)
_SENT_FROM_MY = re.compile(r"(?i)sent (?:from|via|with) my(?: [\w.+-]+){1,4}\.?")
_SENTENCE = re.compile(r"\s(?:is|are|was|were|has|have|will|would)\s|, ist\s")
_PRODUCT = re.compile(
    r"(?i)iphone|ipad|ipod|android|samsung|galaxy|blackberry|outlook|huawei|xiaomi|redmi|"
    r"yahoo|mail\.ru|thunderbird|"
    r"windows|nokia|xperia|\blg\b|proton|gmx|web\.de|t-online|yandex|яндекс|почт|mailbird|"
    r"airmail|\bmail\b|mobile|mobil|"
    r"telefon|phone|handy|smartphone|tablet|\bapp\b|аппарат|смартфон|телефон|設備|手机|手機|機|"
    r"htc|motorola|oneplus|pixel|"
    r"mac\b|spark|myMail|k-9|fairemail|telekom|vodafone|verizon|at&t|t-mobile"
)


def split_signature(lines: list[str]) -> int:
    """Where the signature of these lines begins; `len(lines)` when there is none."""
    end = len(lines)
    begin = end
    for at in range(max(0, end - _MAX_LINES), end):
        if (
            _DELIMITER.match(lines[at].rstrip("\u00a0"))
            and len(lines[at].strip()) <= 3
            and _is_tail(lines, at)
        ):
            begin = at
            break
        if _RULE.match(lines[at]) and _is_list_footer(lines[at + 1 :]):
            begin = at
            break
    for _ in range(5):
        device = _device_line(lines[:begin])
        if device >= begin:
            break
        begin = device
    # A mail that is nothing but its signature is shown: there is nothing else to show.
    return begin if any(line.strip() for line in lines[:begin]) else end


def _is_tail(lines: list[str], at: int) -> bool:
    below = [line for line in lines[at + 1 :] if line.strip()]
    return len(below) <= 15


def _is_list_footer(lines: list[str]) -> bool:
    """What mailing lists add below a rule: their name and address, nothing else."""
    said = [line for line in lines if line.strip()]
    return (
        1 <= len(said) <= 6 and any("@" in line for line in said) and any("http" in x for x in said)
    )


def _device_line(lines: list[str]) -> int:
    """Where a device's last paragraph of one or two lines begins; `len(lines)` when there is
    none.
    """
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for size in (1, 2):
        at = end - size
        if at < 0:
            break
        text = " ".join(line.strip() for line in lines[at:end])
        alone = at == 0 or not lines[at - 1].strip() or size == 1
        if _SENTENCE.search(text):
            continue
        if _SENT_FROM_MY.fullmatch(text):
            return at
        if alone and len(text) <= 140 and _DEVICE.match(text) and _PRODUCT.search(text):
            return at
    return len(lines)
