"""This file counts days as Vietnamese administrative deadlines do.

The day of the event is day zero; a deadline that falls on a day off moves to the next working day
(as the Civil Code's rules on periods are remembered: not verified). Weekends are Saturday and
Sunday; holidays, days in lieu and swapped days come from the package `holidays`, corrected by
holidays.yml, which also says which days are unconfirmed and which years are only computed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from linter.compiled import compiled
from linter.errors import Mistake, UserError
from linter.messages import N_

_HERE = Path(__file__).parent
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Correction:
    """A day that the package has wrong, or that no text confirms."""

    works: bool
    source: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time, and how it was counted.

    `skipped` are the days off that did not count or on which the end could not fall, `unsure` the
    days on the way that no text confirms as worked or free, `computed` says that the calendar of a
    year on the way is only computed.
    """

    event: date
    day: date
    skipped: tuple[date, ...]
    unsure: tuple[date, ...]
    computed: bool


@dataclass(frozen=True)
class _Overrides:
    days: Mapping[date, Correction]
    decided: frozenset[int]


@cache
def overrides(path: Path = _HERE / "holidays.yml") -> _Overrides:
    """What holidays.yml says. Raises UserError with file and line for what does not fit."""
    schema = _HERE / "holidays.schema.json"
    made_of = path.read_bytes() + schema.read_bytes()
    known = compiled(path.parent, path.stem, made_of, lambda: _read_overrides(path, schema))
    days = {date.fromisoformat(day): Correction(*rest) for day, *rest in known["days"]}
    return _Overrides(days, frozenset(known["decided"]))


def _read_overrides(path: Path, schema: Path) -> dict[str, list[Any]]:
    """The corrected days, each with the fields of its Correction, and the years of a decision."""
    from linter.strict_yaml import read_yaml  # noqa: PLC0415  # slow to load; its answer is kept

    yaml = read_yaml(path, path.name, schema)
    mistakes = list(yaml.mistakes)
    days: dict[str, list[Any]] = {}
    decided = []
    for index, year in enumerate(() if mistakes else yaml.value["years"]):
        if year["basis"] == "decided":
            decided.append(int(year["year"]))
        for number, entry in enumerate(year.get("days", ())):
            day = entry["date"]
            line = yaml.line("years", index, "days", number)
            if day in days or not day.startswith(year["year"]):
                message = N_("The day {day} stands here twice, or under a wrong year.")
                mistakes.append(Mistake(path.name, line, message, {"day": day}))
            days[day] = [day, entry["kind"] == "work", entry["source"], "unconfirmed" in entry]
    if mistakes:
        raise UserError(mistakes)
    return {"days": list(days.values()), "decided": decided}


@cache
def _package(year: int) -> frozenset[date]:
    """The days of a year on which the package says that nobody works, weekends too."""
    made_of = "\0".join([str(year), *(path.name for path in _versions())])
    days = compiled(_HERE, f"holidays-{year}", made_of.encode(), lambda: _days_off(year))
    return frozenset(map(date.fromisoformat, days))


def _versions() -> list[Path]:
    """The folder that names the package's version; importlib.metadata is slow."""
    return [found for path in map(Path, sys.path) for found in path.glob("holidays-*.dist-info")]


def _days_off(year: int) -> list[str]:
    import holidays  # noqa: PLC0415  # slow to load, and its answer is kept

    # A day worked in lieu may belong to a holiday of the year before or after.
    years = range(max(year - 1, date.min.year), min(year + 1, date.max.year) + 1)
    known = holidays.country_holidays("VN", years=years, expand=False)
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    return [day.isoformat() for day in days if not known.is_working_day(day)]


@cache
def is_working_day(day: date) -> bool:
    """Whether state agencies work on that day."""
    corrected = overrides().days.get(day)
    if corrected is not None:
        return corrected.works
    return day not in _package(day.year)


def is_computed(year: int) -> bool:
    """Whether the year's days off are computed, without a decision that was read."""
    return year not in overrides().decided


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


def working_days_before(day: date, count: int) -> date:
    """The `count`-th working day before `day`."""
    while count > 0:
        day -= _DAY
        count -= is_working_day(day)
    return day


def days_between(start: date, end: date) -> Iterator[date]:
    """The days after `start` and before `end`, neither of them included."""
    for ordinal in range(start.toordinal() + 1, end.toordinal()):
        yield date.fromordinal(ordinal)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` and before `end`, neither of them counted."""
    return sum(is_working_day(day) for day in days_between(start, end))


def working_days_late(due: date, day: date) -> int:
    """How late a thing is on `day`, that day included: 0 in time, else at least 1.

    On the Saturday after a deadline on Friday it is late, though no working day has passed.
    """
    if day <= due:
        return 0
    return max(1, working_days_between(due, day) + is_working_day(day))


def deadline(event: date, days: int, working: bool) -> Deadline:
    """The last day on which something due `days` after an event is in time."""
    plain = event + days * _DAY
    due = add_working_days(event, days) if working else next_working_day(plain)
    counted_from = event if working else plain - _DAY
    skipped = tuple(day for day in days_between(counted_from, due) if not is_working_day(day))
    known = overrides().days
    way = [*days_between(event, due), due]
    unsure = tuple(day for day in way if day in known and known[day].unconfirmed)
    computed = any(is_computed(day.year) for day in way)
    return Deadline(event, due, skipped, unsure, computed)
