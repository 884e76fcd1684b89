"""Whose mail is named above a quote, and whose words are in it: what that is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inbox.model.address import Address
from inbox.model.mail import Envelope, ParsedMail, Trimmed
from inbox.threading.above import Said, lines_above
from inbox.threading.clues import Clues, find_clues, with_quotes
from inbox.threading.known import Conversation, Found, Hit
from inbox.threading.quotes import runs
from inbox.threading.verdict import Join, Outcome, Policy, Rule, Why
from tests.threading.scene import BOOTS, EVE, FAILED, OTHER, customer_hits, joined, mail, place

ANYONE = Policy(join=Join.ANYONE)
AT = datetime(2026, 11, 20, 13, 51, 7, tzinfo=UTC)
LINE = "On Fri, Nov 20, 2026 at 1:51 PM, Karen Miller (Shop) <support@us.example> wrote:"
SAID = (Said("Karen Miller", "karen@us.example", AT),)
KAREN_THERE = replace(BOOTS, said=SAID)


def answering(line: str, words: str = "Fine.", **more: object) -> Clues:
    """Clues of an answer below whose line a few words are quoted."""
    text = f"Thanks\n\n{line}\n> {words}\n"
    return replace(mail(**more), above=lines_above(text), quoted=runs(words))  # type: ignore[arg-type] # names of fields


def test_a_line_above_a_quote_leads_home_without_a_prefix() -> None:
    known = KAREN_THERE, OTHER
    match = place(
        answering(LINE, subject="Boots too small"), *customer_hits(*known), conversations=known
    )
    assert joined(match) == (7, Rule.ATTRIBUTION)
    assert match.evidence[0].detail == LINE


def test_of_two_under_one_subject_the_one_that_is_named() -> None:
    twin = replace(KAREN_THERE, id=8, said=(replace(SAID[0], at=AT + timedelta(minutes=4)),))
    both = KAREN_THERE, twin
    clues = answering(LINE, subject="Re: Boots too small")
    assert joined(place(clues, *customer_hits(*both), conversations=both)) == (7, Rule.ATTRIBUTION)


def test_of_two_that_are_named_alike_none() -> None:
    both = KAREN_THERE, replace(KAREN_THERE, id=8)
    clues = answering(LINE, subject="Re: Boots too small")
    match = place(clues, *customer_hits(*both), conversations=both)
    assert (joined(match), set(match.suggestions)) == (None, {7, 8})


@pytest.mark.parametrize(
    "line",
    [
        "On Fri, Nov 20, 2026 at 1:52 PM, Karen Miller wrote:",
        "On Fri, Nov 13, 2026 at 1:51 PM, Karen Miller wrote:",
        "On Fri, Nov 20, 2026 at 1:51 PM, Lee Harper wrote:",
        "Karen Miller wrote:",
    ],
)
def test_another_minute_day_or_writer_is_another_mail(line: str) -> None:
    clues = answering(line, subject="Another matter altogether")
    match = place(clues, *customer_hits(KAREN_THERE), conversations=(KAREN_THERE,))
    assert (match.outcome, match.suggestions) == (Outcome.NEW, ())


def test_a_new_telling_subject_is_a_new_matter_though_an_old_mail_is_quoted() -> None:
    clues = answering(LINE, subject="Another matter altogether")
    match = place(clues, *customer_hits(KAREN_THERE), conversations=(KAREN_THERE,))
    assert (joined(match), match.suggestions) == (None, (7,))


_WORDS = " ".join(f"word{n}" for n in range(40))
_ELSEWHERE = " ".join(f"other{n}" for n in range(40))
_BY_US = replace(SAID[0], is_ours=True)


def test_a_minute_that_agrees_by_chance_is_no_home_for_words_that_were_said_elsewhere() -> None:
    there = replace(KAREN_THERE, said=(_BY_US,), texts=(_ELSEWHERE,))
    at_home = replace(OTHER, texts=(_WORDS,))
    clues = answering(LINE, words=_WORDS, subject="Re: Something else altogether")
    match = place(clues, *customer_hits(there, at_home), conversations=(there, at_home))
    assert joined(match) == (8, Rule.QUOTE)


def test_of_two_that_are_named_alike_the_one_where_the_words_were_said() -> None:
    both = (
        replace(KAREN_THERE, said=(_BY_US,), texts=(_ELSEWHERE,)),
        replace(OTHER, said=(_BY_US,), texts=(_WORDS,)),
    )
    clues = answering(LINE, words=_WORDS, subject="Re: Something else altogether")
    match = place(clues, *customer_hits(*both), conversations=both)
    assert joined(match) == (8, Rule.ATTRIBUTION)


def test_a_line_that_names_a_mail_of_which_the_words_are_not_at_hand_still_leads_home() -> None:
    newer = replace(_BY_US, at=AT + timedelta(hours=3, minutes=4))
    there = replace(KAREN_THERE, said=(_BY_US, newer), texts=(_ELSEWHERE,))
    clues = answering(LINE, words=_WORDS, subject="Re: Boots too small")
    match = place(clues, *customer_hits(there), conversations=(there,))
    assert joined(match) == (7, Rule.ATTRIBUTION)


def test_what_outlook_calls_a_new_mail_is_only_a_suggestion() -> None:
    clues = answering(LINE, subject="Boots too small", begins_anew=True)
    match = place(clues, *customer_hits(KAREN_THERE), conversations=(KAREN_THERE,))
    assert (joined(match), match.suggestions) == (None, (7,))


def test_what_outlook_calls_a_new_mail_under_a_new_name_is_only_a_suggestion() -> None:
    said = replace(KAREN_THERE, texts=(LONG,), words=(LONG,), requoted=("",))
    for words in "Fine.", LONG:
        clues = answering(LINE, words, subject="Re: Sandals too wide", begins_anew=True)
        match = place(clues, *customer_hits(said), conversations=(said,))
        assert (joined(match), match.suggestions) == (None, (7,))
        goes_on = replace(clues, begins_anew=False)
        assert joined(place(goes_on, *customer_hits(said), conversations=(said,))) is not None


def under_subject(*conversations: Conversation) -> tuple[Hit, ...]:
    return tuple(Hit(found=Found.SUBJECT, conversation_id=one.id) for one in conversations)


def test_a_stranger_who_knows_whom_to_name_stays_outside() -> None:
    clues = answering(LINE, subject="Re: Boots too small", from_=EVE)
    match = place(clues, *under_subject(KAREN_THERE), conversations=(KAREN_THERE,))
    assert (joined(match), match.refers_to) == (None, 7)
    assert match.rejected[0].why is Why.STRANGER
    let_in = place(clues, *under_subject(KAREN_THERE), conversations=(KAREN_THERE,), policy=ANYONE)
    assert joined(let_in) == (7, Rule.ATTRIBUTION)


def test_a_forged_sender_who_knows_whom_to_name_stays_outside() -> None:
    clues = answering(LINE, subject="Re: Boots too small")
    match = place(clues, *customer_hits(KAREN_THERE), conversations=(KAREN_THERE,), proof=FAILED)
    assert joined(match) is None


LONG = """Please send them back with the label from the parcel, and tell us which size we should
send instead, for the new pair leaves our store on the same day that the old one arrives."""


def test_what_one_has_said_counts_for_them_though_others_quote_it() -> None:
    said = replace(BOOTS, words=(LONG,), requoted=("",))
    quoting = replace(BOOTS, id=8, words=("Is that so?",), requoted=(LONG,))
    clues = mail(subject="Re: Boots too small", quoted=runs(LONG))
    match = place(clues, *customer_hits(said, quoting), conversations=(said, quoting))
    assert joined(match) == (7, Rule.QUOTE)


def test_a_mail_without_a_prefix_but_with_marked_quotes_is_an_answer() -> None:
    home = replace(BOOTS, words=(LONG,), requoted=("",))
    clues = mail(subject="Boots too small", quoted=runs(LONG))
    unmarked = place(clues, *customer_hits(home), conversations=(home,))
    assert (joined(unmarked), unmarked.suggestions) == (None, (7,))
    marked = place(replace(clues, has_marks=True), *customer_hits(home), conversations=(home,))
    assert joined(marked) == (7, Rule.QUOTE)


def test_words_of_a_matter_of_strangers_are_no_evidence_for_ones_own() -> None:
    own = replace(BOOTS, words=("Mine are too small as well.",), requoted=("",))
    theirs = replace(BOOTS, id=8, customer=frozenset({"x@y.example"}), participants=frozenset())
    theirs = replace(theirs, words=(LONG,), requoted=("",))
    clues = mail(subject="Re: Boots too small", quoted=runs(LONG), has_marks=True)
    hits = (*customer_hits(own), *under_subject(theirs))
    match = place(clues, *hits, conversations=(own, theirs), policy=ANYONE)
    assert joined(match) == (8, Rule.QUOTE)
    kept_out = place(clues, *hits, conversations=(own, theirs))
    assert joined(kept_out) is None


def test_whom_only_a_list_names_is_not_known_by_words_that_many_may_have() -> None:
    said = replace(BOOTS, texts=(LONG,), words=(LONG,), requoted=("",))
    for subject in "Re: Boots too small", "Re: your answer":
        clues = mail(subject=subject, quoted=runs(LONG))
        assert joined(place(clues, *customer_hits(said), conversations=(said,))) is not None
        named = replace(clues, real_sender=Address(address=clues.author))
        match = place(named, *customer_hits(said), conversations=(said,))
        assert (joined(match), match.refers_to) == (None, 7)
        let_in = place(named, *customer_hits(said), conversations=(said,), policy=ANYONE)
        assert joined(let_in) == (7, Rule.QUOTE)


def test_quotes_between_answers_count_as_well() -> None:
    text = f"Hello\n\n{LINE}\n> {LONG.splitlines()[0]}\n\nYes.\n\n> {LONG.splitlines()[1]}\n\nNo.\n"
    clues = with_quotes(mail(subject="Re: Boots"), text, Trimmed(new_text=text))
    assert clues.has_marks
    assert set(runs(LONG)) & set(clues.quoted)
    assert [one.text for one in clues.above] == [LINE]


def test_an_answer_to_a_digest_quotes_too_many_matters_to_tell() -> None:
    digest = "mailman.1592.1417961502.3596.boots@lists.example"
    subject = "Re: Boots too small"
    nowhere = Envelope(sender="", recipients=())
    mailed = ParsedMail(message_id="a@b.example", in_reply_to=(digest,), subject=subject)
    assert find_clues(mailed, nowhere).answers_digest
    only_referring = replace(mailed, in_reply_to=(), references=("x@y.example", digest))
    assert find_clues(only_referring, nowhere).answers_digest
    of_a_person = replace(mailed, in_reply_to=(), references=(digest, "x@y.example"))
    assert not find_clues(of_a_person, nowhere).answers_digest
    clues = replace(answering(LINE, subject=subject), answers_digest=True)
    match = place(clues, *customer_hits(KAREN_THERE), conversations=(KAREN_THERE,))
    assert (joined(match), match.suggestions) == (None, (7,))


def test_not_under_a_greeting_alone() -> None:
    text = f"Hello\n\n> {LONG.splitlines()[0]}\n\nYes.\n"
    assert with_quotes(mail(subject="Hello"), text, Trimmed(new_text=text)).quoted == ()
    clues = answering(LINE, subject="Hello")
    match = place(clues, *customer_hits(KAREN_THERE), conversations=(KAREN_THERE,))
    assert (joined(match), match.suggestions) == (None, (7,))


def test_nothing_is_looked_for_where_nothing_is_quoted() -> None:
    clues = with_quotes(mail(), "Hello\n\nhow are you?", Trimmed(new_text="Hello"))
    assert not clues.quotes
    assert not clues.is_answer
