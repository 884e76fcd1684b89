from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inbox.mail.thread_index import new_root
from inbox.model.conversation import Status
from inbox.model.mail import Kind
from inbox.model.proof import Proof, Result
from inbox.threading.clues import Answered, Clues, Token, Where
from inbox.threading.known import Conversation, Found, Hit, How, Known
from inbox.threading.match import choose
from inbox.threading.participants import organisation
from inbox.threading.quotes import runs
from inbox.threading.references import hash_id
from inbox.threading.subject import base_subject
from inbox.threading.verdict import Join, Match, Outcome, Policy, Rule, Why

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ROOT = new_root(NOW, bytes(16))
TOKEN = b"t" * 32
OWN = "own@customer.example"
PAT, LEE, EVE = "pat@customer.example", "lee@customer.example", "eve@evil.example"
CC, AGENT = "cc@partner.example", "karen@us.example"
NO_PROOF, FAILED = Proof(), Proof(dmarc=Result.FAIL)

BOOTS = Conversation(
    id=7,
    mailbox_id=1,
    status=Status.OPEN,
    customer=frozenset({PAT, "pat@gmail.com"}),
    participants=frozenset({CC}),
    base_subject="boots too small",
    last_message_at=NOW - timedelta(days=2),
)
OTHER = replace(BOOTS, id=8, base_subject="invoice paid twice")


def mail(
    *answers: str, from_: str = PAT, subject: str = "", kind: Kind = Kind.HUMAN, **more: object
) -> Clues:
    """Clues of a mail that answers these ids, the newest first."""
    clues = Clues(
        message_id=OWN,
        own_key=hash_id(OWN),
        identity=b"identity",
        kind=kind,
        author=from_,
        organisation=organisation(from_),
        recipients=frozenset(),
        sent_at=None,
        answers=tuple(
            Answered(
                message_id=one,
                key=hash_id(one),
                where=Where.REFERENCES if n else Where.IN_REPLY_TO,
                is_ours=False,
            )
            for n, one in enumerate(answers)
        ),
        subject=base_subject(subject),
    )
    return replace(clues, **more)  # type: ignore[arg-type]


def id_hit(
    message_id: str, how: How = How.OURS, conversation: int = 7, *, is_barred: bool = False
) -> Hit:
    key = hash_id(message_id)
    return Hit(found=Found.ID, conversation_id=conversation, key=key, how=how, is_barred=is_barred)


def customer_hits(*conversations: Conversation) -> tuple[Hit, ...]:
    return tuple(Hit(found=Found.CUSTOMER, conversation_id=one.id) for one in conversations)


def place(
    clues: Clues,
    *hits: Hit,
    conversations: tuple[Conversation, ...] = (BOOTS, OTHER),
    proof: Proof = NO_PROOF,
    policy: Policy | None = None,
    ours: bool = False,
) -> Match:
    known = Known(hits=hits, conversations=conversations, author_is_ours=ours)
    return choose(clues, known, proof=proof, policy=policy or Policy(), now=NOW)


def joined(match: Match) -> tuple[int, Rule] | None:
    """The conversation and the deciding rule, or None where it was not joined."""
    if match.outcome is not Outcome.JOINED or match.conversation_id is None:
        return None
    return match.conversation_id, match.evidence[0].rule


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
        **more,  # type: ignore[arg-type]
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


OUR_WORDS = """the boots of this series come up a little small. Please send them back with the
label from the parcel, and tell us which size we should send instead."""


def test_quoted_words_of_ours_lead_home_without_any_header() -> None:
    known = replace(BOOTS, texts=(OUR_WORDS,)), replace(OTHER, texts=("Nothing of the kind",))
    clues = mail(subject="42!", quoted=runs("> " + OUR_WORDS.replace("\n", "\n> ")))
    match = place(clues, *customer_hits(*known), conversations=known)
    assert joined(match) == (7, Rule.QUOTE)
    failed = place(clues, *customer_hits(*known), conversations=known, proof=FAILED)
    assert joined(failed) is None
    stranger = place(replace(clues, author=EVE), *customer_hits(*known), conversations=known)
    assert joined(stranger) is None


def test_words_quoted_from_two_conversations_are_only_a_suggestion() -> None:
    words = OUR_WORDS.split()
    halves = " ".join(words[:15]), " ".join(words[15:])
    known = replace(BOOTS, texts=(halves[0],)), replace(OTHER, texts=(halves[1],))
    match = place(mail(quoted=runs(OUR_WORDS)), *customer_hits(*known), conversations=known)
    assert joined(match) is None
    assert set(match.suggestions) == {7, 8}


