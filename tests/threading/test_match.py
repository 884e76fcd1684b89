from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.model.conversation import Status
from inbox.model.mail import Kind
from inbox.model.proof import Proof
from inbox.threading.clues import Answered, Token, Where
from inbox.threading.known import Found, Hit, How
from inbox.threading.references import hash_id
from inbox.threading.verdict import Join, Match, Outcome, Policy, Rule, Why
from tests.threading.scene import (
    AGENT,
    BOOTS,
    CC,
    EVE,
    FAILED,
    LEE,
    NO_PROOF,
    NOW,
    OWN,
    PAT,
    ROOT,
    TOKEN,
    customer_hits,
    id_hit,
    joined,
    mail,
    place,
)


def test_what_is_known_of_nothing_opens_a_conversation() -> None:
    assert place(mail("a@x")) == Match(conversation_id=None, outcome=Outcome.NEW)


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        (How.OURS, Rule.OUR_ID),
        (How.KNOWN, Rule.KNOWN_ID),
        (How.SIBLING, Rule.SIBLING),
    ],
)
def test_an_answered_id_leads_home(how: How, rule: Rule) -> None:
    assert joined(place(mail("a@x"), id_hit("a@x", how))) == (7, rule)


def test_our_id_counts_more_than_a_newer_foreign_one() -> None:
    match = place(mail("theirs@x", "ours@us"), id_hit("theirs@x", How.KNOWN, 8), id_hit("ours@us"))
    assert joined(match) == (7, Rule.OUR_ID)
    assert [(one.conversation_id, one.why) for one in match.rejected] == [(8, Why.WEAKER)]


def test_of_two_of_ours_the_newer_counts() -> None:
    match = place(mail("new@us", "old@us"), id_hit("old@us", conversation=8), id_hit("new@us"))
    assert joined(match) == (7, Rule.OUR_ID)


def test_evidence_that_agrees_is_kept_too() -> None:
    clues = mail("a@us", "b@x", subject="Re: Boots too small")
    match = place(clues, id_hit("a@us"), id_hit("b@x", How.KNOWN), *customer_hits(BOOTS))
    assert [one.rule for one in match.evidence] == [Rule.OUR_ID, Rule.KNOWN_ID, Rule.SUBJECT]
    assert match.rejected == ()


@pytest.mark.parametrize(
    ("author", "proof", "ours", "joins"),
    [
        (PAT, NO_PROOF, False, True),
        ("pat@gmail.com", NO_PROOF, False, True),
        (CC, NO_PROOF, False, True),
        (LEE, NO_PROOF, False, True),
        ("lee@mail.customer.example", NO_PROOF, False, True),
        (AGENT, NO_PROOF, True, True),
        (AGENT, NO_PROOF, False, False),
        ("other@gmail.com", NO_PROOF, False, False),
        ("other@partner.example", NO_PROOF, False, False),
        (EVE, NO_PROOF, False, False),
        ("", NO_PROOF, False, False),
        (AGENT, FAILED, True, False),
        (LEE, FAILED, False, False),
        (PAT, FAILED, False, True),
    ],
)
@pytest.mark.parametrize("how", [How.OURS, How.KNOWN, How.SIBLING])
def test_a_header_is_no_permission(
    author: str, proof: Proof, ours: bool, joins: bool, how: How
) -> None:
    match = place(mail("a@x", from_=author), id_hit("a@x", how), proof=proof, ours=ours)
    assert (joined(match) is not None) is joins
    if not joins:
        assert match.outcome is Outcome.NEW
        assert match.refers_to == 7
        assert match.rejected[0].why is Why.STRANGER


def test_a_mailbox_may_let_anyone_join() -> None:
    match = place(mail("a@x", from_=EVE), id_hit("a@x"), policy=Policy(join=Join.ANYONE))
    assert joined(match) == (7, Rule.OUR_ID)


def token_hit(**more: object) -> Hit:
    return replace(
        Hit(found=Found.TOKEN, conversation_id=7, key=TOKEN, purpose="customer"),
        **more,  # type: ignore[arg-type] # names of fields
    )


def test_a_token_counts_most_and_needs_no_test() -> None:
    clues = mail("b@x", from_=EVE, tokens=(Token(verb="r", key=TOKEN),))
    assert joined(place(clues, token_hit())) == (7, Rule.TOKEN)
    clues = replace(clues, author=PAT)
    assert joined(place(clues, id_hit("b@x", conversation=8), token_hit())) == (7, Rule.TOKEN)


def test_an_old_token_is_no_evidence_but_says_where_to_look() -> None:
    clues = mail(from_=EVE, tokens=(Token(verb="r", key=TOKEN),))
    match = place(clues, token_hit(is_valid=False))
    assert match.outcome is Outcome.NEW
    assert match.refers_to == 7
    assert match.rejected[0].why is Why.EXPIRED


