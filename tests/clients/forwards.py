"""Forwards as mail programs write them, plain and HTML, in the languages that they speak."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from tests.clients import labels

OUTLOOK_HEAD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal '
    "{margin:0in}</style></head><body><div class=WordSection1>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """The mail that is passed on."""

    name: str = "Tomasz Wróbel"
    address: str = "tomasz@kunde.example"
    to: tuple[tuple[str, str], ...] = (("Ana Ríos", "ana@firma.example"), ("", "ops@firma.example"))
    cc: tuple[tuple[str, str], ...] = (("Lee, Sam", "sam@firma.example"),)
    subject: str = "Order 4411: boots leak"
    text: str = "Hello,\n\nthe boots leak since Monday: both of them.\n\nTomasz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one program in one language writes the header of the mail that it passes on."""

    client: str
    language: str
    lines: tuple[tuple[str, str], ...]  # label, field
    above: str = ""
    below: str = ""
    date: str = ""

    def __str__(self) -> str:
        return f"{self.client}-{self.language}"


def shown(people: tuple[tuple[str, str], ...], joint: str = ", ") -> str:
    """A list of mailboxes as a header block shows it."""
    return joint.join(
        f'"{name}" <{address}>' if "," in name else f"{name} <{address}>" if name else address
        for name, address in people
    )


def styles() -> Iterator[Style]:
    """Every program in every language."""
    for language, (sender, sent, to, cc, subject) in labels.OUTLOOK.items():
        lines = ((sender, "from"), (sent, "date"), (to, "to"), (cc, "cc"), (subject, "subject"))
        date = labels.DATES[language]
        for client, above in (
            ("outlook", ""),
            ("outlook-web", "_" * 32),
            ("outlook-mobile", f"Get Outlook for iOS<https://aka.ms/o0ukef>\n{'_' * 32}"),
            ("outlook-text", "-----Original Message-----"),
        ):
            yield Style(client=client, language=language, lines=lines, above=above, date=date)
    for language, (above, sender, subject, date, to, cc) in labels.APPLE.items():
        lines = ((sender, "from"), (subject, "subject"), (date, "date"), (to, "to"), (cc, "cc"))
        yield Style(client="apple", language=language, lines=lines, above=above)
    for language, (above, subject, date, sender, to, cc) in labels.THUNDERBIRD.items():
        lines = ((subject, "subject"), (date, "date"), (sender, "from"), (to, "to"), (cc, "cc"))
        rule = f"-------- {above} --------"
        yield Style(client="thunderbird", language=language, lines=lines, above=rule)
    for language, sender in labels.GMAIL.items():
        lines = (
            (sender, "from"),
            ("Date", "date"),
            ("Subject", "subject"),
            ("To", "to"),
            ("Cc", "cc"),
        )
        rule = "---------- Forwarded message ---------"
        yield Style(client="gmail", language=language, lines=lines, above=rule)
    for language, (above, sender, to, cc, sent, subject) in labels.YAHOO.items():
        lines = ((sender, "from"), (to, "to"), (cc, "cc"), (sent, "date"), (subject, "subject"))
        yield Style(client="yahoo", language=language, lines=lines, above=f"----- {above} -----")
    for client, language, above, words in _OTHERS:
        fields = tuple(
            (label, field) for label, field in (pair.split("=") for pair in words.split("|"))
        )
        yield Style(client=client, language=language, lines=fields, above=above)


