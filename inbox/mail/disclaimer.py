"""What companies and scanners of viruses add below a mail: nobody has written it to anybody.

A paragraph is one if it speaks of itself (`this e-mail`) and says two of the things that such
texts say, or gives two of the particulars that the law asks of companies.
"""

from __future__ import annotations

import re

# All of them for text in small letters: matching either case is ten times slower.
_ITSELF = re.compile(
    r"\b(?:this|the information in this|any views in this) (?:\w+ ){0,3}"
    r"(?:e-?mail|message|communication|transmission|"
    r"correspondence)|diese[rsn]? (?:\w+ )?(?:e-?mail|nachricht|mail)\b|"
    r"(?:ce|cet|le présent) (?:\w+ )?"
    r"(?:message|courriel|e-?mail|mail)\b|quest[oa] (?:messaggio|e-?mail|comunicazione|posta)|"
    r"(?:nella|il|la) presente|informazioni contenute|(?:este|presente) (?:mensaje|correo|e-?mail|"
    r"mensagem)|esta mensagem|"
    r"(?:dit|deze) (?:bericht|e-?mail)|(?:ta|tej|niniejsz\w+|tę) (?:wiadomo\w+|e-?mail|"
    r"korespondencj\w+)|(?:это|данное|настоящее|этом|данном|настоящем) "
    r"(?:электронное )?(?:письм|сообщени|"
    r"электронн)|(?:цей|це|цьому|даний) (?:лист|повідомленн|електронн)|"
    r"本(?:電子)?メール|このメール|"
    r"(?:本|此|该|該)(?:电子)?(?:邮件|郵件|電郵|信件)"
)
_SAYS = re.compile(
    r"(?P<secret>confiden[tzc]i|privileged|vertraulich|geheim|riservat|vertrouwelijk|poufn|"
    r"конфиденциал|конфіденцій|機密|秘密|守秘|机密|保密)|"
    r"(?P<addressee>(?:intended|named) (?:\w+ ){0,3}(?:recipient|addressee)|intended (?:only|"
    r"solely) for|solely for the use|"
    r"adressat|empfänger|destinatair|destinatari|destinatári|geadresseerde|bestemd voor|adresat|"
    r"odbiorc|адресат|получател|одержувач|отримувач|宛先|受取人|收件人|接收者)|"
    r"(?P<mistake>(?:in|by) (?:error|mistake)|received (?:\w+ ){0,6}in error|irrtümlich|"
    r"versehentlich|par erreur|per errore|por error|por erro|por engano|abusievelijk|ten onrechte|"
    r"per vergissing|omyłkow|przez pomyłkę|по ошибке|ошибочно|помилково|誤って|误收|誤收|错误)|"
    r"(?P<destroy>delete|destroy|lösch|vernicht|supprim|détrui|cancell|distrugg|elimin|destru|"
    r"verwijder|usun|usunię|удал|уничтож|видал|знищ|削除|破棄|删除|刪除)|"
    r"(?P<use>unauthori[sz]ed|strictly prohibited|disclos|dissemination|unbefugt|nicht gestattet|"
    r"interdit|non autoris|vietat|diffusione|prohibi|divulga|proibid|niet toegestaan|verboden|"
    r"zabroni|запрещ|заборон|禁止)|"
    r"(?P<virus>viruses|virenfrei|virus-free|liable|liability|haftung|responsabilit)"
)
_COMPANY = re.compile(
    r"(?P<court>amtsgericht|registergericht|handelsregister|\bhr[ab]\s?\d|registered (?:in|"
    r"office)|company (?:no|number|registration)|krs\b|kvk\b)|"
    r"(?P<head>geschäftsführ|vorstand(?:svorsitzende)?\b|aufsichtsrat|managing director)|"
    r"(?P<tax>ust-?id|umsatzsteuer-id|steuernummer|vat (?:no|number|reg)|p\.?\s?iva|\bnip\b|"
    r"siret|btw\b)|(?P<seat>sitz der gesellschaft|\bsitz\b|siège social|sede legale)"
)
_SCANNED = re.compile(
    r"(?:virus-?free|virenfrei|без вирусов|без вірусів|libre de virus|sans virus|"
    r"privo di virus|virusvrij|wolna od wirusów|livre de vírus)\W|avast|\bavg\b|"
    r"(?:consider|think of|think about) the environment\b.{0,80}\bprint|"
    r"\bprint\b.{0,80}\b(?:consider|think of|think about) the environment|"
    r"(?:bitte )?(?:denken|prüfen) sie .{0,40}(?:umwelt|ausdruck)|"
    r"pensez à l.environnement|rispetta l.ambiente|piensa en el medio ambiente|"
    r"checked for viruses|auf viren (?:geprüft|überprüft|untersucht)|проверено на вирусы|"
    r"проверено на наличие вирусов"
)
# A company has no "I", and asks nothing.
_MYSELF = re.compile(
    r"(?<![\w'’.-])(?:I|I['’]\w+|my|ich|mein\w{0,2}|mir|mich|j['’]\w+|mon|mes|yo|mis|mio|mia|"
    r"meu|minha|ik|mijn|mój|moja|я|мой|моя|мне|меня|мені|мій)(?![\w'’.-])|私[がはの]|我的"
)
_SPEAKS_TO = re.compile(r"(?<!\w)(?:you|your|sie|ihre?n?|vous|votre|lei|usted|вы|ваша?|вам)(?!\w)")
_HEADING = re.compile(
    r"\W*(?:confidentiality (?:notice|note|statement)|disclaimer|legal (?:notice|disclaimer)|"
    r"haftungsausschluss|rechtlicher hinweis|avis de confidentialité|avviso di riservatezza|"
    r"aviso legal|aviso de confidencialidad|klauzula poufności|уведомление о конфиденциальности|"
    r"vertraulichkeitshinweis|important notice|privacy)\W*"
)
# What each of these patterns cannot match without: looked for first, for it is far quicker.
_OF_ITSELF = (
    "mail", "message", "communica", "transmission", "correspondence", "nachricht", "courriel",
    "messaggio", "comunicazione", "posta", "presente", "informazioni contenute", "mensaje",
    "correo", "mensagem", "bericht", "wiadomo", "korespondencj", "письм", "сообщени", "электронн",
    "лист", "повідомленн", "електронн", "メール", "邮件", "郵件", "電郵", "信件",
)  # fmt: skip
_OF_COMPANIES = (
    "gericht", "handelsregister", "hra", "hrb", "registered", "company", "krs", "kvk",
    "geschäftsführ", "vorstand", "aufsichtsrat", "managing director", "ust-id", "ustid",
    "umsatzsteuer", "steuernummer", "vat ", "iva", "nip", "siret", "btw", "sitz", "siège",
    "sede legale",
)  # fmt: skip
_OF_SCANNERS = (
    "virus", "viren", "вирус", "вірус", "wirus", "vírus", "avast", "avg", "environ", "umwelt",
    "ausdruck", "ambiente",
)  # fmt: skip
_RULE = re.compile(r"[\s_*=—–~#-]*")
_SHORTEST = 25
_LONGEST_SENTENCE = 200
_MOST_LINES = 80


