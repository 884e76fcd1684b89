"""Evidence in what a mail quotes: the line above it, and the words themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from inbox.threading.above import Above, Agreement, agreement
from inbox.threading.candidates import Candidates, Pointer
from inbox.threading.known import Conversation
from inbox.threading.quotes import Spoken, quoted_conversations, runs, spoken
from inbox.threading.subject import is_unusual
from inbox.threading.verdict import QUOTE_DAYS, Evidence, Rule, Why

_MANY = 20  # runs of words
_MOST_OF_IT = 0.5  # what is quoted under another subject: versions of a text share a lot
_WITHIN = timedelta(days=QUOTE_DAYS)


def named_above(about: Candidates) -> Iterator[Pointer]:
    """Conversations a mail of which the line above a quote names, by its writer and moment."""
    near = _people(about)
    far = about.under_subject(about.of_others, _WITHIN)
    zone = about.clues.sent_at.utcoffset() if about.clues.sent_at else None
    for above in about.clues.above:
        agreeing = {one.id: agreement(above, one.said, zone) for one in (*near, *far)}
        best = max(agreeing.values(), default=Agreement.NO)
        if best is Agreement.NO:
            continue
        agreed = [one for one in (*near, *far) if agreeing[one.id] is best]
        agreed = about.under_subject(agreed, _WITHIN) or agreed
        fitting = [one for one in agreed if not _says_others(about, one, above)]
        is_sure = about.clues.is_answer and len(fitting) == 1
        doubt = about.digest() if is_sure else Why.AMBIGUOUS
        if not about.under_subject(agreed, _WITHIN):
            doubt = doubt or _under_another(about, best)
        for one in agreed:
            against = about.stranger() if one in far else about.hearsay()
            says_others = None if one in fitting else Why.AMBIGUOUS
            yield Pointer(
                one.id,
                Evidence.of(Rule.ATTRIBUTION, above.text),
                against or about.unproved() or doubt or says_others,
            )
        return


def quoted(about: Candidates) -> Iterator[Pointer]:
    """Conversations of whose words enough is quoted; a subject that names some decides."""
    clues = about.clues
    if not clues.quoted:
        return
    people = _people(about)
    named = about.under_subject(people, _WITHIN)
    others = about.under_subject(about.of_others, _WITHIN) if clues.is_answer else []
    if named or others:
        known = {one.id for one in named}
        # Without a prefix people quote an old mail in a new one of the same kind.
        doubt = None if clues.is_answer or _has_marks(about) else Why.AMBIGUOUS

        def against(key: int) -> Why | None:
            return doubt if key in known else about.stranger()

        yield from _quoted(about, [*named, *others], _everybodys, against)
    if not (named and clues.is_answer):
        # Where no subject says so, only what we wrote ourselves: people's own texts are alike,
        # such as the messages of their machines. What a colleague is told is alike as well.
        telling = is_unusual(clues.subject.text)
        near = about.own if telling else people
        anew, share = _renamed_anew(about), _MOST_OF_IT if telling else 0
        yield from _quoted(about, near, _ours, lambda _: anew, share=share)


def quotes_others(about: Candidates, one: Conversation) -> Why | None:
    """Doubt where enough is quoted to tell, and none of it was ever said there."""
    return _are_not_of(about, (*one.words, *one.requoted)) if one.words else None


def _says_others(about: Candidates, one: Conversation, above: Above) -> Why | None:
    """Doubt where the line names a mail of this conversation, and what is below is of no mail here.

    Minutes agree by chance as well: whoever has many matters with us is answered often.
    """
    if one.words:
        return quotes_others(about, one)
    zone = about.clues.sent_at.utcoffset() if about.clues.sent_at else None
    newest = sorted({said.at for said in one.said if said.is_ours}, reverse=True)[: len(one.texts)]
    ours = [said for said in one.said if said.at in newest and said.is_ours]
    others = [said for said in one.said if said not in ours]
    if agreement(above, ours, zone) <= agreement(above, others, zone):
        return None  # of what it names the words are not at hand
    return _are_not_of(about, one.texts)


def _are_not_of(about: Candidates, texts: Iterable[str]) -> Why | None:
    """Doubt where enough is quoted to tell, and nothing of it stands in the texts."""
    quoted = about.clues.quoted
    if len(quoted) < _MANY:
        return None
    wanted = frozenset(quoted)
    is_said = any(not wanted.isdisjoint(runs(text)) for text in texts)
    return None if is_said else Why.AMBIGUOUS


def _people(about: Candidates) -> list[Conversation]:
    return list({one.id: one for one in (*about.own, *about.of_organisation)}.values())


def _under_another(about: Candidates, best: Agreement) -> Why | None:
    """Doubt about a conversation of another subject that a line above a quote names."""
    is_new = is_unusual(about.clues.subject.text) and not about.clues.subject.is_reply
    if is_new or best < Agreement.MINUTE:
        return Why.AMBIGUOUS
    return _renamed_anew(about)


def _renamed_anew(about: Candidates) -> Why | None:
    """Doubt about another subject where Outlook says that somebody has begun a new mail."""
    named = about.clues.begins_anew and is_unusual(about.clues.subject.text)
    return Why.AMBIGUOUS if named else None


def _has_marks(about: Candidates) -> bool:
    """Whether a program has marked what is quoted, in a mail that is not called a new one."""
    return about.clues.has_marks and not about.clues.begins_anew


def _quoted(
    about: Candidates,
    conversations: Iterable[Conversation],
    words: Callable[[Conversation], list[Spoken]],
    against: Callable[[int], Why | None] = lambda _: None,
    share: float = 0,
) -> Iterator[Pointer]:
    quoted = about.clues.quoted
    found = quoted_conversations(quoted, {one.id: words(one) for one in conversations})
    least = max(share * len(quoted), 0 if about.clues.is_answer else _MANY)
    for n, (key, count) in enumerate(found):
        rival = found[1 - n][1] if len(found) > 1 and n < 2 else 0
        # A new mail may hold old words: without a sign of an answer it takes many.
        unsure = 2 * rival > count or count < least
        doubt = against(key) or about.unproved() or _hearsay(about)
        doubt = doubt or (Why.AMBIGUOUS if unsure else about.digest())
        yield Pointer(key, Evidence.of(Rule.QUOTE, f"{count} runs"), doubt)


def _hearsay(about: Candidates) -> Why | None:
    """Doubt about words of whom only a list names: many get the same ones from us."""
    return about.hearsay() if about.stranger() else None


def _everybodys(one: Conversation) -> list[Spoken]:
    requoted = (*one.requoted, *[""] * len(one.words))
    said = [spoken(text, again) for text, again in zip(one.words, requoted, strict=False)]
    return said or _ours(one)


def _ours(one: Conversation) -> list[Spoken]:
    return [spoken(text) for text in one.texts]
