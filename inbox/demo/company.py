"""The demonstration company, its people and its customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from inbox.model.address import Address

NAME: Final = "Kiln & Oak"
DOMAIN: Final = "kilnandoak.example"
PASSWORD: Final = "kiln-and-oak"  # noqa: S105 - printed at start, for a company that does not exist


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A mailbox of the company; `settings` as on a command line."""

    address: str
    name: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a mail program: `program` is how it quotes, `language` what it speaks."""

    address: str
    name: str
    language: str = "en"
    program: str = "gmail"
    role: str = ""  # empty for customers
    departments: tuple[str, ...] = ()
    about: str = ""

    @property
    def mailbox(self) -> Address:
        """As it stands in From."""
        return Address(name=self.name, address=self.address)


_SIGNATURE = "Kiln & Oak · tableware by hand\nPotters' Yard 4, Riverside"

# Always there, so that whenever one looks somebody has waited for longer than they should.
SUPPORT: Final = Department(
    address=f"support@{DOMAIN}",
    name="Support",
    settings={
        "signature": _SIGNATURE,
        "confirm": "all",
        "targets": "first 4h next 8h; urgent: first 30m",
        "remind_days": "5",
        "close_days": "5",
    },
)
BILLING: Final = Department(
    address=f"billing@{DOMAIN}",
    name="Billing",
    settings={"signature": _SIGNATURE, "hours": "mo-fr 8:30-16:30", "time_zone": "Europe/Berlin"},
)
SALES: Final = Department(
    address=f"sales@{DOMAIN}",
    name="Sales",
    settings={
        "signature": _SIGNATURE,
        "hours": "mo-fr 9:00-12:30 14:00-18:30, sa 9:30-13:00",
        "time_zone": "Europe/Rome",
        "country": "IT",
        "targets": "first 8h next 16h solution 80h",
    },
)
DEPARTMENTS: Final = (SUPPORT, BILLING, SALES)

KAREN: Final = Person(
    address=f"karen.miller@{DOMAIN}",
    name="Karen Miller",
    program="outlook",
    role="admin",
    departments=(SUPPORT.address, BILLING.address, SALES.address),
    about="runs the shop, answers everywhere",
)
JONAS: Final = Person(
    address=f"jonas.weber@{DOMAIN}",
    name="Jonas Weber",
    language="de",
    program="outlook",
    role="agent",
    departments=(SUPPORT.address, BILLING.address),
    about="support and invoices, in German",
)
ANNA: Final = Person(
    address=f"anna.rossi@{DOMAIN}",
    name="Anna Rossi",
    language="it",
    role="manager",
    departments=(SALES.address, SUPPORT.address),
    about="sells, and knows every glaze, in Italian",
)
YUKI: Final = Person(
    address=f"yuki.sato@{DOMAIN}",
    name="Yuki Sato",
    program="outlook",
    role="colleague",
    departments=(SUPPORT.address,),
    about="the workshop; by mail alone",
)
AGENTS: Final = (KAREN, JONAS, ANNA, YUKI)

PAT: Final = Person(address="pat@lee.example", name="Pat Lee", about="a teapot, English")
IRINA: Final = Person(
    address="irina@sokolova.example",
    name="Ирина Соколова",
    language="ru",
    about="an invoice, Russian",
)
JUERGEN: Final = Person(
    address="juergen@vogel.example",
    name="Jürgen Vogel",
    language="de",
    program="outlook",
    about="a dishwasher, German",
)
HANAKO: Final = Person(
    address="hanako@tanaka.example",
    name="田中 花子",
    language="ja",
    program="outlook",
    about="a wedding, Japanese",
)
GIULIA: Final = Person(
    address="giulia@conti.example",
    name="Giulia Conti",
    language="it",
    about="two departments at once, Italian",
)
CUSTOMERS: Final = (PAT, IRINA, JUERGEN, HANAKO, GIULIA)

_EVERYBODY: Final = {person.address: person for person in (*AGENTS, *CUSTOMERS)}

# What is done by itself: name, whose, what it asks, what it does then, each as it is typed.
RULES: Final = (
    (
        "Broken on arrival",
        SUPPORT,
        ("words: came off, broken, cracked, kaputt, rotto, разбил*, 割れ*",),
        ("tag: breakage", "priority: high"),
    ),
    (
        "Invoices",
        BILLING,
        ("words: invoice*, rechnung*, fattur*, счёт*, 請求書",),
        ("tag: invoice", f"assign load: jonas.weber@{DOMAIN}, karen.miller@{DOMAIN}"),
    ),
)
# Words that are ready to be sent: name, department, and how they are written in each language.
TEXTS: Final = (
    (
        "A new one by post",
        SUPPORT,
        {
            "en": 'Hello {{ customer.name or "there" }},\n\n'
            "I am sorry about that. A new one leaves tomorrow, and you need not send anything "
            "back.",
            "de": "Guten Tag{% if customer.name %} {{ customer.name }}{% endif %},\n\n"
            "das tut uns leid. Morgen geht ein neues Stück an Sie ab; zurückschicken müssen Sie "
            "nichts.",
        },
    ),
)


def person_of(address: str) -> Person:
    """Who has this address; somebody without a name for one that we do not know."""
    return _EVERYBODY.get(address, Person(address=address, name=""))


def is_department(address: str) -> bool:
    """Whether mail to this address is for the service: in our domain, and nobody's own."""
    return address.endswith(f"@{DOMAIN}") and address not in _EVERYBODY
