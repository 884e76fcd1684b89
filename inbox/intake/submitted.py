"""A mail of one of us who has signed in: it is theirs, from whichever address, and needs no token.

A token that it has names the conversation, whoever it was given to. Without one the notice that it
answers does: its id says as much as the address that it gave.
"""

from __future__ import annotations

from dataclasses import replace

from inbox.desk.letter import Letter
from inbox.intake.arrival import Submitter
from inbox.mail.tokens import Verb, hash_token
from inbox.model.address import Address, normalize
from inbox.model.mail import ParsedMail
from inbox.model.proof import Submitted
from inbox.outbound.keyed import reply_token
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.clues import Token

_TO_THE_CUSTOMER = frozenset({"received", "assigned"})

# The notice that was sent last of those that the mail refers to. One that tells of several things,
# or of somebody whom we have asked, may hold what is not for the customer.
_NOTICE = Statement("""
select header_id, case when draft ? 'then' or message.visibility = 'internal' then ''
                       else draft ->> 'about' end as about
  from outbound left join message on message.id = outbound.message_id
 where header_id = any(cast(:ids as text[])) and outbound.kind = 'notice'
 order by outbound.id desc limit 1
""")


def as_theirs(mail: ParsedMail, submitter: Submitter) -> ParsedMail:
    """The mail as one from their own address, so that it is treated like any other of theirs."""
    return replace(mail, from_=(Address(name=submitter.name, address=submitter.email),))


def submitted_as(mail: ParsedMail, submitter: Submitter) -> Submitted:
    """Who handed it over, and in whose name it says it is. `mail`: as it came."""
    authors = {normalize(one.address) for one in mail.from_}
    return Submitted(agent_id=submitter.id, written_as=authors.pop() if len(authors) == 1 else "")


async def answering_its_notice(db: Writer, letter: Letter, secret: bytes) -> Letter:
    """The letter with the right of the notice that it answers, where it has no other.

    Words for the customer only where that notice asked for them; else they stay inside.
    """
    if letter.submitted is None or letter.clues.tokens:
        return letter
    ids = [one.message_id for one in letter.clues.answers if one.is_ours]
    rows = await _NOTICE.rows(db, ids=ids) if ids else []
    if not rows:
        return letter
    verb: Verb = "r" if rows[0]["about"] in _TO_THE_CUSTOMER else "n"
    token = Token(verb=verb, key=hash_token(reply_token(secret, rows[0]["header_id"])))
    return replace(letter, clues=replace(letter.clues, tokens=(token,)))