@pytest.mark.parametrize(
    ("subject", "joins"),
    [
        ("Re: Boots too small", True),
        ("AW: [EXTERN] Boots too small", True),
        ("Boots too small", True),
        ("Re: Something else", False),
        ("Re: Boots too small #7", False),
        ("", False),
    ],
)
def test_the_same_subject_from_the_same_customer(subject: str, joins: bool) -> None:
    match = place(mail(subject=subject), *customer_hits(BOOTS, OTHER))
    assert joined(match) == ((7, Rule.SUBJECT) if joins else None)


def test_an_unusual_subject_joins_without_a_prefix_and_a_generic_one_never() -> None:
    order = replace(BOOTS, base_subject="order 4711 damaged")
    clues = mail(subject="Order 4711 damaged")
    assert joined(place(clues, *customer_hits(order), conversations=(order,))) == (7, Rule.SUBJECT)
    question = replace(BOOTS, base_subject="question")
    match = place(mail(subject="Question"), *customer_hits(question), conversations=(question,))
    assert joined(match) is None
    assert match.rejected[0].why is Why.GENERIC


def test_the_same_subject_weeks_later_is_only_a_suggestion() -> None:
    quiet = replace(BOOTS, last_message_at=NOW - timedelta(days=8))
    fresh = place(mail(subject="Boots too small"), *customer_hits(quiet), conversations=(quiet,))
    assert (joined(fresh), fresh.suggestions) == (None, (7,))
    answer = mail(subject="Re: Boots too small")
    assert joined(place(answer, *customer_hits(quiet), conversations=(quiet,))) is not None


@pytest.mark.parametrize(
    ("subject", "author", "joins"),
    [
        ("Re: Boots too small", LEE, True),
        ("Boots too small", LEE, False),
        ("Re: Boots too small", "lee@gmail.com", False),
        ("Re: Boots too small", EVE, False),
    ],
)
def test_a_colleague_answers_under_the_same_subject(subject: str, author: str, joins: bool) -> None:
    hit = Hit(found=Found.ORGANISATION, conversation_id=7)
    match = place(mail(subject=subject, from_=author), hit)
    assert (joined(match) is not None) is joins


def test_which_of_two_a_colleague_answers_is_not_guessed() -> None:
    twin = replace(BOOTS, id=8)
    hits = [Hit(found=Found.ORGANISATION, conversation_id=key) for key in (7, 8)]
    clues = mail(subject="Re: Boots too small", from_=LEE)
    match = place(clues, *hits, conversations=(BOOTS, twin))
    assert joined(match) is None
    assert set(match.suggestions) == {7, 8}


def test_a_generic_answer_joins_only_where_there_is_one_to_answer() -> None:
    first, second = (replace(one, base_subject="question") for one in (BOOTS, OTHER))
    clues = mail(subject="Re: Question")
    assert joined(place(clues, *customer_hits(first), conversations=(first,))) is not None
    match = place(clues, *customer_hits(first, second), conversations=(first, second))
    assert joined(match) is None
    assert match.suggestions == (7, 8)


def test_of_two_warm_conversations_under_an_unusual_subject_the_newer() -> None:
    old = replace(OTHER, base_subject="order 4711 damaged", last_message_at=NOW - timedelta(days=9))
    new = replace(BOOTS, base_subject="order 4711 damaged")
    match = place(
        mail(subject="Re: Order 4711 damaged"), *customer_hits(old, new), conversations=(old, new)
    )
    assert joined(match) == (7, Rule.SUBJECT)


def test_a_subject_joins_neither_after_a_month_nor_in_another_mailbox_nor_unproved() -> None:
    clues = mail(subject="Re: Boots too small")
    cold = replace(BOOTS, last_message_at=NOW - timedelta(days=31))
    assert joined(place(clues, *customer_hits(cold), conversations=(cold,))) is None
    late = replace(clues, sent_at=NOW + timedelta(days=120))
    assert joined(place(late, *customer_hits(BOOTS))) is None
    elsewhere = Policy(mailbox_ids=frozenset({2}))
    assert joined(place(clues, *customer_hits(BOOTS), policy=elsewhere)) is None
    here = Policy(mailbox_ids=frozenset({1, 2}))
    assert joined(place(clues, *customer_hits(BOOTS), policy=here)) is not None
    assert joined(place(clues, *customer_hits(BOOTS), proof=FAILED)) is None
    assert joined(place(replace(clues, author=EVE), *customer_hits(BOOTS))) is None


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
