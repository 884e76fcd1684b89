"""The confirmation: once for a new conversation, to a person, and never to a machine (RFC 3834).

It says when an answer comes and repeats nothing that the mail said, so that nobody can make us
carry their words to somebody else; to one mailbox, however its address is written, it goes once a
day at most, or as often as ours says.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from inbox.desk.correct_time import correct_in_time
from inbox.desk.letter import Kept, Letter
from inbox.desk.record import record
from inbox.desk.standing import written
from inbox.i18n import LANGUAGES, translations
from inbox.intake.arrival import MailboxFacts
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.header_values import is_sendable
from inbox.mail.ids import new_message_id
from inbox.mail.language import language_of
from inbox.mail.language_hint import hinted_language
from inbox.mail.render import Rendered, render
from inbox.mail.robots import is_robot, is_through_list
from inbox.mail.thread_index import child
from inbox.mail.tokens import hash_token, reply_address
from inbox.model.actor import SYSTEM
from inbox.model.address import Address, mailbox_behind
from inbox.model.event import EventName
from inbox.model.mail import Kind
from inbox.notify.told_customer import promise
from inbox.notify.until import zone_of
from inbox.outbound.composers import composer
from inbox.outbound.keyed import loop_mark, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.sla.expected import expected
from inbox.store.engine import Reader, Writer
from inbox.store.hours import known_policy
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, Message, Outbound
from inbox.store.waiting import WAITING

_ONCE_IN: Final = timedelta(days=1)

_FACTS = Statement(f"""
select (select count(*) from outbound
         where kind = 'confirmation' and draft ->> 'behind' = :behind
           and created_at > :since) >= confirm_daily as has_enough,
       exists (select from conversation c join message m on m.conversation_id = c.id
                where c.customer_id = :customer_id
                  and m.kind = 'reply' and m.visibility = 'public') as is_known,
       customer_token as has_token, hours_key, footer,
       (select priority from conversation where id = :conversation_id) as priority,
       {WAITING} as waiting
  from mailbox where id = :mailbox_id
