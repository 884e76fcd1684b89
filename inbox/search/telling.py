"""What of a question was not understood, in sentences for whoever asked. Pure."""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Final

from inbox.model.marks import Urgency
from inbox.search.tree import Misunderstood, Question, Why
from inbox.search.vocabulary import Part, State

# As the form writes them, which is understood in every language.
_KNOWN: Final = {
    Why.STATE: [f"is:{one}" for one in (*State, *(one.word for one in Urgency if one))],
    Why.PART: [f"has:{one}" for one in Part],
}


def sentences(question: Question, texts: NullTranslations) -> list[str]:
    """One for each part that was left out or taken otherwise than it may be meant."""
    _ = texts.gettext
    found = [sentence(one, texts) for one in question.misunderstood]
    if question.left_out:
        words = ", ".join(question.left_out)
        found.append(
            _("Not looked for, because nearly every mail has it: %(words)s.") % {"words": words}
        )
    return found


def meant(question: Question) -> str:
    """The question with the known words that stand near those not understood; "" for the same."""
    found = question.said
    for one in question.misunderstood:
        if one.near:
            is_word = rf"(?<!\w){re.escape(one.said)}"  # and no end of a longer one
            found = one.near.join(re.split(is_word, found, maxsplit=1))
    return "" if found == question.said else found


def sentence(missed: Misunderstood, texts: NullTranslations) -> str:
    """Why this part was not understood."""
    _ = texts.gettext
    said = {
        Why.DATE: _("“%(said)s” is no date. Like this: before:2026-10-31, after:yesterday."),
        Why.PERSON: _("“%(said)s”: nobody of us has this name. A part of it is enough: by:anna."),
        Why.MAILBOX: _(
            "“%(said)s”: you have no mailbox of this name. Yours are below, in the fields."
        ),
        Why.STATE: _(
            "“%(said)s” is nothing that a conversation can be. Ask for one of these: %(known)s."
        ),
        Why.PART: _(
            "“%(said)s” is nothing that a conversation can have. Ask for one of these: %(known)s."
        ),
        Why.NOTHING: _(
            "“%(said)s”: nothing stands behind it. Write it right after the colon: from:jane."
        ),
        Why.OPERATOR: _("“%(said)s” is no operator; it was looked for as a word."),
        Why.QUOTE: _(
            "“%(said)s”: the quotation mark is not closed. Put another one where the phrase ends."
        ),
        Why.LONG: _("The question is too long: “%(said)s” and what follows was left out."),
        Why.OR: _(
            "“OR” goes between two of a kind, like this: is:open OR is:waiting. Here both are asked"
            " for."
        ),
        Why.SIGNS: _("“%(said)s” is no word: what is looked for has letters or digits."),
    }
    known = ", ".join(_KNOWN.get(missed.why, ()))
    return said[missed.why] % {"said": missed.said, "known": known}
