"""`kill -9` of any process at random moments under load: nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
import re
import signal
import smtplib
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial

import asyncpg
import psutil
import pytest

from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS
from tests.polling import ENOUGH, until
from tests.programs.outside import Outside
from tests.programs.service import MAILBOX, Desk
from tests.service import Service, data_folder

pytestmark = [pytest.mark.database, pytest.mark.slow]

VICTIMS = (
    "worker",
    "smtp",
    "postgres backend",
    "worker",
    "supervisor",
    "web",
    "postmaster",
    "smtp",
    "worker",
    "smtp",
)
# Seconds between two mails of a customer: that there is always work under way, and none piles up.
PACE = 0.2


class Mortal(Desk):
    """A service whose processes end without a word, and which is started again, as by systemd."""

    workers = 2

    def kill(self, victim: str, rng: random.Random) -> str:
        """End one process; returns which, or nothing when just now there is none."""
        if victim == "supervisor":
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            self._start()
            return victim
        try:
            if victim.startswith("post"):
                process = self._postgres(backend="backend" in victim)
            else:
                of_role = [one for one in self.children() if one.cmdline()[-1:] == [victim]]
                process = rng.choice(of_role)
            name = " ".join(process.cmdline()[-2:])
            process.kill()
        except (psutil.NoSuchProcess, FileNotFoundError, IndexError, StopIteration):
            return ""
        return name

    def _start(self) -> None:
        again = Service(*self.words, log=self.log, **self.settings)
        again.ready()
        self.process = again.process

    def _postgres(self, *, backend: bool) -> psutil.Process:
        file = self.folder / "data/postgres/postmaster.pid"
        postmaster = psutil.Process(int(file.read_text().split()[0]))
        if not backend:
            return postmaster
        return next(p for p in postmaster.children() if "postgres postgres" in p.cmdline()[0])


@dataclass
class Senders:
    """Customers who try again until they hear 250, and one agent who answers."""

    port: int
    outside: Outside
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: set[str] = field(default_factory=set)
    refused_for_good: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    number: int = 0

    def customers(self) -> None:
        """Write mail after mail."""
        while not self.stop.is_set():
            self.number += 1
            name = f"crash-{threading.get_ident()}-{self.number}-{time.monotonic_ns()}"
            head = f"From: {name}@customer.example\r\nTo: {MAILBOX}\r\nSubject: {name}\r\n"
            raw = f"{head}Message-ID: <{name}@customer.example>\r\n\r\nHelp.\r\n".encode()
            if self.deliver(raw, f"{name}@customer.example", MAILBOX):
                self.acknowledged.add(name)
            self.stop.wait(PACE)

    def agent(self) -> None:
        """Answer every notice once."""
        while not self.stop.is_set():
            for raw in self.outside.of("karen@us.example"):
                subject = str(Seen.of(raw).message["Subject"])
                if not subject.startswith("crash-"):  # of another test's desk
                    continue
                if subject in self.answered or self.stop.is_set():
                    continue
                token = str(Seen.of(raw).message["Reply-To"]).split("<")[-1].strip("<> ")
                answer = PROGRAMS["thunderbird"].answer(
                    raw, f"Answer to {subject}", from_="Karen <karen@us.example>", as_html=False
                )
                if self.deliver(answer, "karen@us.example", token):
                    self.answered.add(subject)
            time.sleep(0.1)

    def deliver(self, raw: bytes, sender: str, recipient: str) -> bool:
        """Hand over until acknowledged; False when told to stop, or refused for good."""
        while not self.stop.is_set():
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as client:
                    client.sendmail(sender, [recipient], raw)
                return True
            except smtplib.SMTPRecipientsRefused as error:
                codes = [code for code, _text in error.recipients.values()]
                if all(code >= 500 for code in codes):
                    self.refused_for_good.append(str(error))
                    return False
            except smtplib.SMTPDataError as error:
                if error.smtp_code >= 500:
                    self.refused_for_good.append(str(error))
                    return False
            except (OSError, smtplib.SMTPException):
                pass
            time.sleep(0.05)
        return False


def test_ten_kills_lose_and_double_nothing(outside: Outside) -> None:
    rng = random.Random(7)
    with data_folder() as folder, Mortal(folder, relay=outside.port) as desk:
        desk.open_mailbox()
        senders = Senders(port=desk.smtp, outside=outside)
        works = (senders.customers, senders.customers, senders.agent)
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        killed = []
        try:
            for victim in VICTIMS:
                time.sleep(rng.uniform(0.5, 2.0))
                killed.append(until(partial(desk.kill, victim, rng)))
            # However slow the machine: enough was under way to be lost.
            until(lambda: len(senders.acknowledged) > 50 and len(senders.answered) > 5)
        finally:
            senders.stop.set()
            for thread in threads:
                thread.join(ENOUGH)
        wait_until_idle(desk)
        check(desk, senders, outside, killed)


def wait_until_idle(desk: Mortal) -> None:
    """Until everything that was taken has been worked off, leases of the dead included."""
    query = (
        # What was never tried and is not due waits for its time; the index for what is to come.
        "select (select count(*) from job where done_at is null and kind <> 'search.index'"
        " and (attempts > 0 or run_at <= now()))"
        " + (select count(*) from spool where state = 'waiting')"
    )
    until = time.monotonic() + 5 * ENOUGH
    while True:
        try:
            if desk.rows(query)[0][0] == 0:
                return
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            pass
        assert time.monotonic() < until, desk.rows(
            "select kind, attempts, leased_until, error from job where done_at is null"
        )
        time.sleep(0.5)


def check(desk: Mortal, senders: Senders, outside: Outside, killed: list[str]) -> None:
    """The ledger against the database against the world outside."""
    said = f"killed: {killed}; {len(senders.acknowledged)} mails, {len(senders.answered)} answers"
    assert senders.refused_for_good == [], said
    stored = Counter(
        row["subject"] for row in desk.rows("select subject from message where kind = 'mail'")
    )
    missing = senders.acknowledged - set(stored)
    assert missing == set(), f"{said}; lost {missing}"
    doubled = {subject: count for subject, count in stored.items() if count > 1}
    assert doubled == {}, f"{said}; doubled {doubled}"
    assert desk.rows("select id from spool where state = 'set_aside'") == [], said
    sent: dict[str, set[str]] = defaultdict(set)
    for _sender, recipients, raw in outside.mails:
        if recipients[0].startswith("crash-"):
            sent[recipients[0]].add(str(Seen.of(raw).message["Message-ID"]))
    for subject in senders.answered:
        ids = sent[f"{subject}@customer.example"]
        assert len(ids) == 1, f"{said}; {subject} was answered with {ids}"
    assert not re.search(r"[a-z2-7]{26}@us\.example", desk.log.read_text()), "a token is in the log"
