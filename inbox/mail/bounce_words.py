"""What mail servers say about a failure, in their words → whether the address itself is no good.

The words of many servers in many languages. They count only in what a server wrote; what a person
writes is never looked at.
"""

from __future__ import annotations

import re

STATUS = re.compile(r"(?<![\d.])([45]\.[0-7]\.\d{1,3})(?!\.?\d)")
REPLY = re.compile(r"(?<![\d.:/-])([45]\d\d)[ -](?!(?:[kmgt]?b|bytes|days|hours|minutes)\b)", re.I)

# RFC 3463: bad mailbox, bad system, bad syntax, moved, null MX (RFC 7505), disabled.
_DEAD = frozenset(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"))

_NO_HOST = re.compile(
    r"(?i)(?:host|domain|server)(?: name)? (?:is )?(?:not found|unknown|not reachable)|"
    r"host or domain name not found|unknown (?:host|domain)|"
    r"no such (?:host|domain)|domain is not reachable|domain (?:name )?(?:does not|doesn't) exist|"
    r"(?:no|not a) valid (?:host|domain|mx)|bad destination (?:host|system)|"
    r"unrout[e]?able|couldn'?t find (?:any|a) (?:host|mail exchanger)|"
    r"name or service not known|nxdomain|illegal (?:host|domain)|"
    r"null ?mx|no smtp service|"
    r"(?:host|domain|address) (?:does not|doesn't|never) accepts? (?:e?mail)|"
    r"mx records? point to non-?existent|account or domain may not exist|"
    r"no route found to domain|domain (?:couldn|wasn)'?t be found"
)
_NO_USER = re.compile(
    r"(?i)user[\s:]{1,4}(?:is )?(?:\S{1,80} )?(?:unknown|not (?:known|found|exist))|"
    r"unknown[\s-]{1,9}(?:user|recipient|local|mailbox|address|or illegal|account|destination|"
    r"addressee)|"
    r"unrecogni[sz]ed[ -]or[ -]name|"
    r"no such (?:user|recipient|mailbox|address|person|account|name|local|destination)|"
    r"(?:does(?:n'?t| not)|did not|not) exist|non-?existent|"
    r"invalid (?:recipient|mailbox|address|user|to:|final|destination|rcpt)|"
    r"no (?:valid )?(?:mailbox|account)\b|no valid recipient|"
    r"bad (?:recipient|destination mailbox|mailbox|address|rcpt)|"
    r"not (?:a |an )?(?:known|valid|local|legal|recogni[sz]ed|active|existing) ?"
    r"(?:user|recipient|mailbox|address|account|email|e-mail|name)?\b|"
    r"no longer (?:active|exists?|valid|available|working|in use|on (?:this )?server|employed|"
    r"accepts|used|at this|with us)|"
    r"(?:mailbox|account|address|recipient|addressee|email) (?:is |was )?(?:unavailable|not found|"
    r"unknown|couldn.?t be found|not be found|wasn.?t found|invalid|inactive|terminated|"
    r"obsolete|expired|closed|deleted|cancell?ed|removed)|"
    r"(?:couldn.?t|could not|wasn.?t|not|cannot|can.?t) (?:be )?found|"
    r"account (?:has been |is |was )?(?:disabled|closed|deleted|cancell?ed|terminated|deactivated)|"
    r"(?:is|are|was|were) not listed|not listed in|not our (?:user|customer)|has moved|"
    r"recip(?:ient)?notfound|undeliverable address|(?:address|recipient) verification failed|"
    r"(?:user|recipient|mailbox)\b[^.\n]{0,40}\bdisabled|disabled (?:user|recipient|mailbox)|"
    r"destinataire (?:inconnu|invalide)|adresse[^.\n]{0,60}(?:invalide|incorrecte|inconnue)|"
    r"(?:bo[iî]te|compte)[^.\n]{0,30}(?:archiv|inactif|inexistant|inconnu)|n'existe pas|"
    r"utilisateur inconnu|"
    r"empf[äa]nger (?:unbekannt|nicht)|unbekannter (?:benutzer|empf)|existiert nicht|"
    r"nicht (?:gefunden|aufgef|vorhanden|bekannt)|"
    r"no existe|desconocid[oa]|inexist|inesist|sconosciut|non esiste|não existe|"
    r"bestaat niet|onbekende|nie istnieje|nieznany|brak konta|neexist|neznám|nem létez|"
    r"ismeretlen|finns inte|findes ikke|eksisterer ikke|finnes ikke|ukendt|ukjent|okänd|"
    r"ei ole olemassa|tuntematon|nu exist|necunoscut|mevcut değil|bulunamad|"
    r"не существует|не найден|неизвестн|не існує|невідом|не зарегистрирован|недействител|"
    r"存在しま|存在しな|見つか(?:りません|らな)|宛先不明|あて先不明|ユーザー?不明|"
    r"不存在|无此|無此|找不到|没有找到|존재하지"
)
# Said of the mail, its sender or the moment: another mail may arrive.
_PASSING = re.compile(
    r"(?i)(?:over|exceed\w*|out of|above|reached)[\s\w']{0,25}(?:quota|storage)|quota|"
    r"(?:mail ?box|inbox|folder|account|mail ?drop|disk|storage)\b[\s\w']{0,12} (?:is |too )?"
    r"(?:full|over|exceed)|full (?:mail ?box|inbox)|disk full|no space|insufficient (?:system )?"
    r"(?:storage|resources|disk)|"
    r"too (?:large|big|many|fast|much|long)|size[\s\w]{0,20}(?:limit|exceed)|exceed\w* "
    r"(?:the )?(?:allowed |maximum |size|limit|message|max)|"
    r"\bspam|\bjunk|unsolicited|\bubl\b|\bblocked|block(?:ed)? ?(?:list|by)|"
    r"black[ -]?list|deny ?list|"
    r"\brbl\b|dnsbl|reputation|complaint|\bspf\b|\bdmarc\b|\bdkim\b|authenticat|"
    r"(?:sender|from|mail from)\b[^.\n]{0,60}\b(?:rejected|denied|is not|does not|not "
    r"exist|invalid|unverified|verif|blocked|must|unknown)|domain of sender|purported|"
    r"sender (?:verify|address)|reverse dns|\bptr\b|\brdns\b|"
    r"\bpolic(?:y|ies)\b|timed?[ -]?out|time ?limit|temporar|\bagain later|\btry (?:again|later)|"
    r"\blater\b|gr[ea]y-?list|deferred|\bretry\b|"
    r"loop\w* (?:detected|error)|mail loop|too many hops|hop count|"
    r"\bvirus|malware|infected|\brate\b|throttl|not allowed to send|sending (?:ip|limit)|"
    r"recipient preferences|frozen|\blocked\b|suspend|overloaded|\bbusy\b|"
    r"connection (?:refused|reset|dropped|died|closed|lost|was)|lost connection|"
    r"relay(?:ing)?\b[^.\n]{0,30}\b(?:denied|prohibited|not)|relaying denied|"
    r"not permitted to relay|cannot relay|unable to relay|open relay|rcpthosts|"
    r"could(?: not|n'?t) (?:create|open|write|append|lock)|unexpected name server reply|"
    r"not authori[sz]ed|unauthori[sz]ed|confirmation|only accepts?|content (?:rejected|"
    r"denied|filter)|"
    r"voll\b|pleine?\b|llen[oa]\b|piena\b|cheia\b|pełn|переполн|заполн|исчерпан|"
    r"容量|一杯|いっぱい|已满|已滿|超過|超出|满\b"
)
_NO_ACCOUNT = re.compile(r"(?i)do(?:es)?(?:n'?t| not) have an? \S{0,60} ?account")
_SYSTEM_DENIES = re.compile(r"(?i)recipient address rejected: access denied")
_MARKUP = re.compile(
    r"(?i)(?:https?|ftp)://[^\s<>\"]{1,500}|[^\s<>\"(),;:\[\]]{1,128}@[^\s<>\"(),;:\[\]]{1,255}|"
    r"\b(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,20}\b(?=[\s\[(:]|$)"
)
_BLOCKLIST = re.compile(r"(?i)spamhaus|spamcop|barracudacentral|sorbs\.net|dnsbl|surbl|abuseat")
# IronPort's words for whatever the server behind it said; what that said follows.
_WRAPPER = re.compile(r"(?i)5\.1\.0 ?-? ?unknown address error")

_AFTER = r"(?:after|reply to|to) (?:the )?(?:end of )?(?:pipelined )?"
_COMMANDS = {
    name: re.compile(rf"(?im){_AFTER}{said}\b|>>>\s{{0,4}}{name}\b|\({said}\)|{other}")
    for name, said, other in (
        ("MAIL", "MAIL FROM", r"^\s*MAIL FROM\s*$"),
        ("HELO", "(?:EHLO|HELO|initial connection)", r"refused to talk to me"),
        ("DATA", "(?:data|end of data)", r"^\s{0,4}DATA\s{0,4}$"),
        ("RCPT", "RCPT TO", r"need rcpt|no valid recipients"),
    )
}


def is_permanent(status: str, words: str, *, command: str = "") -> bool:
    """True if the address itself is no good: another mail to it will fail as well.

    `command` is the SMTP command that was refused, empty where nobody says.
    """
    if command in ("MAIL", "HELO"):
        return False
    if _BLOCKLIST.search(words[:2000]):
        return False
    said = " ".join(_WRAPPER.sub(" ", _MARKUP.sub(" ~ ", words[:2000])).split())
    code = STATUS.search(said) if _WRAPPER.search(words[:2000]) else None
    status = code[1] if code else status
    if status == "5.4.1" and _SYSTEM_DENIES.search(said):
        return True  # Exchange Online knows no such recipient
    if status.startswith("4"):
        return status == "4.1.1" and bool(_NO_USER.search(said)) and not _PASSING.search(said)
    if _NO_HOST.search(said) and not _ABOUT_SENDER.search(said):
        return True
    if _PASSING.search(said):
        return False
    if _NO_ACCOUNT.search(said) or status in _DEAD or status == "5.4.4":
        return True
    # A server that knows its users refuses them at RCPT; at DATA it may be a filter's excuse.
    return command != "DATA" and bool(_NO_USER.search(said))


_ABOUT_SENDER = re.compile(
    r"(?i)\bsender\b|domain of|\bfrom:|mail from|helo|reverse|temporar|unexpected name server"
)


def says_no_such(text: str) -> bool:
    """True if the words name an address or a domain that is not there."""
    return bool(_NO_USER.search(text) or _NO_ACCOUNT.search(text) or _NO_HOST.search(text))


def says_why(text: str) -> bool:
    """True if the words give a reason: a status, a reply code, or one of the reasons known."""
    return bool(
        STATUS.search(text) or REPLY.search(text) or says_no_such(text) or _PASSING.search(text)
    )


def refused_command(text: str) -> str:
    """The SMTP command that a notice says was refused: MAIL, HELO, DATA, RCPT; empty if several or
    none.
    """
    found = [name for name, pattern in _COMMANDS.items() if pattern.search(text[:8000])]
    if "RCPT" in found and "MAIL" not in found:
        return "RCPT"  # several at once were sent (RFC 2920): what names a recipient decides
    return found[0] if len(found) == 1 else ""


def status_in(words: str) -> str:
    """The enhanced status (RFC 3463) in a server's words, or the class of its reply code; or ""."""
    if status := STATUS.search(words):
        return status[1]
    reply = REPLY.search(words)
    return f"{reply[1][0]}.0.0" if reply else ""
