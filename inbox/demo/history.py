"""Lets the stories happen: real mails into the spool, worked off and answered as ever.

Everything that is random is derived from the story, so that a start that was interrupted goes on
where it was: what is there already is a repeat.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from inbox.clock import as_of, utcnow
from inbox.demo.company import is_department
from inbox.demo.letters import Letter, Words, answer, new_letter, write
from inbox.demo.post import Post
from inbox.demo.roles import post_folder
from inbox.demo.rooms import set_up
from inbox.demo.stories import Answers, Closes, Notes, Replies, Step, Takes, Writes, in_order
from inbox.desk.answer import Answer, Note
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.note import note
from inbox.desk.people import the_agent
from inbox.desk.reply import reply
from inbox.errors import ConfigError
from inbox.intake.spool import accept
from inbox.jobs.registry import Context
from inbox.jobs.worker import Worker
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.mail import Envelope
from inbox.run.worker import know_all_jobs
from inbox.settings import Settings
from inbox.store.engine import Database, Writer
from inbox.store.people import all_mailboxes
from inbox.store.secrets import ensure_secret
from inbox.store.tables import MessageRef, Setting
from inbox.threading.references import hash_id

_KEY = "demo"
_TRIES = 20
_NEW_SINCE = 4.0  # hours: what came before, everybody has read
_SHORTLY = timedelta(minutes=1)  # when an answer of then has left
# What is wanted at once has the real time, which is never before the history began to be made.
_HOLD = text("""
update job set leased_until = case when run_at > :now then timestamptz 'infinity' end
 where done_at is null and run_at < :began
""")
_LET_GO = text("update job set leased_until = null where leased_until = 'infinity'")


async def make_history(settings: Settings) -> None:
    """Set the company up and let its past happen, unless it has. Raises ConfigError.

    Refuses a database in which somebody else works already.
    """
    know_all_jobs()
    database = Database(settings.database_url or "", pool=6)
    try:
        async with database.write() as db:
            state = await _state(db)
            secret = await ensure_secret(db)
        if state.get("is_done"):
            return
        began = datetime.fromisoformat(state["began"])
        await set_up(database, now=datetime.fromisoformat(state["began"]))
        context = Context(settings=settings, database=database, secret=secret)
        past = _Past(context, Post(post_folder(settings)), began)
        for number, step in in_order():
            await past.happen(number, step)
        await past.end()
        async with database.write() as db:
            db.add(await db.merge(Setting(key=_KEY, value={**state, "is_done": True})))
    finally:
        await database.close()


async def _state(db: Writer) -> dict[str, str]:
    if not await db.scalar(select(Setting.key).where(Setting.key == _KEY)):
        if await all_mailboxes(db):
            raise ConfigError(
                "this database is not a demonstration's: set INBOX_DATA to another folder"
            )
        began = {"began": utcnow().isoformat()}
        await db.execute(insert(Setting).values(key=_KEY, value=began))
    state: dict[str, str] = (await db.get_one(Setting, _KEY)).value
    return state


@dataclass
class _Past:
    """One step after the other, each with all that follows from it."""

    context: Context
    post: Post
    began: datetime
    _conversations: dict[int, int] = field(default_factory=dict)

    async def happen(self, number: int, step: Step) -> None:
        """Let one step of a story happen, and work off what follows."""
        now = self.began - timedelta(hours=step.hours_ago)
        await self._work_off(now)
        seed = f"{number}/{step.hours_ago}/{self.began.isoformat()}"
        with as_of(now):
            match step:
                case Writes():
                    await self._begin(number, step, now, seed)
                case Answers():
                    await self._mail(self._answer(step, now, _rng(seed)), now)
                case _:
                    await self._in_the_web_view(number, step, now, seed)
        await self._work_off(now)
        await self._work_off(now + _SHORTLY)
        if step.hours_ago > _NEW_SINCE:
            self._everything_is_read()

    async def _begin(self, number: int, step: Writes, now: datetime, seed: str) -> None:
        to = tuple(Address(name=one.name, address=one.address) for one in step.to)
        words = Words(text=step.text, files=step.files)
        letter = new_letter(step.who, to, step.subject, words, now=now, rng=_rng(seed))
        await self._mail(letter, now)
        self._conversations[number] = await self._conversation_of(letter)

    async def _conversation_of(self, letter: Letter) -> int:
        wanted = MessageRef.id_hash == hash_id(letter.message_id)
        for _ in range(_TRIES):
            await self._work_off(utcnow())
            async with self.context.database.read() as db:
                found = await db.scalar(select(MessageRef.conversation_id).where(wanted))
            if found is not None:
                return found
            await asyncio.sleep(1)  # a job that failed is tried again
        raise ConfigError(f"the demonstration's mail {letter.subject!r} was not kept")

    def _answer(self, step: Answers, now: datetime, rng: Callable[[int], bytes]) -> Letter:
        newest = self.post.letters(step.who.address, "in")[0].mail
        return answer(step.who, newest, Words(text=step.text), now=now, rng=rng)

    async def _mail(self, letter: Letter, now: datetime) -> None:
        raw = write(letter)
        recipients = tuple(one for one in letter.recipients if is_department(one))
        envelope = Envelope(
            sender=letter.from_.address, recipients=recipients, source="demo", received_at=now
        )
        async with self.context.database.write() as db:
            if await accept(db, raw, envelope, now=now) is not None:
                self.post.put(letter.from_.address, "out", raw)

    async def _in_the_web_view(
        self, number: int, step: Replies | Notes | Closes | Takes, now: datetime, seed: str
    ) -> None:
        conversation_id = self._conversations[number]
        async with self.context.database.write() as db:
            agent = await the_agent(db, step.who.address)
            by = Actor.agent(agent.id, agent.name)
            match step:
                case Replies():
                    words = Answer(text=step.text, idempotency=seed)
                    await reply(db, conversation_id, words, by=agent, now=now, context=self.context)
                case Notes():
                    said = Note(text=step.text, idempotency=seed)
                    await note(db, conversation_id, said, by=agent, now=now)
                case Closes():
                    await close(db, conversation_id, by=by, now=now)
                case Takes():
                    await assign(db, conversation_id, agent.id, by=by, now=now)

    def _everything_is_read(self) -> None:
        for address in self.post.addresses():
            for filed in self.post.letters(address, "in"):
                self.post.see(filed)

    async def end(self) -> None:
        """Let what was meant for later come when it is time."""
        await self._work_off(self.began)
        async with self.context.database.write() as db:
            await db.execute(_LET_GO)

    async def _work_off(self, now: datetime) -> None:
        """Work as it was done then: what was planned for later than `now` is held back.

        A job that plans itself for ten minutes later would else be due again at once, for ever.
        """
        worker = Worker(self.context, concurrency=1)
        ran = 1
        with as_of(now):
            while ran:
                async with self.context.database.write() as db:
                    await db.execute(_HOLD, {"now": now, "began": self.began})
                ran = await worker.run_due(most=1)


def _rng(seed: str) -> Callable[[int], bytes]:
    count = 0

    def rng(size: int) -> bytes:
        nonlocal count
        count += 1
        return sha256(f"{seed}/{count}".encode()).digest()[:size]

    return rng
