"""A seeded set of realistic mails, so that every run of a benchmark reads the same bytes.

Mixture as a busy desk sees it: seven in ten plain text, two in ten HTML, one in ten with a file;
two in five are answers; English, Russian (KOI8-R, windows-1251, UTF-8), German and Japanese.
`python -m bench.corpus FOLDER [--count N]` writes `000001.eml` … and `manifest.jsonl`, one object
a line: file, message_id, root (the first mail of its thread), size. Same arguments, same bytes.
"""

from __future__ import annotations

import argparse
import base64
import json
import quopri
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

SEED = 20261122
TO = "support@help.example"
START = datetime(2026, 9, 1, 8, tzinfo=UTC)

SENTENCES = {
    "en": (
        "The export stops at about ten thousand rows and shows no error.",
        "Could you tell me where I change the address for our next invoice?",
        "After the latest update the program asks for the password on every start.",
        "The parcel is said to be delivered, but nobody here has received it.",
        "Thank you for the quick answer, that solved the first half of it.",
    ),
    "ru": (
        "Добрый день! Не могу войти в личный кабинет.",
        "Оплатили счёт ещё в понедельник, но доступ до сих пор не открыт.",
        "Подскажите, пожалуйста, когда будет отправлен наш заказ?",
        "К сожалению, совет не помог, ошибка повторяется каждый час.",
    ),
    "de": (
        "Guten Tag, beim Öffnen der Datei erscheint eine Fehlermeldung.",
        "Bitte senden Sie uns die Rechnung noch einmal als PDF zu.",
        "Die Lieferung ist unvollständig, es fehlen zwei Kartons.",
    ),
    "ja": (
        "お世話になっております。ログインできなくなりました。",
        "請求書の宛名を変更していただけますでしょうか。",
    ),
}
SUBJECTS = {
    "en": ("Order {n} arrived damaged", "Export stops early ({n})", "Invoice {n}"),
    "ru": ("Заказ {n} не пришёл", "Счёт {n}: ошибка в реквизитах"),
    "de": ("Rechnung {n} fehlt", "Lieferung {n} unvollständig"),
    "ja": ("注文 {n} について",),
}
CHARSETS = {
    "en": ("us-ascii", "utf-8", "iso-8859-1"),
    "ru": ("koi8-r", "windows-1251", "utf-8"),
    "de": ("utf-8", "iso-8859-1"),
    "ja": ("iso-2022-jp", "utf-8"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A mail that later ones may answer."""

    message_id: str
    root: str
    references: tuple[str, ...]
    subject: str
    sender: str
    language: str
    text: str


def write(folder: Path, count: int = 2000, seed: int = SEED) -> int:
    """Write `count` mails and the manifest; returns the number of true threads."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Made] = []
    with (folder / "manifest.jsonl").open("w") as manifest:
        for number in range(1, count + 1):
            raw, mail = _mail(rng, number, made)
            (folder / f"{number:06}.eml").write_bytes(raw)
            made.append(mail)
            line = {"file": f"{number:06}.eml", "message_id": mail.message_id, "root": mail.root}
            manifest.write(json.dumps(line | {"size": len(raw)}) + "\n")
    return len({mail.root for mail in made})


def _mail(rng: random.Random, number: int, made: list[Made]) -> tuple[bytes, Made]:
    parent = rng.choice(made[-60:]) if made and rng.random() < 0.4 else None
    mail = _answer(rng, number, parent) if parent else _first(rng, number)
    charset = rng.choice(CHARSETS[mail.language])
    head = _head(mail, parent, START + timedelta(minutes=7 * number), charset)
    return head + _body(rng, mail, charset, number), mail


def _first(rng: random.Random, number: int) -> Made:
    language = rng.choices(list(SENTENCES), weights=(50, 25, 17, 8))[0]
    person = rng.randrange(600)
    message_id = f"{rng.getrandbits(64):016x}@mail.firm{person % 90:02}.example"
    return Made(
        message_id=message_id,
        root=message_id,
        references=(),
        subject=rng.choice(SUBJECTS[language]).format(n=1000 + number),
        sender=f"Pat Lee {person} <pat{person}@firm{person % 90:02}.example>",
        language=language,
        text=_words(rng, language),
    )


def _answer(rng: random.Random, number: int, parent: Made) -> Made:
    domain = parent.sender.rpartition("@")[2].rstrip(">")
    prefix = rng.choice(("Re: ", "RE: ", "AW: ", "Re: "))
    quote = "\n".join(f"> {line}" for line in parent.text.split("\n"))
    return Made(
        message_id=f"{rng.getrandbits(64):016x}.{number}@mail.{domain}",
        root=parent.root,
        references=(*parent.references, parent.message_id),
        subject=prefix + parent.subject.removeprefix("Re: "),
        sender=parent.sender,
        language=parent.language,
        text=f"{_words(rng, parent.language)}\n\n{quote}"[:12_000],
    )


def _words(rng: random.Random, language: str) -> str:
    count = min(160, 3 + int(rng.paretovariate(1.1)))
    return "\n".join(rng.choice(SENTENCES[language]) for _ in range(count))


def _head(mail: Made, parent: Made | None, at: datetime, charset: str) -> bytes:
    lines = [
        f"From: {mail.sender}",
        f"To: Support <{TO}>",
        f"Subject: {Header(mail.subject, 'utf-8' if charset == 'us-ascii' else charset).encode()}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{mail.message_id}>",
        "MIME-Version: 1.0",
    ]
    if parent:
        lines.append(f"In-Reply-To: <{parent.message_id}>")
        lines.append("References: " + "\n ".join(f"<{one}>" for one in mail.references[-20:]))
    return ("\n".join(lines) + "\n").encode("ascii")


def _body(rng: random.Random, mail: Made, charset: str, number: int) -> bytes:
    sort = rng.choices(("plain", "html", "file"), weights=(70, 20, 10))[0]
    plain = _part("text/plain", mail.text, charset)
    if sort == "plain":
        return plain
    boundary = f"=_{number:06}"
    if sort == "html":
        rows = "".join(f"<p style='margin:0'>{line}</p>" for line in mail.text.split("\n"))
        page = f"<html><body>{rows}{'<span> </span>' * rng.randrange(200, 3000)}</body></html>"
        other, kind = _part("text/html", page, charset), "alternative"
    else:
        content = rng.randbytes(int(rng.triangular(80_000, 1_500_000, 250_000)))
        name = f'name="report-{number}.pdf"'
        other, kind = (
            (
                f"Content-Type: application/pdf; {name}\nContent-Transfer-Encoding: base64\n"
                f"Content-Disposition: attachment; file{name}\n\n"
            ).encode()
            + base64.encodebytes(content),
            "mixed",
        )
    mark = f"--{boundary}".encode()
    top = f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode()
    return top + b"\n".join((mark, plain, mark, other, mark + b"--", b""))


def _part(kind: str, text: str, charset: str) -> bytes:
    encoded = text.encode(charset, "replace")
    how = "8bit"
    if charset in {"iso-8859-1", "windows-1251"}:
        encoded, how = quopri.encodestring(encoded), "quoted-printable"
    elif charset in {"us-ascii", "iso-2022-jp"}:
        how = "7bit"
    head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {how}\n\n"
    return head.encode() + encoded + b"\n"


def main() -> None:
    """Write the set and say how many threads it has."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    asked = parser.parse_args()
    threads = write(asked.folder, asked.count)
    print(f"{asked.count} mails, {threads} threads in {asked.folder}")


if __name__ == "__main__":
    main()
