"""Karen at her mail program, with a notice before her: she asks for things in her answers."""

from __future__ import annotations

import re
from typing import Any

from tests.office import Office
from tests.peers import Arrived

JANE, KAREN, ANNA = "jane@shop.example", "karen@us.example", "anna@us.example"
FROM = "Karen <karen@us.example>"


class Desk:
    """Karen at her mail program."""

    def __init__(self, office: Office, home: int, notice: Arrived) -> None:
        self.office, self.home, self.notice = office, home, notice

    def to(self, verb: str = "r") -> str:
        """An address of her notice."""
        address = str(self.notice.mail["Reply-To"].addresses[0].addr_spec)
        return address.replace("+r.", f"+{verb}.")

    async def sends(
        self,
        words: str,
        *verbs: str,
        from_: str = FROM,
        works: bool = True,
        **more: Any,
    ) -> None:
        """A mail in text, with her notice below; what follows from it is done, mails included."""
        quoted = "\n".join(f"> {line}" for line in self.notice.text.splitlines())
        to = [self.to(verb) for verb in verbs or ("r",)]
        mail = self.office.letter(
            f"{words}\n\nOn Mon, Mar 03, 2025 at 09:00 Jane via Support wrote:\n{quoted}",
            From=from_,
            To=", ".join(to),
            Subject="Re: Boots",
            In_Reply_To=str(self.notice.mail["Message-ID"]),
            **more,
        )
        await self.office.receives(mail, sender=KAREN, recipients=tuple(to))
        if works:
            await self.office.works()

    async def sends_rich(self, words: str, html: str, file: str) -> None:
        """A mail in text and HTML, with a file; what follows from it is done."""
        mail = self.office.letter(
            words,
            From=FROM,
            To=self.to(),
            Subject="Re: Boots",
            In_Reply_To=str(self.notice.mail["Message-ID"]),
        )
        mail.add_alternative(html, subtype="html")
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=file)
        await self.office.receives(mail, sender=KAREN, recipients=(self.to(),))
        await self.office.works()

    async def decides(
        self, verb: str, words: str = "", *, from_: str = FROM, works: bool = True
    ) -> None:
        """A mail to an address of the last mail that asked her what is to become of an answer."""
        texts = [one.text for one in self.office.relay.to(KAREN)]
        *_, to = re.findall(rf"support\+{verb}\.\S+", "\n".join(texts))
        mail = self.office.letter(words, From=from_, To=to, Subject="Re: Boots")
        await self.office.receives(mail, sender=KAREN, recipients=(to,))
        if works:
            await self.office.works()

    async def stands(self) -> tuple[str, int | None]:
        """Whose turn it is, and who has it."""
        [row] = await self.office.rows(
            "select status, assignee_id from conversation where id = :id", id=self.home
        )
        return row.status, row.assignee_id

    async def said(self) -> list[tuple[str, str]]:
        """What is in the conversation besides the customer's mail."""
        rows = await self.office.rows(
            "select kind, text from message where conversation_id = :id and kind <> 'mail'"
            " order by id",
            id=self.home,
        )
        return [(row.kind, row.text) for row in rows]

    async def nothing_is_done(self) -> str:
        """Nothing changed, the customer heard nothing; the mail that says so."""
        assert await self.stands() == ("open", None)
        assert not self.office.relay.to(JANE)
        kinds = {kind for kind, _ in await self.said()}
        assert kinds <= {"held"}
        return self.office.mail_to(KAREN).text