_OTHERS = (
    ("mail.ru", "ru", "-------- Пересылаемое сообщение --------",
     "От кого=from|Кому=to|Дата=date|Тема=subject"),
    ("mail.ru", "en", "-------- Forwarded message --------",
     "From=from|To=to|Date=date|Subject=subject"),
    ("gmx", "de", "", "Gesendet=date|Von=from|An=to|Cc=cc|Betreff=subject"),
    ("gmx", "en", "", "Sent=date|From=from|To=to|Cc=cc|Subject=subject"),
    ("ionos", "de", "---------- Ursprüngliche Nachricht ----------",
     "Von=from|An=to|CC=cc|Datum=date|Betreff=subject"),
    ("ionos", "en", "---------- Original Message ----------",
     "From=from|To=to|CC=cc|Date=date|Subject=subject"),
    ("k-9", "en", "-------- Original Message --------",
     "From=from|Sent=date|To=to|Cc=cc|Subject=subject"),
    ("k-9", "de", "-------- Ursprüngliche Nachricht --------",
     "Von=from|Gesendet=date|An=to|CC=cc|Betreff=subject"),
    ("blackberry", "en", "", "From=from|Sent=date|To=to|Cc=cc|Subject=subject"),
    ("samsung", "en", "-------- Original message --------",
     "From=from|Date=date|To=to|Cc=cc|Subject=subject"),
    ("samsung", "fr", "-------- Message d'origine --------",
     "De =from|Date =date|À =to|Cc =cc|Objet =subject"),
    ("samsung", "de", "-------- Ursprüngliche Nachricht --------",
     "Von=from|Datum=date|An=to|Cc=cc|Betreff=subject"),
    ("proton", "en", "------- Forwarded Message -------",
     "From=from|Date=date|Subject=subject|To=to|CC=cc"),
    ("zoho", "en", "============ Forwarded message ============",
     "From=from|To=to|Cc=cc|Date=date|Subject=subject"),
    ("outlook-mac", "en", "", "From=from|Date=date|To=to|Cc=cc|Subject=subject"),
    ("outlook-mac", "de", "", "Von=from|Datum=date|An=to|Cc=cc|Betreff=subject"),
    ("outlook-mac", "fr", "",
     "De\u00a0=from|Date\u00a0=date|À\u00a0=to|Cc\u00a0=cc|Objet\u00a0=subject"),
    ("roundcube", "en", "-------- Original Message --------",
     "Subject=subject|Date=date|From=from|To=to|Cc=cc"),
    ("roundcube", "cs", "-------- Původní zpráva --------",
     "Předmět=subject|Datum=date|Od=from|Komu=to|Kopie=cc"),
    ("kmail", "de", "----------  Weitergeleitete Nachricht  ----------",
     "Betreff=subject|Datum=date|Von=from|An=to|CC=cc"),
    ("qq", "zh", "------------------ 原始邮件 ------------------",
     "发件人=from|发送时间=date|收件人=to|抄送=cc|主题=subject"),
    ("163", "zh", "-------- 转发邮件信息 --------",
     "发件人=from|发送日期=date|收件人=to|抄送人=cc|主题=subject"),
    ("wp", "pl", "---------- Przekazana wiadomość ----------",
     "Od=from|Do=to|Data=date|Temat=subject"),
    ("libero", "it", "---------- Messaggio inoltrato ----------",
     "Da=from|A=to|Data=date|Oggetto=subject"),
    ("orange", "fr", "========================================",
     "De=from|A=to|Copie à=cc|Envoyé=date|Objet=subject"),
)  # fmt: skip


def style_of(client: str, language: str) -> Style:
    """How a program passes mails on; in English where it does not speak the language."""
    if client == "yandex":
        return _YANDEX
    found = {style.language: style for style in styles() if style.client == client}
    return found.get(language) or found["en"]


# A mail of Yandex's has an attribution in place of a header, in Russian whatever it speaks.
_YANDEX = Style(
    client="yandex",
    language="ru",
    lines=(),
    above="-------- Пересылаемое сообщение --------\n",
    below="\n-------- Конец пересылаемого сообщения --------",
)


def plain(style: Style, inner: Inner, words: str) -> str:
    """The plain text of the mail that the program sends."""
    values = _values(style, inner)
    if style.client == "yahoo":  # it loses the line ends
        block = "".join(f"{label}: {values[field]}" for label, field in style.lines)
        return f"{words}\n\n   {style.above} {block}{_glued(inner.text)}\n"
    if style.client == "yandex":
        led = f'{style.above}22.11.2026, 10:12, "{inner.name}" <{inner.address}>:'
        return f"{words}\n\n{led}\n\n{inner.text}\n{style.below}\n"
    gap = "\t" if style.client == "thunderbird" else " "
    block = "\n".join(f"{label}:{gap}{values[field]}" for label, field in style.lines)
    inside = f"{block}\n\n{inner.text}"
    if style.client == "apple":
        quoted = "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        return f"{words}\n\n{style.above}\n\n{quoted}\n"
    return f"{words}\n\n{style.above}\n{inside}\n"


def _glued(text: str) -> str:
    return "\n " + text


def html_form(style: Style, inner: Inner, words: str) -> str:
    """The HTML of the mail that the program sends."""
    values = {field: html.escape(value) for field, value in _values(style, inner).items()}
    said = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in words.split("\n"))
    body = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in inner.text.split("\n"))
    bold = "<br>".join(f"<b>{label}:</b> {values[field]}" for label, field in style.lines)
    form = _FORMS.get(style.client, _gmail)
    return form(style, values, said, bold, body)