def disclaimer(lines: list[str]) -> int:
    """Where the disclaimers at the end begin; `len(lines)` when there is none."""
    begin = len(lines)
    end = len(lines)
    lowest = max(0, end - _MOST_LINES)
    while end > lowest:
        while end > lowest and _RULE.fullmatch(lines[end - 1]):
            end -= 1
        at = end
        while at > lowest and lines[at - 1].strip():
            at -= 1
        text = " ".join(line.strip() for line in lines[at:end])
        if at == end or not is_disclaimer(text):
            break
        begin = end = at
    return _with_rule(lines, begin) if begin < len(lines) else begin


def is_disclaimer(paragraph: str) -> bool:
    """True for one that is, by what it says; see above."""
    text = paragraph[:4000].lower()
    if _HEADING.fullmatch(text):
        return True
    if len(text) < _SHORTEST or text.rstrip().endswith(("?", "？")):
        return False
    return _says_so(text) and not _MYSELF.search(paragraph)


def speaks_of_oneself(paragraph: str) -> bool:
    """True where somebody says `I` or `my`."""
    return _MYSELF.search(paragraph) is not None


def speaks_to_somebody(paragraph: str) -> bool:
    """True where somebody says `you` or `your`."""
    return _SPEAKS_TO.search(paragraph.lower()) is not None


def _says_so(text: str) -> bool:
    if len(text) < 400 and _has(text, _OF_SCANNERS) and _SCANNED.search(text):
        return True
    if _has(text, _OF_COMPANIES) and _kinds(_COMPANY, text) >= 2:
        # Particulars speak to nobody; the rest of what companies add to them is long.
        return len(text) > _LONGEST_SENTENCE or not _SPEAKS_TO.search(text)
    if not (_has(text, _OF_ITSELF) and _ITSELF.search(text)):
        return False
    return _kinds(_SAYS, text) >= 2


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))


def _kinds(pattern: re.Pattern[str], text: str) -> int:
    return len({found.lastgroup for found in pattern.finditer(text)})


def _with_rule(lines: list[str], begin: int) -> int:
    """The beginning together with the rule above it."""
    above = begin
    while above and not lines[above - 1].strip():
        above -= 1
    has_rule = above and len(lines[above - 1].strip()) > 2 and _RULE.fullmatch(lines[above - 1])
    return above - 1 if has_rule else begin
