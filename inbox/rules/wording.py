"""What conditions and actions of rules are called in words, with what can stand behind each."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A word of a rule, as people read it, with an example of what stands behind it."""

    key: str
    words: str
    example: str = ""


def condition_words(texts: gettext.NullTranslations) -> list[Wording]:
    """Everything that can be asked, in the order of the list."""
    _ = texts.gettext
    named = {
        "recipient": (_("it is addressed to"), "billing@*"),
        "sender": (_("the sender's address is"), "*@acme.example"),
        "sender_name": (_("the sender's name is"), "Pat *"),
        "organisation": (_("the sender's organisation is"), "acme.example"),
        "subject": (_("the subject says"), "refund*, money back"),
        "text": (_("the text says"), "refund*, money back"),
        "words": (_("subject or text say"), "refund*, money back"),
        "file": (_("a file is called"), "*.pdf"),
        "mailbox": (_("it is in the mailbox"), "support@us.example"),
        "status": (_("its state is"), "open"),
        "priority": (_("its priority is"), "high, urgent"),
        "category": (_("its category is"), ""),
        "tag": (_("it has the tag"), "vip"),
        "language": (_("its language is"), "de, it"),
        "proof": (_("its sender is proved"), "pass, fail, none"),
        "header": (_("it has the header"), "X-Spam-Flag: yes"),
        "new": (_("it begins a conversation"), ""),
        "assigned": (_("somebody has it"), ""),
        "has_file": (_("it has a file"), ""),
        "open_hours": (_("the department is there now"), ""),
        "waiting": (_("the customer has waited for"), "4h"),
    }
    return _in_order(named)


def action_words(texts: gettext.NullTranslations) -> list[Wording]:
    """Everything that can be done, in the order of the list."""
    _ = texts.gettext
    named = {
        "move": (_("move it to"), "billing@us.example"),
        "assign_turn": (_("give it in turn to"), "anna@us.example, skill: routers"),
        "assign_load": (
            _("give it to whoever has the least, among"),
            "anna@us.example, ben@us.example",
        ),
        "tag": (_("put on the tag"), "vip"),
        "untag": (_("take off the tag"), "vip"),
        "priority": (_("set the priority"), "high"),
        "answer": (_("answer with the approved text"), ""),
        "note": (_("write the comment"), ""),
        "notify": (_("tell"), "anna@us.example"),
        "spam": (_("mark it as spam"), ""),
        "webhook": (_("let the program hear of it"), ""),
        "promise": (_("promise an answer within, in open hours"), "4"),
    }
    return _in_order(named)


def said_of(line: str, texts: gettext.NullTranslations) -> str:
    """`conditions.tag` or `actions.tag` in words; what is neither, by its key."""
    kind, _, key = line.rpartition(".")
    every = condition_words(texts) if kind == "conditions" else action_words(texts)
    # A document says `assign` and, beside it, by what.
    return next((one.words for one in every if one.key in (key, f"{key}_turn")), key)


def _in_order(named: Mapping[str, tuple[str, str]]) -> list[Wording]:
    return [Wording(key, *words) for key, words in named.items()]
