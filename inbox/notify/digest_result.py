"""What became of an answer to a digest, number by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.held import HeldReason
from inbox.model.zones import zone_called
from inbox.notify.commands import listed_commands
from inbox.notify.days import moment_in_full
from inbox.notify.digest_words import foot_of, how_to_answer
from inbox.notify.listed import listed
from inbox.notify.reading import Reading
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import render
from inbox.notify.voice import Voice
from inbox.notify.why_not import in_words
from inbox.orders.numbered import LONGEST, MOST
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Digest, Outbound

_MOST_BACK: Final = 20


@composer("digested")
async def digested_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """One mail back, below the digest in its reader's program."""
    row = await db.get_one(Digest, outbound.draft["digest"])
    there = await listed(db, context, row)
    voice = there.voice
    body = render(
        "digested",
        voice.texts,
        language=voice.language,
        subject=f"Re: {there.subject}",
        top=_top(voice, outbound.draft),
        results=[_said(voice, one) for one in outbound.draft["results"]],
        stray=outbound.draft["stray"],
        loose=_loose(voice, outbound.draft),
        words=outbound.draft.get("words", ""),
        back=_back(voice, outbound.draft),
        **_help(voice, outbound.draft),
    )
    draft = voice.draft(context, outbound, body)
    return replace(draft, in_reply_to=voice.digest_id, references=(voice.digest_id,))


def _back(voice: Voice, draft: Mapping[str, Any]) -> str:
    """How what was done of a number is taken back."""
    done = [one for one in draft["results"] if one["number"] and one.get("done") and _is_done(one)]
    last = [one for result in done for one in result["done"]]
    if not done or any("of" in one or one["line"].startswith("send") for one in last):
        return ""
    line = f"{done[0]['number']} {told(Verb.UNDO, voice.language)}"
    return voice.texts.gettext("“%(line)s” undoes what was done of it last.") % {"line": line}


