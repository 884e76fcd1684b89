from __future__ import annotations

import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses

import mailparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.mail.compose import Draft, OutgoingFile, compose
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.thread_index import new_root, to_header
from inbox.model.address import Address

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAT = Address(name="Pat Lee", address="pat@customer.example")
DRAFT = Draft(
    from_=Address(name="Karen Miller (Support)", address="support@us.example"),
    to=(PAT,),
    subject="Boots",
    message_id="abc.def@us.example",
    date=NOW,
    text="Which size?",
)
ALWAYS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
]
PICTURE = OutgoingFile(
    filename="size.png", content_type="image/png", content=b"\x89PNG", content_id="i1", inline=True
)
FILE = OutgoingFile(filename="list.pdf", content_type="application/pdf", content=b"%PDF" * 40)


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=email.policy.default)


def people(raw: bytes, field: str) -> list[tuple[str, str]]:
    """Names and addresses; the modern policy puts spaces between the encoded words of a name."""
    values = message_from_bytes(raw, policy=email.policy.compat32).get_all(field, [])
    return [
        (str(make_header(decode_header(name))), address) for name, address in getaddresses(values)
    ]


def shape(mail: MIMEPart) -> object:
    kind = mail.get_content_type()
    return (kind, [shape(one) for one in mail.iter_parts()]) if mail.is_multipart() else kind


def test_the_same_draft_gives_the_same_bytes() -> None:
    draft = replace(DRAFT, html="<p>Which size?</p>", attachments=(FILE, PICTURE))
    assert compose(draft) == compose(replace(draft))
    assert compose(draft) != compose(replace(draft, message_id="other@us.example"))


def test_lineage_on_every_channel() -> None:
    index = new_root(NOW, bytes(16))
    raw = compose(
        replace(
            DRAFT,
            in_reply_to="theirs@x",
            references=("first@x", "theirs@x"),
            thread_index=index,
            thread_topic="Boots",
        )
    )
    assert b"\r\nMessage-ID: <abc.def@us.example>\r\n" in raw
    assert b"\r\nIn-Reply-To: <theirs@x>\r\n" in raw
    assert b"\r\nReferences: <first@x>\r\n <theirs@x>\r\n <abc.def@us.example>\r\n" in raw
    assert f"\r\nThread-Index: {to_header(index)}\r\nThread-Topic: Boots\r\n".encode() in raw


def test_everybody_who_is_named_is_written_once() -> None:
    token = Address(name="Support", address="support+r.x@us.example")
    raw = compose(replace(DRAFT, sender=token, reply_to=(token,), cc=(PAT, token)))
    assert people(raw, "Sender") == people(raw, "Reply-To") == [("Support", token.address)]
    assert people(raw, "Cc") == [("Pat Lee", PAT.address), ("Support", token.address)]
    assert b"\r\nBcc:" not in raw


def test_long_ids_survive() -> None:
    long = "a" * 400 + "@outlook.example"
    raw = compose(replace(DRAFT, in_reply_to=long))
    assert raw.count(f"<{long}>".encode()) == 2


def test_an_automatic_mail_says_so_twice() -> None:
    mail = read(compose(replace(DRAFT, auto_submitted="auto-replied", loop="us.example")))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Inbox-Loop"] == "us.example"
    assert read(compose(DRAFT))["Auto-Submitted"] is None


@pytest.mark.parametrize(
    ("html", "files", "shaped"),
    [
        (None, (), "text/plain"),
        ("<p>", (), ("multipart/alternative", ["text/plain", "text/html"])),
        (None, (FILE,), ("multipart/mixed", ["text/plain", "application/pdf"])),
        (None, (PICTURE,), ("multipart/mixed", ["text/plain", "image/png"])),
        (
            "<img src=cid:i1>",
            (PICTURE, FILE),
            (
                "multipart/mixed",
                [
                    (
                        "multipart/alternative",
                        ["text/plain", ("multipart/related", ["text/html", "image/png"])],
                    ),
                    "application/pdf",
                ],
            ),
        ),
    ],
)
def test_shape(html: str | None, files: tuple[OutgoingFile, ...], shaped: object) -> None:
    assert shape(read(compose(replace(DRAFT, html=html, attachments=files)))) == shaped


def test_files_come_back_whole() -> None:
    mail = read(compose(replace(DRAFT, attachments=(FILE,))))
    part = next(mail.iter_attachments())
    assert part.get_payload(decode=True) == FILE.content
    assert part.get_filename() == "list.pdf"


