"""A department and its people, all with one mail program: who writes to whom, and what they get."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from inbox.clock import utcnow
from inbox.desk.notices import set_notices
from inbox.desk.templates import Draft, keep_text
from tests.clients.answer import Answer
from tests.clients.calendars import CALENDARS, Response
from tests.clients.letters import TALKS, Talk
from tests.clients.machines import Machine
from tests.clients.notice import Seen
from tests.clients.program import Program
from tests.polling import ENOUGH
from tests.stories.outside import Reply
from tests.stories.running import Box, Running

_FORMS = ((True, True), (True, False), (False, True))  # as HTML, as text


class Entry(NamedTuple):
    """Something that stands in a conversation."""

    kind: str
    visibility: str
    author_name: str
    text: str
    conversation_id: int


@dataclass(kw_only=True)
class Person:
    """Somebody with a letter-box and a mail program, which writes in one of three forms."""

    desk: Desk
    name: str
    address: str
    read: set[int] = field(default_factory=set)  # the numbers of mails

    @property
    def box(self) -> Box:
        """Where their mails come to."""
        return self.desk.running.boxes[self.address]

    def unread(self, says: str = "") -> list[int]:
        """The numbers of mails that the story has not told of, or of those that say this."""
        mails = enumerate(self.box.mails)
        return [n for n, one in mails if n not in self.read and says in one.text + one.calendar]

    async def gets(self, says: str = "") -> Seen:
        """Their next mail, or the next that says this."""
        try:
            async with asyncio.timeout(ENOUGH):
                while not (found := self.unread(says)):
                    self.box.came.clear()
                    await self.box.came.wait()
        except TimeoutError:
            entries = [tuple(one) for one in await self.desk.entries()]
            raise AssertionError(f"nothing comes to {self.name}; there is {entries}") from None
        self.read.add(found[0])
        return self.box.mails[found[0]]

    async def gets_exactly(self, *words: str, quoted: str) -> Seen:
        """Their next mail, which says this and nothing else, in both of its forms."""
        mail = await self.gets()
        wanted = Reply.of(*words, quoted=quoted)
        assert Reply.as_text(mail, self.address) == wanted
        assert Reply.as_html(mail) == wanted
        return mail

    async def writes(self, words: str, *, to: str = "", cc: str = "", subject: str = "") -> None:
        """A mail that answers nothing, to the department unless said otherwise."""
        to = to or self.desk.support
        raw = self.desk.program.write(
            words,
            from_=str(self),
            to=to,
            cc=cc,
            subject=subject or "Boots",
            as_html=self.desk.as_html,
        )
        await self.sends(raw, *filter(None, (to, cc)))

    async def wants_the_list(self) -> None:
        """They have wanted it since the day before yesterday: it is due."""
        past = utcnow() - timedelta(hours=26)
        wishes = {"zone": "UTC", "notices": "none", "dispatcher": "daily"}
        async with self.desk.running.database.write() as db:
            await set_notices(db, self.address, None, wishes, now=past)

    async def follows(self, mail: Seen, verb: str) -> None:
        """A link in a mail of ours: it opens a mail, their program signs it, and they send it."""
        ready = mail.ready(verb)
        words = f"{ready.body}\n\n{self.name}\nUs Inc."
        await self.writes(words, to=ready.to, subject=ready.subject)

    async def answers(
        self,
        mail: Seen,
        *words: str,
        place: str = "top",
        questions: Sequence[str] = (),
        to: str = "",
        cc: str = "",
        bcc: str = "",
        signature: Sequence[str] = (),
        logo: bytes = b"",
        verdict: str = "pass",
    ) -> None:
        """An answer to a mail, as their program makes it; to where the mail says, or elsewhere."""
        answer = Answer(
            seen=mail,
            questions=tuple(questions),
            words=words,
            place=place,
            language=self.desk.language,
            signature=tuple(signature),
            logo=logo,
        )
        raw = self.desk.program.send(
            answer,
            from_=str(self),
            to=to,
            cc=cc,
            as_html=self.desk.as_html,
            as_text=self.desk.as_text,
        )
        await self.sends(raw, *filter(None, (to or mail.answer_to, cc, bcc)), verdict=verdict)

    async def responds(
        self, mail: Seen, status: str, reason: str = "", end: datetime | None = None
    ) -> None:
        """Their calendar answers the invitation in a mail."""
        answer = Response(
            seen=mail, name=self.name, address=self.address, status=status, reason=reason, end=end
        )
        await self.sends(CALENDARS[self.desk.program.name](answer), answer.organizer)

    @property
    def machine(self) -> Machine:
        """What answers for them."""
        return Machine(
            program=self.desk.program.name,
            name=self.name,
            address=self.address,
            language=self.desk.language,
        )

    async def sends(self, raw: bytes, *to: str, verdict: str = "pass") -> None:
        """Their mail server hands over a mail to those of its recipients that are ours."""
        recipients = [_address(one) for each in to for one in each.split(", ")]
        ours = [one for one in recipients if one.endswith(f"@{self.desk.domain}")]
        await self.desk.running.hands_in(raw, self.address, *ours, verdict=verdict)

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


@dataclass(kw_only=True)
class Desk:
    """What a story is told of: support@ with Karen and Anna in it, a colleague, two customers."""

    running: Running
    program: Program
    number: int  # of the story
    turn: int  # of the program
    karen: Person = field(init=False)
    anna: Person = field(init=False)
    bob: Person = field(init=False)
    pat: Person = field(init=False)
    mia: Person = field(init=False)
    support: str = field(init=False)
    domain: str = field(init=False)

    def __post_init__(self) -> None:
        self.domain = f"{self.program.name}-{self.number}.example"
        self.support = f"support@{self.domain}"
        self.karen = self._person("Karen Miller", self.domain)
        self.anna = self._person("Anna Rossi", self.domain)
        self.bob = self._person("Bob Stone", self.domain)
        self.pat = self._person("Pat Lee", f"customer.{self.domain}")
        self.mia = self._person("Mia Wolf", f"customer.{self.domain}")

    def _person(self, name: str, domain: str) -> Person:
        return Person(desk=self, name=name, address=f"{name.split(maxsplit=1)[0].lower()}@{domain}")

    @property
    def language(self) -> str:
        """What everybody here speaks."""
        return tuple(TALKS)[(self.turn + self.number) % len(TALKS)]

    @property
    def talk(self) -> Talk:
        """What the customer asks and what is answered."""
        return TALKS[self.language]

    @property
    def people(self) -> tuple[Person, ...]:
        """All of them."""
        return (self.karen, self.anna, self.bob, self.pat, self.mia)

    @property
    def as_html(self) -> bool:
        """Whether the program writes HTML."""
        return _FORMS[(self.turn + self.number) % 3][0]

    @property
    def as_text(self) -> bool:
        """Whether the program writes plain text."""
        return _FORMS[(self.turn + self.number) % 3][1]

    def __str__(self) -> str:
        forms = " and ".join(["HTML"] * self.as_html + ["text"] * self.as_text)
        return f"{self.program.name} ({forms}, {self.language})"

    async def sets(self, *, undo_seconds: int) -> None:
        """An administrator changes a setting."""
        await self.running.rows(
            "update mailbox set undo_seconds = $1 where address = $2", undo_seconds, self.support
        )

    async def sets_agent(self, person: Person, *, tasks: bool = False, role: str = "agent") -> None:
        """An administrator changes what one of them gets, or is."""
        await self.running.rows(
            "update agent set tasks = $1, role = $2 where email = $3", tasks, role, person.address
        )

    async def away_until(self, person: Person) -> datetime:
        """When one of them is here again."""
        [row] = await self.running.rows(
            "select away_until from agent where email = $1", person.address
        )
        until: datetime = row["away_until"]
        return until

    async def approves(self, name: str, body: str) -> None:
        """An approved text of the mailbox."""
        draft = Draft(name=name, body=body, language="en", mailbox=self.support)
        async with self.running.database.write() as db:
            await keep_text(db, draft, now=utcnow())

    async def entries(self) -> list[Entry]:
        """What stands in the department's conversations, in order."""
        rows = await self.running.rows(
            """select kind, visibility, author_name, text, conversation_id
                 from message join conversation on conversation.id = conversation_id
                 join mailbox on mailbox.id = mailbox_id
                where mailbox.address = $1 order by message.id""",
            self.support,
        )
        return [Entry(*row) for row in rows]

    async def published(self) -> list[str]:
        """What our people said to the customer."""
        entries = await self.entries()
        return [one.text for one in entries if (one.kind, one.visibility) == ("reply", "public")]

    async def said(self) -> list[tuple[str, str]]:
        """In short, without the customer's first mail."""
        return [(one.kind, one.text) for one in await self.entries()][1:]

    async def stands(self) -> tuple[str, str | None]:
        """Whose turn it is in the only conversation, and who has it."""
        [row] = await self.running.rows(
            """select status, agent.name from conversation
                 join mailbox on mailbox.id = mailbox_id left join agent on agent.id = assignee_id
                where mailbox.address = $1""",
            self.support,
        )
        return row["status"], row["name"]


def _address(shown: str) -> str:
    return shown.rpartition("<")[2].strip("<> ")