def _help(voice: Voice, draft: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be asked for in an answer to a list, for who asks."""
    if not draft.get("help"):
        return {}
    return {"ways": [how_to_answer(voice), *foot_of(voice)], "how": listed_commands(voice)}


async def lines_told(db: Reader | Writer, voice: Voice, row: Digest) -> list[str]:
    """The lines of what was told of a digest before: whoever answers that brings them back."""
    drafts = await db.scalars(
        select(Outbound.draft)
        .where(
            Outbound.kind == "digested",
            Outbound.agent_id == row.agent_id,
            Outbound.draft["digest"].as_integer() == row.id,
        )
        .order_by(Outbound.id.desc())
        .limit(_MOST_BACK)
    )
    return [line for draft in drafts for line in lines_of(voice, draft)]


def lines_of(voice: Voice, draft: Mapping[str, Any]) -> list[str]:
    """The lines of one such mail, but for those that its reader has written."""
    _ = voice.texts.gettext
    results = [_said(voice, one)["said"] for one in draft["results"]]
    return [
        _top(voice, draft),
        *(voice.gap.join(said) for said in results),
        *filter(None, [_loose(voice, draft), _back(voice, draft)]),
        _("This belongs to no number, and nothing was done with it:"),
        _("This was written:"),
        _("Answer with further numbers; they are those of the list."),
    ]


def _top(voice: Voice, draft: Mapping[str, Any]) -> str:
    """What became of it on the whole: first what was not done."""
    _, ngettext = voice.texts.gettext, voice.texts.ngettext
    if draft["reasons"]:
        return voice.gap.join(
            [_("Nothing was done."), *reasons_in_words(draft["reasons"], voice.texts)]
        )
    failed = sum(not _is_done(one) for one in draft["results"])
    if draft.get("is_too_long"):
        said = _(
            "Nothing was done: a mail can ask for %(parts)d things, in %(lines)d lines with what it"
            " quotes. Say it in several mails."
        )
        return said % {"parts": MOST, "lines": LONGEST}
    if draft.get("help") and not draft["results"]:
        return _("This can be asked for by mail.")
    if not draft["results"]:
        return _("Nothing was done: no number was found with something to do.")
    if not failed:
        return _("All of it was done.")
    said = ngettext(
        "%(num)d of the numbers was not done.", "%(num)d of the numbers were not done.", failed
    )
    return said % {"num": failed}


def in_short(voice: Voice | Reading, draft: Mapping[str, Any]) -> str:
    """What became of an answer to a list, of which its writer is told later."""
    _ = voice.texts.gettext
    gap = "" if voice.language == "ja" else " "
    if draft["reasons"]:
        return gap.join([_("Nothing was done."), *reasons_in_words(draft["reasons"], voice.texts)])
    lines = []
    for one in draft["results"]:
        said = _said(voice, one)
        lines.append(gap.join([f"{said['named']}:", *said["said"]]))
    return "\n".join(lines) or _("Nothing was done: no number was found with something to do.")


def _loose(voice: Voice | Reading, draft: Mapping[str, Any]) -> str:
    """That files went nowhere."""
    _ = voice.texts.gettext
    names = draft.get("loose") or ()
    if not names:
        return ""
    said = _("These files belong to no number, and nothing was done with them: %(names)s.")
    return said % {"names": voice.listed(names)}


def _is_done(result: Mapping[str, Any]) -> bool:
    return not (result["why"] or result["troubles"])


def _said(voice: Voice | Reading, result: Mapping[str, Any]) -> dict[str, Any]:
    """One number: its name, and what became of it."""
    _ = voice.texts.gettext
    # What is about no number is named by its line.
    before = f"{result['number']} " if result["number"] else ""
    named = f"{before.strip()}. " * bool(before) + " ".join(result["subject"].split())[:120]
    if not _is_done(result):
        why = in_words(result["troubles"], voice, before or "@") or [_why(voice, result)]
        return {"named": named.strip(), "is_done": False, "said": [_("Not done."), *why]}
    words = [_words(voice, result)]
    if files := result.get("files"):
        words.append(_("With it: %(names)s.") % {"names": voice.listed(files)})
    orders = ", ".join(_order(voice, one) for one in result["done"])
    done = _("Done: %(orders)s.") % {"orders": orders} if orders else ""
    return {"named": named.strip(), "is_done": True, "said": [*filter(None, (done, *words))]}


def _words(voice: Voice | Reading, result: Mapping[str, Any]) -> str:
    """What became of what was said of a number."""
    _ = voice.texts.gettext
    match result["said"]:
        case "answer" if result.get("leaves"):
            leaves = datetime.fromisoformat(result["leaves"]).astimezone(voice.zone)
            line = f"{result['number']} {told(Verb.STOP, voice.language)}"
            return _(
                "Your answer leaves at %(time)s; “%(line)s” in an answer takes it back before."
            ) % {"time": f"{leaves:%H:%M}", "line": line}
        case "answer":
            return _("Your answer went to the customer.")
        case "planned":
            line = f"{result['number']} {told(Verb.STOP, voice.language)}"
            return _("“%(line)s” in an answer takes it back before.") % {"line": line}
        case "stopped":
            return _("Your answer was taken back; it is held, and you decide in another mail.")
        case "note":
            return _("Your words are a comment that only we see.")
    return ""


def _order(voice: Voice | Reading, done: Mapping[str, Any]) -> str:
    """An order as it was written, and how it was understood."""
    if until := done.get("until"):
        zone = zone_called(done.get("zone", voice.zone.key))
        at = moment_in_full(datetime.fromisoformat(until), voice.language, zone, zone.key)
        return f"{done['line']} → {at}"
    if "of" in done:
        verbs = (Verb(done["line"]), Verb(done["of"]))
        return " → ".join(told(one, voice.language) for one in verbs)
    name = done.get("name") or done.get("category") or voice.listed(done.get("names", ()))
    return f"{done['line']} → {name}" if name else str(done["line"])


def _why(voice: Voice | Reading, result: Mapping[str, Any]) -> str:
    _ = voice.texts.gettext
    sentences = {
        "unknown": _("The list has no such number."),
        "gone": _("You can see this conversation no more."),
        "leaks": _("The answer says what is only for us. Open the conversation to send it."),
        "again": reasons_in_words([HeldReason.REPEATED], voice.texts)[0],
        "left": _("It could not be taken back: it has left."),
        "unanswered": _("There is no answer of yours here that could be taken back or shown."),
        "undone": _(
            "Nothing was undone: what you did here last no longer stands as you left it, or one"
            " word cannot undo it."
        ),
        "files": _(
            "It is not clear to which number the files belong. Answer with this number alone,"
            " and put them there once more."
        ),
        "flood": reasons_in_words([HeldReason.FLOOD], voice.texts)[0],
        "nobody": _("There is nobody whom it could go to."),
    }
    return sentences.get(result["why"]) or _moved(voice, result["moved"])


def _moved(voice: Voice | Reading, moved: Mapping[str, Any]) -> str:
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
