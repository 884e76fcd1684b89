"""What we send is read as what we meant: composing and parsing back is the identity."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from unicodedata import normalize

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.mail import wire
from inbox.mail.charset import undoubled
from inbox.mail.compose import Draft, OutgoingFile, compose
from inbox.mail.header_values import clean, is_sendable
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.model.address import Address
from inbox.model.mail import ParsedMail

# Anything that can be typed: every plane, no half characters, no controls.
TYPED = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")


def is_itself(text: str) -> bool:
    """False for `GrÃ¼ÃŸe`, which is read as what its writer meant."""
    return undoubled(text) == text


LINE = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), max_size=120)
    .map(lambda text: " ".join(text.split()))
    .filter(is_itself)
)
NAMES = LINE.filter(lambda name: "@" not in name).map(lambda name: name.strip("'\""))
ADDRESSES = st.from_regex(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}(\.[a-z0-9_-]{1,9}){0,2}@[a-z0-9]{1,9}(\.[a-z]{2,9}){1,2}",
    fullmatch=True,
).filter(is_sendable)
PEOPLE = st.builds(Address, name=NAMES, address=ADDRESSES)
IDS = st.from_regex(r"[!-;=?-~]{1,120}@[a-z0-9.]{1,40}", fullmatch=True).filter(wire.is_id)
FILES = st.builds(
    OutgoingFile,
    filename=st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=60
    ).filter(lambda name: any(one.isalnum() for one in name) and is_itself(name)),
    content_type=st.sampled_from(["application/pdf", "image/png", "text/csv", "x/y"]),
    content=st.binary(max_size=300),
)
DATES = st.datetimes(
    datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone(timedelta(hours=3)))
).map(lambda when: when.replace(microsecond=0))
DRAFTS = st.builds(
    Draft,
    from_=PEOPLE,
    to=st.lists(PEOPLE, max_size=4, unique_by=lambda one: one.address).map(tuple),
    cc=st.lists(PEOPLE, max_size=3, unique_by=lambda one: one.address).map(tuple),
    reply_to=st.lists(PEOPLE, max_size=2, unique_by=lambda one: one.address).map(tuple),
    subject=LINE,
    message_id=IDS,
    in_reply_to=st.none() | IDS,
    references=st.lists(IDS, max_size=5).map(tuple),
    date=DATES,
    text=st.text(TYPED, max_size=600).filter(is_itself),
    html=st.none()
    | st.text(TYPED, max_size=300).filter(is_itself).map(lambda text: f"<p>{text}</p>"),
    attachments=st.lists(FILES, max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(DRAFTS)
def test_what_is_composed_is_what_is_read(draft: Draft) -> None:
    raw = compose(draft)
    seen = parse(raw)
    assert seen.subject == clean(draft.subject)
    assert people(seen.from_) == people((draft.from_,))
    assert people(seen.to) == people(draft.to)
    assert people(seen.cc) == people(draft.cc)
    assert people(seen.reply_to) == people(draft.reply_to)
    assert seen.date == draft.date
    assert_lineage(seen, draft)
    assert_words(seen, draft)
    assert [sha256(leaf_bytes(raw, one.part)).digest() for one in seen.attachments] == [
        sha256(one.content).digest() for one in draft.attachments
    ]
    assert [named(one.filename) for one in seen.attachments] == [
        named(one.filename) for one in draft.attachments
    ]
    assert not [one for one in seen.defects if one.code.partition(".")[0] in ("mime", "charset")]


@settings(max_examples=20, deadline=None)
@given(DRAFTS)
def test_the_same_draft_is_the_same_mail(draft: Draft) -> None:
    assert compose(draft) == compose(draft)


def test_a_long_thread_keeps_its_ids_whole() -> None:
    ids = tuple(f"{n:0200}@mail.example" for n in range(10))
    draft = Draft(
        from_=Address(address="a@desk.example"),
        message_id="1@desk.example",
        date=datetime(2026, 11, 22, tzinfo=UTC),
        references=ids,
    )
    assert parse(compose(draft)).references == (*ids, "1@desk.example")


def assert_lineage(seen: ParsedMail, draft: Draft) -> None:
    assert seen.message_id == draft.message_id
    assert seen.in_reply_to == ((draft.in_reply_to,) if draft.in_reply_to else ())
    chain = wire.chain(draft.references, draft.in_reply_to, draft.message_id)
    assert seen.references == tuple(chain)


def assert_words(seen: ParsedMail, draft: Draft) -> None:
    if draft.text.strip() or draft.html is None:
        assert lines(seen.text) == lines(draft.text)
    if draft.html is not None and draft.html.strip():
        assert lines(seen.html or "") == lines(draft.html)


def people(them: tuple[Address, ...]) -> list[tuple[str, str]]:
    return [(" ".join(clean(one.name).split()), one.address) for one in them]


def lines(text: str) -> list[str]:
    """Without what mail cannot carry: white space at the ends of lines and of the text."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def named(filename: str) -> str:
    """Letters and digits of a name; separators are made safe on both ways."""
    return re.sub(r"[\W_]+", "", normalize("NFC", filename))