""")  # noqa: S608 - a constant


async def acknowledge(
    db: Writer,
    letter: Letter,
    kept: Kept,
    mailbox: MailboxFacts,
    *,
    context: Context,
    now: datetime,
    rng: Callable[[int], bytes],
) -> bool:
    """Confirm the mail that opened a conversation where that is wanted and safe; whether it is."""
    if mailbox.confirm == "off" or not kept.is_new or not may_be_answered(letter):
        return False
    [facts] = await _FACTS.rows(
        db,
        behind=mailbox_behind(letter.author.address),
        since=now - _ONCE_IN,
        customer_id=kept.customer_id,
        mailbox_id=mailbox.id,
        conversation_id=kept.conversation_id,
    )
    # To an address that may be forged we would only add to the flood (backscatter).
    proved = letter.proof.is_proved or (facts["is_known"] and not letter.proof.is_failed)
    if facts["has_enough"] or not (proved or mailbox.confirm == "all"):
        return False
    policy = await known_policy(db, mailbox.id, facts["hours_key"])
    target = policy.of(facts["priority"]).first_answer
    until = expected(policy.hours, target, facts["waiting"], since=letter.received_at)
    if until is not None and until <= now:  # it has lain with us
        until = expected(policy.hours, target, facts["waiting"], since=now)
    mail = _mail(
        letter,
        kept,
        mailbox,
        said={
            "until": written(until),
            "zone": zone_of(letter.mail.date, policy.hours.zone),
            "ours": policy.hours.zone.key,
            "token": facts["has_token"],
            "footer": facts["footer"],
        },
        secret=context.secret,
        rng=rng,
    )
    outbound_id = await enqueue_mail(db, mail, context.settings, now=now)
    await record(
        db,
        kept.conversation_id,
        EventName.CONFIRMATION_SENT,
        by=SYSTEM,
        now=now,
        message_id=kept.message_id,
        payload={"to": letter.author.address, "until": written(until)},
    )
    if outbound_id and until:
        await correct_in_time(db, kept.conversation_id, outbound_id, until, now=now)
    return True


def may_be_answered(letter: Letter) -> bool:
    """Whether a mail may get an automatic answer at all (RFC 3834 §2)."""
    mail = letter.mail
    return (
        letter.verdict.kind is Kind.HUMAN
        and len(mail.from_) == 1
        and letter.is_outsider()
        and is_sendable(letter.author.address)
        and not is_robot(letter.author.address)
        and not is_through_list(mail)
    )


def language_to_answer_in(letter: Letter, otherwise: str) -> str:
    """The language of the mail: what it is written in, what a few words hint at, else what its
    program says, where we speak it. Programs name their own language, whatever is written with
    them.
    """
    mail = letter.mail
    stated = mail.header("Content-Language").partition(",")[0].strip().lower().partition("-")[0]
    words = letter.trimmed.new_text
    if (sure := language_of(words)) is None:
        sure = hinted_language(f"{mail.subject}\n{words}")
    return next((one for one in (sure, stated) if one in LANGUAGES), otherwise)


def _mail(
    letter: Letter,
    kept: Kept,
    mailbox: MailboxFacts,
    *,
    said: Mapping[str, Any],
    secret: bytes,
    rng: Callable[[int], bytes],
) -> NewMail:
    header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, rng)
    return NewMail(
        kind="confirmation",
        recipients=(letter.author.address,),
        header_id=header_id,
        sender="",
        mailbox_id=mailbox.id,
        conversation_id=kept.conversation_id,
        message_id=kept.message_id,
        draft={
            "from": mailbox.address,
            "name": mailbox.name,
            "to": letter.author.address,
            "behind": mailbox_behind(letter.author.address),
            "language": language_to_answer_in(letter, mailbox.language),
            "proved": letter.proof.is_proved,
            **said,
        },
        token_hash=hash_token(reply_token(secret, header_id)) if said["token"] else None,
    )


@composer("confirmation")
async def compose_confirmation(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail, from the message that it confirms and what was decided then."""
    message, conversation = (
        await db.execute(
            select(Message, Conversation)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(Message.id == outbound.message_id)
        )
    ).one()
    chosen = outbound.draft
    texts = translations(chosen["language"])
    body = confirmed(chosen)
    return Draft(
        from_=Address(name=chosen["name"], address=chosen["from"]),
        to=(Address(address=message.author_address),),
        reply_to=_reply_to(context, outbound),
        subject=_subject(texts, message.subject, proved=chosen["proved"]),
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=message.message_id or None,
        references=(*message.references, message.message_id) if message.message_id else (),
        thread_index=child(conversation.thread_index, outbound.created_at, outbound.id),
        text=body.text,
        html=body.html,
        auto_submitted="auto-replied",
        loop=loop_mark(context.secret),
    )


def confirmed(chosen: Mapping[str, Any]) -> Rendered:
    """What a confirmation says, from what was decided when it was queued."""
    texts = translations(chosen["language"])
    return render(
        "confirmation",
        texts,
        language=chosen["language"],
        promise=promise(chosen, texts) if "until" in chosen else _promise(texts, chosen["hours"]),
        from_name=chosen["name"],
        footer=chosen.get("footer", ""),
    )


def _reply_to(context: Context, outbound: Outbound) -> tuple[Address, ...]:
    chosen = outbound.draft
    if not chosen.get("token"):
        return ()
    token = reply_token(context.secret, outbound.header_id)
    address = reply_address(chosen["from"], "r", token, context.settings.domain)
    return (Address(name=chosen["name"], address=address),)


def _subject(texts: gettext.NullTranslations, subject: str, *, proved: bool) -> str:
    # The subject is the customer's words, and who is not proved gets none of those.
    if not proved or not subject:
        return texts.gettext("We have received your message")
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _promise(texts: gettext.NullTranslations, hours: int) -> str:
    """What those said that went out before hours counted: their words come back in answers."""
    if hours % 24 == 0 and hours > 24:
        days = hours // 24
        return texts.ngettext(
            "You will have an answer within %(days)d day.",
            "You will have an answer within %(days)d days.",
            days,
        ) % {"days": days}
    return texts.ngettext(
        "You will have an answer within %(hours)d hour.",
        "You will have an answer within %(hours)d hours.",
        hours,
    ) % {"hours": hours}
