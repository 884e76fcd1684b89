"""Words of an answer that are only for us, as the mail to its writer shows them."""

from __future__ import annotations

from inbox.leaks.guard import Source
from inbox.notify.reading import Reading


def leaks_in_words(reading: Reading) -> list[str]:
    """A line for each: the words, and whose they are. None for an answer without any."""
    _ = reading.texts.gettext
    sentences = {
        Source.NOTE: _("“%(words)s” stands in a comment."),
        Source.ANSWER: _("“%(words)s” stands in an answer that was not sent."),
        Source.NOTICE: _("“%(words)s” is what only our own mails to you say."),
        Source.MAIL: _("“%(words)s” stands in a mail of somebody else."),
        Source.ADDRESS: _("“%(words)s” is where one of us reads their own mail."),
    }
    leaks = reading.outbound.draft.get("leaks", ())
    return [sentences[Source(source)] % {"words": words} for source, words in leaks]
