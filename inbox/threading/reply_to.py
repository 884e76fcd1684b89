"""Whether a Reply-To is another address of the person who wrote, or something else.

Lists, robots, forms and desks put other people's addresses there, or one for each matter. What is
left may be the writer's own: what that is worth depends on who proves it (decision 0022).
"""

from __future__ import annotations

import re

from inbox.model.address import Address, normalize
from inbox.model.mail import Kind, ParsedMail, Verdict
from inbox.threading.participants import organisation

_OF_LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-Loop")
# Nobody's own: programs, and desks at which many sit. By words, for "web-form" and "shop.orders".
_ROLES = frozenset(
    """
    abuse account accounting accounts admin administration administrator alert alerts anfrage apache
    auto automailer billing bestellung bounce bounces buchhaltung careers cms comercial commerciale
    compras contact contacto contactus contatti contato crm cron customer customers daemon desk
    donotreply enquiries enquiry feedback finance form forms formular help helpdesk hello hilfe
    hostmaster hr info information infos inquiries inquiry invoice invoices it jira jobs kontakt
    kundenservice mail mailer mailing mailman marketing member members msg news newsletter nobody
    noc noreply notification notifications notify notreply office order orders payment payments
    postmaster press privacy rechnung reception reply request requests robot root sales sekretariat
    server service services servicedesk shop site staff store support system systems team tracker
    ventas vendite verkauf webform webformular webmaster webserver website wordpress
    www zentrale
    """.split()
)
_WORDS = re.compile(r"[^\W\d_]+")
_CODED = re.compile(r"[+=]|\d{5,}|[0-9a-f]{12,}", re.IGNORECASE)
_LONGEST = 40


def named_in_reply_to(mail: ParsedMail, verdict: Verdict) -> Address | None:
    """The one other address at which a person who wrote wants to be answered, else None."""
    if verdict.kind is not Kind.HUMAN or len(mail.from_) != 1 or _is_of_list(mail):
        return None
    author = mail.from_[0]
    asked = {normalize(one.address): one for one in mail.reply_to}
    if len(asked) != 1:
        return None
    [(address, named)] = asked.items()
    own = normalize(author.address)
    if address == own or not (_is_of_person(address) and _is_of_person(own)):
        return None
    return Address(name=named.name, address=address)


def is_own(author: Address, named: Address) -> bool:
    """Whether an address that a proved author names is theirs without another word: of their
    organisation, never of freemail, and under no other name.
    """
    of = organisation(normalize(author.address))
    same_name = _plain(named.name) in {"", _plain(author.name)}
    return of != "" and of == organisation(named.address) and same_name


def _is_of_list(mail: ParsedMail) -> bool:
    if any(mail.header(name) for name in _OF_LISTS):
        return True
    return mail.header("Precedence").strip().lower() in {"bulk", "list", "junk"}


def _is_of_person(address: str) -> bool:
    local = address.rpartition("@")[0]
    if not local or len(local) > _LONGEST or _CODED.search(local):
        return False
    return not _ROLES & set(_WORDS.findall(local.casefold()))


def _plain(name: str) -> str:
    return " ".join(name.strip().strip("'\"").split()).casefold()
