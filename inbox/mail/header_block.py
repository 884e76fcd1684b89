"""The header that mail programs write above what they quote or pass on: `From: …`, `Sent: …`, …

Programs translate the labels and not the structure, so both are looked at: lines `Word: value`, and
what the words mean in the languages that programs speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

_WORDS = {
    "from": "from von de da van från fra lähettäjä od от откого від відправник отправитель "
    "nadawca odesílatel "
    "odesilatel odosielateľ feladó küldő 差出人 送信者 发件人 寄件者 寄件人 寄信人 보낸사람 보낸이 "
    "gönderen kimden "
    "από αποστολέας מאת من "
    "pošiljatelj pošiljalac šalje dela expeditor saatja kellelt sūtītājs siuntėjas "
    "изпратител подател nuo dari pengirim daripada од шаље пошиљалац nga nork از فرستنده से प्रेषक "
    "từ จาก expéditeur remitente mittente absender afzender afsender avsändare avsender "
    "remetente frá expeditorul 送信元",
    "subject": "subject betreff objet asunto oggetto onderwerp ämne emne aihe temat předmět "
    "主旨 标题 標題 predmet tárgy тема konu "
    "θέμα 件名 主题 主題 제목 assunto assumpte subiect относно perihal subjek teema temats tema "
    "thema subjek наслов предмет subjekti gaia موضوع विषय zadeva naslov נושא الموضوع "
    "chủđề เรื่อง efni sujet subiectul",
    "date": "date sent datum gesendet envoyé envoyée enviado enviada inviato verzonden skickat "
    "sendt lähetetty wysłano "
    "data fecha дата отправлено надіслано dátum dato päivämäärä päiväys pvm odesláno "
    "odoslané küldve elküldve trimis "
    "tarih gönderildi gönderilme 日付 日時 送信日時 发送时间 發送時間 发送日期 日期 날짜 "
    "보낸날짜 보낸시간 ημερομηνία στάλθηκε "
    "poslano datums kuupäev saadetud изпратено tanggal dikirim ngày วันที่ תאריך التاريخ "
    "dagsetning skickad 寄件日期 傳送日期 时间 時間 发送日期 送信日 отправлен відправлено αποστολή "
    "датум послато tarikh تاریخ दिनांक तारीख ημερ/νία wysłane küldés gönderme odoslaný נשלח",
    "to": "to an à para a aan komu кому do till til vastaanottaja címzett címzettek kime alıcı "
    "către catre προς 宛先 收件人 "
    "받는사람 받는이 prima za destinataire destinatari destinatario ontvanger empfänger adresát "
    "mottaker modtager per "
    "adresat adresaci 收件者 收信人 pour до kepada đến ถึง אל إلى kam saaja kellele destinatarul "
    "pre 送信先 宛て за прима për nori به گیرنده को प्रति",
    "cc": "cc kopie kopia copia cópia kopi kopio копия копія másolat másolatotkap copie bilgi "
    "抄送 抄送人 副本 참조 dw dowiadomości "
    "kópia κοιν koopia cci copiacarboncopy ccn bcc",
    "reply": "reply-to replyto antwortan répondreà respondera rispondia antwoordaan",
}
_FIELDS = {word.casefold(): name for name, words in _WORDS.items() for word in words.split()}
_LABEL = re.compile(
    r"\s{0,12}[*_|]{0,3}([^\W\d_][^:：@<>|\d]{0,28}?)\s{0,2}[*_]{0,3}\s{0,2}[:：](?!//)[*_]{0,3}(?:[\s\u00a0]*(.*)|"
    r"$)"
)
_GLUED = re.compile(r"\s{0,8}-{2,}\s?[^-:]{3,60}\s?-{2,}\s{0,4}(?=[^\W\d_])")
_INNER_LABEL = re.compile(r"([^\W\d_][^\W\d_]{0,20})\s?[:：]\s")
_WIDE_LABEL = re.compile(r"[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")
_ADDRESS = re.compile(r"[^\s<>@()\[\]]{1,100}@[^\s<>@()\[\]]{1,200}")
_TIME = re.compile(r"(?<![\d.])\d{1,2}[:.h]\d{2}(?!\d|[./-]\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
# What forms ask for, and the header of a mail never has.
_OF_FORMS = frozenset(
    "name fullname firstname lastname email e-mail emailaddress e-mailaddress mailaddress phone "
    "phonenumber tel telephone telefon telefonnummer mobile message vorname nachname nachricht nom "
    "prénom téléphone courriel nombre teléfono correo mensaje nome cognome telefono messaggio "
    "telefone mensagem naam telefoon bericht imię nazwisko wiadomość имя фио телефон сообщение "
    "ім'я повідомлення お名前 氏名 電話番号 メールアドレス 姓名 电话".split()
)
_MAX_LINES = 30
_MAX_LABELS = 10


@dataclass(slots=True)
class Block:
    """A header found in a text: values by field (`from`, `subject`, …), and the line behind it."""

    fields: dict[str, str] = field(default_factory=dict)
    labels: int = 0
    end: int = 0
    others: list[str] = field(default_factory=list)  # values whose label no language explains
    is_form: bool = False  # it asks for what no header tells

    @property
    def is_sure(self) -> bool:
        """True if it cannot be a customer's own list: it names a sender and a subject or date."""
        known = self.fields.keys()
        if self.is_form:
            return False
        if "from" in known and len(known & {"subject", "date", "to"}) >= 2:
            return True
        if "from" in known and self.labels >= 3 and known & {"subject", "date"}:
            return True
        return self._is_sure_by_shape()

    @property
    def is_likely(self) -> bool:
        """True if it is a header when a separator stands above it."""
        has_sender = "from" in self.fields and self.labels >= 2
        return self.is_sure or (has_sender and not self.is_form)

    @property
    def is_addressed(self) -> bool:
        """True if it names by an address to whom a subject went, as Yandex writes below a rule."""
        is_to_somebody = _ADDRESS.search(self.fields.get("to", "")) is not None
        return is_to_somebody and "subject" in self.fields and not self.is_form

    @property
    def is_of_a_mail(self) -> bool:
        """True if it is no journey (`From: Rome, To: Paris, Date: …`) and no form: it shows an
        address, or a moment beside a subject or right behind the sender.
        """
        if any(_ADDRESS.search(value) for value in (*self.fields.values(), *self.others)):
            return True
        date = self.fields.get("date", "")
        is_moment = _TIME.search(date) is not None and _YEAR.search(date) is not None
        return is_moment and ("subject" in self.fields or [*self.fields][:2] == ["from", "date"])

    @property
    def names_a_mail(self) -> bool:
        """True if a value is an address or a moment: `From: Rome, To: Paris` is a journey."""
        values = [*self.fields.values(), *self.others]
        return not self.is_form and any(
            _ADDRESS.search(value) or (_TIME.search(value) and _YEAR.search(value))
            for value in values
        )

    def _is_sure_by_shape(self) -> bool:
        if self.labels < 4:
            return False
        values = [*self.fields.values(), *self.others]
        first = values[0] if values else ""
        everything = " ".join(values)
        return (
            bool(_ADDRESS.search(first or everything))
            and "<" in everything
            and any(_TIME.search(value) and _YEAR.search(value) for value in values)
        )


