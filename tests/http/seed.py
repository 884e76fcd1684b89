"""A company to look at: departments, people, customers in four languages."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import timedelta

from inbox.desk.answer import Answer, AnswerFile, Note
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.note import note
from inbox.desk.reply import reply
from inbox.model.actor import Actor
from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company

ORDER = """Hello,

I ordered a pair of hiking boots (order 88231) two weeks ago and they arrived yesterday.
They are a beautiful colour, but I am afraid the size is wrong: the box says 42, the boots
say 40. I can send you pictures of both labels.

I leave for the mountains on 3 December. Is there any chance to have the right pair before
that? If not, I would rather return them.

You find the invoice attached, and the shop's page is https://shop.example/boots/88231.

Kind regards
Pat Lee
"""
THANKS = """Hi Anna,

that is wonderful, thank you. Two pictures are attached. Size 42 it is.

Pat

On Thu, 19 Nov 2026 at 10:05, Anna Berg (Support) <support@us.example> wrote:

> Dear Pat,
>
> I am sorry about the wrong size. We still have your colour in 42 and can send the
> pair today, so that it reaches you before 3 December.
>
> Please keep the other pair until then; a return label will be in the box.
>
> Could you send me a picture of both labels?
>
> Anna
"""
RICH = """<html><body><p>Dear team,</p><p>our order for the <b>spring season</b>:</p>
<table border="1" cellpadding="6">
<tr><th>Article</th><th>Size</th><th>Pieces</th></tr>
<tr><td>Trail runner</td><td>39</td><td>12</td></tr>
<tr><td>Trail runner</td><td>41</td><td>20</td></tr></table>
<p><img src="cid:logo1" width="120"><br><a href="https://partner.example/">partner.example</a>
<img src="https://tracker.example/p.gif" width="1" height="1"></p></body></html>"""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the pages of the tests are about."""

    anna: Agent
    ben: Agent
    support: Mailbox
    boots: int
    rich: int


async def seed(company: Company) -> Seeded:
    """Fill the database; times are relative to the company's now."""
    support = await company.mailbox("support@us.example", "Support")
    billing = await company.mailbox("billing@us.example", "Billing")
    await company.mailbox("press@us.example", "Press")
    anna = await company.agent("Anna Berg", support.address, billing.address, role="admin")
    ben = await company.agent("Ben Okafor", support.address)
    seeded = Seeded(
        anna, ben, support, await _boots(company, support, anna, ben), await _rich(company, billing)
    )
    await _others(company, support, billing, anna, ben)
    return seeded


async def _boots(company: Company, support: Mailbox, anna: Agent, ben: Agent) -> int:
    pdf = ("Invoice 88231.pdf", "application/pdf", b"%PDF-1.4 " + b"0" * 84_000)
    first = await company.receives(
        support,
        subject="Wrong size, and I leave on 3 December",
        text=ORDER,
        files=(pdf,),
        ago=timedelta(days=3, hours=2),
        match={"outcome": "new"},
    )
    at = company.now
    async with company.database.write() as db:
        words = Note(text="Warehouse says 12 pairs of size 42 are left. I would send it express.")
        await note(db, first, words, by=ben, now=at - timedelta(days=3, hours=1))
        by = Actor.agent(ben.id, ben.name)
        await assign(db, first, anna.id, by=by, now=at - timedelta(days=3, minutes=50))
        answer = Answer(text=THANKS.partition("\n>\n> ")[2].replace("> ", "").replace(">", ""))
        await reply(
            db,
            first,
            answer,
            by=anna,
            now=at - timedelta(days=3, minutes=45),
            context=company.context,
        )
    await company.receives(
        support,
        subject="Re: Wrong size, and I leave on 3 December",
        text=THANKS,
        files=(
            ("label-box.png", "image/png", picture(200, 120, (196, 120, 60))),
            ("label-boot.png", "image/png", picture(200, 120, (70, 120, 160))),
        ),
        into=first,
        ago=timedelta(minutes=42),
        match={
            "outcome": "joined",
            "evidence": [
                {"rule": "our_id", "weight": 0.95, "detail": ""},
                {"rule": "subject", "weight": 0.5, "detail": ""},
            ],
        },
    )
    return first


async def _rich(company: Company, billing: Mailbox) -> int:
    return await company.receives(
        billing,
        from_="Einkauf Bergsport Müller GmbH & Co. KG <einkauf@partner.example>",
        subject="Bestellung Frühjahr 2027: Trail Runner in allen Größen, Lieferung nach Innsbruck",
        text="Dear team, our order for the spring season is in the table.",
        html=RICH,
        inline=(("logo1", picture(120, 40, (30, 90, 60))),),
        ago=timedelta(hours=1, minutes=10),
        proof={"source": "direct", "dmarc": "fail"},
    )


async def _others(
    company: Company, support: Mailbox, billing: Mailbox, anna: Agent, ben: Agent
) -> None:
    hours = timedelta(hours=1)
    await company.receives(
        support,
        from_="Мария Соколова <maria@pochta.example>",
        subject="Не приходит письмо с подтверждением заказа",
        text="Здравствуйте! Я оформила заказ вчера вечером, деньги списались, но письма с "
        "подтверждением до сих пор нет. Проверьте, пожалуйста.",
        ago=2 * hours,
    )
    await company.receives(
        support,
        from_="佐藤 花子 <hanako@mail.example>",
        subject="返品の方法について教えてください",
        text="先週購入した靴のサイズが合わないため、返品したいのですが、手続きの方法を教えていただけますか。",
        ago=5 * hours,
    )
    late = await company.receives(
        billing,
        from_="Giulia Ferrari <giulia@posta.example>",
        subject="Fattura elettronica mancante per l'ordine 77120",
        text="Buongiorno, non ho ancora ricevuto la fattura elettronica. Potete inviarla?",
        ago=timedelta(days=1, hours=6),
    )
    waiting = await company.receives(
        support,
        from_="Jonas Weber <jonas@firma.example>",
        subject="Rabatt für Vereine",
        text="Guten Tag, gibt es für unseren Verein einen Rabatt ab 20 Paar?",
        ago=timedelta(days=2),
    )
    done = await company.receives(
        support,
        from_="Ama Mensah <ama@customer.example>",
        subject="Thank you!",
        text="The boots are perfect. Thank you so much.",
        ago=timedelta(days=6),
    )
    anonymous = await company.receives(
        support, from_="noreply-no-name@customer.example", subject="", text="?", ago=26 * hours
    )
    async with company.database.write() as db:
        answer = Answer(
            text="Guten Tag Herr Weber,\n\nab 20 Paar sind es 12 %. Die Liste liegt bei.",
            files=(AnswerFile.uploaded("Preisliste.csv", "text/csv", b"Modell;Preis\n" * 300),),
        )
        when = company.now - timedelta(days=1, hours=20)
        await reply(db, waiting, answer, by=ben, now=when, context=company.context)
        by = Actor.agent(anna.id, anna.name)
        await close(db, done, by=by, now=company.now - timedelta(days=5))
        await assign(db, late, anna.id, by=by, now=company.now - 20 * hours)
        await assign(db, anonymous, ben.id, by=by, now=company.now - 19 * hours)


def picture(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    line = b"\0" + bytes(colour) * width
    body = zlib.compress(line * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )
