"""The page of figures: a picture for each question, and the table that all of them are of. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from babel.numbers import format_percent

from inbox.reports.asked import Line, Report, day_of
from inbox.store.reported import By, Figures
from inbox.web.dates import in_short
from inbox.web.pages import Reader

_WIDTH: Final = 640.0
_LEAST: Final = 304.0  # what a phone has
_NAMED: Final = 104.0  # for a name below its bars, or for the numbers above them
_DATED: Final = 84.0
_HEIGHT: Final = 150.0
_GAP: Final = 0.25  # of a place between two of them
_MOST_NUMBERED: Final = 16  # places, above which numbers would stand on each other
_LABELS: Final = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a picture; places from the upper left, in units of the picture."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    said: str  # the number on it
    full: str  # what it is, for who points at it


@dataclass(frozen=True, slots=True)
class Label:
    """A word below the bars."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A question, and its answer in bars; `told` says the same in words."""

    key: str
    title: str
    told: str
    bars: list[Bar]
    labels: list[Label]
    legend: list[tuple[str, str]]  # kind, name
    has_numbers: bool
    width: float = _WIDTH
    height: float = _HEIGHT


@dataclass(frozen=True, slots=True)
class RowOfFigures:
    """A row of the table, as it is read."""

    name: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Series:
    """What one kind of bars shows: its name, its amount, and how that is said."""

    kind: str
    name: str
    amount: Callable[[Figures], float | None]
    said: Callable[[float], str]


def named(line: Line, by: By, reader: Reader) -> str:
    """What a row is called, in the reader's words."""
    _ = reader.texts.gettext
    if by is By.PERSON:
        return line.name or _("Nobody yet")
    if by is By.MAILBOX:
        return line.name or _("(removed)")
    locale = reader.calendar.locale
    if by is By.MONTH:
        return in_short("yMMM", day_of(line.key), locale)
    return in_short("MMMd", day_of(line.key), locale)


def table(report: Report, reader: Reader) -> list[RowOfFigures]:
    """All rows, with the total as the last."""
    by = report.question.by
    rows = [
        RowOfFigures(named(one, by, reader), _cells(one.figures, reader)) for one in report.lines
    ]
    return [*rows, RowOfFigures(reader.texts.gettext("Total"), _cells(report.total, reader))]


def pictures(report: Report, reader: Reader) -> list[Picture]:
    """How much, how fast, and how reliably."""
    _ = reader.texts.gettext
    whole = {"said": lambda number: str(int(number))}
    share = {"said": lambda number: _share(number, reader)}
    times = {"said": clock}
    return [
        _picture(
            "amounts",
            _("How much came, and how much was done?"),
            [
                Series("first", _("Incoming"), lambda one: one.incoming, **whole),
                Series("second", _("Answered"), lambda one: one.answered, **whole),
                Series("third", _("Closed"), lambda one: one.closed, **whole),
            ],
            report,
            reader,
        ),
        _picture(
            "speed",
            _("How long did customers wait for the first answer? (h:min of our hours)"),
            [
                Series("first", _("Median"), lambda one: one.median, **times),
                Series("second", _("9 of 10 within"), lambda one: one.p90, **times),
            ],
            report,
            reader,
        ),
        _picture(
            "kept",
            _("How much of it was in time?"),
            [
                Series("first", _("Within target"), lambda one: one.within_target, **share),
                Series("second", _("Same day"), lambda one: one.same_day_share, **share),
            ],
            report,
            reader,
            full=1.0,
        ),
    ]


def clock(seconds: float) -> str:
    """Hours and minutes: 2:05."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}:{minutes:02}"


def _picture(
    key: str,
    title: str,
    series: Sequence[Series],
    report: Report,
    reader: Reader,
    full: float | None = None,
) -> Picture:
    lines = report.lines
    whole = _width(report)
    place = whole / max(1, len(lines))
    amounts = [one.amount(line.figures) or 0.0 for line in lines for one in series]
    top = full or max([*amounts, 1.0])
    bars: list[Bar] = []
    for at, line in enumerate(lines):
        name = named(line, report.question.by, reader)
        width = place * (1 - _GAP) / len(series)
        for number, one in enumerate(series):
            amount = one.amount(line.figures)
            if amount is None:
                continue
            height = round(_HEIGHT * min(1.0, amount / top), 2)
            x = round(at * place + place * _GAP / 2 + number * width, 2)
            said = one.said(amount)
            bars.append(
                Bar(
                    one.kind,
                    x,
                    round(_HEIGHT - height, 2),
                    round(max(width - 1, 1), 2),
                    height,
                    said,
                    f"{name}: {one.name} {said}",
                )
            )
    return Picture(
        key=key,
        title=title,
        told=_told(series, report.total, reader.texts.gettext("In all: %(figures)s.")),
        bars=bars,
        labels=_labels(report, place, reader),
        legend=[(one.kind, one.name) for one in series],
        has_numbers=len(lines) * len(series) <= _MOST_NUMBERED,
        width=whole,
    )


def _width(report: Report) -> float:
    """As wide as what is said in it needs: on a phone the rest is reached by a finger."""
    is_named = report.question.by in (By.PERSON, By.MAILBOX)
    return min(_WIDTH, max(_LEAST, len(report.lines) * (_NAMED if is_named else _DATED)))


def _labels(report: Report, place: float, reader: Reader) -> list[Label]:
    step = max(1, -(-len(report.lines) // _LABELS))
    return [
        Label(round((at + 0.5) * place, 2), named(line, report.question.by, reader)[:16])
        for at, line in enumerate(report.lines)
        if at % step == 0
    ]


def _told(series: Sequence[Series], total: Figures, sentence: str) -> str:
    amounts: Mapping[str, float | None] = {one.name: one.amount(total) for one in series}
    said = {one.name: one.said for one in series}
    parts = [
        f"{name} {said[name](amount) if amount is not None else '–'}"
        for name, amount in amounts.items()
    ]
    return sentence % {"figures": ", ".join(parts)}


def _cells(one: Figures, reader: Reader) -> list[str]:
    return [
        str(one.incoming),
        str(one.answered),
        str(one.closed),
        str(one.begun),
        clock(one.median) if one.median is not None else "–",
        clock(one.p90) if one.p90 is not None else "–",
        _share(one.within_target, reader) if one.within_target is not None else "–",
        _share(one.same_day_share, reader) if one.same_day_share is not None else "–",
    ]


def _share(share: float, reader: Reader) -> str:
    return format_percent(share, locale=reader.calendar.locale)
