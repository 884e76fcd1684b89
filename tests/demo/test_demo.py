"""`inbox demo` as a newcomer walks it: write as a customer, answer as an agent, see it arrive."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from inbox.demo.company import (
    AGENTS,
    ANNA,
    CUSTOMERS,
    JONAS,
    KAREN,
    NAME,
    PASSWORD,
    PAT,
    SUPPORT,
)
from tests.chromium import chromium
from tests.polling import until
from tests.service import Service, data_folder, free_listen

pytestmark = [pytest.mark.database, pytest.mark.slow]
_LINE = re.compile(
    r'class="line[^"]*" href="([^"]+)".*?line-who" dir="auto">(.*?)</span>'
    r'.*?line-subject" dir="auto">(.*?)</span>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Service]:
    with _start(folder, "log") as demo:
        yield demo


def _start(folder: Path, log: str) -> Service:
    return Service(
        "demo", log=folder / log, data=str(folder / "data"), smtp_listen=free_listen(),
        web_listen=free_listen(), demo_sink_listen=free_listen(),
    )  # fmt: skip


@pytest.fixture
def sink(demo: Service) -> Iterator[httpx2.Client]:
    """A browser on everybody's mail."""
    with httpx2.Client(
        base_url=demo.addresses["sink"], follow_redirects=True, trust_env=False, timeout=30
    ) as client:
        yield client


def test_the_terminal_says_where_to_go(demo: Service) -> None:
    said = demo.log.read_text()
    assert demo.addresses["sink"] in said
    assert demo.addresses["web"] in said
    assert f"{KAREN.address}, password {PASSWORD}" in said
    assert "no mail leaves this machine" in said


def test_the_first_page_has_everybody_and_three_steps(sink: httpx2.Client) -> None:
    page = sink.get("/").text
    assert NAME in unescape(page)
    assert page.count("<li>") == 3
    for person in (*AGENTS, *CUSTOMERS):
        assert person.name in page


def test_the_company_has_a_past_in_everybodys_language(sink: httpx2.Client) -> None:
    subjects = [subject for _, _, subject in _box(sink, KAREN.address)]
    for word in ("teapot", "Spülmaschinenfest?", "Счёт", "結婚式", "Tazze"):
        assert any(word in subject for subject in subjects)


def test_agents_get_their_notices_in_their_own_language(sink: httpx2.Client) -> None:
    for person, said in [
        (KAREN, "Your answer goes to Pat Lee."),
        (JONAS, "Ihre Antwort geht an Pat Lee."),
        (ANNA, "La tua risposta va a Pat Lee."),
    ]:
        notice, _ = _wait_for(sink, person.address, "teapot")
        assert said in sink.get(f"/box/{person.address}/{notice}/body").text


def test_a_customer_writes_an_agent_answers_the_customer_reads(sink: httpx2.Client) -> None:
    told = _write(sink, PAT.address, SUPPORT.address, "Lids", "Do you sell lids alone?")
    assert "Sent to" in told
    notice, who = _wait_for(sink, KAREN.address, "Lids")
    assert who == "Pat Lee via Support"

    assert "Sent to Pat Lee via Support" in _answer(sink, KAREN.address, notice, "Yes, from 12.")
    answer, who = _wait_for(sink, PAT.address, "Lids", who="Karen")
    assert who == "Karen Miller (Support)"
    source = sink.get(f"/box/{PAT.address}/{answer}/source").text
    assert f"From: {_quoted('Karen Miller (Support)')} <{SUPPORT.address}>" in source
    assert KAREN.address not in source
    assert "Yes, from 12." in source

    _answer(sink, PAT.address, answer, "Then two, please!")
    again, _ = _wait_for(sink, KAREN.address, "Re: Lids", who="Pat")
    assert "Then two, please!" in sink.get(f"/box/{KAREN.address}/{again}/body").text


def test_the_web_view_has_the_same_conversations(demo: Service) -> None:
    with httpx2.Client(
        base_url=demo.addresses["web"], follow_redirects=True, trust_env=False, timeout=30
    ) as browser:
        assert "teapot" not in browser.get("/").text
        signed_in = browser.post(
            "/sign-in",
            data={"email": KAREN.address, "password": PASSWORD},
            headers={"sec-fetch-site": "same-origin"},
        )
        assert signed_in.status_code == 200
        assert "teapot" in browser.get("/").text


def test_a_link_to_write_a_note_leads_to_our_own_form(sink: httpx2.Client) -> None:
    notice, _ = _wait_for(sink, KAREN.address, "teapot")
    body = sink.get(f"/box/{KAREN.address}/{notice}/body")
    assert "mailto:" not in body.text
    links = re.findall(r'target="_top" href="([^"]+)"', body.text)
    assert links
    assert "support+n." in sink.get(unescape(links[0])).text


