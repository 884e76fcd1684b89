"""Words of an answer that are only for us, as its writer is told of them."""

from __future__ import annotations

import gettext
from collections.abc import Iterable

from inbox.leaks.guard import Leak, Source
from inbox.notify.reading import Reading


def leaks_in_words(reading: Reading) -> list[str]:
    """A line for each: the words, and whose they are. None for an answer without any."""
    leaks = reading.outbound.draft.get("leaks", ())
    return sentences(
        (Leak(said=words, source=Source(source)) for source, words in leaks), reading.texts
    )


def sentences(leaks: Iterable[Leak], texts: gettext.NullTranslations) -> list[str]:
    """The same of leaks, in the language of `texts`."""
    _ = texts.gettext
    said = {
        Source.NOTE: _("“%(words)s” stands in a comment."),
        Source.ANSWER: _("“%(words)s” stands in an answer that was not sent."),
        Source.NOTICE: _("“%(words)s” is what only our own mails to you say."),
        Source.MAIL: _("“%(words)s” stands in a mail of somebody else."),
        Source.TOKEN: _(
            "“%(words)s” has an address in it with which others could speak in your name."
        ),
        Source.SEALED: _(
            "“%(words)s” is locked or damaged: nobody can look into it, whether it holds what is "
            "only for us."
        ),
        Source.ADDRESS: _("“%(words)s” is where one of us reads their own mail."),
    }
    return [said[one.source] % {"words": one.said} for one in leaks]
