"""Figures as a table of values and as CSV, which a spreadsheet never takes for a formula. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO
from typing import Final

from inbox.reports.asked import Line, Report
from inbox.store.reported import Figures

HEAD: Final = (
    "incoming",
    "answered",
    "closed",
    "begun",
    "first_answers",
    "first_answer_median_minutes",
    "first_answer_p90_minutes",
    "within_target_percent",
    "same_day_percent",
)
# What makes a cell a formula in one of the programs that read CSV (OWASP).
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Where lists are separated by semicolons, a program begins a cell behind each that is in no quotes.
_BEHIND: Final = re.compile(rf"(;\s*)(?=[{re.escape(''.join(_FORMULA))}])")
_MARK: Final = "\ufeff"  # by which they know that it is UTF-8


def values(figures: Figures) -> dict[str, float | None]:
    """The figures by name, times in minutes and shares in percent; None for what is not known."""
    return dict(
        zip(
            HEAD,
            (
                figures.incoming,
                figures.answered,
                figures.closed,
                figures.begun,
                figures.first_answers,
                _minutes(figures.median),
                _minutes(figures.p90),
                _percent(figures.within_target),
                _percent(figures.same_day_share),
            ),
            strict=True,
        )
    )


def as_csv(report: Report) -> str:
    """All lines and the total, with a head; names are words, whatever stands in them."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([report.question.by.value, *HEAD])
    every: Sequence[Line] = (*report.lines, Line(key=0, name="total", figures=report.total))
    for one in every:
        cells = values(one.figures).values()
        writer.writerow([as_words(one.name), *("" if cell is None else cell for cell in cells)])
    return _MARK + out.getvalue()


def as_words(cell: str) -> str:
    """A cell that is shown as it is: a sign in front where a program would calculate."""
    line = _BEHIND.sub(r"\1'", " ".join(cell.split()))
    return f"'{line}" if cell.startswith(_FORMULA) or line.startswith(_FORMULA) else line


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