def _values(style: Style, inner: Inner) -> dict[str, str]:
    joint = "; " if style.client.startswith("outlook") else ", "
    return {
        "from": shown(((inner.name, inner.address),)),
        "date": date_of(style),
        "to": shown(inner.to, joint),
        "cc": shown(inner.cc, joint),
        "subject": inner.subject,
    }


def date_of(style: Style) -> str:
    """The date as the program writes it."""
    return style.date or labels.DATES.get(style.language, labels.DATES["en"])


def mail(style: Style, inner: Inner, words: str, *, as_html: bool) -> bytes:
    """The whole mail, forwarded to a mailbox by an agent or a customer."""
    message = EmailMessage()
    message["From"] = "Jane Roe <jane@shop.example>"
    message["To"] = "support@desk.example"
    message["Subject"] = f"FW: {inner.subject}"
    message["Message-ID"] = "<fw1@shop.example>"
    message["Date"] = "Tue, 10 Nov 2026 10:00:00 +0000"
    if as_html:
        message.set_content(html_form(style, inner, words), subtype="html")
    else:
        message.set_content(plain(style, inner, words))
    return message.as_bytes()


_Form = Callable[[Style, dict[str, str], str, str, str], str]


def _outlook(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    return (
        f"{OUTLOOK_HEAD}{said}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div>"
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
        f"<p class=MsoNormal>{bold}<o:p></o:p></p></div></div>"
        f"<p class=MsoNormal><o:p>&nbsp;</o:p></p>{body}</div></body></html>"
    )


def _outlook_web(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    return (
        f'<html><body><div>{said}</div><div id="appendonsend"></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" '
        f'style="font-size:11pt" color="#000000">{bold}</font><div>&nbsp;</div></div>'
        f"<div>{body}</div></body></html>"
    )


def _apple(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    lines = "".join(
        f'<div style="margin:0px"><span style="color:rgb(0,0,0)"><b>{label}: </b></span>'
        f"<span>{values[field]}<br></span></div>"
        for label, field in style.lines
    )
    return (
        f'<html><body>{said}<br><div><br><blockquote type="cite"><div>{style.above}</div>'
        f'<br class="Apple-interchange-newline">{lines}<br><div>{body}</div></blockquote></div>'
        "</body></html>"
    )


def _thunderbird(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    rows = "".join(
        f'<tr><th valign="BASELINE" nowrap="nowrap" align="RIGHT">{label}: </th>'
        f"<td>{values[field]}</td></tr>"
        for label, field in style.lines
    )
    return (
        f'<html><body>{said}<div class="moz-forward-container"><br><br>{style.above}'
        '<table class="moz-email-headers-table" cellspacing="0" cellpadding="0" border="0">'
        f"<tbody>{rows}</tbody></table><br><br>{body}</div></body></html>"
    )


def _gmail(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    lines = "<br>".join(f"{label}: {values[field]}" for label, field in style.lines)
    return (
        f'<div dir="ltr">{said}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f"{style.above}<br>{lines}<br></div><br><br>{body}</div></div>"
    )


def _yahoo(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    lines = "".join(f"<div><b>{label}:</b> {values[field]}</div>" for label, field in style.lines)
    return (
        f'<html><body><div class="ydp1">{said}<br></div><div id="yahoo_quoted_1" '
        f'class="yahoo_quoted"><div><div>{style.above}</div>{lines}<div><br></div>'
        f"<div>{body}</div></div></div></body></html>"
    )


def _yandex(style: Style, values: dict[str, str], said: str, bold: str, body: str) -> str:
    name, _, address = values["from"].partition(" &lt;")
    led = f"22.11.2026, 10:12, &quot;{name}&quot; &lt;{address}:"
    return (
        f"<div>{said}</div><div> </div><div>{style.above}</div><div>{led}</div><div> </div>"
        f"<div>{body}</div><div>{style.below}</div>"
    )


_FORMS: dict[str, _Form] = {
    "blackberry": _outlook,
    "yandex": _yandex,
    "outlook": _outlook,
    "outlook-text": _outlook,
    "outlook-web": _outlook_web,
    "outlook-mobile": _outlook_web,
    "apple": _apple,
    "thunderbird": _thunderbird,
    "gmail": _gmail,
    "mail.ru": _gmail,
    "yahoo": _yahoo,
}
