"""The sink's pages: everybody's mail program in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import Annotated, Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel import Locale
from fastapi import APIRouter, Depends, FastAPI, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware.trustedhost import TrustedHostMiddleware

from inbox.asgi.csrf import SAFE, is_own
from inbox.asgi.headers import SecurityHeaders
from inbox.clock import utcnow
from inbox.demo import company, views
from inbox.demo.company import person_of
from inbox.demo.letters import Enclosure, Letter, Words, answer, new_letter
from inbox.demo.post import Filed, Post, Side
from inbox.demo.postman import NotTaken, Postman
from inbox.errors import Forbidden, InboxError, NotFound
from inbox.i18n import translations
from inbox.mail.header_values import is_sendable
from inbox.mail.parts import leaf_bytes
from inbox.model.address import Address, normalize
from inbox.settings import Settings, split_listen
from inbox.web.dates import Calendar
from inbox.web.words import size_in_words

_HERE: Final = Path(__file__).parent
# Pictures of a mail are its own files; nothing is loaded from elsewhere, and no script runs.
_MAIL: Final = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox "
    "allow-top-navigation-by-user-activation; default-src 'none'; img-src 'self' data:; "
    "style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
)
_STATIC: Final = {"sink.css": "text/css", "sink.js": "text/javascript"}
_MOST_FILES, _LARGEST_FILE = 10, 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class House:
    """What the pages are made from."""

    settings: Settings
    post: Post
    postman: Postman
    pages: Environment
    clock: Callable[[], datetime] = utcnow

    def calendar(self) -> Calendar:
        """Dates in English and in the time of this machine."""
        now = self.clock()
        return Calendar(now, ZoneInfo("UTC"), Locale("en"), translations("en"))


def create_page(settings: Settings, post: Post) -> FastAPI:
    """The application."""
    pages = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    pages.filters["size"] = partial(size_in_words, locale=Locale("en"))
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.house = House(settings, post, Postman(post, settings.smtp_listen), pages)
    app.include_router(router, dependencies=[Depends(_only_from_our_pages)])
    app.add_exception_handler(InboxError, _show_fault)
    app.add_middleware(SecurityHeaders, is_https=False)
    # A page elsewhere could name this machine as its own (DNS rebinding) and read along.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings))
    return app


def _hosts(settings: Settings) -> list[str]:
    host, _ = split_listen(settings.demo_sink_listen or "127.0.0.1:0")
    return (
        ["127.0.0.1", "localhost", "[::1]"] if host in ("127.0.0.1", "::1", "localhost") else ["*"]
    )


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


Here = Annotated[House, Depends(_house)]
router = APIRouter()


async def _only_from_our_pages(request: Request) -> None:
    if request.method not in SAFE and is_own(request, str(request.base_url)) is False:
        raise Forbidden("this did not come from a page of the sink")


async def _show_fault(request: Request, error: Exception) -> Response:
    if not isinstance(error, InboxError):
        raise error
    return _page(_house(request), "fault.html", error.http, says=error.public)


@router.get("/")
async def overview(here: Here) -> Response:
    """Everybody's mailbox, and the three steps."""
    return _page(
        here,
        "overview.html",
        customers=views.customers(here.post),
        agents=views.agents(here.post),
        web_url=here.settings.public_url,
        company=company,
    )


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """The style sheet and the script."""
    if name not in _STATIC:
        raise NotFound
    return Response((_HERE / "static" / name).read_bytes(), media_type=_STATIC[name])


@router.get("/box/{address}")
async def box(
    here: Here, address: str, side: Side = "in", mail: str = "", sent: str = ""
) -> Response:
    """Somebody's mailbox: the list, and the mail that is open."""
    letters = here.post.letters(address, side)
    opened = next((filed for filed in letters if filed.name == mail), None)
    if opened:
        here.post.see(opened)
    return _box(here, address, side, opened, sent=sent)


@router.get("/box/{address}/write")
async def write(
    here: Here, address: str, to: str = "", subject: str = "", text: str = ""
) -> Response:
    """A form for a new mail."""
    draft = {"to": to, "subject": subject, "text": text}
    return _box(here, address, "in", None, draft=draft)


@router.get("/box/{address}/{name}/body")
async def body(here: Here, address: str, name: str) -> Response:
    """A mail's HTML, for a frame in which it can do nothing."""
    html = views.shown_html(person_of(address), _filed(here, address, name))
    if html is None:
        raise NotFound("this mail has no HTML")
    headers = {"content-security-policy": _MAIL, "x-frame-options": "SAMEORIGIN"}
    return HTMLResponse(html, headers=headers)


