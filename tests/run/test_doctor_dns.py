"""What the doctor says of a domain's records, on zones that are written here."""

from __future__ import annotations

import pytest

from inbox.mail_auth.dns import Lookup, Temporary, Value
from inbox.run.doctor_dns import examine_domain
from inbox.run.finding import State

SOUND: dict[tuple[str, str], list[Value]] = {
    ("shop.example", "MX"): [(10, "mx.shop.example"), (20, "mx2.shop.example")],
    ("shop.example", "TXT"): [(b"v=spf1 include:relay.example -all",), (b"something=else",)],
    ("selector1._domainkey.shop.example", "TXT"): [(b"v=DKIM1; p=MIGf",)],
    ("_dmarc.shop.example", "TXT"): [(b"v=DMARC1; p=", b"reject")],
}


def _zone(records: dict[tuple[str, str], list[Value]]) -> Lookup:
    return lambda name, kind: records.get((name, kind), [])


def test_a_domain_in_order() -> None:
    findings = examine_domain("shop.example", _zone(SOUND))
    assert [finding.state for finding in findings] == [State.GOOD] * 4
    assert findings[0].says == "mail goes to mx.shop.example, mx2.shop.example"


def test_an_empty_domain_gets_four_things_to_do() -> None:
    findings = examine_domain("shop.example", _zone({}))
    assert [finding.state for finding in findings] == [State.DOUBTFUL] * 4
    assert all(finding.do for finding in findings)


@pytest.mark.parametrize(
    ("where", "what", "says"),
    [
        (("shop.example", "TXT"), [(b"v=spf1 +all",)], "lets everybody send"),
        (("shop.example", "TXT"), [(b"v=spf1 -all",), (b"v=spf1 ~all",)], "several"),
        (("_dmarc.shop.example", "TXT"), [(b"v=DMARC1; p=none",)], "forbids nothing"),
        (("selector1._domainkey.shop.example", "TXT"), [], "no key under a usual name"),
    ],
)
def test_one_record_that_is_wrong(where: tuple[str, str], what: list[Value], says: str) -> None:
    findings = examine_domain("shop.example", _zone({**SOUND, where: what}))
    doubtful = [finding for finding in findings if finding.state is State.DOUBTFUL]
    assert len(doubtful) == 1
    assert says in doubtful[0].says


def test_the_organisation_answers_for_its_departments() -> None:
    records = {**SOUND, ("help.shop.example", "MX"): SOUND["shop.example", "MX"]}
    dmarc = examine_domain("help.shop.example", _zone(records))[3]
    assert dmarc.state is State.GOOD


def test_a_machine_without_dns_says_so_once() -> None:
    def silent(name: str, kind: str) -> list[Value]:
        raise Temporary("NoNameservers")

    (finding,) = examine_domain("shop.example", silent)
    assert finding.state is State.DOUBTFUL
    assert "cannot be asked from here" in finding.says
