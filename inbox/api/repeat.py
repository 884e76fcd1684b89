"""A change that is asked for is made once, however often it is asked for.

`Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the key is taken in the transaction
of the change itself. Two requests with one key wait for each other; the second gets what the first
got. What failed has changed nothing and is tried anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from fastapi import Response
from pydantic import BaseModel
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from inbox.asgi.deps import Here
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.refusals import Refusal
from inbox.store.engine import VIA, Writer
from inbox.store.tables import ApiAnswer

KEPT: Final = timedelta(hours=24)
_LONGEST: Final = 255

Act = Callable[[Writer, Actor], Awaitable[BaseModel | None]]


async def change(here: Here, act: Act, *, status: int = 200) -> Response:
    """Do it in one transaction, in the name of the token's agent, and say what came of it.

    With an Idempotency-Key that was used before, the answer of that time. Raises Invalid where the
    same key asks for something else now.
    """
    by = Actor.agent(here.viewer.id, here.viewer.name)
    key = here.request.headers.get("idempotency-key", "")
    if len(key) > _LONGEST or not key.isprintable():
        raise Invalid(Refusal.LONG_KEY, most=_LONGEST)
    if not key or here.request.method != "POST":
        async with here.house.database.write() as db:
            db.info[VIA] = "api"
            return _answer(await act(db, by), status)
    asked = await _asked(here)
    async with here.house.database.write() as db:
        db.info[VIA] = "api"
        before = await _claim(db, here, key, asked)
        if before is not None:
            return _again(before, asked)
        response = _answer(await act(db, by), status)
        await db.execute(
            update(ApiAnswer)
            .where(ApiAnswer.token_id == here.request.state.token_id, ApiAnswer.key == key)
            .values(status=response.status_code, body=bytes(response.body).decode())
        )
        return response


async def _claim(db: Writer, here: Here, key: str, asked: bytes) -> ApiAnswer | None:
    """What was answered to the key before; None where it is ours now."""
    token_id = here.request.state.token_id
    mine = ApiAnswer.token_id == token_id
    await db.execute(delete(ApiAnswer).where(mine, ApiAnswer.created_at < here.now - KEPT))
    row = {"token_id": token_id, "key": key, "request": asked, "created_at": here.now}
    claimed = await db.scalar(
        insert(ApiAnswer).values(row).on_conflict_do_nothing().returning(ApiAnswer.key)
    )
    if claimed is not None:
        return None
    return await db.scalar(select(ApiAnswer).where(mine, ApiAnswer.key == key))


async def _asked(here: Here) -> bytes:
    request = here.request
    said = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return sha256(said + await request.body()).digest()


def _again(before: ApiAnswer, asked: bytes) -> Response:
    if before.request != asked:
        raise Invalid(Refusal.KEY_USED)
    response = Response(before.body or None, before.status, media_type="application/json")
    response.headers["idempotent-replayed"] = "true"
    return response


def _answer(found: BaseModel | None, status: int) -> Response:
    if found is None:
        return Response(status_code=204)
    return Response(found.model_dump_json(), status, media_type="application/json")
