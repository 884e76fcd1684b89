"""A server's notice in plain words → whom it is about, and what it says of each.

Servers put the address at the head of a paragraph, into a list below a heading, or beside the words
of the server that refused; the returned mail stands below, after a rule of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inbox.mail.bounce_status import ADDRESS
from inbox.mail.bounce_words import (
    REPLY,
    STATUS,
    is_permanent,
    refused_command,
    says_why,
    status_in,
)
from inbox.model.address import normalize

_MAX_LINES = 400
_MAX_ADDRESSES = 100
_ORIGINAL = r"(?:original|returned|unsent|undelivered|rejected)"
_COPY = re.compile(
    r"(?i)\s{0,4}>?\s?(?:received:\s?from|return-path|mime-version|x-mailer):?\s|"
    rf"[\s|*=_+#-]{{0,80}}[-*=_#]{{2,}}[\s|]{{0,4}}(?:the |your |start of )?(?:{_ORIGINAL}|"
    r"this is a copy|below this line|message (?:text|header|body)|header|copy of|begin|"
    r"元の|ursprüngliche|исходн|mensaje original|message d)|"
    rf"\s{{0,4}}(?:the |your |below is a copy of the )?{_ORIGINAL} (?:message|mail|e-mail)"
    r"(?: headers?)?(?: follows| is attached)?\s{0,2}[.:]{1,3}\s{0,4}$|"
    r"\s{0,4}(?:message headers?|(?:the )?headers? of the (?:original )?message)"
    r"(?: follow\w*| below)?\s?:\s*$|\s{0,4}original message headers"
)
_HEADING = re.compile(
    r"(?i)(?:following|these|undeliver\w+|failed|affected|intended|invalid)\b[^:]{0,80}"
    r"(?:address|recipient|user|person|destination|people)|"
    r"(?:address|recipient)\S{0,5}(?: \S{1,20}){0,4} (?:failed|affected|rejected)|"
    r"^\W{0,4}(?:failed (?:addresses|recipients?)|addressed to|rcpt to|could not be delivered to|"
    r"delivery to|recipients?(?: address)?|to|intended recipient|original recipient|"
    r"final recipient|"
    r"address|failed recipient|user|an|à|para|destinat[aá]rio|destinatario|empfänger|destinataire|"
    r"geadresseerde|получатель|адресат|кому|odbiorca|収件者|宛先|送信先|収信者|收件人|受信者)\s{0,3}[:：]|"
    r"destinatari|empfänger|adressen?\b|adresse\(?s|получател|адрес|одержувач|odbiorc|adresat|"
    r"címzett|mottaker|modtager|mottagare|vastaanottaj|alıcı|geadresseerde|ontvanger|"
    r"メールアドレス|宛先|送信先|あて先|収件者|受信者|收件人|地址"
)
_FAILED = re.compile(
    r"(?i)could ?(?:not|n'?t) be delivered|undeliver|delivery (?:to|failed|error|has)|"
    r"\bfail|reject|"
    r"not (?:be )?delivered|returned|can(?:not|'t) (?:send|deliver)|unable to|did not reach|"
    r"(?:could|can|was|were)(?:n't| not) (?:be )?(?:deliver|sent|send|reach)|couldn'?t be|"
    r"bounced?|error|unrecoverable|non[- ]?deliver|blocked|problem|unknown|over quota|full\b|"
    r"не (?:может|был|удалось|достав)|недостав|配信|送信|宛先|届|エラー|"
    r"nicht (?:zugestellt|erreich|möglich)|unzustell|fehlgeschlagen|"
    r"n'a (?:pas )?pu|impossible|échec|echou|échou|non (?:remis|distribu|délivr)|"
    r"no (?:se )?(?:ha |pudo|puede|entreg)|non (?:è stato|recapit|consegn|può)|fallit|"
    r"não (?:foi|pode|entreg)|falh|niet (?:bezorg|worden|afge)|mislukt|nie (?:można|dostarcz|może)|"
    r"nedoruč|kézbesít|ikke lever|inte lever|kan (?:ikke|inte|niet)|toimit|teslim|iletil|nelivrat|"
    r"退信|无法|無法|失败|失敗|未能|被退回|반송|실패"
)
_REFUSED = re.compile(
    r"(?i)\b(?:has|have|was|were) not been delivered|\bblocked by our|"
    r"\b(?:has|have) been (?:rejected|refused|blocked|quarantined)"
)
# Not those who failed: who sent it, who helps.
_ASIDE = re.compile(
    r"(?i)contact|assist|\bhelp\b|send \w{0,8} ?(?:e-?)?mail to\b|report\b.{0,30}\bto\b|questions?|"
    r"mail from|envelope-from|"
    r"^\W{0,4}(?:from|sender|original sender|reply-to|von|de|da|от|送信者|差出人|"
    r"message-?id|x-\S{1,40}|date|id|subject)\s{0,3}[:：]|問い?合わ?せ|連絡|"
    r"postmaster@|abuse@|mailer-daemon@|generated from|sent from|\bfrom [<\"]|\bid \S{1,60}@"
)
_ADDRESSED = re.compile(r"(?i)\W{0,8}(?:to|cc|an|à|para|кому|宛先|收件人)\s{0,3}[:：]")
# What old sendmail says of a host stands above the address.
_OF_NEXT = re.compile(r"[45]\d\d \S{1,200} \(\w{1,20}\)\.\.\. ")
_HEAD = re.compile(rf"(?m)^[ \t]{{0,8}}[<\"]?({ADDRESS.pattern})[>\"]?[ \t]{{0,4}}(?::|$)")
_GENERATED = re.compile(r"\(generated from ([^\s()]{1,128}@[^\s()]{1,255})\)")
_RETURNED_TO = re.compile(
    r"(?im)^[ \t|>]{0,8}(?:to|rcpt to|an|à|para|кому|宛先)\s?:"
    r"([^\n]{1,500}(?:\n[ \t][^\n]{1,300}){0,9})"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An address in a notice with the words said about it."""

    address: str
    status: str
    diagnostic: str
    permanent: bool


