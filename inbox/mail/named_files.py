"""Whether words speak of a file that goes along with them: "see attached", "im Anhang". Pure.

Only what a writer says of their own mail counts. What is quoted, and what speaks of the other's
files ("your attachment", "Ihr Anhang"), is no promise; nor is what is denied.
"""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 200_000
_QUOTED = re.compile(r"^[ \t]*[>|].*$", re.MULTILINE)
_DOCUMENT: Final = (
    r"(?:file|document|invoice|form|picture|photo|pdf|list|letter|receipt|quote|label|contract"
    r"|statement|certificate|report|ticket|order)s?"
)
_NAMES: Final = (
    # English
    r"(?:i(?:['’]ve| have| am|['’]m)?|we(?:['’]ve| have| are|['’]re)?|have|please find|find|see"
    r"|is|are|it['’]s|here(?:['’]s| is| are))(?: also| now| just| here)? (?:the )?"
    r"(?:attached|attaching|enclosed|enclosing)\b(?! (?:with|by|on)\b| to (?!this))",
    r"\b(?:find|see|send|sending|sent|forwarding|here(?:['’]s| is| are))"
    r" (?!you (?:have )?attached\b)[\w ,'’-]{1,60} (?:attached|enclosed)\b(?! to\b)",
    r"^(?:attaching|pfa|see (?:attached|attachments?))\b",
    r"\battached (?:is|are|you(?:['’]ll| will)|please|to this|herewith|below)\b",
    r"^(?:as )?attached\b|^enclosed (?:is|are|please|you|find|herewith)\b",
    r"\b(?:the|both|two) (?:attached|enclosed)\b(?! (?:to|with|by)\b)",
    r"\b(?:in|see|with|open|to|at|as) (?:the|an|this|my|our) (?:attachment|enclosure)s?\b",
    r"\b(?:please|kindly) (?:check|review|read) (?:the|my|our) attachments?\b",
    r"\bthe attachments? (?:contains?|shows?|explains?|lists?|includes?|has|have)\b",
    r"\b(?:i|we) (?:forgot|had forgotten) (?:the|my|our|to add the) attachments?\b",
    r"\b(?:i|we|let me)(?: also| now| just| hereby)? (?:attach|enclose)\b",
    rf"\b(?:attached|enclosed) {_DOCUMENT}\b",
    rf"\byour (?:\w+ )?{_DOCUMENT} (?:is|are) (?:attached|enclosed)\b(?! (?:to|with|by)\b)",
    # German
    r"\b(?:im|als|in den|siehe|s\.|mit) (?:datei)?anh[aä]ng(?:e|en)?\b",
    r"\b(?:beachten|beachte|sehen) (?:sie )?(?:sich )?(?:bitte )?(?:auch )?(?:den|die)"
    r" (?:anh[aä]nge?|anlagen?)\b",
    r"\bder anhang (?:enthält|zeigt|beschreibt|erklärt)\b",
    r"\bentnehmen\b[^.!?\n]{0,60}\b(?:dem anhang|den anhängen|der anlage|den anlagen)\b",
    r"\ban(?:bei|liegend)\b",
    r"\b(?:als|siehe|s\.) anlagen?\b",
    r"^in (?:der anlage|den anlagen)\b",
    r"\bin (?:der anlage|den anlagen) (?:finde|erhalte|erhältst|send|schick)",
    r"\b(?:finde|erhalte|send|schick|steh)\w*[^.!?\n]{0,60} in (?:der anlage|den anlagen)\b",
    r"\blieg(?:t|en) (?:dieser (?:e-?)?mail |diesem schreiben )?bei(?=\W*$)",
    r"\bdieser (?:e-?)?mail lieg(?:t|en)\b|\bhäng(?:t|en) (?:dieser (?:e-?)?mail )?an(?=\W*$)",
    r"\b(?:ich füge|füge ich|wir fügen|fügen wir|ich lege|lege ich|wir legen|legen wir)\b"
    r"[\w äöüß,-]{0,60}\bbei\b",
    r"\b(?:angeh[aä]ngt|beigef[uü]gt|beiliegend|angef[uü]gt|anh[aä]ngend)(?:e[nrms]?)?\b",
    r"\bh[aä]nge? (?:ich )?(?:ihnen |dir |euch )?[\w äöüß,-]{0,60}\ban\b",
    # Italian
    r"\b(?:in|come|come da) allegat[oi]\b|^allegat[oaie]\b",
    r"\b(?:allego|alleghiamo|ho allegato|abbiamo allegato|trova(?:te|i)? allegat[oaie]"
    r"|si allega(?:no)?|accludo|accludiamo)\b",
    r"\b(?:vedi|si veda|veda|vedano|vedere) (?:l['’]|gli )?allegat[oi]\b",
    r"\b(?:è|sono|qui|invio|inviamo|mando|mandiamo|inoltro) allegat[oaie]\b",
    r"\ballegat[aie] (?:alla|a) (?:presente|questa)\b",
    r"\b(?:(?:il|lo|la|i|gli|le|un|una|al|alla|nel|nella|nei|nelle|del|della|dei) |l['’])"
    r"(?!su[oa]\b|suoi\b|vostr|tu[oa]\b|tuoi\b|altr)\w+ allegat[oaie]\b"
    r"(?! (?:da|(?:al|alla|alle) (?:su|vostr|tu))\w*\b)",
    r"\b(?:nell['’]allegato|all['’]allegato|con l['’]allegato|negli allegati|agli allegati)\b",
    r"\bl['’]allegato (?:contiene|mostra|spiega|riporta)\b",
    r"\b(?:ho|avevo|abbiamo|avevamo) dimenticato (?:l['’]allegato|gli allegati)\b",
    # Russian
    r"\bво? вложени(?:и|ях)\b|\bвложением\b|\bв аттаче\b",
    r"\b(?:прилага(?:ю|ем|ется|ются)|прикладыва(?:ю|ем)|прикрепля(?:ю|ем)|вкладыва(?:ю|ем))\b"
    r"(?! (?:все|всё|максимум|усили))",
    r"\b(?:прикреп|прилож)(?:ил|или|ила)\b",
    r"\b(?:прикреп|прилож)(?:л[её]н|лена|лено|лены|ен|ена|ено|ены)\b"
    r"(?! к (?!(?:эт|данн|мо|наш)?\w* ?(?:письм|сообщени|ответ))| (?!мной)\w+(?:ами|ями|ой)\b)",
    r"\b(?:вложенн|прикрепл[её]нн|приложенн)(?:ый|ая|ое|ые|ого|ому|ым|ом|ую|ой|ых|ыми)\b(?! вами)",
    r"\bзабыла? (?:прикрепить|приложить|вложить)\b",
    r"\b(?:смотрите|см\.) (?:приложени[ея]|вложени[ея])\b",
    # An appendix, where no program ("приложение", too) is meant.
    r"\b(?:направля|высыла|отправля|посыла|найд)\w*[^.!?\n]{0,60} в приложении\b",
    r"\bв приложении(?: к (?:письму|этому|данному|сообщению)| вы найд[её]те| наход| *[–—-])",
    # Japanese
    r"添付(?:し|いた(?!だ)|致|させて|申し上げ|にて|で(?!き)|図|書類|資料|写真|画像|ご覧|）"
    r"|の(?!方法|必要|上|うえ|有無|な|写真(?:を|は)(?:拝見|確認))"
    r"|を(?:ご(?:覧|確認|参照)|参照)"
    r"|ファイル(?:に|にて|で|を(?:ご|お送り|開|参照)|の(?:通り|とおり)))",
    r"別添(?:の|を|に|ファイル|資料)",
    r"同封の|を添えて(?:お送り|送)",
    r"(?:ファイル|資料|書類|写真|画像)を(?:お送り(?!くだ|下さ|いただ|頂|願)|同封)",
)
_SAYS: Final = tuple(re.compile(one, re.IGNORECASE | re.MULTILINE) for one in _NAMES)
_DENIED = re.compile(
    r"(?:\b(?:no|not|without|never|cannot|can['’]t|couldn['’]t|didn['’]t|isn['’]t|nichts?|kein\w*|ohne"
    r"|non|senza|nessun\w*|не|нет|без|your|ihre?[nmrs]?|deine?[nmrs]?|vostr\w|tu\w|su\w|ваш\w*|тво\w*)"
    r"\W+(?:\w+\W+){0,2}"
    r"|\b(?:thanks for|thank you for|danke? für|grazie per|спасибо за)\W+(?:\w+\W+){0,2}"
    # What the other has done, or somebody did before; what hangs on a thing.
    r"|\b(?:(?<!send )(?<!sending )you(?: have|['’]ve)?|(?:die|das|den|was) sie|von ihnen|gestern"
    r"|вы|ты|вчера|спасибо,? что|am \w+|schrauben)\W+"
    r"|\b(?:der sendung|der lieferung|dem paket|dem gerät) (?:war|ist|sind|liegt|waren)\W+"
    r"(?:\w+\W+){0,3}"
    r"|(?:貴社|お客様|ご)\w{0,4}|(?:いただ|頂)いた|(?:昨日|先日)\w{0,2})$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:nicht|not|yesterday|ieri|вчера|(?:ihrer|deiner|eurer)\b"
    r"|(?:\w+ )?you (?:have |had )?(?:sent|attached)"
    r"|che (?:ci )?(?:ha|hai|avete)\b|ありません|なし|できません|されていません|がない"
    r"|て(?:ください|下さい|いただ|頂|もら|くださ|ご?返信|お送りくだ)|の?\w{0,3}を?ありがとう|(?:送って|お送り)(?:くだ|下さ|いただ|頂))",
    re.IGNORECASE,
)
# Earlier in the same sentence: that it comes another time; that the other is to send it; how.
_LATER = re.compile(
    r"(?:(?<!for )\btomorrow\b(?!['’])|(?<!für )(?<!per )\bmorgen\b|(?<!на )\bзавтра\b"
    r"|(?<!per )\bdomani\b|(?:明日|後日)(?!の))",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:\b(?:send|mail|forward) (?:it |them )?(?:to )?(?:us|me)\b"
    r"|\b(?:schick|send|mail)\w* (?:sie |du )?(?:\w+ )?(?:uns|mir)\b"
    r"|\bbitte (?:schicken|senden|mailen) sie\b"
    r"|\b(?:ci|mi) (?:mandi|invii|mandate|inviate|spedisca)\b|\b(?:mandi|invii|inviar|mandar"
    r"|mandate|inviate)(?:ci|mi)\b|\b(?:пришл|вышл|отправь)(?:ите|и|те)\b)",
    re.IGNORECASE,
)
_ASKS_HOW = re.compile(
    r"^\W*(?:wie|mit welch\w+|how|which|what|как|come si|con qual\w+)\b[^.!\n]*\?", re.IGNORECASE
)
# By which way something comes, rather than that it is here.
_WAY = re.compile(r"(?:in|as|im|als|во?|come) (?!the\b)|вложением", re.IGNORECASE)
_NEAR: Final = 30
_SENTENCE: Final = 200
_NEW_SENTENCE: Final = re.compile(r"\n|[.!?:;…]\s|[。！？]")
_SIGNATURE: Final = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)


def names_a_file(text: str) -> str:
    """The words by which a text says that a file goes along with it; empty where it does not."""
    own = _SIGNATURE.sub("", _QUOTED.sub("", text[:_LONGEST]))
    for says in _SAYS:
        for found in says.finditer(own):
            if _is_promise(own, found):
                return " ".join(found[0].split())
    return ""


def _is_promise(own: str, found: re.Match[str]) -> bool:
    line = _NEW_SENTENCE.split(own[max(0, found.start() - _SENTENCE) : found.start()])[-1]
    after = own[found.end() : found.end() + _NEAR]
    if _DENIED.search(line[-_NEAR:]) or _DENIED_AFTER.search(after):
        return False
    said = line + found[0]
    if _LATER.search(said) or _ASKS_HOW.search(said + own[found.end() : found.end() + _SENTENCE]):
        return False
    return not (_WAY.match(found[0]) and _ASKS.search(line))
