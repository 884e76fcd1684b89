"""Test mails: whether a mailbox can send, and whether what is sent to it arrives."""

from __future__ import annotations

from datetime import datetime
from secrets import token_bytes
from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.named import mailbox_of
from inbox.asgi.paging import LastKnown
from inbox.auth.permissions import Permission
from inbox.desk.trial import send_trial
from inbox.errors import Conflict, InboxError
from inbox.log import get_logger
from inbox.outbound.relay import Relay, relay_of
from inbox.store.trials import Trial, came_in, newest_mail, trial_of
from inbox.web.house import house_page, myself
from inbox.web.house_forms import TrialForm
from inbox.web.pages import reader_of
from inbox.web.relay_advice import advice

router = APIRouter()
log = get_logger("house")

_PAGE: Final = "/house/mailboxes/{mailbox_id}/trials"
_PATIENCE_S: Final = 120  # after which it is said what may be wrong


@router.get(_PAGE, dependencies=[allow(Permission.HOUSE)])
async def show_trial(
    here: HereNow, mailbox_id: int, trial: LastKnown = 0, after: LastKnown = -1, step: str = ""
) -> Response:
    """What became of a test mail, and whether a mail from elsewhere has come meanwhile."""
    if after < 0:  # since when is kept in the address, so that looking again is no new beginning
        async with here.house.database.read() as db:
            newest = await newest_mail(db)
        url = here.request.url.include_query_params(after=newest)
        return RedirectResponse(f"{url.path}?{url.query}", 303)
    return await _show(here, mailbox_id, trial, after, step)


@router.post(_PAGE, dependencies=[allow(Permission.MAILBOXES)])
async def begin_trial(here: HereNow, mailbox_id: int) -> Response:
    """Sends a test mail, to whoever asks or to the mailbox itself."""
    form = await form_as(here.request, TrialForm)
    house = here.house
    try:
        async with house.database.write() as db:
            mailbox, me = await mailbox_of(db, mailbox_id), await myself(db, here)
            trial = await send_trial(
                db,
                mailbox,
                to=me if form.to == "me" else None,
                by=me,
                context=here.house.context,
                now=here.now,
                rng=token_bytes,
            )
    except Conflict as error:
        return await _show(here, mailbox_id, 0, -1, form.step, error)
    log.info("house.trial", mailbox=mailbox_id, by=here.viewer.id, to=form.to)
    step = f"&step={form.step}" if form.step in ("3", "4") else ""
    return RedirectResponse(f"{_PAGE.format(mailbox_id=mailbox_id)}?trial={trial}{step}", 303)


async def _show(
    here: Here,
    mailbox_id: int,
    trial_id: int,
    after: int,
    step: str,
    fault: InboxError | None = None,
) -> Response:
    async with here.house.database.read() as db:
        mailbox = await mailbox_of(db, mailbox_id)
        trial = await trial_of(db, mailbox.id, trial_id) if 0 < trial_id < 1 << 62 else None
        after = after if 0 <= after < 1 << 62 else await newest_mail(db)
        came = await came_in(db, mailbox.id, after=after)
    values: dict[str, Any] = {"mailbox": mailbox, "trial": trial, "came": came}
    waits = trial is not None and trial.state in ("waiting", "sending")
    waits = waits or (trial is not None and trial.comes_back and trial.arrived_at is None)
    old = trial is not None and (here.now - trial.asked_at).total_seconds() > _PATIENCE_S
    failed = trial is not None and trial.state == "failed"
    relay = relay_of(here.house.settings)
    return house_page(
        here,
        "house/trial.html",
        fault,
        section="mailboxes",
        step=step if step in ("3", "4") else "",
        relay=f"{relay.host}:{relay.port}" if relay else "",
        advice=_advice(here, relay, trial, mailbox.address),
        is_waiting=waits and not old and not failed,
        is_late=waits and old and not failed,
        seconds=_seconds,
        came_at=reader_of(here).calendar.when(came) if came else None,
        **values,
    )


def _advice(here: Here, relay: Relay | None, trial: Trial | None, sender: str) -> str:
    if relay is None or trial is None:
        return ""
    return advice(trial.words, relay, sender=sender, texts=reader_of(here).texts)


def _seconds(begun: datetime, ended: datetime) -> float:
    return max((ended - begun).total_seconds(), 0.1)
