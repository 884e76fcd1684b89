"""Nothing of other departments stands on any page or in any answer of the API.

Everything that a department has is called Zebra; who is in another one looks everywhere. That it
exists is no secret: mails are moved there.
"""

from __future__ import annotations

import re
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import update

from inbox.api.app import PATH, create_api
from inbox.auth.tokens import create_token
from inbox.desk.answer import Note
from inbox.desk.house_rules import RuleDraft, add_rule
from inbox.desk.merge import merge
from inbox.desk.note import note
from inbox.desk.templates import Draft as Text
from inbox.desk.templates import keep_text
from inbox.model.actor import Actor
from inbox.model.lists import Folder
from inbox.store.engine import Writer
from inbox.store.reported import By
from inbox.store.tables import (
    Agent,
    Conversation,
    Draft,
    Held,
    Mailbox,
    Satisfaction,
    Spool,
    Workspace,
)
from tests.api.bodies import SPAM
from tests.http.company import Company
from tests.http.conftest import Doors
from tests.http.rights import rows
from tests.indexed import indexes

# What is asked with something; all other addresses are asked as they are.
_LOOKING = [
    *(f"/{one}?in={folder}" for one in ("conversations", "news") for folder in Folder),
    *(f"/statistics{one}?by={by}" for one in ("", ".csv") for by in By),
    "/news?mailbox={zebra_id}",
    "/search?q=boots",
    "/search/fields?q=boots",
    "/dispatch?pile=quick",
    "/customers/known?q=zeb",
    "/conversations/new/texts?q=zeb",
    "/conversations/{conversation_id}/texts?q=zeb",
    "/palette?recent={there},{merged}",
    f"{PATH}/search?q=boots",
    *(f"{PATH}/conversations?folder={folder}" for folder in Folder),
    *(f"{PATH}/customers?address={one}@customer.example" for one in ("zebra", "pat")),
    *(f"{PATH}/statistics?by={by}" for by in By),
]
# What of others is asked for by its number.
_GONE = (
    *("/conversations/{there}", "/conversations/{merged}"),
    "/conversations?mailbox={zebra_id}",
    "/mailboxes/{zebra_id}/card.vcf",
    f"{PATH}/conversations?mailbox={{zebra_id}}",
    f"{PATH}/folders?mailbox={{zebra_id}}",
)
_FILES = (("zebra.txt", "text/plain", b"z"),)


async def test_nothing_of_other_departments_is_said_anywhere(
    app: FastAPI, doors: Doors, company: Company
) -> None:
    app.mount(PATH, create_api(app.state.house))
    zebra = await company.mailbox("shop@us.example", "Shop")
    press = await company.mailbox("press@us.example", "Press")
    ann = await company.agent("Ann Berg", zebra.address)
    ben = await company.agent("Ben Okafor", press.address, role="manager")
    here = await _of_department(company, zebra, press, ann, ben)
    browser = await doors.open(ben)
    async with company.database.write() as db:
        program = {"authorization": f"Bearer {await create_token(db, ben, 'x', now=company.now)}"}
    for path in (*(path for method, path in rows() if method == "GET"), *_LOOKING):
        if path in ("/live", "/metrics") or path.startswith(("/static/", "/setup", "/sign-in")):
            continue
        url = re.sub(r"\{(\w+)\}", lambda found: str(here.get(found[1], 1)), path)
        answer = await browser.client.get(url, headers=program if path.startswith(PATH) else None)
        assert "zebra" not in answer.text.lower(), url
        assert f"mailbox={here['zebra_id']}" not in answer.text, url
    for path in _GONE:
        url = path.format(**here)
        answer = await browser.client.get(url, headers=program, follow_redirects=False)
        assert answer.status_code == 404, url
    begun = {"mailbox": here["zebra_id"], "text": "Hi"}
    kept = await browser.client.put(f"{PATH}/drafts/one", json=begun, headers=program)
    assert kept.status_code == 404
    counts = (await browser.client.get(f"{PATH}/folders", headers=program)).json()["counts"]
    assert {one: number for one, number in counts.items() if number} == {"open": 1, "unassigned": 1}


async def _of_department(
    company: Company, zebra: Mailbox, press: Mailbox, ann: Agent, ben: Agent
) -> dict[str, int]:
    """All that a department can have; what of it is in the way of somebody of another one."""
    there = await company.receives(zebra, subject="Zebra", text="Zebra in boots", files=_FILES)
    merged = await company.receives(zebra, subject="Zebra again", text="Zebra")
    await company.receives(zebra, from_="Zebra <zebra@customer.example>", subject="Zebra")
    here = await company.receives(press, match={"suggestions": [there]}, text="In boots")
    await company.receives(press, text="About that", into=here)
    more = {"by": Actor.agent(ann.id, ann.name), "now": company.now}
    async with company.database.write() as db:
        await merge(db, there, merged, **more)  # type: ignore[arg-type] # as they are
        said = await note(db, there, Note(text="Zebra"), by=ann, now=company.now)
        db.add(Held(message_id=said.id, agent_id=ann.id, verb="reply", reasons=["strict"]))
        # Of each other: one refers to the other.
        for one, other in ((there, here), (here, there)):
            found = update(Conversation).where(Conversation.id == one)
            await db.execute(found.values(refers_to=other))
        await db.execute(
            update(Conversation).where(Conversation.id == there).values(tags=["zebra"])
        )
        await _kept(db, company, zebra, there, ben, ann)
    await indexes(company.database)
    return {
        "conversation_id": here,
        "there": there,
        "merged": merged,
        "mailbox_id": press.id,
        "zebra_id": zebra.id,
    }


async def _kept(
    db: Writer, company: Company, zebra: Mailbox, there: int, ben: Agent, ann: Agent
) -> None:
    now = company.now
    draft = {"agent_id": ben.id, "text": "Zebra", "version": 1, "updated_at": now}
    db.add(Draft(conversation_id=there, kind="reply", **draft))
    db.add(Draft(mailbox_id=zebra.id, kind="new", name="zebra", **draft))
    db.add(Workspace(agent_id=ann.id, mailbox_id=zebra.id, name="Zebra", query="x", place=1))
    db.add(
        Spool(
            raw=b"x",
            sha256=b"x",
            size=1,
            sender="zebra@customer.example",
            recipients=[zebra.address],
            source="smtp",
            received_at=now,
            state="set_aside",
            mailboxes=[zebra.id],
        )
    )
    db.add(
        Satisfaction(
            conversation_id=there,
            token_hash=b"x",
            address="pat@customer.example",
            language="en",
            asked_at=now,
            expires_at=now + timedelta(days=30),
            rated="bad",
            words="Zebra",
            rated_at=now,
        )
    )
    for by in (None, ann):
        text = Text(
            name="Zebra",
            language="en",
            body="Zebra",
            mailbox="" if by else zebra.address,
            is_personal=by is not None,
        )
        await keep_text(db, text, now=now, by=by)
    rule = RuleDraft(name="Zebra", document=SPAM, mailbox=zebra.address)
    await add_rule(db, rule, by=None, now=now)
