"""The Vietnamese calendar: values that were read, and what holds for any day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.errors import UserError
from linter.law.calendar import (
    add_working_days,
    deadline,
    is_computed,
    is_working_day,
    next_working_day,
    overrides,
    working_days_between,
    working_days_late,
)

DAYS = st.dates(date(2009, 1, 1), date(2027, 12, 31))
COUNTS = st.integers(0, 30)
TET = [
    "2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08"
    " 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10"
    " 2025-01-29 2026-02-17 2027-02-06"
][0].split()
HUNG_KINGS = [
    "2015-04-28 2016-04-16 2017-04-06 2018-04-25 2019-04-14 2020-04-02 2021-04-21 2022-04-10"
    " 2023-04-29 2024-04-18 2025-04-07 2026-04-26 2027-04-16"
][0].split()
FIXED = [
    f"{year}-{day}" for year in range(2009, 2028) for day in ("01-01", "04-30", "05-01", "09-02")
]


@pytest.mark.parametrize("day", [*TET, *HUNG_KINGS, *FIXED])
def test_public_holidays_are_off(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


OFF_2015 = "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-28 04-29 04-30 05-01 09-02".split()


def test_the_weekdays_off_of_2015_are_exactly_those_decided() -> None:
    year = [date(2015, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [f"{day:%m-%d}" for day in year if day.weekday() < 5 and not is_working_day(day)]
    assert off == OFF_2015


@pytest.mark.parametrize(
    "day",
    "2011-01-29 2011-01-30 2011-04-09 2012-02-04 2014-01-25 2014-02-08 2014-12-27 2015-02-14"
    " 2015-04-25 2019-01-05 2019-05-04 2024-05-04 2025-04-26 2026-01-10 2026-08-22".split(),
)
def test_days_swapped_for_holidays_are_worked(day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day", "2011-01-31 2011-04-11 2014-01-28 2014-02-05 2015-01-02 2016-04-18 2026-01-02".split()
)
def test_days_off_in_lieu_are_off(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5
    assert not is_working_day(date.fromisoformat(day))


def test_the_culture_day_stays_worked_while_unconfirmed_and_is_named() -> None:
    day = date(2026, 11, 24)
    assert is_working_day(day)
    counted = deadline(date(2026, 11, 20), 3, working=True)
    assert (counted.day, counted.unsure) == (date(2026, 11, 25), (day,))


def test_2027_is_only_computed_and_says_so() -> None:
    assert [year for year in range(2009, 2028) if is_computed(year)] == [2027]
    assert deadline(date(2026, 12, 31), 2, working=True).computed
    assert not deadline(date(2015, 12, 16), 2, working=True).computed


@pytest.mark.parametrize(
    ("event", "days", "working", "due"),
    [
        ("2015-02-16", 2, True, "2015-02-25"),  # over Tết
        ("2025-01-24", 2, True, "2025-02-04"),
        ("2015-12-10", 2, True, "2015-12-14"),  # Thursday to Monday
        ("2015-12-11", 2, True, "2015-12-15"),
        ("2015-12-03", 10, False, "2015-12-14"),  # ends on a Sunday
        ("2015-04-24", 2, True, "2015-04-27"),  # the Saturday between is worked
        ("2016-02-29", 1, True, "2016-03-01"),
    ],
)
def test_deadlines(event: str, days: int, working: bool, due: str) -> None:
    assert deadline(date.fromisoformat(event), days, working).day == date.fromisoformat(due)


@settings(deadline=None)
@given(DAYS, COUNTS, st.booleans())
def test_a_deadline_is_a_working_day_after_the_event(day: date, days: int, working: bool) -> None:
    counted = deadline(day, days, working)
    if days or not working:
        assert is_working_day(counted.day)
    assert counted.day >= day + timedelta(days=days)
    assert all(not is_working_day(off) and day < off < counted.day for off in counted.skipped[1:])


@settings(deadline=None)
@given(DAYS, COUNTS)
def test_working_days_are_counted_back(day: date, count: int) -> None:
    due = add_working_days(day, count)
    if count:
        assert working_days_between(day, due) == count - 1
    assert (due - day).days - count == len(
        [n for n in range(1, (due - day).days + 1) if not is_working_day(day + timedelta(days=n))]
    )


@settings(deadline=None)
@given(DAYS, DAYS, COUNTS, st.booleans())
def test_a_later_event_never_falls_due_earlier(
    one: date, other: date, days: int, working: bool
) -> None:
    early, late = sorted((one, other))
    assert deadline(early, days, working).day <= deadline(late, days, working).day


@settings(deadline=None)
@given(DAYS)
def test_the_next_working_day_is_near_and_the_first(day: date) -> None:
    found = next_working_day(day)
    assert is_working_day(found)
    assert (found - day).days <= 11
    assert next_working_day(found) == found
    assert working_days_between(day - timedelta(days=1), found) == 0


def test_holidays_yml_tells_mistakes_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "holidays.yml"
    path.write_text(
        "years:\n  - year: 2015\n    basis: decided\n    days:\n"
        "      - {date: 2016-01-04, kind: off, source: x}\n",
        "utf-8",
    )
    with pytest.raises(UserError) as caught:
        overrides(path)
    assert [(m.file, m.line) for m in caught.value.mistakes] == [("holidays.yml", 5)]
    path.write_text("years:\n  - {year: 2015, basis: guessed}\n", "utf-8")
    with pytest.raises(UserError):
        overrides(path)


@pytest.mark.parametrize(
    ("due", "day", "late"),
    [
        ("2015-12-18", "2015-12-18", 0),  # Friday, on the day
        ("2015-12-18", "2015-12-19", 1),  # the Saturday after: late, and no working day has passed
        ("2015-12-18", "2015-12-21", 1),  # Monday
        ("2015-12-17", "2015-12-19", 1),  # only Friday counts
        ("2015-12-18", "2015-12-22", 2),
        ("2016-02-05", "2016-02-15", 1),  # the first working day after Tết
        ("2016-02-05", "2016-02-16", 2),
        ("2015-04-24", "2015-04-25", 1),  # a Saturday worked in lieu of Wednesday 29 April
        ("2015-04-27", "2015-05-04", 1),  # Hùng Kings, the day in lieu, 30 April and 1 May are off
        ("2017-09-01", "2017-09-05", 1),  # 2 September was a Saturday: Monday is off instead
    ],
)
def test_how_late_a_thing_is(due: str, day: str, late: int) -> None:
    assert working_days_late(date.fromisoformat(due), date.fromisoformat(day)) == late


@settings(deadline=None)
@given(DAYS, st.integers(0, 60))
def test_lateness_grows_by_working_days(due: date, days: int) -> None:
    day = due + timedelta(days=days)
    assert (working_days_late(due, day) > 0) == (day > due)
    step = working_days_late(due, day + timedelta(days=1)) - working_days_late(due, day)
    assert step in (0, 1)