def read_block(lines: list[str], at: int, *, least: int = 2) -> Block | None:
    """The header that begins at this line, if `least` lines or more are `Word: value`; else
    None.
    """
    first = _LABEL.match(lines[at][:300]) if at < len(lines) else None
    if first is None or not (field_of(first[1]) or (first[2] or "").strip()):
        return None
    block = Block()
    name = ""
    position = at
    while position < min(len(lines), at + _MAX_LINES) and block.labels < _MAX_LABELS:
        line = lines[position][:2000]
        match = _LABEL.match(line[:300])
        if match is not None and _is_label(block, match[1]):
            value = line[match.end(1) :].lstrip("*_ :：\u00a0")
            is_bold = line.lstrip().startswith("*")
            name = _keep(block, match[1], value.rstrip("* ") if is_bold else value)
        elif not line.strip():
            following = _known_below(lines, position)
            # Nobody has named anything yet: it is what somebody wrote above the header.
            if not following or not block.fields:
                break
            position = following
            continue
        elif name and _goes_on(block, name, line, lines, position):
            _append(block, name, line)
        else:
            break
        position += 1
    block.end = position
    return block if block.labels >= least else None


def _is_label(block: Block, label: str) -> bool:
    """False for a sentence with a colon, or a form, below a header that is whole."""
    if _is_of_form(label):
        return not block.is_sure
    return bool(field_of(label)) or len(label.split()) < 3 or not block.is_sure


