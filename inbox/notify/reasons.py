"""Why an answer was held, in a sentence for each reason."""

from __future__ import annotations

import gettext
from collections.abc import Sequence

from inbox.model.held import HeldReason


def reasons_in_words(reasons: Sequence[str], texts: gettext.NullTranslations) -> list[str]:
    """A sentence for each reason why an answer was held."""
    _ = texts.gettext
    sentences = {
        HeldReason.UNKNOWN_SENDER: _("It came from an address that is not registered as yours."),
        HeldReason.MANY_SENDERS: _("It names no sender, or several."),
        HeldReason.NO_TOKEN: _("It did not come to the address that the notice gives."),
        HeldReason.AUTOMATIC: _("It looks as if a program had written it."),
        HeldReason.TOO_MANY: _("More came within an hour or a day than a person writes."),
        HeldReason.FLOOD: _(
            "You have written to as many people outside as one person may for now."
        ),
        HeldReason.EMPTY: _("There are no new words in it."),
        HeldReason.FAILED: _("The mail system that it claims to be from says it is not."),
        HeldReason.UNPROVED: _("Nothing proved that your mail system sent it."),
        HeldReason.NOT_MEMBER: _("You do not take part in this mailbox."),
        HeldReason.DISABLED: _("Your access has ended."),
        HeldReason.EXPIRED: _("The mail that it answers is too old."),
        HeldReason.MOVED_ON: _("The conversation has gone on meanwhile."),
        HeldReason.SHOWN: _("You wanted to see first what the customer gets; it stands below."),
        HeldReason.PLANNED: _("You wanted it to leave later."),
        HeldReason.TAKEN_BACK: _("You stopped it before it left."),
        HeldReason.NO_RECIPIENT: _("There is nobody whom it could go to."),
        HeldReason.UNSENDABLE: _(
            "An address in it has other letters than English ones before its @; no mail of ours"
            " can go there (it would take SMTPUTF8). Ask for another one."
        ),
        HeldReason.ONLY_COMMENTS: _("Colleagues do not answer customers here: say it inside."),
        HeldReason.OUTSIDE: _("Its address is not one of this organisation."),
        HeldReason.NEWCOMER: _("Nobody has said yet who wrote it."),
        HeldReason.ORDERS: _("It asks for more than to be sent."),
        HeldReason.TOKENS: _(
            "A file cannot be sent by anybody; take the addresses out of it, and attach it again."
        ),
        HeldReason.SEALED: _("If you know what is in its files, send it:"),
        HeldReason.REPEATED: _(
            "The customer got this text twice already, just as it is: say it in your own words."
        ),
        HeldReason.LEAK: _("It says what is only for us:"),
    }
    known = [sentences[HeldReason(one)] for one in reasons if one in set(HeldReason)]
    return known or [_("We could not be sure that it is from you.")]
