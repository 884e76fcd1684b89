"""Every order that does something, with its judge and its deed.

To add one that changes a conversation:

1. `orders/verbs.py`: a `Verb`, its words in five languages, and in `TAKES` whether something stands
   behind it.
2. `orders/judging.py`: its place in `IN_ORDER`, and what it cannot go together with.
3. A module here: a `Deed`. Its judge returns a `Step`, or a `Trouble` by which nothing of the mail
   is done; it changes nothing. Its `do` calls one verb of `desk/`. Then the line below.
4. `auth/permissions.py`: what it asks for in `ASKS_FOR`, so that guests may do it or not.
5. `mail/tokens.py`: its name in `Deed`, for the addresses `verb+TOKEN@` and `verb-argument+TOKEN@`,
   which make the same `Order` as a line. `notify/commands.py`: what it does, for those who ask.
   `docs/working-by-mail.md`.

A moment is read by `orders.when.when`, a person by `orders.names.meant`. An order that is about the
words of the mail (as NOTE) or asks for a mail back (as HELP) has no deed: it is in `WITHOUT_DEED`
of `orders/judging.py`, and `agent_mail` looks for it in `Wish.orders`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inbox.intake.deeds import (
    absence,
    closing,
    customer,
    department,
    following,
    hearing,
    holder,
    later,
    leaving,
    marks,
    place,
    state,
)
from inbox.intake.deeds.deed import Deed
from inbox.orders.verbs import Verb

DEEDS: Final[Mapping[Verb, Deed]] = {
    Verb.CLOSE: closing.CLOSE,
    Verb.CATEGORY: closing.CATEGORY,
    Verb.SOLUTION: closing.SOLUTION,
    Verb.REOPEN: state.REOPEN,
    Verb.SPAM: state.SPAM,
    Verb.NOT_SPAM: state.NOT_SPAM,
    Verb.TAKE: holder.TAKE,
    Verb.ASSIGN: holder.ASSIGN,
    Verb.WAIT: later.WAIT,
    Verb.SNOOZE: later.SNOOZE,
    Verb.PROMISE: later.PROMISE,
    Verb.FOLLOW: following.FOLLOW,
    Verb.UNFOLLOW: following.UNFOLLOW,
    Verb.REMOVE: following.REMOVE,
    Verb.CUSTOMER: customer.CUSTOMER,
    Verb.FORGET: customer.FORGET,
    Verb.MOVE: department.MOVE,
    Verb.TAG: marks.TAG,
    Verb.UNTAG: marks.UNTAG,
    Verb.PRIORITY: marks.PRIORITY,
    Verb.SAME: place.SAME,
    Verb.BELONGS: place.BELONGS,
    Verb.SPLIT: place.SPLIT,
    Verb.AWAY: absence.AWAY,
    Verb.BACK: absence.BACK,
    Verb.NOTICES: hearing.NOTICES,
    Verb.LEAVE: leaving.LEAVE,
}
