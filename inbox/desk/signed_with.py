"""Addresses in the signature below what one of us writes: theirs, though nobody registered them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from inbox.mail.first_signature import Person, signed_addresses
from inbox.model.address import normalize
from inbox.outbound.scrub import named_after
from inbox.store.engine import Reader, Writer
from inbox.store.people import our_domains, ours_among
from inbox.store.tables import Agent
from inbox.threading.participants import organisation


async def signed_with(
    db: Reader | Writer, text: str, by: Agent, own_domains: Collection[str]
) -> list[str]:
    """What is taken out of the signature without a word; where it stands among the words as well,
    nothing is: there it holds the answer.

    Of the domains of mailboxes and people all that is not registered, of `own_domains` what is
    made of the writer's name: others there are for customers.
    """
    ours = await our_domains(db)
    who = Person(name=by.name, domains=ours | frozenset(own_domains))
    found = Counter(signed_addresses(text, who))
    signed = [one for one, times in found.items() if text.count(one) == times]
    if not signed:
        return []
    known = await ours_among(db, map(normalize, signed))
    named = named_after("\n".join(signed), by.name, own_domains)
    return [
        one
        for one in signed
        if normalize(one) not in known and (organisation(one) in ours or one in named)
    ]