def test_a_mail_can_do_nothing_in_its_frame(sink: httpx2.Client) -> None:
    notice, _ = _wait_for(sink, KAREN.address, "teapot")
    policy = sink.get(f"/box/{KAREN.address}/{notice}/body").headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


def test_files_arrive_with_the_mail(sink: httpx2.Client) -> None:
    notice, _ = _wait_for(sink, KAREN.address, "teapot")
    page = sink.get(f"/box/{KAREN.address}?mail={notice}").text
    link = re.search(r'href="([^"]+/file/\d+)">teapot.png', page)
    assert link is not None
    assert sink.get(link[1]).content.startswith(b"\x89PNG")


def test_who_is_unknown_gets_their_mail_too(sink: httpx2.Client) -> None:
    _write(sink, "new@else.example", SUPPORT.address, "Hello", "May I come by on Monday?")
    _wait_for(sink, "new@else.example", "We have received")
    assert "new@else.example" in sink.get("/").text


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("nobody@kilnandoak.example", "Not sent:"),
        ("not an address", "is no address"),
        (" ", "say whom it goes to"),
    ],
)
def test_what_cannot_be_sent_says_why_and_keeps_the_words(
    sink: httpx2.Client, to: str, says: str
) -> None:
    page = _write(sink, PAT.address, to, "Hm", "Words worth keeping")
    assert says in page
    assert "Words worth keeping" in page


def test_a_page_elsewhere_cannot_send_mail(sink: httpx2.Client) -> None:
    answer = sink.post(
        f"/box/{PAT.address}/write",
        data={"to": SUPPORT.address, "text": "x"},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert sink.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.browser
def test_the_same_in_a_browser_with_nothing_to_complain_about(demo: Service) -> None:
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        page = browser.new_page(base_url=demo.addresses["sink"])
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/")
        faults += _violations(page)
        page.get_by_role("link", name="Write to the shop").click()
        faults += _violations(page)
        page.fill("[name=subject]", "Green jugs")
        page.fill("textarea", "Are the green jugs back?")
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_text("Sent to").wait_for()
        page.goto(f"/box/{KAREN.address}")
        page.locator(".line", has_text="Green jugs").click(timeout=30_000)  # it appears by itself
        page.frame_locator("iframe").get_by_text("Are the green jugs back?").wait_for()
        faults += _violations(page)
        page.set_viewport_size({"width": 390, "height": 844})
        faults += _violations(page)
        browser.close()
    assert not faults


def test_started_again_it_goes_on_and_takes_the_next_free_port(
    demo: Service, sink: httpx2.Client, folder: Path
) -> None:
    before = _box(sink, KAREN.address)
    code, rest = demo.stop()
    assert (code, rest) == (0, "")
    port = int(demo.addresses["sink"].rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        again = Service(
            "demo", log=folder / "log2", data=str(folder / "data"), smtp_listen=free_listen(),
            web_listen=free_listen(), demo_sink_listen=f"127.0.0.1:{port}",
        )  # fmt: skip
        with again:
            moved = again.addresses["sink"]
            assert int(moved.rpartition(":")[2]) > port
            assert f"127.0.0.1:{port} is taken, so everybody's mail is on" in again.log.read_text()
            with httpx2.Client(base_url=moved, trust_env=False) as client:
                assert len(_box(client, KAREN.address)) == len(before)


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def _box(sink: httpx2.Client, address: str) -> list[tuple[str, str, str]]:
    return [
        (unescape(url), unescape(who), unescape(subject))
        for url, who, subject in _LINE.findall(sink.get(f"/box/{address}").text)
    ]


def _wait_for(sink: httpx2.Client, address: str, subject: str, who: str = "") -> tuple[str, str]:
    """The name of the newest such mail, and whom it is from."""

    def found() -> tuple[str, str] | None:
        for url, author, about in _box(sink, address):
            if subject in about and who in author:
                return url.rpartition("mail=")[2], author
        return None

    mail = until(found)
    assert mail is not None
    return mail


def _write(sink: httpx2.Client, me: str, to: str, subject: str, text: str) -> str:
    fields = {"to": to, "subject": subject, "text": text}
    return unescape(sink.post(f"/box/{me}/write", data=fields).text)


def _answer(sink: httpx2.Client, me: str, mail: str, text: str) -> str:
    return unescape(sink.post(f"/box/{me}/{mail}/answer", data={"text": text}).text)


def _quoted(name: str) -> str:
    return f'"{name}"'