def test_thread_index_of_a_participant() -> None:
    hit = Hit(found=Found.ROOT, conversation_id=7, key=ROOT)
    assert joined(place(mail(thread_root=ROOT), hit)) == (7, Rule.THREAD_INDEX)
    assert joined(place(mail(thread_root=ROOT, from_=EVE), hit)) is None
    assert joined(place(mail(thread_root=ROOT), hit, proof=FAILED)) is None
    twice = replace(hit, conversation_id=8)
    assert place(mail(thread_root=ROOT), hit, twice).suggestions == (7, 8)


def test_a_late_parent_joins_its_child_and_unites_the_others() -> None:
    clues = mail(from_=CC)
    hits = id_hit(OWN, How.SIBLING), id_hit(OWN, How.SIBLING, 8)
    match = place(clues, *hits)
    assert joined(match) == (7, Rule.LATE_PARENT)
    assert match.also == (8,)
    assert match.rejected == ()


def test_a_late_parent_with_a_place_of_its_own_brings_its_children_there() -> None:
    match = place(mail("a@us"), id_hit("a@us"), id_hit(OWN, How.SIBLING, 8))
    assert joined(match) == (7, Rule.OUR_ID)
    assert match.also == (8,)


def test_a_stranger_is_nobodys_late_parent() -> None:
    match = place(mail(from_=EVE), id_hit(OWN, How.SIBLING))
    assert joined(match) is None
    assert match.also == ()


def test_the_same_mail_again_is_a_duplicate() -> None:
    hit = Hit(found=Found.IDENTITY, conversation_id=7, key=b"identity")
    match = place(mail(), hit)
    assert (match.outcome, match.conversation_id) == (Outcome.DUPLICATE, 7)


def test_another_mail_under_the_same_id_is_not_swallowed() -> None:
    assert joined(place(mail(), id_hit(OWN, How.KNOWN))) == (7, Rule.SAME_ID)
    assert place(mail(from_=EVE), id_hit(OWN, How.KNOWN)).outcome is Outcome.NEW


@pytest.mark.parametrize("kind", [Kind.AUTO_REPLY, Kind.BOUNCE, Kind.DELAY, Kind.RECEIPT])
def test_automatic_mail_attaches_to_ours_but_never_opens(kind: Kind) -> None:
    daemon = "mailer-daemon@relay.example"
    assert place(mail(from_=daemon, kind=kind)).outcome is Outcome.IGNORED
    ours = place(mail("a@us", from_=daemon, kind=kind), id_hit("a@us"))
    assert joined(ours) == (7, Rule.OUR_ID)
    theirs = place(mail("a@x", from_=daemon, kind=kind), id_hit("a@x", How.KNOWN))
    assert theirs.outcome is Outcome.IGNORED


def test_a_bounce_attaches_by_the_mail_that_it_encloses() -> None:
    enclosed = Answered(message_id="a@us", key=hash_id("a@us"), where=Where.ENCLOSED, is_ours=True)
    match = place(mail(kind=Kind.BOUNCE, from_="", answers=(enclosed,)), id_hit("a@us"))
    assert joined(match) == (7, Rule.ENCLOSED)


def test_a_conversation_closed_for_too_long_is_linked_and_not_reopened() -> None:
    over = replace(BOOTS, status=Status.CLOSED, closed_at=NOW - timedelta(days=31))
    match = place(mail("a@us"), id_hit("a@us"), conversations=(over,))
    assert (match.outcome, match.conversation_id, match.refers_to) == (Outcome.NEW, None, 7)
    assert match.evidence[0].rule is Rule.OUR_ID
    assert match.rejected[0].why is Why.OVER
    recent = replace(over, closed_at=NOW - timedelta(days=29))
    assert joined(place(mail("a@us"), id_hit("a@us"), conversations=(recent,))) is not None
    automatic = mail("a@us", kind=Kind.AUTO_REPLY)
    assert joined(place(automatic, id_hit("a@us"), conversations=(over,))) is not None


def test_a_mail_to_a_spam_conversation_is_seen() -> None:
    spam = replace(BOOTS, status=Status.SPAM)
    match = place(mail("a@us"), id_hit("a@us"), conversations=(spam,))
    assert (match.outcome, match.refers_to) == (Outcome.NEW, 7)
    assert match.rejected[0].why is Why.SPAM


def test_a_correction_is_remembered() -> None:
    match = place(mail("a@us"), id_hit("a@us", is_barred=True))
    assert match.outcome is Outcome.NEW
    assert match.rejected[0].why is Why.BARRED


def test_a_hit_without_its_conversation_is_no_hit() -> None:
    assert place(mail("a@us"), id_hit("a@us", conversation=99)).outcome is Outcome.NEW
