"""This file counts days as Vietnamese administrative deadlines do.

The day of the event is day zero; a deadline that falls on a day off moves to the next working day
(as the Civil Code's rules on periods are remembered: not verified). Weekends are Saturday and
Sunday; holidays come from the package `holidays`, corrected by holidays.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import yaml

_OVERRIDES = Path(__file__).with_name("holidays.yml")
_DAY = timedelta(days=1)


@cache
def _corrections() -> Mapping[date, bool]:
    """Days that the package has wrong: True for worked, False for off."""
    data = yaml.safe_load(_OVERRIDES.read_text("utf-8"))
    return {entry["date"]: entry["kind"] == "work" for entry in data["days"]}


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")


def is_working_day(day: date) -> bool:
    """Whether state agencies work on that day."""
    corrected = _corrections().get(day)
    if corrected is not None:
        return corrected
    return bool(_calendar().is_working_day(day))


def next_working_day(day: date) -> date:
    """The day itself if it is worked, else the next one that is."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; for 0 the day itself."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` and before `end`, neither of them counted."""
    day, count = start + _DAY, 0
    while day < end:
        count += is_working_day(day)
        day += _DAY
    return count


def deadline(event: date, days: int, working: bool) -> date:
    """The last day on which something due `days` after an event is in time."""
    if working:
        return add_working_days(event, days)
    return next_working_day(event + days * _DAY)
