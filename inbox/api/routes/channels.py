"""What customers' mail programs leave of the ways home."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.store.channels import advice, read_channels

router = APIRouter(tags=["channels"])


class ChannelOut(BaseModel):
    """Answers from one domain by one program, and how many of them brought what back."""

    mailbox: str
    customer_token: bool
    domain: str
    program: str
    answers: int
    token: int
    in_reply_to: int
    refs: int
    thread_index: int
    quote: int
    subject: int
    without_header: int


class AdviceOut(BaseModel):
    """A mailbox to whose customers an answer address would help."""

    mailbox: str
    answers: int
    without_header: int


class Channels(BaseModel):
    """By mailbox, domain and program, over the newest answers."""

    items: list[ChannelOut] = Field(description="Who loses most first")
    advice: list[AdviceOut]


@router.get("/channels", dependencies=[allow(Permission.CHANNELS)])
async def show_channels(here: HereNow) -> Channels:
    """Which ways home come back, in all mailboxes; for administrators."""
    async with here.house.database.read() as db:
        found = await read_channels(db)
    return Channels(
        items=[ChannelOut(**asdict(one)) for one in found],
        advice=[AdviceOut(**asdict(one)) for one in advice(found)],
    )