def test_a_mail_within_the_mail_is_sent_as_plain_bytes() -> None:
    inner = OutgoingFile(filename="a.eml", content_type="message/rfc822", content=b"Subject: x\n\n")
    part = next(read(compose(replace(DRAFT, attachments=(inner,)))).iter_attachments())
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_payload(decode=True) == inner.content


@pytest.mark.parametrize(
    "words",
    [
        "Сапоги не подошли, прошу обменять на размер больше или вернуть деньги",
        "ブーツのサイズが合いませんので、交換をお願いいたします。よろしくお願いいたします",
        "Größe 42, naïve café",
        'Quotes " and \\ and, commas; <angles> (parentheses)',
        "=?utf-8?q?not_a_word?=",
        "🥾" * 40,
        "word " * 40,
        "w" * 200,
    ],
)
def test_subject_names_and_filenames_in_every_script(words: str) -> None:
    words = words.strip()
    file = OutgoingFile(filename=f"{words[:70]}.pdf", content_type="text/csv", content=b"1")
    to = (Address(name=words, address="pat@x.example"), PAT)
    raw = compose(replace(DRAFT, subject=words, to=to, attachments=(file,)))
    mail = read(raw)
    assert mail["Subject"] == words
    assert people(raw, "To") == [(words, "pat@x.example"), ("Pat Lee", PAT.address)]
    part = next(mail.iter_attachments())
    assert part.get_filename() == f"{words[:70]}.pdf".replace("\\", "_").replace('"', "'")
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?B\?[^?]*\?=", raw))


def test_text_of_every_script_comes_back() -> None:
    text = "Grüße\nПривет\n  indented \n.\nFrom here\n-- \nこんにちは" + "y" * 500 + "\n"
    mail = read(compose(replace(DRAFT, text=text, html=f"<pre>{text}</pre>")))
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == text
    assert rich is not None
    assert rich.get_content().replace("\r\n", "\n") == f"<pre>{text}</pre>\n"


EVIL = st.text(alphabet='ab:é\r\n\t\0 \x85\u2028\ud800<>"\\,;@=?', max_size=60)


@settings(max_examples=200)
@given(EVIL, EVIL, EVIL, EVIL, EVIL)
def test_no_value_can_add_or_end_a_header(
    subject: str, name: str, filename: str, text: str, other: str
) -> None:
    raw = compose(
        replace(
            DRAFT,
            subject=subject,
            from_=Address(name=name, address="support@us.example"),
            to=(Address(name=other, address="pat@x.example"), PAT),
            thread_topic="x" + other,
            in_reply_to=other,
            references=(name, subject),
            loop="us" + name,
            text=text,
            attachments=(
                OutgoingFile(filename=filename, content_type=other, content=b"x", content_id=name),
            ),
        )
    )
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    names = re.findall(rb"^([A-Za-z-]+):", head, re.MULTILINE)
    wanted = {*ALWAYS, "Thread-Topic", "X-Inbox-Loop"} - {"Content-Transfer-Encoding"}
    assert {one.decode() for one in names} - {"In-Reply-To"} == wanted
    assert len(set(names)) == len(names)
    assert raw.isascii()
    assert not set(raw.replace(b"\r\n", b"")) & set(b"\r\n")
    assert all(len(line) <= 900 for line in raw.split(b"\r\n"))
    assert shape(read(raw))[0] == "multipart/mixed"  # type: ignore[index] # a tuple


def test_header_names_are_exactly_these() -> None:
    assert [name for name, _ in read(compose(DRAFT)).items()] == ALWAYS


def test_nobody_to_name_is_said_as_a_group() -> None:
    assert b"\r\nTo: undisclosed-recipients:;\r\n" in compose(replace(DRAFT, to=()))


def test_what_cannot_be_sent_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="no address"):
        compose(replace(DRAFT, to=(Address(address="a@b>\r\nBcc: <v@x"),)))
    with pytest.raises(ValueError, match="Message-ID"):
        replace(DRAFT, message_id="a b\r\n")
    with pytest.raises(ValueError, match="offset"):
        replace(DRAFT, date=NOW.replace(tzinfo=None))