def split_notice(text: str) -> tuple[str, str]:
    """What the server says, and the returned mail below it, as far as both are in the text."""
    at = 0
    for number, line in enumerate(text[:65_536].split("\n")):
        if number and _COPY.match(line[:200]):
            return text[:at], text[at:65_536]
        at += len(line) + 1
    return text[:65_536], ""


def returned_to(copy: str) -> list[str]:
    """Whom a returned mail was for, from its text."""
    found = _RETURNED_TO.search(copy[:16_384])
    return _unique(ADDRESS.findall(found[1])) if found else []


def gives_up(notice: str) -> bool:
    """True if a notice says that the mail was not let through, and nothing of another try."""
    return _REFUSED.search(notice[:4000]) is not None


def generated_from(text: str) -> dict[str, str]:
    """Addresses by the one that the sender wrote to, where a notice tells both."""
    pairs: dict[str, str] = {}
    last = ""
    for line in text[:32_768].split("\n")[:_MAX_LINES]:
        if (original := _GENERATED.search(line[:600])) and last:
            pairs[last] = normalize(original[1])
        elif match := ADDRESS.search(line[:600]):
            last = normalize(match.group())
    return pairs


def heads_in_notice(notice: str, exclude: frozenset[str]) -> list[str]:
    """Those of the addresses that stand at the head of a paragraph about them."""
    heads = {_address(match[1]) for match in _HEAD.finditer(notice[:32_768])}
    return [one for one in addresses_in_notice(notice, exclude) if one in heads]


def is_named_aside(notice: str, address: str) -> bool:
    """True if a notice names the address as who sent the mail or who helps, and says no more."""
    lines = [line for line in notice.lower().split("\n")[:_MAX_LINES] if address in line[:1000]]
    aside = any(_ASIDE.search(line[:1000]) for line in lines)
    return aside and not any(REPLY.search(line) or STATUS.search(line) for line in lines)


def addresses_in_notice(notice: str, exclude: frozenset[str]) -> list[str]:
    """The addresses that a notice in plain words names beside a failure, or in a list of them."""
    found: dict[str, bool] = {}
    lines = notice[:32_768].split("\n")[:_MAX_LINES]
    heading = -9
    for at, line in enumerate(lines):
        if _HEADING.search(line[:300]):
            heading = at
        if "@" not in line or _ASIDE.search(line[:1000]):
            continue
        near = " ".join(lines[max(0, at - 2) : at + 3])[:1500]
        if at - heading > 3 and not _says_failure(near):
            continue
        if at - heading <= 3:
            heading = at  # a list goes on
        for match in ADDRESS.finditer(line[:1000]):
            address = _address(match.group())
            if address not in exclude and len(found) < _MAX_ADDRESSES:
                found[address] = found.get(address, False) or not _ADDRESSED.match(line)
    # The returned mail's own line tells whom it was for, not who has failed.
    failed = [one for one, is_failed in found.items() if is_failed] or list(found)
    return [one for one in failed if not is_named_aside(notice, one)] or failed


def _says_failure(near: str) -> bool:
    return says_why(near) or _FAILED.search(near) is not None


def failures_in_text(notice: str, addresses: list[str]) -> list[Failure]:
    """Each address with the words said about it: those below it as far as the next one's, else
    those above, else all.
    """
    wanted = [normalize(one) for one in addresses[:_MAX_ADDRESSES] if "@" in one]
    said = _said_of(notice[:65_536], frozenset(wanted))
    found: list[Failure] = []
    for address in wanted:
        words = said.get(address, "")
        if not says_why(words):
            words = notice[:3000] if len(wanted) == 1 else said.get("", "")[-1500:] + words
        status = status_in(words)
        permanent = is_permanent(status or "5.0.0", words, command=refused_command(words))
        found.append(Failure(address, status, " ".join(words[:600].split())[:500], permanent))
    return found


def _said_of(notice: str, wanted: frozenset[str]) -> dict[str, str]:
    """The words by address: each line belongs to the address last named; those above the first to
    "".
    """
    said: dict[str, list[str]] = {"": []}
    current = ""
    for line in notice.split("\n")[: _MAX_LINES * 2]:
        named = [_address(one) for one in ADDRESS.findall(line[:1000])] if "@" in line else []
        if mine := [one for one in named if one in wanted]:
            current = mine[0]
            for other in mine[1:]:
                said.setdefault(other, []).append(line)
        elif current and _OF_NEXT.match(line):
            current = ""
        said.setdefault(current, []).append(line)
    return {address: "\n".join(lines)[:2000] for address, lines in said.items()}


def _address(found: str) -> str:
    return normalize(found.strip("'.`*"))


def _unique(found: list[str]) -> list[str]:
    return list(dict.fromkeys(_address(one) for one in found))
