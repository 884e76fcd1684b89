"""The demonstration company, its people and its customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inbox.model.address import Address

NAME: Final = "Kiln & Oak"
DOMAIN: Final = "kilnandoak.example"
PASSWORD: Final = "kiln-and-oak"  # noqa: S105 - printed at start, for a company that does not exist


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A mailbox of the company."""

    address: str
    name: str
    signature: str
    confirm: str = "off"


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

SUPPORT: Final = Department(
    address=f"support@{DOMAIN}", name="Support", signature=_SIGNATURE, confirm="all"
)
BILLING: Final = Department(address=f"billing@{DOMAIN}", name="Billing", signature=_SIGNATURE)
SALES: Final = Department(address=f"sales@{DOMAIN}", name="Sales", signature=_SIGNATURE)
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


def person_of(address: str) -> Person:
    """Who has this address; somebody without a name for one that we do not know."""
    return _EVERYBODY.get(address, Person(address=address, name=""))


def is_department(address: str) -> bool:
    """Whether mail to this address is for the service: in our domain, and nobody's own."""
    return address.endswith(f"@{DOMAIN}") and address not in _EVERYBODY