EVERYTHING = replace(
    DRAFT,
    from_=Address(name="Служба поддержки «Сапоги и ботинки»", address="support@us.example"),
    to=(Address(name="佐藤 花子 (東京)", address="hanako@kunde.example"),),
    cc=(Address(name='Lee, "Pat" \\ Jr.', address="pat@customer.example"),),
    subject="Сапоги не подошли: прошу обменять на размер больше, ブーツの交換をお願いします",
    in_reply_to="a" * 300 + "@outlook.example",
    text="Добрый день,\nFrom here\n.\n-- \nKaren\n" + "long " * 300 + "日本語" * 100,
    html='<p>Добрый день</p><img src="cid:i1">',
    attachments=(
        PICTURE,
        OutgoingFile(
            filename="Размеры обуви и таблица соответствия, осень 2026.pdf",
            content_type="application/pdf",
            content=b"%PDF",
        ),
        OutgoingFile(
            filename="見積書_最終版.csv", content_type="text/csv", content="größe".encode()
        ),
    ),
)


def defects(value: object) -> object:
    return getattr(value, "defects", ())


@pytest.mark.parametrize(
    "policy", [email.policy.strict, email.policy.default, email.policy.SMTPUTF8], ids=str
)
def test_the_strictest_readers_find_no_fault(policy: email.policy.EmailPolicy) -> None:
    mail = message_from_bytes(compose(EVERYTHING), policy=policy)  # strict raises
    for part in mail.walk():
        assert not part.defects
        # An encoded word between quotes is against RFC 2047 §5, and what Outlook and Gmail write.
        assert not [n for n, said in part.items() if n != "Content-Type" and defects(said)]
    assert mail["Subject"] == EVERYTHING.subject


def test_another_reader_reads_the_same() -> None:
    mail = mailparser.parse_from_bytes(compose(EVERYTHING))
    assert not mail.defects
    assert mail.subject == EVERYTHING.subject
    assert mail.from_ == [(EVERYTHING.from_.name, EVERYTHING.from_.address)]
    assert mail.to == [(EVERYTHING.to[0].name, EVERYTHING.to[0].address)]
    assert [one["filename"] for one in mail.attachments] == [
        one.filename for one in EVERYTHING.attachments
    ]


def test_we_read_what_we_write() -> None:
    raw = compose(EVERYTHING)
    mail = parse(raw)
    assert mail.defects == ()
    assert mail.text.rstrip("\n") == EVERYTHING.text
    assert mail.html is not None
    assert mail.html.strip() == EVERYTHING.html
    assert (mail.subject, mail.author) == (EVERYTHING.subject, EVERYTHING.from_)
    assert (mail.to, mail.cc) == (EVERYTHING.to, EVERYTHING.cc)
    assert mail.in_reply_to == (EVERYTHING.in_reply_to,)
    assert [(one.filename, leaf_bytes(raw, one.part)) for one in mail.attachments] == [
        (one.filename, one.content) for one in EVERYTHING.attachments
    ]


def test_names_are_cut_between_words() -> None:
    head = compose(EVERYTHING).partition(b"\r\nTo:")[0]
    words = [one.encode().decode() for one in re.findall(r"=\?[^?]+\?B\?[^?]+\?=", head.decode())]
    assert [str(make_header(decode_header(word))) for word in words] == [
        "Служба поддержки ",
        "«Сапоги и ботинки»",
    ]


def test_a_text_as_a_file_says_its_charset_where_that_is_certain() -> None:
    files = [
        OutgoingFile(filename="a.txt", content_type="text/plain", content=content)
        for content in ("größe".encode(), "größe".encode("latin-1"), b"plain")
    ]
    mail = read(compose(replace(DRAFT, attachments=tuple(files))))
    charsets = [part.get_content_charset() for part in mail.iter_attachments()]
    assert charsets == ["utf-8", None, None]


words = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"), exclude_characters='"\\'
    ),
    max_size=80,
)


@settings(max_examples=150)
@given(words, words, words, st.binary(max_size=200))
def test_what_matters_comes_back_as_it_was(
    subject: str, name: str, text: str, content: bytes
) -> None:
    file = OutgoingFile(filename="a.bin", content_type="application/x-a", content=content)
    person = Address(name=name, address="pat@x.example")
    raw = compose(replace(DRAFT, subject=subject, to=(person,), text=text, attachments=(file,)))
    mail = parse(raw)
    assert mail.subject.split() == subject.split()
    assert mail.to[0].address == person.address
    assert mail.to[0].name.split() == name.split()
    assert mail.text.strip() == text.strip()
    assert leaf_bytes(raw, mail.attachments[0].part) == content
