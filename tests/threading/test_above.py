"""Lines above quotes, in many languages, and the mails that they name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.threading.above import Above, Agreement, Said, agreement, lines_above, past_quarter
from tests.growth import assert_linear

AT = datetime(2026, 3, 19, 13, 51, 7, tzinfo=UTC)
KAREN = Said("Karen Miller", "karen@us.example", AT)


def above(line: str) -> Above:
    [found] = lines_above(f"Thank you!\n\n{line}\n> Please send them back.\n> Kind regards\n")
    return found


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("On Thu, Mar 19, 2026 at 8:51 AM, Karen Miller <karen@us.example> wrote:", -5),
        ("On Thu, Mar 19, 2026 at 2:51 PM Karen Miller (Shop) <x@y.example> wrote:", 1),
        ("On 3/19/2026 8:51 AM, Karen Miller wrote:", -5),
        ("Am 19.03.2026 um 14:51 schrieb Karen Miller:", 1),
        ("Am Do., 19. März 2026 um 14:51 Uhr schrieb Karen Miller <k@us.example>:", 1),
        ("Le jeu. 19 mars 2026 à 14h51, Karen Miller a écrit :", 1),
        ("El jue, 19 mar 2026 a las 14:51, Karen Miller (<karen@us.example>) escribió:", 1),
        ("Il giorno gio 19 mar 2026 alle ore 14:51 Karen Miller <k@us.example> ha scritto:", 1),
        ("19 марта 2026 г., 16:51, Karen Miller написал(а):", 3),
        ("чт, 19 мар. 2026 г. в 16:51, Karen Miller <karen@us.example>:", 3),
        ("2026年3月19日(木) 22:51 Karen Miller <karen@us.example>:", 9),
        ("2026-03-19 14:51 GMT+01:00 Karen Miller <karen@us.example>:", 1),
        ("On Thu, 2026-03-19 at 19:21 +0530, Karen Miller wrote:", 5.5),
        ("On 20 March 2026 at 02:51, <karen@us.example> wrote:", 13),
    ],
)
def test_a_line_names_a_mail_in_the_reader_s_zone(line: str, hours: float) -> None:
    named = above(line)
    zone = timedelta(hours=hours)
    assert agreement(named, [KAREN], zone) is Agreement.EXACT
    assert agreement(named, [KAREN], None) is Agreement.MINUTE
    for minutes in (1, 7, -22):
        late = Said(KAREN.name, KAREN.address, AT + timedelta(minutes=minutes))
        assert agreement(named, [late], zone) is Agreement.NO
    another = Said("Karen Smith", "smith@us.example", AT)
    assert agreement(named, [another], zone) is Agreement.NO
    assert agreement(named, [Said("", "", AT)], zone) is Agreement.NO
    earlier = Said(KAREN.name, KAREN.address, AT - timedelta(days=30))
    assert agreement(named, [earlier], zone) is Agreement.NO


def test_a_header_as_outlook_writes_it() -> None:
    text = """Thanks!

From: Karen Miller [mailto:karen@us.example]
Sent: Thursday, March 19, 2026 2:51 PM
To: Pat Lee
Subject: Boots

Please send them back.
"""
    [named] = lines_above(text)
    assert agreement(named, [KAREN], timedelta(hours=1)) is Agreement.EXACT


def test_a_day_alone_says_less() -> None:
    named = above("On Thu, 19 Mar 2026, Karen Miller wrote:")
    assert agreement(named, [KAREN], None) is Agreement.DAY
    assert agreement(named, [Said(KAREN.name, "", AT + timedelta(days=2))], None) is Agreement.NO


def test_a_name_alone_says_nothing() -> None:
    assert lines_above("Hello\n\nKaren Miller wrote:\n> Please send them back.\n") == ()


def test_the_zone_of_what_was_sent_does_not_matter() -> None:
    tokyo = Said(KAREN.name, "", AT.astimezone(timezone(timedelta(hours=9))))
    line = "Am 19.03.2026 um 14:51 schrieb Karen Miller:"
    assert agreement(above(line), [tokyo], timedelta(hours=1)) is Agreement.EXACT


def test_lines_within_quotes_come_after_those_above_them() -> None:
    text = """On Thu, Mar 19, 2026 at 8:51 AM, Karen Miller wrote:
> On Wed, Mar 18, 2026 at 9:00 AM, Pat Lee wrote:
>> The boots are too small.
> Please send them back.
"""
    assert ["karen" in one.words for one in lines_above(text)] == [True, False]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(-48, 56),
    st.sampled_from(["%d.%m.%Y um %H:%M", "%B %d, %Y at %I:%M %p", "%Y-%m-%d"]),
)
def test_minutes_past_the_quarter_are_those_of_the_mail_in_any_zone(
    at: datetime, quarters: int, form: str
) -> None:
    ahead = timedelta(minutes=15 * quarters)
    moment = at.replace(tzinfo=UTC)
    named = above(f"On {moment.astimezone(timezone(ahead)):{form}}, Karen Miller wrote:")
    found = past_quarter([named])
    assert agreement(named, [Said(KAREN.name, "", moment)], ahead) > Agreement.NO
    assert found == ({at.minute % 15} if named.times else None)
    assert past_quarter([named, above("On 2026-03-19, Karen Miller wrote:")]) is None


@given(st.text(alphabet="On 19:51.,<@>\n年月AM/-wrote", max_size=300))
def test_any_text_may_be_looked_at(text: str) -> None:
    for named in lines_above(text):
        agreement(named, [KAREN], None)


def test_long_texts_are_bounded() -> None:
    line = "On Thu, Mar 19, 2026 at 8:51 AM, Karen Miller <karen@us.example> wrote:\n> x\n"
    assert len(lines_above(line * 20_000 + "From: a\n" * 20_000)) == 1
    assert_linear(lambda count: lines_above(line * count + "From: a\n" * count), 20_000)
