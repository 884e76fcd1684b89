"""What people are told when something is not done, they are told in their language."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache

import pytest

from inbox.errors import Conflict, InboxError, Invalid
from inbox.i18n import LANGUAGES, translations
from inbox.refusal_words import OF_NOTHING, SENTENCES
from inbox.refusals import Refusal
from tests.house.catalogues import catalogue
from tests.house.tree import Source, imported, sources

NAMES = re.compile(r"%\((\w+)\)s")
# Who reads these is an operator: on the command line, in the log, or in the list of what is set
# aside. A form that cannot be read was not made by a page of ours.
OPERATORS = (
    "inbox/cli/",
    "inbox/demo/",
    "inbox/run/",
    "inbox/intake/",
    "inbox/auth/mail_passwords.py",
    "inbox/auth/provider.py",
    "inbox/auth/tokens.py",
    "inbox/desk/mailbox_settings.py",
    "inbox/desk/notices.py",
    "inbox/outbound/waiting.py",
    "inbox/store/identity.py",
    "inbox/store/verdicts.py",
    "inbox/asgi/forms.py",
)
# Settings of people, which only the command line changes.
KEYS_OF_PEOPLE = {"set_agent", "_switch", "_role", "_language", "_join_only"}


def test_every_refusal_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Refusal)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_is_translated(language: str) -> None:
    catalog = catalogue(language)
    missing = [
        refusal
        for refusal, sentence in (*SENTENCES.items(), *OF_NOTHING.items())
        if (message := catalog.get(sentence)) is None or not message.string
    ]
    assert not missing


def test_an_error_that_reaches_people_names_its_refusal() -> None:
    wrong = [
        f"{source.name}:{call.lineno}"
        for source in sources("inbox")
        if not source.name.startswith(OPERATORS)
        for call in raised(source)
        if call.args and not is_refusal(call.args[0])
    ]
    assert not wrong, "give it a name and a sentence in inbox/refusals.py"


def test_an_error_fills_in_what_its_sentence_names() -> None:
    wrong = [
        f"{source.name}:{call.lineno}"
        for source in sources("inbox")
        for call in raised(source)
        for refusal in refusals_in(call)
        # A form says it at this field.
        if {word.arg for word in call.keywords} - {"field"}
        != set(NAMES.findall(SENTENCES[refusal]))
    ]
    assert not wrong


def test_what_an_error_says_by_itself_names_nothing() -> None:
    imported("inbox")
    for error in kinds(InboxError):
        assert not NAMES.findall(SENTENCES[error.default]), error


def test_a_refusal_is_said_in_the_language_of_who_reads_it() -> None:
    empty = Invalid(Refusal.NOTHING_WRITTEN)
    assert empty.said(translations("de")) == "Schreiben Sie zuerst etwas."
    assert empty.said(gettext.NullTranslations()) == empty.public == "Write something first."
    wrong = Invalid(Refusal.NO_MAIL_ADDRESS, address="pat@")
    assert wrong.said(translations("ja")) == "メールアドレスではありません：pat@"
    assert Conflict().said(translations("ru")) == "Переписка тем временем изменилась."


def test_a_percent_sign_in_what_was_entered_stays() -> None:
    assert Invalid(Refusal.NO_PHONE_NUMBER, number="100 %(x)s").public.endswith(": 100 %(x)s")


def test_what_is_wrong_with_an_empty_field_does_not_end_in_a_colon() -> None:
    said = [Invalid(one, **dict.fromkeys(NAMES.findall(SENTENCES[one]), " ")) for one in OF_NOTHING]
    said.append(Invalid(Refusal.A_DAY, field="day", said=""))
    assert not [one.refusal for one in said if one.public.rstrip().endswith(":")]
    assert said[-1].said(translations("it")) == "Scegli un giorno che deve ancora venire."


@cache
def errors() -> set[str]:
    """The errors whose sentence people read."""
    imported("inbox")  # so that all kinds are known
    ours = {"Unreadable", "OutOfReach", "Unavailable", "NoRoom"}  # shown by their status alone
    return {"InboxError", *(error.__name__ for error in kinds(InboxError))} - {"ConfigError"} - ours


def raised(source: Source) -> Iterator[ast.Call]:
    """Where errors of ours are made, except in functions for the command line."""
    left: list[ast.AST] = [source.tree] if any(name in source.text for name in errors()) else []
    while left:
        match node := left.pop():
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name in KEYS_OF_PEOPLE:
                    continue
            case ast.Call(func=ast.Name(id=name)) if name in errors():
                yield node
        left.extend(ast.iter_child_nodes(node))


def is_refusal(argument: ast.expr) -> bool:
    if isinstance(argument, ast.IfExp):
        return is_refusal(argument.body) and is_refusal(argument.orelse)
    return named(argument) is not None


def named(node: ast.AST) -> Refusal | None:
    match node:
        case ast.Attribute(value=ast.Name(id="Refusal"), attr=name):
            return Refusal[name]
    return None


def refusals_in(call: ast.Call) -> list[Refusal]:
    return [
        refusal
        for argument in call.args
        for node in ast.walk(argument)
        if (refusal := named(node)) is not None
    ]


def kinds(error: type[InboxError]) -> list[type[InboxError]]:
    """The errors below one, and below those."""
    return [each for kind in error.__subclasses__() for each in (kind, *kinds(kind))]