@router.get("/box/{address}/{name}/source")
async def source(here: Here, address: str, name: str) -> Response:
    """A mail as it came."""
    return PlainTextResponse(_filed(here, address, name).path.read_bytes())


@router.get("/box/{address}/{name}/file/{part}")
async def file(here: Here, address: str, name: str, part: int) -> Response:
    """A file of a mail."""
    filed = _filed(here, address, name)
    found = next((one for one in filed.mail.attachments if one.part == part), None)
    if found is None:
        raise NotFound
    is_picture = found.content_type in ("image/png", "image/jpeg", "image/gif", "image/webp")
    kind = "inline" if is_picture else "attachment"
    return Response(
        leaf_bytes(filed.path.read_bytes(), part),
        media_type=found.content_type if is_picture else "application/octet-stream",
        headers={"content-disposition": f"{kind}; filename*=UTF-8''{quote(found.filename)}"},
    )


@router.post("/box/{address}/write")
async def send_new(
    here: Here,
    address: str,
    to: Annotated[str, Form()],
    text: Annotated[str, Form()],
    subject: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, Form()] = None,
) -> Response:
    """Send a new mail."""
    recipients = [normalize(one) for one in to.replace(";", ",").split(",") if one.strip()]
    wrong = [one for one in recipients if not is_sendable(one)]
    draft = {"to": to, "subject": subject, "text": text}
    if wrong or not recipients:
        says = f"{wrong[0]} is no address" if wrong else "say whom it goes to"
        return _box(here, address, "in", None, draft=draft, says=says)
    letter = new_letter(
        person_of(address),
        tuple(Address(address=one) for one in recipients),
        subject,
        Words(text=_unix(text), files=await _read(files)),
        now=here.clock(),
        rng=token_bytes,
    )
    try:
        name = await here.postman.carry(letter)
    except NotTaken as error:
        return _box(here, address, "in", None, draft=draft, says=error.public)
    return _sent(address, "out", name, letter)


@router.post("/box/{address}/{name}/answer")
async def send_answer(
    here: Here,
    address: str,
    name: str,
    text: Annotated[str, Form()],
    to_all: Annotated[bool, Form()] = False,
    files: Annotated[list[UploadFile] | None, Form()] = None,
) -> Response:
    """Answer a mail as the mail program would."""
    filed = _filed(here, address, name)
    words = Words(text=_unix(text), files=await _read(files), to_all=to_all)
    letter = answer(person_of(address), filed.mail, words, now=here.clock(), rng=token_bytes)
    try:
        await here.postman.carry(letter)
    except NotTaken as error:
        return _box(here, address, filed.side, filed, says=error.public, kept=text)
    return _sent(address, filed.side, name, letter)


def _sent(address: str, side: Side, name: str, letter: Letter) -> Response:
    to = quote(", ".join(one.name or one.address for one in (*letter.to, *letter.cc)))
    return RedirectResponse(f"/box/{quote(address)}?side={side}&mail={name}&sent={to}", 303)


def _box(
    here: House,
    address: str,
    side: Side,
    opened: Filed | None,
    *,
    sent: str = "",
    draft: dict[str, str] | None = None,
    says: str = "",
    kept: str = "",
) -> Response:
    me, calendar = person_of(address), here.calendar()
    mail = opened.mail if opened else None
    everybody = views.answers_go_to(me, mail, to_all=True) if mail else ""
    return _page(
        here,
        "box.html",
        me=views.owner(here.post, me),
        people=[*views.customers(here.post), *views.agents(here.post)],
        side=side,
        lines=views.lines(
            me, here.post.letters(address, side), opened.name if opened else "", calendar
        ),
        filed=opened,
        mail=mail,
        when=calendar.when(mail.date) if mail and mail.date else None,
        to_one=views.answers_go_to(me, mail, to_all=False) if mail else "",
        to_everybody=everybody,
        sent=sent,
        draft=draft,
        says=says,
        kept=kept,
        departments=company.DEPARTMENTS,
        web_url=here.settings.public_url,
    )


def _page(here: House, template: str, status: int = 200, **shown: Any) -> Response:
    return HTMLResponse(here.pages.get_template(template).render(**shown), status)


def _filed(here: House, address: str, name: str) -> Filed:
    filed = here.post.find(address, name)
    if filed is None:
        raise NotFound("there is no such mail")
    return filed


async def _read(files: list[UploadFile] | None) -> tuple[Enclosure, ...]:
    return tuple(
        [
            Enclosure(
                filename=one.filename,
                content_type=one.content_type or "application/octet-stream",
                content=await one.read(_LARGEST_FILE),
            )
            for one in (files or [])[:_MOST_FILES]
            if one.filename
        ]
    )


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")
