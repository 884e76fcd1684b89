"""What became of an answer to a digest, number by number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.address import Address
from inbox.notify.commands import in_words
from inbox.notify.digest import voice_of
from inbox.notify.digest_words import subject_of
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import render
from inbox.notify.voice import Voice
from inbox.outbound.composers import composer
from inbox.outbound.keyed import loop_mark
from inbox.store.engine import Reader
from inbox.store.tables import Digest, Outbound


@composer("digested")
async def digested_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """One mail back, below the digest in its reader's program."""
    row = await db.get_one(Digest, outbound.draft["digest"])
    digest_id = await _digest_id(db, row)
    voice = await voice_of(db, context, row, digest_id)
    body = render(
        "digested",
        voice.texts,
        language=voice.language,
        subject=f"Re: {subject_of(voice, row.items)}",
        top=_top(voice, outbound.draft),
        results=[_said(voice, one) for one in outbound.draft["results"]],
        stray=outbound.draft["stray"],
    )
    return Draft(
        from_=Address(name=voice.mailbox.name, address=voice.mailbox.address),
        to=(voice.reader,),
        reply_to=(Address(name=voice.mailbox.name, address=voice.address),),
        subject=body.subject,
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=digest_id,
        references=(digest_id,),
        text=body.text,
        html=body.html,
        auto_submitted="auto-generated",
        loop=loop_mark(context.secret),
    )


async def _digest_id(db: Reader, row: Digest) -> str:
    found = await db.scalar(
        select(Outbound.header_id).where(
            Outbound.kind == "digest",
            Outbound.agent_id == row.agent_id,
            Outbound.draft["digest"].as_integer() == row.id,
        )
    )
    return found or ""


def _top(voice: Voice, draft: Mapping[str, Any]) -> str:
    """What became of it on the whole: first what was not done."""
    _, ngettext = voice.texts.gettext, voice.texts.ngettext
    gap = "" if voice.language == "ja" else " "
    if draft["reasons"]:
        return gap.join([_("Nothing was done."), *reasons_in_words(draft["reasons"], voice.texts)])
    failed = sum(not _is_done(one) for one in draft["results"])
    if not draft["results"]:
        return _("Nothing was done: no number was found with something to do.")
    if not failed:
        return _("All of it was done.")
    said = ngettext(
        "%(num)d of the numbers was not done.", "%(num)d of the numbers were not done.", failed
    )
    return said % {"num": failed}


def _is_done(result: Mapping[str, Any]) -> bool:
    return not (result["why"] or result["troubles"])


def _said(voice: Voice, result: Mapping[str, Any]) -> dict[str, Any]:
    """One number: its name, and what became of it."""
    _ = voice.texts.gettext
    named = f"{result['number']}. {' '.join(result['subject'].split())[:120]}".strip()
    if not _is_done(result):
        why = in_words(result["troubles"], voice) or [_why(voice, result)]
        return {"named": named, "is_done": False, "said": [_("Not done."), *why]}
    words = {
        "answer": _("Your answer went to the customer."),
        "note": _("Your words are a comment that only we see."),
    }.get(result["said"], "")
    orders = ", ".join(_order(voice, one) for one in result["done"])
    done = _("Done: %(orders)s.") % {"orders": orders} if orders else ""
    return {"named": named, "is_done": True, "said": [one for one in (done, words) if one]}


def _order(voice: Voice, done: Mapping[str, Any]) -> str:
    """An order as it was written, and how it was understood."""
    if until := done.get("until"):
        return f"{done['line']} → {voice.moment(datetime.fromisoformat(until))}"
    name = done.get("name")
    return f"{done['line']} → {name}" if name else str(done["line"])


def _why(voice: Voice, result: Mapping[str, Any]) -> str:
    _ = voice.texts.gettext
    match result["why"]:
        case "unknown":
            return _("The list has no such number.")
        case "gone":
            return _("You can see this conversation no more.")
        case "leaks":
            return _("The answer says what is only for us. Open the conversation to send it.")
        case "nobody":
            return _("There is nobody whom it could go to.")
    return _moved(voice, result["moved"])


def _moved(voice: Voice, moved: Mapping[str, Any]) -> str:
    """Who did something since the digest was made, and when."""
    _ = voice.texts.gettext
    about = {
        "name": moved["actor_name"] or _("The customer"),
        "when": voice.moment(datetime.fromisoformat(moved["at"])),
    }
    match moved["name"]:
        case "message.received":
            return _("%(name)s wrote on %(when)s.") % about
        case "message.replied" | "message.released":
            return _("%(name)s answered on %(when)s.") % about
        case "conversation.closed":
            return _("%(name)s closed it on %(when)s.") % about
        case "conversation.assigned":
            return _("%(name)s gave it to somebody on %(when)s.") % about
    return _("The conversation has gone on meanwhile.")
