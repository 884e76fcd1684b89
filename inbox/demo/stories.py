"""What happened at the company before you came: who wrote what, when, and who answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from inbox.demo.company import (
    ANNA,
    BILLING,
    GIULIA,
    HANAKO,
    IRINA,
    JONAS,
    JUERGEN,
    KAREN,
    PAT,
    SALES,
    SUPPORT,
    YUKI,
    Department,
    Person,
)  # fmt: skip
from inbox.demo.letters import Enclosure
from inbox.demo.pictures import PHOTO_OF_A_TEAPOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes:
    """A customer begins a conversation."""

    who: Person
    to: tuple[Department, ...]
    subject: str
    text: str
    hours_ago: float
    files: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Somebody answers the newest mail they have: a customer, or an agent from their program."""

    who: Person
    text: str
    hours_ago: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """An agent answers the customer in the web view."""

    who: Person
    text: str
    hours_ago: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """An agent says something that only we see."""

    who: Person
    text: str
    hours_ago: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """An agent ends it."""

    who: Person
    hours_ago: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """An agent takes it."""

    who: Person
    hours_ago: float


Step = Writes | Answers | Replies | Notes | Closes | Takes
Story = tuple[Step, ...]

STORIES: Final[tuple[Story, ...]] = (
    (
        Writes(
            who=PAT,
            to=(BILLING,),
            subject="Charged twice?",
            text="Hello,\n\nmy bank shows two charges of 84.00 for the blue bowls, both on Monday. "
            "I only ordered one set.\n\nPat",
            hours_ago=98,
        ),
        Replies(
            who=JONAS,
            text="Hello Pat,\n\nyou are right: the second one is a reservation that our bank had "
            "not let go of. It disappears by Thursday, nothing is taken twice.\n\nSorry for the "
            "fright, and enjoy the bowls!\nJonas",
            hours_ago=95.5,
        ),
        Answers(who=PAT, text="It's gone already. Thank you, Jonas!", hours_ago=74),
        Closes(who=JONAS, hours_ago=73),
    ),
    (
        Writes(
            who=IRINA,
            to=(BILLING,),
            subject="Счёт за заказ в евро",
            text="Здравствуйте!\n\nПришлите, пожалуйста, счёт за шесть глубоких тарелок на имя "
            "моей студии: ООО «Студия Соколовой», Санкт-Петербург. Бухгалтерии нужен документ "
            "в евро.\n\n"
            "С уважением,\nИрина Соколова",
            hours_ago=51,
        ),
        Answers(
            who=JONAS,
            text="Здравствуйте, Ирина!\n\nСчёт готов, отправим его сегодня вечером. Уточните, "
            "пожалуйста, нужен ли номер договора.\n\nJonas",
            hours_ago=47,
        ),
    ),
    (
        Writes(
            who=JUERGEN,
            to=(SUPPORT,),
            subject="Spülmaschinenfest?",
            text="Guten Tag,\n\nsind die Becher mit der grünen Glasur spülmaschinenfest? Auf der "
            "Schachtel steht nichts.\n\nMit freundlichen Grüßen\nJürgen Vogel",
            hours_ago=29,
        ),
        Notes(
            who=YUKI,
            text="Green is glaze 12, fired at 1240 °C: any programme will do. Only the gold rim "
            "is by hand.",
            hours_ago=27.5,
        ),
        Replies(
            who=KAREN,
            text="Guten Tag Herr Vogel,\n\nja, jedes Programm. Nur Stücke mit Goldrand bitte von "
            "Hand spülen.\n\nViele Grüße\nKaren Miller",
            hours_ago=27,
        ),
    ),
    (
        Writes(
            who=HANAKO,
            to=(SALES,),
            subject="結婚式の引き出物について",
            text="はじめまして。田中と申します。\n\n来年三月の結婚式の引き出物に、"
            "小皿を四十組お願いしたいのですが、名入れはできますでしょうか。"
            "納期とお見積もりをお知らせください。\n\n田中 花子",
            hours_ago=26,
        ),
        Takes(who=ANNA, hours_ago=25.5),
        Replies(
            who=ANNA,
            text="田中様\n\nこのたびはおめでとうございます。名入れは可能で、納期は六週間ほどです。"
            "お皿の色のご希望はございますか。\n\nAnna Rossi",
            hours_ago=25,
        ),
        Answers(
            who=HANAKO,
            text="ご返信ありがとうございます。\n\n白と藍色を二十組ずつでお願いいたします。",
            hours_ago=2.2,
        ),
    ),
    (
        Writes(
            who=GIULIA,
            to=(SUPPORT, SALES),
            subject="Tazze per un bar: misura e ricambi",
            text="Buongiorno,\n\napro un piccolo bar a Bologna e vorrei le vostre tazze da 6 cl. "
            "Si possono riordinare singole, se una si rompe? Scrivo a entrambi perché non so chi "
            "se ne occupa.\n\nGiulia Conti",
            hours_ago=5,
        ),
    ),
    (
        Writes(
            who=PAT,
            to=(SUPPORT,),
            subject="The handle of my teapot came off",
            text="Hi,\n\nthe teapot arrived yesterday and is lovely, but this morning the handle "
            "came off in my hand. Nobody hurt, tea everywhere. A photo is attached.\n\nCan you "
            "send another one? Order 2271.\n\nPat Lee",
            hours_ago=1.1,
            files=(
                Enclosure(
                    filename="teapot.png", content_type="image/png", content=PHOTO_OF_A_TEAPOT
                ),
            ),
        ),
    ),
)  # fmt: skip


def in_order() -> Iterator[tuple[int, Step]]:
    """All steps with the number of their story, oldest first."""
    numbered = [(number, step) for number, story in enumerate(STORIES) for step in story]
    yield from sorted(numbered, key=lambda pair: -pair[1].hours_ago)
