"""What speaks against sending an answer as it is, told before it leaves; its writer decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.leaking import Leaking, leaks_in_answer
from inbox.desk.repeated import repeated_text
from inbox.leaks.guard import Leak
from inbox.mail.named_files import names_a_file
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent

# Among what somebody was told: that a file is missing; that it is the same text again.
NO_FILE: Final = "file"
AGAIN: Final = "again"


class Doubtful(Leaking):
    """Words that are only for us, or `named`: words that speak of a file where there is none, or
    `again`: the name of an approved text that this customer got twice as it is.
    """

    default = Refusal.NO_FILE

    def __init__(self, *, leaks: tuple[Leak, ...], named: str, again: str = "") -> None:
        super().__init__(leaks=leaks)
        self.named, self.again = named, again
        if leaks:
            self.refusal = Leaking.default
        elif again and not named:
            self.refusal = Refusal.REPEATED


async def look_through(
    db: Reader | Writer,
    conversation_id: int,
    answer: Answer,
    *,
    by: Agent,
    own_domains: Collection[str] = (),
    told: Collection[str] = (),
    asked: str = "",
) -> None:
    """Raise Doubtful with all that its writer was not `told` of yet; nothing is told twice, but for
    what nobody may say. `asked`: as of `leaks_in`.
    """
    leaks = await leaks_in_answer(
        db, conversation_id, answer.text, answer.files, by=by, asked=asked, own_domains=own_domains
    )
    named = missing_file(answer.source or answer.text, answer.files)
    new = [one for one in leaks if one.is_for_nobody or one.key not in told]
    again = "" if asked else await repeated_text(db, conversation_id, answer, by=by)
    if new or (named and NO_FILE not in told) or (again and AGAIN not in told):
        raise Doubtful(leaks=leaks, named=named, again=again)


def missing_file(text: str, files: Sequence[AnswerFile]) -> str:
    """The words that speak of a file which is not there."""
    return "" if files else names_a_file(text)
