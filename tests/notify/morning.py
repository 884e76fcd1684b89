"""Three people have written, and Karen has the list of what nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from inbox.clock import utcnow
from inbox.desk.notices import set_notices
from tests.office import Office
from tests.peers import Arrived

KAREN, ANNA = "karen@us.example", "anna@us.example"
PAT, MIA, ED = "pat@shop.example", "mia@shop.example", "ed@shop.example"

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(9000)


async def wants(office: Office, email: str, **given: str) -> None:
    """They said so the day before yesterday: their digest is due."""
    async with office.database.write() as db:
        past = utcnow() - timedelta(hours=26)
        await set_notices(db, email, None, {"zone": "UTC", **given}, now=past)


@dataclass
class Morning:
    """Three people have written, and Karen has the list of what nobody has."""

    office: Office
    homes: list[int]
    list_: Arrived

    @property
    def address(self) -> str:
        """Where answers to the list go."""
        return str(self.list_.mail["Reply-To"].addresses[0].addr_spec)

    async def answers(
        self,
        words: str,
        *also: str,
        from_: str = f"Karen <{KAREN}>",
        files: tuple[str, ...] = (),
        html: str = "",
        works: bool = True,
        signed_in: bool = False,
    ) -> str:
        """Karen answers above the list, with files; the mail that comes back."""
        quoted = "\n".join(f"> {line}" for line in self.list_.text.splitlines())
        mail = self.office.letter(
            f"{words}\n\nOn Mon, Mar 03, 2025 at 09:00 Support wrote:\n{quoted}",
            From=from_,
            To=", ".join((self.address, *also)),
            Subject=f"Re: {self.list_.mail['Subject']}",
            In_Reply_To=str(self.list_.mail["Message-ID"]),
        )
        if html:
            mail.add_alternative(html, subtype="html")
            [*mail.iter_parts()][1].add_related(PICTURE, "image", "png", cid="<crack@shop>")
        for name in files:
            mail.add_attachment(b"%PDF-1.4", "application", "pdf", filename=name)
        await self.office.receives(
            mail,
            sender=KAREN,
            recipients=(self.address, *also),
            **({"submitted_by": self.office.karen, "source": "submission"} if signed_in else {}),
        )
        if works:
            await self.office.works()
        return self.office.mail_to(KAREN).text

    async def stand(self) -> list[tuple[str, int | None]]:
        """Whose turn it is, and who has it, of each."""
        rows = await self.office.rows("select status, assignee_id from conversation order by id")
        return [(row.status, row.assignee_id) for row in rows]


async def open_morning(office: Office) -> Morning:
    """Karen gets no single notices, but each morning what nobody has."""
    await wants(office, KAREN, notices="none", dispatcher="daily")
    letters = {PAT: ("Boots", "They broke."), MIA: ("Invoice", "1 close"), ED: ("Lids", "Where?")}
    homes = [
        await office.hears(
            words=words, Subject=subject, From=f"{address.partition('@')[0].title()} <{address}>"
        )
        for address, (subject, words) in letters.items()
    ]
    await office.works()
    return Morning(office, homes, office.mail_to(KAREN))