def _is_of_form(label: str) -> bool:
    return "".join(label.split()).strip("*_").casefold() in _OF_FORMS


def split_glued(line: str) -> list[str]:
    """The lines of a header that a program wrote into one (`…<a@b>To: …Sent: …`), the line above
    it first; the line itself if it is none.
    """
    rule = _GLUED.match(line[:2000])
    if rule is None:
        return [line]
    cuts: dict[str, int] = {}
    for match in _INNER_LABEL.finditer(line[:4000], rule.end()):
        at, name = _label_in(match)
        if name and (len(match[1]) > 1 or line[at - 1] in "> "):
            cuts.setdefault(name, at)  # a subject may hold such words too
    if len(cuts) < 3:
        return [line]
    edges = [0, *cuts.values(), len(line)]
    return [line[begin:end].strip() for begin, end in pairwise(edges)]


def _label_in(match: re.Match[str]) -> tuple[int, str]:
    """Where a label begins that may be glued to the word before (`UTCSubject:`), and its field."""
    word = match[1]
    for at, letter in enumerate(word):
        if (at == 0 or letter.isupper()) and (name := field_of(word[at:])):
            return match.start() + at, name
    return match.start(), ""


def _keep(block: Block, label: str, value: str) -> str:
    name = field_of(label)
    block.labels += 1
    block.is_form |= _is_of_form(label)
    if not name or name in block.fields:
        block.others.append(value.strip())
        return f"#{len(block.others) - 1}"
    block.fields[name] = value.strip()
    return name


def _append(block: Block, name: str, line: str) -> None:
    if name.startswith("#"):
        block.others[int(name[1:])] += " " + line.strip()
    else:
        block.fields[name] = f"{block.fields[name]} {line.strip()}".strip()


def _goes_on(block: Block, name: str, line: str, lines: list[str], position: int) -> bool:
    """True if an unlabelled line continues the value above it."""
    value = block.others[int(name[1:])] if name.startswith("#") else block.fields[name]
    if not value or value.endswith((",", ";", "<")) or line.startswith((" ", "\t")):
        return True
    below = lines[position + 1][:300] if position + 1 < len(lines) else ""
    match = _LABEL.match(below)
    return match is not None and bool(field_of(match[1])) and len(line) < 200


def _known_below(lines: list[str], at: int) -> int:
    """The next line, if only blank lines lie before it and it has a known label; else 0."""
    below = at
    while below < min(len(lines), at + 3) and not lines[below].strip():
        below += 1
    if below >= len(lines):
        return 0
    match = _LABEL.match(lines[below][:300])
    return below if match and field_of(match[1]) else 0


# Each line of a list is asked for anew from each line above it.
@lru_cache(maxsize=1024)
def field_of(label: str) -> str:
    """The field of a header that a label names in any language (`from`, `to`, …), or empty."""
    word = label.strip(" *_.\u00a0").casefold()
    return _FIELDS.get(word) or _FIELDS.get("".join(word.split())) or _FIELDS.get(_first(word), "")


def _first(word: str) -> str:
    """`de la`, `do wiadomości`: the first word decides where the whole is not known."""
    parts = word.split()
    return (
        parts[0] if len(parts) == 2 and len(parts[0]) >= 2 and not _WIDE_LABEL.search(word) else ""
    )
