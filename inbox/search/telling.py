"""What of a question was not understood, in sentences for whoever asked. Pure."""

from __future__ import annotations

from gettext import NullTranslations

from inbox.search.tree import Misunderstood, Question, Why


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
            "“%(said)s” is nothing that a conversation can be. Like this: is:open, is:unread."
        ),
        Why.PART: _("“%(said)s” is nothing that a conversation can have. Like this: has:note."),
        Why.NOTHING: _(
            "“%(said)s”: nothing stands behind it. Write it right after the colon: from:jane."
        ),
        Why.OPERATOR: _("“%(said)s” is no operator; it was looked for as a word."),
        Why.QUOTE: _(
            "“%(said)s”: the quotation mark is not closed. Put another one where the phrase ends."
        ),
        Why.LONG: _("The question is too long: “%(said)s” and what follows was left out."),
    }
    return said[missed.why] % {"said": missed.said}
